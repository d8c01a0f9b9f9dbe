//! Putting an engine together.

use super::base_rows::BaseRows;
use super::fact_folder::{fact_files, load_facts};
use super::{Engine, EngineError, Input, in_order};
use crate::analysis;
use crate::article::{self, Article};
use crate::base::{Diagnostic, EntityNames, Moment, PartialDate, SourceMap};
use crate::eval::Options;
use crate::extract::{Extraction, Extractor};
use crate::logic::Program;
use crate::store::FactBase;
use crate::syntax::Loader;
use include_dir::{Dir, include_dir};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The text of a built-in rule file, such as `base.ron`.
pub fn builtin_rules(name: &str) -> Option<&'static str> {
    RULES.get_file(name).and_then(|file| file.contents_utf8())
}

/// What an engine is made of.
#[derive(Default)]
pub struct EngineBuilder {
    rules: Option<Vec<PathBuf>>,
    rule_texts: Vec<(String, String)>,
    articles: Vec<PathBuf>,
    more_articles: Vec<Article>,
    base: Option<FactBase>,
    facts: Option<PathBuf>,
    language: Option<PathBuf>,
    published: Option<PartialDate>,
    options: Options,
    progress: Option<Box<dyn Fn(usize, usize) + Sync>>,
}

impl EngineBuilder {
    /// Rule files, or folders of them, in place of the built-in rules.
    pub fn rules<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.rules.get_or_insert_default().extend(paths.into_iter().map(Into::into));
        self
    }

    /// A rule file given as text, in place of the built-in rules; its includes
    /// can name built-in files only.
    pub fn rule_text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.rule_texts.push((name.into(), text.into()));
        self
    }

    /// Files of articles, or folders of them.
    pub fn articles<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.articles.extend(paths.into_iter().map(Into::into));
        self
    }

    /// An article that is already in memory.
    pub fn article(mut self, article: Article) -> Self {
        self.more_articles.push(article);
        self
    }

    /// A fact base. Articles given besides are added in memory; so they need
    /// a base that isn't on disk.
    pub fn base(mut self, base: FactBase) -> Self {
        self.base = Some(base);
        self
    }

    /// A folder of `NAME.facts` and `NAME.csv`.
    pub fn facts(mut self, folder: impl Into<PathBuf>) -> Self {
        self.facts = Some(folder.into());
        self
    }

    /// A folder of lexicons and patterns in place of the built-in Indonesian ones.
    pub fn language(mut self, folder: impl Into<PathBuf>) -> Self {
        self.language = Some(folder.into());
        self
    }

    /// The date that articles without one are taken to be of.
    pub fn published(mut self, date: PartialDate) -> Self {
        self.published = Some(date);
        self
    }

    /// Budget, threads, provenance.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Is told how many articles of how many are parsed.
    pub fn progress(mut self, tell: impl Fn(usize, usize) + Sync + 'static) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// Reads, parses and checks everything.
    ///
    /// # Errors
    /// Every finding of every file, if one of them is an error.
    pub fn build(self) -> Result<Engine, EngineError> {
        let mut sources = SourceMap::new();
        let (program, mut findings) = self.load_rules(&mut sources);
        let extractor = match &self.language {
            None => Ok(None),
            Some(folder) => Extractor::load(folder, &mut sources).map(Some),
        };
        let (mut articles, found) = article::read_paths(&self.articles, &mut sources);
        findings.extend(found);
        articles.extend(self.more_articles);
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        let own = match extractor {
            Ok(own) => own,
            Err(found) => {
                findings.extend(found);
                None
            }
        };
        if findings.iter().any(Diagnostic::is_error) {
            let mut more = analysis::check(&program, &EntityNames::new()).diagnostics;
            let filled = self.base.as_ref().is_some_and(|base| base.version() > 0) || !articles.is_empty();
            analysis::judge_base_names(&mut more, filled);
            // What is warned of may be otherwise with what is missing.
            findings.extend(more.into_iter().filter(Diagnostic::is_error));
            return Err(EngineError::refused(findings, sources));
        }
        let mut base = self.base.unwrap_or_else(FactBase::in_memory);
        if !articles.is_empty() {
            let extractor = own.as_ref().unwrap_or_else(|| Extractor::builtin());
            let tell = |done, all| {
                if let Some(progress) = &self.progress {
                    progress(done, all);
                }
            };
            let found = extract_all(extractor, &mut articles, self.published, self.options.threads, &tell);
            let parsed: Vec<_> = articles.into_iter().zip(found).collect();
            base.ingest(&parsed, Moment::default())?;
        }
        let rows = BaseRows::new(base)?;
        let (mut input, mut names) = (rows.database(), rows.identity.names.clone());
        if let Some(folder) = &self.facts {
            findings.extend(load_facts(folder, &program, &mut names, &mut input, self.options.threads));
        }
        input.freeze();
        let checked = analysis::check(&program, &names);
        // A relation that a fact file fills is not "declared and never filled".
        let filled = |d: &Diagnostic| {
            let relation = d.message.split('`').nth(1).unwrap_or("");
            d.code == "W0603" && self.facts.iter().any(|folder| !fact_files(folder, relation).is_empty())
        };
        findings.extend(checked.diagnostics.into_iter().filter(|found| !filled(found)));
        analysis::judge_base_names(&mut findings, rows.base.version() > 0);
        match checked.program {
            Some(checked) if !findings.iter().any(Diagnostic::is_error) => Ok(Engine {
                sources,
                program,
                names,
                rows,
                input: Mutex::new(Input::new(input)),
                checked,
                warnings: findings,
                options: self.options,
                with_facts: self.facts.is_some(),
                key: OnceLock::new(),
            }),
            _ => Err(EngineError::refused(findings, sources)),
        }
    }

    /// Reads the rules as far as they can be read.
    fn load_rules(&self, sources: &mut SourceMap) -> (Program, Vec<Diagnostic>) {
        let mut loader = Loader::new(builtin_rules);
        let mut program = Program::default();
        let mut findings = Vec::new();
        let mut add = |(read, found)| {
            program.extend(read);
            findings.extend(found);
        };
        for (name, text) in &self.rule_texts {
            add(loader.read_text(name, text, sources));
        }
        match &self.rules {
            Some(paths) => add(loader.read_files(paths, sources)),
            None if self.rule_texts.is_empty() => {
                let mut all: Vec<&str> = RULES.files().filter_map(|file| file.path().to_str()).collect();
                all.sort_unstable();
                add(loader.read_builtin(&all, sources));
            }
            None => {}
        }
        (program, findings)
    }
}

/// Parses articles on several threads (0 = as many as there are cores), giving
/// the results in the articles' order, each as [`extract_one`] gives it.
pub fn extract_all(
    extractor: &Extractor,
    articles: &mut [Article],
    published: Option<PartialDate>,
    threads: usize,
    tell: &dyn Fn(usize, usize),
) -> Vec<Extraction> {
    let count = articles.len();
    let mut all = Vec::with_capacity(count);
    let work = |article| extract_one(extractor, article, published);
    in_order(articles.iter_mut(), threads.min(count), work, |found| {
        all.push(found);
        tell(all.len(), count);
        true
    });
    all
}

/// Parses an article. One that neither comes with a date nor gives one in its
/// text is taken to be of `published`.
pub fn extract_one(
    extractor: &Extractor,
    article: &mut Article,
    published: Option<PartialDate>,
) -> Extraction {
    let found = extractor.extract(article);
    if published.is_none() || found.published.is_some() {
        return found;
    }
    article.published = published;
    extractor.extract(article)
}
