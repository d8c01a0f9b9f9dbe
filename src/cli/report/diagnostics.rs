//! Diagnostics with the underlined source beside them.

use crate::base::{Diagnostic, Location, SourceId, SourceMap, Span, escape_hostile};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::fmt::Write;

/// Lines longer than this many bytes are not drawn, only named by line and column.
const LONGEST_LINE: usize = 400;

/// Draws findings in the given order, each with file, line, column, the
/// underlined terms, notes and a way out. Ends with a line end, or is empty.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&draw(diagnostic, sources, &renderer));
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn draw(diagnostic: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = if diagnostic.is_error() { Level::ERROR } else { Level::WARNING };
    let message = escape_hostile(&diagnostic.message);
    let title = level.primary_title(message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut seen: Vec<SourceId> = Vec::new();
    let mut unplaced: Vec<String> = Vec::new();
    for (n, label) in diagnostic.labels.iter().enumerate() {
        let id = label.at.source;
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let source = sources.get(id);
        let here: Vec<(usize, Location, &str)> = (diagnostic.labels.iter().enumerate().skip(n))
            .filter(|(_, l)| l.at.source == id)
            .map(|(m, l)| (m, l.at, l.text.as_str()))
            .collect();
        if here.iter().any(|(_, at, _)| on_long_line(&source.text, at.span)) {
            for (_, at, text) in here {
                let (line, column) = source.line_column(at.span.start);
                let mut place = format!("{}:{line}:{column}", source.name);
                if !text.is_empty() {
                    write!(place, ": {text}").expect("a String takes all");
                }
                unplaced.push(place);
            }
            continue;
        }
        if source.text.trim().is_empty() {
            group = group.element(Origin::path(source.name.to_string()).line(1).char_column(1));
            continue;
        }
        let mut snippet = Snippet::source(source.text.to_string()).path(source.name.to_string()).fold(true);
        for (m, at, text) in here {
            let kind = if m == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mut annotation = kind.span(clip(&source.text, at.span));
            if !text.is_empty() {
                annotation = annotation.label(escape_hostile(text).into_owned());
            }
            snippet = snippet.annotation(annotation);
        }
        group = group.element(snippet);
    }
    for place in unplaced {
        group = group.element(Level::NOTE.with_name("at").message(escape_hostile(&place).into_owned()));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(escape_hostile(note).into_owned()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(escape_hostile(help).into_owned()));
    }
    let report: [Group<'_>; 1] = [group];
    renderer.render(&report)
}

/// The span moved onto character boundaries inside the text.
fn clip(text: &str, span: Span) -> std::ops::Range<usize> {
    let snap = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    snap(span.start)..snap(span.end)
}

fn on_long_line(text: &str, span: Span) -> bool {
    let range = clip(text, span);
    let start = text[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |n| range.end + n);
    text[start..end].split('\n').any(|line| line.len() > LONGEST_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_underlined_and_the_way_out_stands_below() {
        let mut sources = SourceMap::new();
        let id = sources.add("rules/a.ron", "then: p(x),\nwhen: [q(y)],\n");
        let at = |start, end| Location::new(id, Span::new(start, end));
        let finding = Diagnostic::error("E0401", at(8, 9), "`x` is not bound")
            .saying("needs a value")
            .label(at(21, 22), "only `y` is bound here")
            .note("a head may use what the body binds")
            .help("use `y`, or add an atom with `x`");
        insta::assert_snapshot!(render(&[finding], &sources, false));
    }

    #[test]
    fn endless_lines_are_named_and_not_drawn() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.ron", "x".repeat(100_000));
        let finding = Diagnostic::error("E0101", Location::new(id, Span::new(70_000, 70_001)), "no");
        assert!(render(&[finding], &sources, false).contains("a.ron:1:70001"));
    }
}
