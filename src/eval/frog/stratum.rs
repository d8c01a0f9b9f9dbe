//! One stratum, round by round.

use super::index::{Index, merged, sorted};
use super::kernel::{Kernel, compile_aggregates};
use super::row::{AnyVariable, variable};
use super::steps::{Step, compile};
use super::{Cells, State};
use crate::analysis::StratifiedProgram;
use crate::eval::{Birth, Database, EvalError, RuleStats};
use crate::logic::Tuple;
use crate::logic::typed::{Aggregate, HeadTerm, Literal, RelationId, Rule};
use datafrog::Iteration;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::time::Instant;

/// Pending cells at which a rule's output is first sorted and made distinct.
const COMPACT: usize = 1 << 20;

/// A rule ready to run: once at the start, or led by the new rows of an atom.
struct Variant<'p> {
    rule: &'p Rule,
    /// Place in the stratum's statistics.
    place: usize,
    first: bool,
    steps: Vec<Step<'p>>,
}

type Aggregates<'p> = FxHashMap<*const Aggregate, Vec<Step<'p>>>;

/// Derives the relations of a stratum.
pub(super) fn run(
    program: &StratifiedProgram,
    number: usize,
    state: &mut State,
    database: &mut Database,
) -> Result<(), EvalError> {
    let stratum = &program.strata()[number];
    let Some(any_rule) = stratum.rules.first().map(|id| program.rule(*id)) else {
        state.stats.rounds.push(0);
        return Ok(());
    };
    let mut iteration = Iteration::new();
    let mut variables: FxHashMap<RelationId, Box<dyn AnyVariable>> = FxHashMap::default();
    let mut primary: FxHashMap<RelationId, usize> = FxHashMap::default();
    for id in &stratum.relations {
        let relation = program.relation(*id);
        let width = relation.columns.len();
        let held = variable(&mut iteration, &relation.name, width);
        let given = std::mem::take(&mut state.tables[id.0 as usize]);
        let given = sorted(&state.extrema.improve(*id, &given, width.max(1), &state.cells), width);
        held.insert(&given);
        variables.insert(*id, held);
        let order = (0..width).collect();
        primary.insert(*id, State::want(&state.tables, &mut state.indexes, &mut state.by_order, *id, order));
    }
    let mut costs: Vec<RuleStats> = (stratum.rules.iter())
        .map(|id| RuleStats {
            rule: program.rule(*id).name.clone(),
            stratum: number as u32 + 1,
            ..RuleStats::default()
        })
        .collect();
    let (variants, aggregates) = compile_stratum(program, number, state);
    let mut recent: FxHashMap<RelationId, Vec<u32>> = FxHashMap::default();
    let mut round = 0;
    loop {
        let mut pending: FxHashMap<RelationId, Vec<u32>> = FxHashMap::default();
        for variant in variants.iter().filter(|variant| variant.first == (round == 0)) {
            let began = Instant::now();
            let cost = &mut costs[variant.place];
            for (head, out) in derive(program, &stratum.relations, variant, &aggregates, &recent, state)? {
                let width = program.relation(head).columns.len();
                let emitted = rows(&out, width);
                let known = &state.indexes[primary[&head]];
                let new = if state.extrema.has(head) {
                    state.extrema.improve(head, &out, width, &state.cells)
                } else {
                    fresh(&out, width, known, pending.get(&head).map_or(&[][..], |rows| rows))
                };
                cost.new += rows(&new, width) as u64;
                cost.known += (emitted - rows(&new, width)) as u64;
                variables[&head].insert(&new);
                let before = pending.remove(&head).unwrap_or_default();
                pending.insert(head, merged(&before, &new, width.max(1)));
            }
            cost.seconds += began.elapsed().as_secs_f64();
        }
        if !iteration.changed() {
            break;
        }
        round += 1;
        let birth = Birth { stratum: number as u32 + 1, round };
        for id in &stratum.relations {
            let mut new = Vec::new();
            variables[id].recent(&mut new);
            let width = program.relation(*id).columns.len();
            state.meter.tuples += rows(&new, width) as u64;
            state.meter.bytes += new.len() as u64 * 8;
            for (at, index) in indexes_of(state, *id) {
                let mut index = std::mem::replace(&mut state.indexes[at], index);
                index.add(&new);
                state.indexes[at] = index;
            }
            state.tables[id.0 as usize].extend_from_slice(&new);
            keep(program, *id, &new, birth, state, database);
            recent.insert(*id, new);
        }
        state.meter.round(any_rule, round)?;
    }
    state.stats.rounds.push(round);
    state.stats.rules.extend(costs);
    for id in &stratum.relations {
        if state.extrema.has(*id) {
            drop_replaced(program, *id, state, database);
        }
    }
    Ok(())
}

/// The indexes of a relation, each with an empty one to stand in while it grows.
fn indexes_of(state: &State, id: RelationId) -> Vec<(usize, Index)> {
    let mut all: Vec<(usize, Index)> = (state.by_order.iter())
        .filter(|((relation, _), _)| *relation == id)
        .map(|(_, at)| (*at, Index::new(Vec::new())))
        .collect();
    all.sort_by_key(|(at, _)| *at);
    all
}

fn compile_stratum<'p>(
    program: &'p StratifiedProgram,
    number: usize,
    state: &mut State,
) -> (Vec<Variant<'p>>, Aggregates<'p>) {
    let stratum = &program.strata()[number];
    let sizes: Vec<usize> =
        (0..program.relations().len()).map(|n| state.rows(program, RelationId(n as u32))).collect();
    // Relations of this stratum are still empty, and will likely be large.
    let size =
        |id: RelationId| if stratum.relations.contains(&id) { usize::MAX >> 1 } else { sizes[id.0 as usize] };
    let State { tables, indexes, by_order, .. } = state;
    let mut want = |id: RelationId, order: Vec<usize>| State::want(tables, indexes, by_order, id, order);
    let mut variants = Vec::new();
    let mut aggregates = Aggregates::default();
    let outside = BTreeSet::new();
    for (place, id) in stratum.rules.iter().enumerate() {
        let rule = program.rule(*id);
        let here = |literal: &Literal| matches!(literal, Literal::Atom(atom) if stratum.relations.contains(&atom.relation));
        let drivers: Vec<usize> = (0..rule.body.len()).filter(|at| here(&rule.body[*at])).collect();
        if drivers.is_empty() {
            let steps = compile(program, rule, &rule.body, None, &outside, &size, &mut want);
            variants.push(Variant { rule, place, first: true, steps });
        }
        for at in drivers {
            let steps = compile(program, rule, &rule.body, Some(at), &outside, &size, &mut want);
            variants.push(Variant { rule, place, first: false, steps });
        }
        for literal in &rule.body {
            let (Literal::Atom(crate::logic::typed::Atom { terms, .. })
            | Literal::NotAtom(crate::logic::typed::Atom { terms, .. })
            | Literal::Test { terms, .. }) = literal;
            for term in terms {
                compile_aggregates(program, rule, term, &size, &mut want, &mut aggregates);
            }
        }
    }
    (variants, aggregates)
}

/// Runs a variant; the sorted distinct rows of each head in this stratum.
fn derive(
    program: &StratifiedProgram,
    here: &[RelationId],
    variant: &Variant<'_>,
    aggregates: &Aggregates<'_>,
    recent: &FxHashMap<RelationId, Vec<u32>>,
    state: &mut State,
) -> Result<Vec<(RelationId, Vec<u32>)>, EvalError> {
    let rule = variant.rule;
    let heads: Vec<_> = rule.heads.iter().filter(|(id, _)| here.contains(id)).collect();
    let mut outs: Vec<(Vec<u32>, usize)> = heads.iter().map(|_| (Vec::new(), COMPACT)).collect();
    let mut env = vec![0; rule.variables.len()];
    let State { cells, indexes, extrema, meter, .. } = state;
    let mut kernel = Kernel { program, rule, indexes, aggregates, extrema, recent, cells, meter };
    kernel.run(&variant.steps, &mut env, &mut |kernel, env| {
        for ((id, terms), (out, compact)) in heads.iter().zip(&mut outs) {
            let columns = &program.relation(*id).columns;
            let start = out.len();
            for (term, (_, type_)) in terms.iter().zip(columns) {
                let (HeadTerm::Term(term) | HeadTerm::Extremum(_, term)) = term;
                match kernel.cell(term, *type_, env)? {
                    Some(cell) => out.push(cell),
                    None => {
                        out.truncate(start);
                        break;
                    }
                }
            }
            if terms.is_empty() && out.is_empty() {
                out.push(1);
            }
            let width = columns.len();
            if out.len() >= *compact
                || kernel.meter.holds(rule, rows(out, width) as u64, out.len() as u64 * 4).is_err()
            {
                *out = sorted(out, width);
                kernel.meter.holds(rule, rows(out, width) as u64, out.len() as u64 * 4)?;
                *compact = out.len().saturating_mul(2).max(COMPACT);
            }
        }
        Ok(())
    })?;
    let done = heads.iter().zip(outs);
    Ok(done.map(|((id, _), (out, _))| (*id, sorted(&out, program.relation(*id).columns.len()))).collect())
}

fn rows(flat: &[u32], width: usize) -> usize {
    flat.len() / width.max(1)
}

/// The rows that neither the index nor the pending ones of this round have.
fn fresh(flat: &[u32], width: usize, known: &Index, pending: &[u32]) -> Vec<u32> {
    if width == 0 {
        return if known.filled || !pending.is_empty() { Vec::new() } else { flat.to_vec() };
    }
    let mut new = Vec::new();
    let mut pending = pending.chunks_exact(width).peekable();
    for row in flat.chunks_exact(width) {
        while pending.next_if(|other| *other < row).is_some() {}
        if pending.peek() != Some(&row) && !known.contains(row) {
            new.extend_from_slice(row);
        }
    }
    new
}

fn decode(program: &StratifiedProgram, id: RelationId, row: &[u32], cells: &Cells) -> Tuple {
    let columns = &program.relation(id).columns;
    columns.iter().zip(row).map(|((_, type_), cell)| cells.decode(*cell, *type_)).collect()
}

/// Writes a round's new rows with their birth.
fn keep(
    program: &StratifiedProgram,
    id: RelationId,
    new: &[u32],
    birth: Birth,
    state: &State,
    database: &mut Database,
) {
    let relation = program.relation(id);
    for row in new.chunks_exact(relation.columns.len().max(1)) {
        database.insert_born(&relation.name, decode(program, id, row, &state.cells), birth);
    }
}

/// Takes away the rows that better ones have replaced.
fn drop_replaced(program: &StratifiedProgram, id: RelationId, state: &mut State, database: &mut Database) {
    let relation = program.relation(id);
    let width = relation.columns.len();
    let natural: Vec<usize> = (0..width).collect();
    let table = std::mem::take(&mut state.tables[id.0 as usize]);
    let births: Vec<(Tuple, Birth)> = (table.chunks_exact(width.max(1)))
        .filter(|row| state.extrema.is_current(id, row, &natural))
        .map(|row| {
            let row = decode(program, id, row, &state.cells);
            let birth = database.birth(&relation.name, &row).unwrap_or_default();
            (row, birth)
        })
        .collect();
    database.clear(&relation.name);
    births.into_iter().for_each(|(row, birth)| database.insert_born(&relation.name, row, birth));
    state.tables[id.0 as usize] = table
        .chunks_exact(width.max(1))
        .filter(|row| state.extrema.is_current(id, row, &natural))
        .flatten()
        .copied()
        .collect();
}
