//! Proofs as trees and as JSON, each base fact with its sentence.

use super::report::Tree;
use super::rows::{escape_json, json_text, json_value};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::engine::{Citation, Engine};
use crate::explain::{Aggregation, Derivation, Fact, Premise, Proof, Reason, Unshown};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// Longest sentence drawn in a tree, in characters; JSON has it whole.
const LONGEST_SENTENCE: usize = 600;

/// A proof as a tree: facts, rule names and prose, and at the leaves the
/// article, the byte span and the sentence.
pub(super) fn proof_tree(engine: &Engine, proof: &Proof) -> Tree {
    let mut node = Tree::new(proof.fact.to_string());
    match &proof.reason {
        Reason::Given => given(engine, &proof.fact, &mut node),
        Reason::Unshown(why) => node.lines[0].push_str(unshown(*why)),
        Reason::Rule(derivation) => {
            node.lines.push(headline(derivation));
            node.children = derivation.premises.iter().map(|premise| premise_tree(engine, premise)).collect();
        }
    }
    node
}

fn headline(derivation: &Derivation) -> String {
    let prose = |language: &str| derivation.prose.iter().find(|(of, _)| &**of == language);
    let reason = prose("en").or(derivation.prose.first());
    match reason {
        Some((_, text)) => format!("by the rule \"{}\": {text}", derivation.name),
        None => format!("by the rule \"{}\"", derivation.name),
    }
}

fn given(engine: &Engine, fact: &Fact, node: &mut Tree) {
    match engine.citation(&fact.relation, &fact.row) {
        Some(cited) => {
            let status = if cited.status.is_empty() { String::new() } else { format!("{}, ", cited.status) };
            let pattern =
                if cited.pattern.is_empty() { String::new() } else { format!(" ({})", cited.pattern) };
            let bytes = cited.span;
            node.lines.push(format!(
                "{status}article {}, bytes {}..{}{pattern}",
                cited.article, bytes.start, bytes.end
            ));
            node.lines.push(format!("“{}”", shortened(&cited.sentence)));
        }
        None => node.lines[0].push_str("  (given)"),
    }
}

fn shortened(sentence: &str) -> String {
    let sentence = sentence.trim();
    match sentence.char_indices().nth(LONGEST_SENTENCE) {
        Some((cut, _)) => format!("{} …", &sentence[..cut]),
        None => sentence.to_string(),
    }
}

fn unshown(why: Unshown) -> &'static str {
    match why {
        Unshown::Repeated => "  (proved above)",
        Unshown::Depth => "  (deeper than is shown; `katak why --depth` shows more)",
        Unshown::Nodes => "  (longer than is shown; `katak why --nodes` shows more)",
        Unshown::Search => "  (not found within the search's limits; `katak why --steps` raises them)",
        Unshown::Superseded => "  (from a value that a better one has replaced)",
    }
}

fn premise_tree(engine: &Engine, premise: &Premise) -> Tree {
    match premise {
        Premise::Fact(proof) => proof_tree(engine, proof),
        Premise::Absent { relation, pattern } => {
            Tree::new(format!("there is no {}", absent(relation, pattern)))
        }
        Premise::Test(text) => Tree::new(text.clone()),
        Premise::Aggregate(aggregation) => {
            let mut node = Tree::new(format!("{} = {}", aggregation.text, aggregation.result));
            for row in &aggregation.rows {
                node.children.extend(row.facts.iter().map(|proof| proof_tree(engine, proof)));
            }
            let more = aggregation.deciding.saturating_sub(aggregation.rows.len());
            if more > 0 {
                node.children.push(Tree::new(format!("and {more} more; `katak why --rows` shows them")));
            }
            let others = aggregation.solutions.saturating_sub(aggregation.deciding);
            if others > 0 {
                node.children.push(Tree::new(format!("and {others} that decide nothing")));
            }
            node
        }
    }
}

fn absent(relation: &str, pattern: &[Option<Value>]) -> String {
    let cell = |value: &Option<Value>| match value {
        None => "_".to_string(),
        Some(Value::Entity(text) | Value::Text(text)) => format!("{text:?}"),
        Some(other) => other.to_string(),
    };
    format!("{relation}({})", pattern.iter().map(cell).collect::<Vec<_>>().join(", "))
}

/// A proof as one line of JSON:
/// `{"fact": {"relation", "args"}, "given": true, "evidence": {…}}` or
/// `{"fact", "rule", "bindings", "because", "premises": […]}`.
pub(super) fn proof_json(engine: &Engine, program: &StratifiedProgram, proof: &Proof) -> String {
    escape_json(&json_of(engine, program, proof).to_string()).into_owned()
}

fn json_of(engine: &Engine, program: &StratifiedProgram, proof: &Proof) -> Json {
    let mut node = json!({"fact": fact_json(program, &proof.fact)});
    match &proof.reason {
        Reason::Given => {
            node["given"] = Json::Bool(true);
            if let Some(cited) = engine.citation(&proof.fact.relation, &proof.fact.row) {
                node["evidence"] = evidence_json(&cited);
            }
        }
        Reason::Unshown(why) => node["unshown"] = unshown(*why).trim_matches([' ', '(', ')']).into(),
        Reason::Rule(derivation) => {
            node["rule"] = (&*derivation.name).into();
            node["bindings"] = bindings_json(&derivation.bindings);
            node["because"] = derivation
                .prose
                .iter()
                .map(|(of, text)| (of.to_string(), Json::from(text.as_str())))
                .collect();
            let premises = derivation.premises.iter().map(|premise| premise_json(engine, program, premise));
            node["premises"] = premises.collect();
        }
    }
    node
}

fn premise_json(engine: &Engine, program: &StratifiedProgram, premise: &Premise) -> Json {
    match premise {
        Premise::Fact(proof) => json_of(engine, program, proof),
        Premise::Absent { relation, pattern } => {
            let args: Vec<Json> = pattern.iter().map(|v| v.as_ref().map_or(Json::Null, value_json)).collect();
            json!({"absent": {"relation": &**relation, "args": args}})
        }
        Premise::Test(text) => json!({"test": text}),
        Premise::Aggregate(Aggregation { text, result, solutions, deciding, rows }) => {
            let rows: Vec<Json> = (rows.iter())
                .map(|row| {
                    let facts: Vec<Json> =
                        row.facts.iter().map(|proof| json_of(engine, program, proof)).collect();
                    json!({"bindings": bindings_json(&row.bindings), "facts": facts})
                })
                .collect();
            let mut node = json!({"aggregate": text, "result": value_json(result), "solutions": solutions, "rows": rows});
            let more = deciding.saturating_sub(rows.len());
            if more > 0 {
                node["unshown"] = format!("{more} more; `katak why --rows` shows them").into();
            }
            node
        }
    }
}

fn evidence_json(cited: &Citation) -> Json {
    json!({
        "article": &*cited.article,
        "start": cited.span.start,
        "end": cited.span.end,
        "sentence": &*cited.sentence,
        "pattern": &*cited.pattern,
        "status": &*cited.status,
    })
}

fn fact_json(program: &StratifiedProgram, fact: &Fact) -> Json {
    let columns = program.find(&fact.relation).map(|id| &program.relation(id).columns);
    let names = columns.into_iter().flatten().map(|(name, _)| name.to_string());
    let args: serde_json::Map<String, Json> = names.zip(fact.row.iter().map(value_json)).collect();
    json!({"relation": &*fact.relation, "args": args})
}

fn bindings_json(bindings: &[(Arc<str>, Value)]) -> Json {
    bindings.iter().map(|(name, value)| (name.to_string(), value_json(value))).collect()
}

fn value_json(value: &Value) -> Json {
    match value {
        Value::Entity(text) | Value::Text(text) => Json::from(&**text),
        other => serde_json::from_str(&json_value(other))
            .unwrap_or_else(|_| Json::from(json_text(&other.to_string()))),
    }
}
