//! What is wrong with a flow. A flow with problems can be saved; one with errors cannot be turned on.

use serde::{Deserialize, Serialize};

use crate::card::{CardKind, CardSpec, Catalogue};
use crate::comparison;
use crate::document::{Binding, Flow, FlowKind, Input, InputRef, OutputRef, Step};
use crate::id::StepId;
use crate::scopes::{Granted, missing_scopes, scope_by_path};
use crate::types::{Base, Fit, Type, fit};
use crate::walk::{Visible, visible_at_end, visible_outputs};

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub code: ProblemCode,
    /// Whether the flow could run like this.
    pub severity: Severity,
    /// The card; the flow itself where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// The field, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<InputRef>,
    /// The scopes that the card's connection lacks, where it is about these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

/// What is wrong. The sentence for it, in both languages, is the reader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The flow has no cards.
    Empty,
    /// The first card does not start a flow.
    NoEvent,
    /// A card that starts flows stands further back.
    MisplacedEvent,
    /// The catalogue does not have this card: it belongs to a connector that is not available here.
    UnknownCard,
    /// A card of a connector has no connection.
    NoConnection,
    /// A required input is empty.
    RequiredEmpty,
    /// The source card or output is gone.
    SourceGone,
    /// The source card does not run before this one.
    SourceLater,
    /// The types do not agree and no conversion is set.
    TypeMismatch,
    /// The connection of the card was not granted the scopes that the card needs.
    MissingScope,
    /// No helper flow is chosen.
    NoHelper,
    /// A scheduled flow without a valid schedule.
    NoSchedule,
    /// A text is compared with a number: as texts.
    ComparesTextNumber,
    /// A text is compared with a date: as texts.
    ComparesTextDate,
    /// A text is compared with True/False: as texts.
    ComparesTextTruth,
    /// The order of two texts that look like numbers is asked: they are ordered as texts.
    ComparesNumbersAsText,
    /// Two types are compared that never agree.
    ComparesOtherTypes,
    /// A card that a delegated flow cannot have, because a person waits for its end.
    NotInDelegated,
    /// An input of a delegated flow that no form can ask for.
    DelegatedInput,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The flow cannot be turned on.
    Error,
    /// The flow can run, but this will surprise.
    Warning,
}

/// Returns everything that is wrong with `flow`, in reading order. `granted` are the scopes of the connections.
pub fn check(flow: &Flow, catalogue: &Catalogue, granted: &Granted) -> Vec<Problem> {
    let mut found = Vec::new();
    check_start(flow, catalogue, &mut found);
    if flow.kind() == FlowKind::Delegated {
        check_delegated(flow, &mut found);
    }
    for (index, step) in flow.all_steps().into_iter().enumerate() {
        if step.is_note() {
            continue;
        }
        let spec = catalogue.card(&step.card);
        check_card(step, spec, index, &mut found);
        check_scopes(step, spec, granted, &mut found);
        check_links(flow, step, &mut found);
        comparison::check(flow, step, &mut found);
    }
    found
}

fn check_start(flow: &Flow, catalogue: &Catalogue, found: &mut Vec<Problem>) {
    let Some(first) = flow.steps.first() else {
        found.push(Problem {
            code: ProblemCode::Empty,
            severity: Severity::Error,
            step: None,
            input: None,
            scopes: Vec::new(),
        });
        return;
    };
    let starts = catalogue
        .card(&first.card)
        .is_none_or(|card| card.kind == CardKind::Event);
    if !starts {
        found.push(error(ProblemCode::NoEvent, first));
    }
}

/// A person runs it from a form and waits: a form asks for single plain values, and nothing can be resumed from outside.
fn check_delegated(flow: &Flow, found: &mut Vec<Problem>) {
    let paused = flow
        .all_steps()
        .into_iter()
        .filter(|step| matches!(step.card.as_str(), "control:pause" | "control:pauseRaw"));
    found.extend(paused.map(|step| error(ProblemCode::NotInDelegated, step)));
    let Some(first) = flow.steps.first() else {
        return;
    };
    let is_plain = |ty: &Type| {
        !ty.list
            && matches!(
                ty.base,
                Base::Text | Base::Number | Base::Boolean | Base::Date
            )
    };
    let asked = first.outputs.iter().filter(|output| output.custom);
    for output in asked.filter(|output| !is_plain(&output.ty)) {
        found.push(Problem {
            input: Some(InputRef::of(first.id.clone(), output.key.clone())),
            ..error(ProblemCode::DelegatedInput, first)
        });
    }
}

fn check_card(step: &Step, spec: Option<&CardSpec>, index: usize, found: &mut Vec<Problem>) {
    let Some(spec) = spec else {
        found.push(Problem {
            severity: Severity::Warning,
            ..error(ProblemCode::UnknownCard, step)
        });
        return;
    };
    if spec.kind == CardKind::Event && index > 0 {
        found.push(error(ProblemCode::MisplacedEvent, step));
    }
    if spec.connector.is_some() && !spec.goes_without && step.connection.is_none() {
        found.push(error(ProblemCode::NoConnection, step));
    }
    for (at, input) in addressed(step) {
        // What whoever starts the flow has to fill in is empty until then.
        if index == 0 && spec.kind == CardKind::Event && input.custom {
            continue;
        }
        let required = is_required(spec, input);
        if required && !input.hidden && input.binding.is_blank() {
            let code = if input.ty.base == Base::Flow {
                ProblemCode::NoHelper
            } else {
                ProblemCode::RequiredEmpty
            };
            found.push(Problem {
                input: Some(at),
                ..error(code, step)
            });
        }
    }
}

/// Packs mark more as required than is: an accumulator may well start empty, so the catalogue decides about what it knows.
/// To a function an empty list or object is a value like any other, as when a list begins with its first item.
fn is_required(spec: &CardSpec, input: &Input) -> bool {
    let known = spec.inputs.iter().find(|field| field.key == input.key);
    let required = known.map_or(input.required, |field| field.required);
    let may_be_empty = input.ty.list || matches!(input.ty.base, Base::Object | Base::Any);
    required && !(spec.kind == CardKind::Function && may_be_empty)
}

/// A call without its scope is refused by the org. Where the scope is a guess from a path, that is a warning.
fn check_scopes(step: &Step, spec: Option<&CardSpec>, granted: &Granted, found: &mut Vec<Problem>) {
    let Some(spec) = spec else { return };
    let by_path = scope_by_path(step, spec);
    for (needed, severity) in [
        (spec.scopes.as_slice(), Severity::Error),
        (by_path.as_slice(), Severity::Warning),
    ] {
        let scopes = missing_scopes(step, needed, granted);
        if !scopes.is_empty() {
            found.push(Problem {
                severity,
                scopes,
                ..error(ProblemCode::MissingScope, step)
            });
        }
    }
}

fn check_links(flow: &Flow, step: &Step, found: &mut Vec<Problem>) {
    let before = visible_outputs(flow, &step.id).unwrap_or_default();
    for (at, input) in addressed(step) {
        let ends;
        let visible = match (&at.lane, at.yields) {
            (Some(lane), true) => {
                ends = visible_at_end(flow, &step.id, lane).unwrap_or_default();
                &ends
            }
            _ => &before,
        };
        input.binding.each_source(&mut |source| {
            if let Some(code) = link_problem(flow, source, input, visible) {
                found.push(Problem {
                    input: Some(at.clone()),
                    ..error(code, step)
                });
            }
        });
    }
}

fn link_problem(
    flow: &Flow,
    source: &OutputRef,
    input: &Input,
    visible: &[Visible],
) -> Option<ProblemCode> {
    let Some(card) = flow.step(&source.step) else {
        return Some(ProblemCode::SourceGone);
    };
    let Some(output) = card.output(&source.field) else {
        return Some(ProblemCode::SourceGone);
    };
    let in_sight = visible.iter().any(|seen| {
        seen.step.id == source.step && seen.outputs().any(|known| known.key == source.field)
    });
    if !in_sight {
        return Some(ProblemCode::SourceLater);
    }
    match &input.binding {
        Binding::Output { convert: None, .. }
            if !agrees(&output.ty.at(&source.path), &input.ty) =>
        {
            Some(ProblemCode::TypeMismatch)
        }
        _ => None,
    }
}

fn agrees(from: &Type, to: &Type) -> bool {
    fit(from, to) == Fit::Same
}

/// Returns every input of a card with its address.
pub(crate) fn addressed(step: &Step) -> Vec<(InputRef, &Input)> {
    let own = step
        .inputs
        .iter()
        .map(|input| (address(step, input), input));
    let lanes = step.lanes.iter().flat_map(|lane| {
        let conditions = lane.inputs.iter().map(|input| {
            (
                InputRef {
                    lane: Some(lane.id.clone()),
                    ..address(step, input)
                },
                input,
            )
        });
        let yields = lane.yields.iter().map(|input| {
            (
                InputRef {
                    lane: Some(lane.id.clone()),
                    yields: true,
                    ..address(step, input)
                },
                input,
            )
        });
        conditions.chain(yields)
    });
    own.chain(lanes).collect()
}

fn address(step: &Step, input: &Input) -> InputRef {
    InputRef {
        arg: input.arg,
        ..InputRef::of(step.id.clone(), input.key.clone())
    }
}

fn error(code: ProblemCode, step: &Step) -> Problem {
    Problem {
        code,
        severity: Severity::Error,
        step: Some(step.id.clone()),
        input: None,
        scopes: Vec::new(),
    }
}

/// Tells whether the flow may be turned on.
pub fn may_turn_on(problems: &[Problem]) -> bool {
    problems
        .iter()
        .all(|problem| problem.severity != Severity::Error)
}
