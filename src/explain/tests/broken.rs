//! Broken proofs are refused.

use super::*;

/// Every proof that differs from this one in one place.
pub(super) fn mutants(proof: &Proof) -> Vec<Proof> {
    let mut all = Vec::new();
    for n in 0..proof.fact.row.len() {
        let mut mutant = proof.clone();
        mutant.fact.row[n] = other(&proof.fact.row[n]);
        all.push(mutant);
    }
    let Reason::Rule(derivation) = &proof.reason else { return all };
    let rule = |change: &dyn Fn(&mut Derivation)| {
        let mut mutant = derivation.clone();
        change(&mut mutant);
        Proof { fact: proof.fact.clone(), reason: Reason::Rule(mutant) }
    };
    all.push(Proof { fact: proof.fact.clone(), reason: Reason::Given });
    all.push(Proof { fact: proof.fact.clone(), reason: Reason::Unshown(Unshown::Repeated) });
    all.push(rule(&|d| d.rule.0 += 1));
    all.push(rule(&|d| d.premises.push(Premise::Test("eq(1, 1)".into()))));
    for n in 0..derivation.bindings.len() {
        all.push(rule(&|d| d.bindings[n].1 = other(&d.bindings[n].1)));
        all.push(rule(&|d| drop(d.bindings.remove(n))));
    }
    for (n, premise) in derivation.premises.iter().enumerate() {
        all.push(rule(&|d| drop(d.premises.remove(n))));
        match premise {
            Premise::Fact(inner) => {
                for mutant in mutants(inner) {
                    all.push(rule(&|d| d.premises[n] = Premise::Fact(mutant.clone())));
                }
            }
            Premise::Absent { relation, pattern } => {
                for column in 0..pattern.len() {
                    let mut changed = pattern.clone();
                    changed[column] = pattern[column].is_none().then_some(Value::Int(77));
                    let absent = Premise::Absent { relation: relation.clone(), pattern: changed };
                    all.push(rule(&|d| d.premises[n] = absent.clone()));
                }
            }
            Premise::Test(text) => all.push(rule(&|d| d.premises[n] = Premise::Test(format!("{text} ")))),
            Premise::Aggregate(said) => {
                let mut wrong = said.clone();
                wrong.result = other(&said.result);
                all.push(rule(&|d| d.premises[n] = Premise::Aggregate(wrong.clone())));
                let mut wrong = said.clone();
                wrong.solutions += 1;
                all.push(rule(&|d| d.premises[n] = Premise::Aggregate(wrong.clone())));
                let mut wrong = said.clone();
                wrong.deciding += 1;
                all.push(rule(&|d| d.premises[n] = Premise::Aggregate(wrong.clone())));
            }
        }
    }
    all
}

fn other(value: &Value) -> Value {
    match value {
        Value::Entity(name) => Value::entity(format!("{name}'")),
        Value::Int(n) => Value::Int(n + 1000),
        value => Value::text(format!("{value}'")),
    }
}

#[test]
fn a_proof_changed_anywhere_is_refused() {
    let mut count = 0;
    for text in [PATHS, COMPANIES, DISTANCES, VARIETY] {
        let world = World::new(text);
        for relation in world.program.relations() {
            for row in world.database.rows(&relation.name) {
                let proof = world.prove(&relation.name, &row);
                for mutant in mutants(&proof) {
                    assert!(
                        world.verify(&mutant).is_err(),
                        "accepted:\n{}of\n{}",
                        draw(&mutant),
                        draw(&proof)
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 500, "{count} mutants");
}

#[test]
fn prose_that_is_not_the_rules_is_refused() {
    let world = World::new(PATHS);
    let mut proof = world.prove("path", &[t("a"), t("b")]);
    let Reason::Rule(derivation) = &mut proof.reason else { panic!("derived") };
    derivation.prose[0].1.push('!');
    assert!(world.verify(&proof).unwrap_err().contains("prose"));
}

#[test]
fn a_fact_may_not_be_its_own_premise() {
    let world = World::new(
        r#"rules: [(name: "round", then: p(x), when: [p(x)]), (name: "base", then: p(x), when: [q(x)])], facts: [q(1)]"#,
    );
    let good = world.prove("p", &[Value::Int(1)]);
    let all = all_reasons(&world.program, &world.database, "p", &[Value::Int(1)], &Limits::default());
    assert_eq!(all.len(), 2);
    let Reason::Rule(mut derivation) = all[0].reason.clone() else { panic!("derived") };
    derivation.premises[0] =
        Premise::Fact(Proof { fact: good.fact.clone(), reason: Reason::Unshown(Unshown::Repeated) });
    let circle = Proof { fact: good.fact.clone(), reason: Reason::Rule(derivation) };
    assert!(world.verify(&circle).is_err());
    assert_eq!(world.verify(&good), Ok(()));
}
