//! One article.

use crate::base::PartialDate;

/// One article. All spans that are found in it are byte ranges of `text`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Unique among the articles that are read together.
    pub id: String,
    /// The headline: given apart, or the first line of the text.
    pub title: Option<String>,
    /// The article's own date, from which relative dates count.
    pub published: Option<PartialDate>,
    /// The newspaper or site.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The whole text, its title first: a line of JSON whose text lacks it has it put there.
    pub text: String,
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Article {
        Article { id: id.into(), text: text.into(), ..Article::default() }
    }
}
