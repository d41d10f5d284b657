//! What is wrong with a flow. A flow with problems can be saved; one with errors cannot be turned on. Each theme has a
//! file; what a click repairs is in `repair`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::card::Catalogue;
use crate::document::{Flow, InputRef, Step};
use crate::id::StepId;
use crate::scopes::Granted;

mod around;
mod calls;
mod cards;
mod comparison;
mod links;
mod reach;
mod secrets;
mod start;

pub use around::{Around, KnownConnection, KnownFlow, KnownTable, Signature};
pub use reach::leaves_container_only;
pub use secrets::{is_secret_name, looks_secret};

pub(crate) use calls::{Change, changes};
pub(crate) use comparison::repair_comparison;
pub(crate) use links::{in_sight, why_unusable};
pub(crate) use reach::{ends_row, row_of};

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
    /// What it is about, by name: a column, a flow, a field.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// What is wrong. The sentence for it, in both languages, is the reader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// The connection of a card is not here any more.
    UnknownConnection,
    /// A required input is empty.
    RequiredEmpty,
    /// The source card or output is gone.
    SourceGone,
    /// The source card does not run before this one.
    SourceLater,
    /// The source card stands on a branch that this card is not on.
    SourceInLane,
    /// The types do not agree and no conversion is set.
    TypeMismatch,
    /// Two fields of a card have one name.
    DoubleField,
    /// The connection of the card was not granted the scopes that the card needs.
    MissingScope,
    /// No helper flow is chosen.
    NoHelper,
    /// The flow that a card calls is not here any more.
    UnknownHelper,
    /// The flow that a card calls has other inputs than the card.
    HelperChanged,
    /// The flow calls itself, over others perhaps, and nothing ends that.
    CallsItself,
    /// The table of a card is not here any more.
    UnknownTable,
    /// The table has no column of this name.
    UnknownColumn,
    /// A scheduled flow without a valid schedule.
    NoSchedule,
    /// An API endpoint that gives its caller no answer of its own.
    NoReturn,
    /// Cards that never run: something before them always ends the row.
    Unreachable,
    /// A Return that ends only the row it stands in, while the flow goes on.
    ReturnInside,
    /// A text that looks like a password, a key or a token: whoever may read the flow can read it.
    LooksSecret,
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

/// The cards of a flow by id, with their places in reading order.
pub(crate) struct Index<'a> {
    steps: HashMap<&'a StepId, (usize, &'a Step)>,
    order: Vec<&'a Step>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(flow: &'a Flow) -> Self {
        let order = flow.all_steps();
        let steps = order
            .iter()
            .enumerate()
            .map(|(at, step)| (&step.id, (at, *step)))
            .collect();
        Self { steps, order }
    }

    pub(crate) fn step(&self, id: &StepId) -> Option<&'a Step> {
        self.steps.get(id).map(|found| found.1)
    }

    fn place(&self, id: &StepId) -> Option<usize> {
        self.steps.get(id).map(|found| found.0)
    }
}

/// Returns everything that is wrong with `flow`, in reading order. `granted` are the scopes of the connections.
pub fn check(flow: &Flow, catalogue: &Catalogue, granted: &Granted) -> Vec<Problem> {
    let around = Around {
        granted: granted.clone(),
        ..Around::default()
    };
    check_in(flow, catalogue, &around)
}

/// Returns everything that is wrong with `flow` among what is around it, in reading order.
pub fn check_in(flow: &Flow, catalogue: &Catalogue, around: &Around) -> Vec<Problem> {
    let mut found = Vec::new();
    let index = Index::of(flow);
    start::check(flow, catalogue, &mut found);
    for (at, step) in index.order.iter().enumerate() {
        if step.is_note() {
            continue;
        }
        let spec = catalogue.card(&step.card);
        cards::check(step, spec, at, around, &mut found);
        calls::check(step, spec, around, &mut found);
        comparison::check(&|id| index.step(id), step, &mut found);
        secrets::check(step, &mut found);
    }
    links::check(flow, &index, &mut found);
    reach::check(flow, &mut found);
    calls::check_circle(flow, around, &mut found);
    let place = |problem: &Problem| {
        let step = problem.step.as_ref()?;
        index.place(step)
    };
    found.sort_by_key(place);
    found
}

impl Problem {
    /// Returns a problem of a flow itself.
    pub fn of_flow(code: ProblemCode, severity: Severity) -> Self {
        Self {
            code,
            severity,
            step: None,
            input: None,
            scopes: Vec::new(),
            about: String::new(),
        }
    }

    /// Returns something about a card that keeps the flow from being turned on.
    pub fn error(code: ProblemCode, step: &Step) -> Self {
        Self {
            step: Some(step.id.clone()),
            ..Self::of_flow(code, Severity::Error)
        }
    }

    /// Returns something about a card that will surprise.
    pub fn warning(code: ProblemCode, step: &Step) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, step)
        }
    }

    /// Returns the problem as one about a field.
    #[must_use]
    pub fn at(self, input: InputRef) -> Self {
        Self {
            input: Some(input),
            ..self
        }
    }

    /// Returns the problem as one about something that has this name.
    #[must_use]
    pub fn about(self, about: impl Into<String>) -> Self {
        Self {
            about: about.into(),
            ..self
        }
    }
}

/// Tells whether the flow may be turned on.
pub fn may_turn_on(problems: &[Problem]) -> bool {
    problems
        .iter()
        .all(|problem| problem.severity != Severity::Error)
}
