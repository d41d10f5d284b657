//! What one click repairs: for a problem, the edits that make it go away and bring no new error. Each theme has a file;
//! an edit is one step of undo. Where a person has to decide there is no repair here.

use crate::card::Catalogue;
use crate::check::{Around, Problem, ProblemCode, check_in, in_sight, repair_comparison};
use crate::document::{Flow, InputRef, OutputRef};
use crate::edit::{FlowEdit, apply};
use crate::id::{ConnectionId, StepId};
use crate::types::Convert;

mod connect;
mod declare;
mod fields;
mod fill;
mod links;
mod rows;

pub use fill::suggestions;

/// A way to repair a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What it does.
    pub kind: RepairKind,
    /// The change.
    pub edit: FlowEdit,
}

/// What a repair does; the words for it are the reader's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairKind {
    /// Converts the value on its way.
    Convert(Convert),
    /// Takes the first item of the list.
    FirstItem,
    /// Takes this key of the object.
    Key(String),
    /// Takes this value of an earlier card.
    Take(OutputRef),
    /// Makes the value an output of this container and takes it from there.
    Declare(StepId),
    /// Takes the value out of the field.
    Unlink,
    /// Uses this connection, also for the other cards that lack one.
    Connect(ConnectionId),
    /// Gives the card the fields that its helper flow has.
    UpdateFields,
    /// Removes the field.
    RemoveField,
    /// Gives the field this name.
    RenameField(String),
    /// Moves the card that ends the row behind the others.
    MoveToEnd(StepId),
    /// Moves the card to the front, where cards stand that start a flow.
    MoveToFront,
    /// Removes so many cards.
    Remove(usize),
    /// Adds a Return at the end.
    AddReturn,
    /// Runs the flow once a day until somebody says otherwise.
    Plan,
    /// Compares as numbers.
    CompareNumbers,
    /// Compares as dates.
    CompareDates,
    /// Compares as texts.
    CompareTexts,
}

/// Returns the ways to repair a problem, the best one first; nothing where a person has to decide, or where the problem
/// is not there (any more).
pub fn repairs(
    flow: &Flow,
    catalogue: &Catalogue,
    around: &Around,
    problem: &Problem,
) -> Vec<Repair> {
    let found = match problem.code {
        ProblemCode::TypeMismatch => links::convert(flow, problem),
        ProblemCode::SourceGone | ProblemCode::SourceLater => links::replace(flow, problem),
        ProblemCode::SourceInLane => {
            let declared = declare::repairs(flow, problem);
            let replaced = links::replace(flow, problem);
            Some(declared.into_iter().chain(replaced).flatten().collect())
        }
        ProblemCode::RequiredEmpty => fill::repairs(flow, problem),
        ProblemCode::NoConnection | ProblemCode::UnknownConnection => {
            return connect::repair(flow, catalogue, around, problem)
                .into_iter()
                .collect();
        }
        ProblemCode::HelperChanged => fields::update(flow, around, problem),
        ProblemCode::UnknownColumn => fields::column(flow, catalogue, around, problem),
        ProblemCode::DoubleField => fields::double(flow, problem),
        ProblemCode::Unreachable => rows::unreachable(flow, problem),
        ProblemCode::MisplacedEvent => rows::misplaced(flow, catalogue, problem),
        ProblemCode::NotInDelegated => rows::removed(flow, problem),
        ProblemCode::NoReturn => rows::answer(flow, catalogue),
        ProblemCode::NoSchedule => rows::plan(flow, around),
        ProblemCode::ComparesTextNumber
        | ProblemCode::ComparesNumbersAsText
        | ProblemCode::ComparesTextDate
        | ProblemCode::ComparesTextTruth => comparison(flow, problem),
        ProblemCode::Empty
        | ProblemCode::NoEvent
        | ProblemCode::UnknownCard
        | ProblemCode::MissingScope
        | ProblemCode::NoHelper
        | ProblemCode::UnknownHelper
        | ProblemCode::CallsItself
        | ProblemCode::UnknownTable
        | ProblemCode::ReturnInside
        | ProblemCode::LooksSecret
        | ProblemCode::ComparesOtherTypes
        | ProblemCode::DelegatedInput => None,
    };
    found.into_iter().flatten().collect()
}

/// Returns the edits that bring a value into a field which does not take it as it is: nothing where the field cannot see
/// it, or where there is no way.
pub fn ways_into(flow: &Flow, source: &OutputRef, at: &InputRef) -> Vec<Repair> {
    let Some(input) = flow.input(at).filter(|input| !input.option) else {
        return Vec::new();
    };
    let is_seen = in_sight(flow, at).iter().any(|seen| {
        let mut outputs = seen.outputs();
        seen.step.id == source.step && outputs.any(|output| output.key == source.field)
    });
    match crate::arrange::type_of(flow, source).filter(|_| is_seen) {
        Some(from) => links::into_field(&from, source, at, input),
        None => Vec::new(),
    }
}

fn comparison(flow: &Flow, problem: &Problem) -> Option<Vec<Repair>> {
    let edit = repair_comparison(flow, problem.input.as_ref()?)?;
    let kind = match problem.code {
        ProblemCode::ComparesTextDate => RepairKind::CompareDates,
        ProblemCode::ComparesTextTruth => RepairKind::CompareTexts,
        _ => RepairKind::CompareNumbers,
    };
    Some(vec![Repair { kind, edit }])
}

/// Returns the edit that repairs all problems of one kind, each in its best way, and how many that are; nothing where
/// that is not more than one.
pub fn repair_all(
    flow: &Flow,
    catalogue: &Catalogue,
    around: &Around,
    code: ProblemCode,
) -> Option<(FlowEdit, usize)> {
    const MOST: usize = 1_000;
    let is_meant = |problem: &Problem| problem.code == code;
    let before = check_in(flow, catalogue, around);
    let mut changed = flow.clone();
    let mut edits = Vec::new();
    for problem in before.iter().filter(|problem| is_meant(problem)).take(MOST) {
        let best = repairs(&changed, catalogue, around, problem)
            .into_iter()
            .next();
        if let Some(repair) = best
            && apply(&mut changed, repair.edit.clone()).is_ok()
        {
            edits.push(repair.edit);
        }
    }
    let count = |found: &[Problem]| found.iter().filter(|problem| is_meant(problem)).count();
    let left = count(&check_in(&changed, catalogue, around));
    let repaired = count(&before).saturating_sub(left);
    (repaired > 1).then_some((FlowEdit::Batch { edits }, repaired))
}
