//! What differs between two flows: a list of places, each of which a person can be shown. What stood there before and
//! what stands there now is read from the two flows. Cards are the same when their ids are; where ids differ (a flow
//! that was imported again) cards that look alike are taken for the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::document::{FieldKey, Flow, Input, InputRef, Lane, LaneId, Output, Step};
use crate::id::StepId;

mod align;
mod hands;
mod merge;
mod place;
mod script;
mod together;

pub use merge::{Clash, Merge, Side, merge};
pub use script::script;
pub use together::{bring_back, drawn_together};

use place::{Index, moved};

/// One difference: where it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Change {
    /// Something of the flow itself.
    Flow {
        /// What.
        part: FlowPart,
    },
    /// A card is new.
    Added {
        /// The card, in the new flow.
        step: StepId,
    },
    /// A card is gone.
    Removed {
        /// The card, in the old flow.
        step: StepId,
    },
    /// A card stands elsewhere: in another row, or before another card.
    Moved {
        /// The card.
        step: StepId,
    },
    /// Something of a card itself.
    Card {
        /// The card.
        step: StepId,
        /// What.
        part: CardPart,
    },
    /// The outputs that stand in for a card when somebody tries the draft out.
    Pinned {
        /// The card.
        step: StepId,
    },
    /// An input.
    Input {
        /// Which.
        at: InputRef,
        /// What happened to it.
        what: FieldChange,
    },
    /// An output.
    Output {
        /// The card.
        step: StepId,
        /// Which.
        field: FieldKey,
        /// What happened to it.
        what: FieldChange,
    },
}

/// Something of a flow itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowPart {
    /// Its name.
    Name,
    /// Its description.
    Description,
    /// When it runs.
    Schedule,
    /// Who may call it.
    Access,
    /// What happens when a card fails.
    ErrorHandling,
    /// Whether the history keeps data.
    SavedData,
}

/// Something of a card itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardPart {
    /// It is another card of the catalogue.
    Kind,
    /// Its title.
    Title,
    /// Its note.
    Note,
    /// The account it works with.
    Connection,
    /// What happens when it fails.
    ErrorHandling,
    /// Drawn folded or not.
    Folded,
    /// Which branches it has, or their order.
    Lanes,
    /// The order of its fields.
    Order,
}

/// What happened to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its value comes from elsewhere.
    Bound,
    /// Its name, type or choices changed.
    Defined,
}

/// What differs between two flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// The differences: those of the flow first, then in the order in which the cards are read.
    pub changes: Vec<Change>,
    /// The new flow; cards that were recognized have the ids that they have in the old one.
    pub new: Flow,
}

impl Change {
    /// Returns the card that it is about; nothing where it is about the flow.
    pub fn step(&self) -> Option<&StepId> {
        match self {
            Self::Flow { .. } => None,
            Self::Added { step }
            | Self::Removed { step }
            | Self::Moved { step }
            | Self::Pinned { step }
            | Self::Card { step, .. }
            | Self::Output { step, .. } => Some(step),
            Self::Input { at, .. } => Some(&at.step),
        }
    }
}

/// Returns what differs between `old` and `new`.
pub fn diff(old: &Flow, new: &Flow) -> Diff {
    let new = align::aligned(old, new);
    let changes = changes(old, &new);
    Diff { changes, new }
}

/// The differences by id alone.
fn changes(old: &Flow, new: &Flow) -> Vec<Change> {
    let mut found: Vec<Change> = flow_parts(old, new)
        .into_iter()
        .map(|part| Change::Flow { part })
        .collect();
    found.extend(pinned(old, new).map(|step| Change::Pinned { step }));
    let (before, after) = (Index::of(old), Index::of(new));
    let moved = moved(&before, &after);
    let both = drawn_together(old, new);
    let drawn = both.all_steps();
    let is_drawn: HashSet<&StepId> = drawn.iter().map(|step| &step.id).collect();
    let hidden = old.all_steps().into_iter();
    let hidden = hidden.filter(|step| !is_drawn.contains(&step.id));
    for step in drawn.iter().copied().chain(hidden) {
        let id = &step.id;
        match (before.step(id), after.step(id)) {
            (None, _) => found.push(Change::Added { step: id.clone() }),
            (Some(_), None) => found.push(Change::Removed { step: id.clone() }),
            (Some(old), Some(new)) => {
                if moved.contains(id) {
                    found.push(Change::Moved { step: id.clone() });
                }
                card_changes(old, new, &mut found);
            }
        }
    }
    found
}

/// The cards for which something else stands in.
fn pinned(old: &Flow, new: &Flow) -> impl Iterator<Item = StepId> {
    let all = old.pins.iter().chain(&new.pins).map(|pin| &pin.step);
    let all: BTreeSet<&StepId> = all.collect();
    let changed = all.into_iter().filter(|id| old.pin(id) != new.pin(id));
    changed.cloned().collect::<Vec<_>>().into_iter()
}

fn flow_parts(old: &Flow, new: &Flow) -> Vec<FlowPart> {
    let parts = [
        (FlowPart::Name, old.name != new.name),
        (FlowPart::Description, old.description != new.description),
        (FlowPart::Schedule, old.schedule != new.schedule),
        (FlowPart::Access, old.access != new.access),
        (FlowPart::ErrorHandling, old.on_error != new.on_error),
        (FlowPart::SavedData, old.saves_data != new.saves_data),
    ];
    let differs = |(part, differs): (FlowPart, bool)| differs.then_some(part);
    parts.into_iter().filter_map(differs).collect()
}

/// What differs on a card itself, its fields and the fields of its lanes, not what stands in them.
fn card_changes(old: &Step, new: &Step, found: &mut Vec<Change>) {
    let parts = [
        (CardPart::Kind, old.card != new.card),
        (CardPart::Title, old.title != new.title),
        (CardPart::Note, old.note != new.note),
        (CardPart::Connection, old.connection != new.connection),
        (CardPart::ErrorHandling, old.on_error != new.on_error),
        (CardPart::Folded, old.collapsed != new.collapsed),
        (CardPart::Lanes, lane_ids(old) != lane_ids(new)),
        (CardPart::Order, has_other_order(old, new)),
    ];
    for (part, differs) in parts {
        if differs {
            let step = new.id.clone();
            found.push(Change::Card { step, part });
        }
    }
    let own = |input: &Input| reference(&new.id, None, false, input);
    input_changes(&old.inputs, &new.inputs, &own, found);
    for (before, after) in common_lanes(old, new) {
        let condition = |input: &Input| reference(&new.id, Some(&after.id), false, input);
        input_changes(&before.inputs, &after.inputs, &condition, found);
        let yields = |input: &Input| reference(&new.id, Some(&after.id), true, input);
        input_changes(&before.yields, &after.yields, &yields, found);
    }
    output_changes(old, new, found);
}

fn lane_ids(step: &Step) -> Vec<&LaneId> {
    step.lanes.iter().map(|lane| &lane.id).collect()
}

fn common_lanes<'a>(old: &'a Step, new: &'a Step) -> Vec<(&'a Lane, &'a Lane)> {
    new.lanes
        .iter()
        .filter_map(|lane| Some((old.lane(&lane.id)?, lane)))
        .collect()
}

fn reference(step: &StepId, lane: Option<&LaneId>, yields: bool, input: &Input) -> InputRef {
    InputRef {
        step: step.clone(),
        lane: lane.cloned(),
        yields,
        arg: input.arg,
        field: input.key.clone(),
    }
}

fn input_key(input: &Input) -> (&FieldKey, bool) {
    (&input.key, input.arg)
}

/// Tells whether two inputs are the same but for their value.
fn is_same_field(old: &Input, new: &Input) -> bool {
    old.key == new.key
        && old.arg == new.arg
        && old.label == new.label
        && old.ty == new.ty
        && old.required == new.required
        && old.option == new.option
        && old.custom == new.custom
        && old.hidden == new.hidden
        && old.choices == new.choices
}

fn input_changes(
    old: &[Input],
    new: &[Input],
    at: &dyn Fn(&Input) -> InputRef,
    found: &mut Vec<Change>,
) {
    let before: HashMap<_, &Input> = old.iter().map(|input| (input_key(input), input)).collect();
    let after: HashMap<_, &Input> = new.iter().map(|input| (input_key(input), input)).collect();
    let mut push = |input: &Input, what| {
        let at = at(input);
        found.push(Change::Input { at, what });
    };
    for input in old {
        if !after.contains_key(&input_key(input)) {
            push(input, FieldChange::Removed);
        }
    }
    for input in new {
        match before.get(&input_key(input)) {
            None => push(input, FieldChange::Added),
            Some(known) if !is_same_field(known, input) => push(input, FieldChange::Defined),
            Some(known) if known.binding != input.binding => push(input, FieldChange::Bound),
            Some(_) => {}
        }
    }
}

fn output_changes(old: &Step, new: &Step, found: &mut Vec<Change>) {
    let mut push = |output: &Output, what| {
        found.push(Change::Output {
            step: new.id.clone(),
            field: output.key.clone(),
            what,
        });
    };
    for output in &old.outputs {
        if new.output(&output.key).is_none() {
            push(output, FieldChange::Removed);
        }
    }
    for output in &new.outputs {
        match old.output(&output.key) {
            None => push(output, FieldChange::Added),
            Some(known) if known != output => push(output, FieldChange::Defined),
            Some(_) => {}
        }
    }
}

/// Tells whether fields that both have stand in another order.
fn has_other_order(old: &Step, new: &Step) -> bool {
    fn differs<K: PartialEq>(old: &[K], new: &[K]) -> bool {
        let left = old.iter().filter(|key| new.contains(key));
        let right = new.iter().filter(|key| old.contains(key));
        !left.eq(right)
    }
    fn inputs(old: &[Input], new: &[Input]) -> bool {
        let keys = |all: &[Input]| -> Vec<(FieldKey, bool)> {
            all.iter().map(|one| (one.key.clone(), one.arg)).collect()
        };
        // Almost always nothing was reordered: no keys are copied then.
        !old.iter().map(input_key).eq(new.iter().map(input_key)) && differs(&keys(old), &keys(new))
    }
    let outputs = {
        let (old, new) = (&old.outputs, &new.outputs);
        let keys =
            |all: &[Output]| -> Vec<FieldKey> { all.iter().map(|o| o.key.clone()).collect() };
        !old.iter().map(|o| &o.key).eq(new.iter().map(|o| &o.key))
            && differs(&keys(old), &keys(new))
    };
    outputs
        || inputs(&old.inputs, &new.inputs)
        || common_lanes(old, new)
            .into_iter()
            .any(|(old, new)| inputs(&old.inputs, &new.inputs) || inputs(&old.yields, &new.yields))
}
