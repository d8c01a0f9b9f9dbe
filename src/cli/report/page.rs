//! One HTML page with articles and the findings marked in them: no script, and
//! nothing from elsewhere.

use super::trace::trace_text_of;
use crate::article::{Article, ZoneKind};
use crate::base::{Span, escape_hostile};
use crate::extract::{Claim, EntityKind, Trace};
use std::fmt::Write;

/// What stands before the articles.
pub fn page_start() -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>katak extract</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{LEGEND}"
    )
}

/// What stands behind them.
pub fn page_end() -> &'static str {
    "</body>\n</html>\n"
}

const STYLE: &str = include_str!("page.css");

const LEGEND: &str = "<header><h1>Findings</h1><p class=\"legend\">\
    <mark class=\"company\">company</mark> <mark class=\"government\">government</mark> \
    <mark class=\"alliance\">alliance</mark> <mark class=\"organisation\">organisation</mark> \
    <mark class=\"date\">date</mark> <mark class=\"ref\">reference</mark> <mark class=\"typo\">typing error</mark> \
    <span class=\"ev\">evidence of a claim</span> <span class=\"out\">not read</span></p></header>\n";

/// One article; `explain` adds what was seen in each sentence. `n` makes
/// its anchors.
pub fn page_article(n: u64, article: &Article, trace: &Trace, explain: bool) -> String {
    let mut out = String::new();
    let found = &trace.found;
    let title = article.title.as_deref().unwrap_or("");
    let facts = [
        found.published.map(|date| date.to_string()),
        article.outlet.clone(),
        Some(plural(found.claims.len(), "claim")),
        Some(plural(found.entities.len(), "entity")),
        Some(plural(found.dates.len(), "date")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().map(|f| escape(&f)).collect();
    let _ = write!(
        out,
        "<article id=\"a{n:x}\">\n<h2><bdi>{}</bdi> <bdi class=\"title\">{}</bdi></h2>\n<p class=\"facts\">{}</p>\n\
         <div class=\"sides\">\n<div class=\"text\" lang=\"id\">",
        escape(&found.article),
        escape(title),
        facts.join(" · "),
    );
    text(n, &article.text, trace, &mut out);
    out.push_str("</div>\n<div class=\"found\">\n");
    claims(n, &found.claims, &mut out);
    entities(trace, &mut out);
    out.push_str("</div>\n</div>\n");
    if explain {
        out.push_str("<h3>Sentence by sentence</h3>\n");
        for s in &trace.sentences {
            let quiet = if s.fired.is_empty() && s.near.is_empty() { " class=\"quiet\"" } else { "" };
            let head = article.text.get(s.span.range()).unwrap_or("");
            let body = trace_text_of(&article.text, s);
            let _ = writeln!(
                out,
                "<details{quiet}><summary><bdi lang=\"id\">{}</bdi></summary><pre><bdi>{}</bdi></pre></details>",
                escape(head),
                escape_lines(&body),
            );
        }
    }
    out.push_str("</article>\n");
    out
}

fn plural(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

fn claims(n: u64, all: &[Claim], out: &mut String) {
    if all.is_empty() {
        out.push_str("<p>No claims.</p>\n");
        return;
    }
    out.push_str("<ol class=\"claims\">\n");
    for (k, c) in (1..).zip(all) {
        let (arrow, when) = match c.kind {
            crate::extract::ClaimKind::Sanction => ("→", c.when),
            _ => ("—", c.when),
        };
        let when = when.map_or(String::new(), |date| format!(" · <span class=\"when\">{date}</span>"));
        let _ = writeln!(
            out,
            "<li id=\"a{n:x}c{k}\" class=\"{status}\"><a href=\"#a{n:x}t{k}\"><bdi>{}</bdi> {arrow} <bdi>{}</bdi></a>\
             <span class=\"how\"><b>{}</b> · {status}{when} · <bdi>{}</bdi></span></li>",
            escape(&c.a),
            escape(&c.b),
            c.kind,
            escape(&c.evidence.pattern),
            status = c.status,
        );
    }
    out.push_str("</ol>\n");
}

fn entities(trace: &Trace, out: &mut String) {
    for kind in EntityKind::ALL {
        let names: Vec<String> = trace
            .found
            .entities
            .iter()
            .filter(|e| e.kind == *kind)
            .map(|e| format!("<bdi>{}</bdi>", escape(&e.name)))
            .collect();
        if !names.is_empty() {
            let _ = writeln!(out, "<p><mark class=\"{kind}\">{kind}</mark> {}</p>", names.join(", "));
        }
    }
}

/// Something to show at a place of the text.
struct Mark {
    span: Span,
    class: &'static str,
    title: String,
}

/// The text in pieces that each lie wholly inside or outside of every mark.
fn text(n: u64, text: &str, trace: &Trace, out: &mut String) {
    let marks = marks(trace);
    let fits = |span: Span| text.get(span.range()).is_some();
    let unread: Vec<Span> = trace
        .zones
        .iter()
        .filter(|z| !matches!(z.kind, ZoneKind::Title | ZoneKind::Body) && fits(z.span))
        .map(|z| z.span)
        .collect();
    let claims = &trace.found.claims;
    let mut edges: Vec<u32> = vec![0, u32::try_from(text.len()).unwrap_or(u32::MAX)];
    let spans = marks.iter().map(|m| m.span).chain(unread.iter().copied());
    for span in spans.chain(claims.iter().map(|c| c.evidence.span)).filter(|s| fits(*s)) {
        edges.extend([span.start, span.end]);
    }
    edges.sort_unstable();
    edges.dedup();
    // Marks don't overlap one another, so that one walk finds each.
    let mut next = 0;
    let (mut begun, mut open): (usize, Vec<usize>) = (0, Vec::new());
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|k| claims[*k].evidence.span);
    let mut hidden = 0;
    for edge in edges.windows(2) {
        let piece = Span { start: edge[0], end: edge[1] };
        while marks.get(next).is_some_and(|m| m.span.end <= piece.start) {
            next += 1;
        }
        while unread.get(hidden).is_some_and(|u| u.end <= piece.start) {
            hidden += 1;
        }
        open.retain(|k| claims[*k].evidence.span.end > piece.start);
        while let Some(k) = order.get(begun).filter(|k| claims[**k].evidence.span.start <= piece.start) {
            let _ = write!(
                out,
                "<a class=\"to\" id=\"a{n:x}t{}\" href=\"#a{n:x}c{}\">{}</a>",
                k + 1,
                k + 1,
                k + 1
            );
            open.push(*k);
            begun += 1;
        }
        let body = escape_lines(&text[piece.range()]);
        let body = match marks.get(next).filter(|m| m.span.contains(piece)) {
            Some(m) => format!("<mark class=\"{}\" title=\"{}\">{body}</mark>", m.class, escape(&m.title)),
            None => body,
        };
        if !open.is_empty() {
            let _ = write!(out, "<span class=\"ev\">{body}</span>");
        } else if unread.get(hidden).is_some_and(|u| u.contains(piece)) {
            let _ = write!(out, "<span class=\"out\">{body}</span>");
        } else {
            out.push_str(&body);
        }
    }
}

/// Mentions, dates and references in order, none inside another.
fn marks(trace: &Trace) -> Vec<Mark> {
    let mut all = Vec::new();
    for s in &trace.sentences {
        for m in &s.mentions {
            if let Some((name, kind)) = &m.entity {
                let title = format!("{name}: {kind} ({})", m.how);
                all.push(Mark { span: m.span, class: kind.name(), title });
            }
        }
        let date = |(date, span): &(_, Span)| Mark { span: *span, class: "date", title: format!("{date}") };
        all.extend(s.dates.iter().map(|d: &(crate::base::PartialDate, Span)| date(d)));
        all.extend(s.tokens.iter().filter_map(|t| {
            let title = format!("taken for {}", t.meant.as_ref()?);
            Some(Mark { span: t.span, class: "typo", title })
        }));
        all.extend(s.references.iter().map(|r| {
            let title = format!("{} ({})", r.entities.join(", "), r.how);
            Mark { span: r.span, class: "ref", title }
        }));
    }
    all.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut end = 0;
    all.retain(|m| {
        let keep = m.span.start >= end && !m.span.is_empty();
        end = if keep { m.span.end } else { end };
        keep
    });
    all
}

/// Text for HTML, also inside quotes; what is invisible or reorders is shown.
fn escape(text: &str) -> String {
    let shown = escape_hostile(text);
    let mut out = String::with_capacity(shown.len());
    for c in shown.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The same, with line ends kept.
fn escape_lines(text: &str) -> String {
    text.split('\n')
        .map(|line| escape(line.strip_suffix('\r').unwrap_or(line)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_text_is_taken_for_html() {
        assert_eq!(
            escape("<b a='x'>&\"\u{202e}\u{0}\u{fffe}"),
            "&lt;b a=&#39;x&#39;&gt;&amp;&quot;\\u{202e}\\u{0}\u{fffe}"
        );
        assert_eq!(escape_lines("a\r\nb"), "a\nb");
    }
}
