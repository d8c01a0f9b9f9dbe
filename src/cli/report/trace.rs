//! How an extraction came about: as trees for people, as JSON for programs.

use super::Tree;
use crate::extract::{Claim, NearTrace, SentenceTrace, Trace};
use serde_json::{Value, json};

/// A tree for each sentence, under the article's name.
pub fn trace_text(text: &str, trace: &Trace) -> String {
    let published = trace.found.published.map_or(String::new(), |date| format!(" ({date})"));
    let mut root = Tree::new(format!("{}{published}", trace.found.article));
    root.children = trace.sentences.iter().map(|s| sentence(text, s)).collect();
    root.draw()
}

/// One sentence's tree.
pub(super) fn trace_text_of(text: &str, s: &SentenceTrace) -> String {
    sentence(text, s).draw()
}

fn sentence(text: &str, s: &SentenceTrace) -> Tree {
    let words = |span: crate::base::Span| text.get(span.range()).unwrap_or("");
    let mut tree = Tree::new(format!("{}..{}  {}", s.span.start, s.span.end, one_line(words(s.span))));
    let mut add = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let children = lines.into_iter().map(Tree::new).collect();
            tree.children.push(Tree { lines: vec![name.into()], children });
        }
    };
    let tokens: Vec<String> = s
        .tokens
        .iter()
        .map(|t| {
            let meant = t.meant.as_ref().map_or(String::new(), |meant| format!(" (for {meant})"));
            let classes =
                if t.classes.is_empty() { String::new() } else { format!("{{{}}}", t.classes.join(" ")) };
            format!("{}{meant}{classes}", words(t.span))
        })
        .collect();
    add("tokens", vec![tokens.join(" · ")]);
    let name = |m: &crate::extract::MentionTrace| match &m.entity {
        Some((entity, kind)) => format!("\"{}\" = {entity}, {kind} ({})", words(m.span), m.how),
        None => format!("\"{}\": no entity ({})", words(m.span), m.how),
    };
    add("names", s.mentions.iter().map(name).collect());
    add("dates", s.dates.iter().map(|(date, span)| format!("\"{}\" = {date}", words(*span))).collect());
    let reference = |r: &crate::extract::ReferenceTrace| {
        format!("\"{}\" = {} ({})", words(r.span), r.entities.join(", "), r.how)
    };
    add("references", s.references.iter().map(reference).collect());
    let fired = s.fired.iter().flat_map(|f| {
        let head = format!("\"{}\" at \"{}\"", f.pattern, words(f.trigger));
        let because = f.because.map_or(String::new(), |span| format!(" by \"{}\"", words(span)));
        f.claims.iter().map(move |c| format!("{head}: {}{because}", claim(c)))
    });
    add("matched", fired.collect());
    add("nearly", s.near.iter().map(|n| near(n, words(n.trigger), words(n.at))).collect());
    tree
}

fn near(n: &NearTrace, trigger: &str, at: &str) -> String {
    let there = match (n.failed.is_some(), at.is_empty()) {
        (false, _) => String::new(),
        (true, true) => ", up to the sentence's edge".into(),
        (true, false) => format!(", up to \"{at}\""),
    };
    format!("\"{}\" at \"{trigger}\", [{}]: {}{there}", n.pattern, n.shape, n.reason)
}

/// A claim in one line.
pub fn claim(c: &Claim) -> String {
    let when = c.when.map_or(String::new(), |date| format!(", {date}"));
    format!("{} {} · {}, {}{when}", c.kind, c.a, c.b, c.status)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A JSON object for each sentence.
pub fn trace_json(trace: &Trace) -> Vec<Value> {
    let span = |s: crate::base::Span| json!([s.start, s.end]);
    let sentence = |s: &SentenceTrace| {
        let claims = |all: &[Claim]| -> Vec<Value> {
            let one = |c: &Claim| {
                let when = c.when.map(|date| date.to_string());
                let (kind, status) = (c.kind.name(), c.status.name());
                json!({"relation": kind, "args": [&*c.a, &*c.b], "status": status, "when": when,
                    "span": span(c.evidence.span)})
            };
            all.iter().map(one).collect()
        };
        json!({
            "article": trace.found.article,
            "span": span(s.span),
            "tokens": s.tokens.iter().map(|t| json!({"span": span(t.span), "classes": t.classes.iter().map(|c| &**c).collect::<Vec<_>>(), "meant": t.meant.as_deref()})).collect::<Vec<_>>(),
            "names": s.mentions.iter().map(|m| json!({
                "span": span(m.span),
                "entity": m.entity.as_ref().map(|(name, _)| &**name),
                "kind": m.entity.as_ref().map(|(_, kind)| kind.name()),
                "how": m.how,
            })).collect::<Vec<_>>(),
            "dates": s.dates.iter().map(|(date, at)| json!({"span": span(*at), "date": date.to_string()})).collect::<Vec<_>>(),
            "references": s.references.iter().map(|r| json!({
                "span": span(r.span),
                "entities": r.entities.iter().map(|e| &**e).collect::<Vec<_>>(),
                "how": r.how,
            })).collect::<Vec<_>>(),
            "matched": s.fired.iter().map(|f| json!({
                "pattern": &*f.pattern, "trigger": span(f.trigger),
                "because": f.because.map(span), "claims": claims(&f.claims),
            })).collect::<Vec<_>>(),
            "nearly": s.near.iter().map(|n| json!({
                "pattern": &*n.pattern, "trigger": span(n.trigger), "shape": n.shape,
                "failed": n.failed, "at": span(n.at), "reason": n.reason,
            })).collect::<Vec<_>>(),
        })
    };
    trace.sentences.iter().map(sentence).collect()
}
