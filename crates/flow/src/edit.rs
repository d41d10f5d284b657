//! Edits are data: undo, audit and the comparison of versions all rest on it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::document::{
    Access, Binding, FieldKey, Flow, Input, InputRef, LaneId, Note, OnError, Output, Pin, Step,
};
use crate::id::{ConnectionId, StepId};
use crate::schedule::Schedule;

mod fields;
mod rows;

/// A change a user can make to a flow. Everything the canvas does becomes one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "edit")]
pub enum FlowEdit {
    /// Puts a card, with all it holds, at a place.
    AddStep {
        /// The card.
        step: Box<Step>,
        /// Where.
        at: Place,
    },
    /// Takes a card, with all it holds, out of the flow. Links to it stay and become problems.
    RemoveStep {
        /// Which.
        step: StepId,
    },
    /// Moves a card to another place, counted without the card itself.
    MoveStep {
        /// Which.
        step: StepId,
        /// Where to.
        to: Place,
    },
    /// Says where an input's value comes from.
    Bind {
        /// The input.
        input: InputRef,
        /// Its value.
        binding: Binding,
    },
    /// Adds an input field at a position.
    AddInput {
        /// The input's place; `field` is the key of `input`.
        at: InputRef,
        /// The field.
        input: Box<Input>,
        /// Position among its neighbours.
        index: usize,
    },
    /// Removes an input field.
    RemoveInput {
        /// The input.
        input: InputRef,
    },
    /// Adds an output field at a position.
    AddOutput {
        /// The card.
        step: StepId,
        /// The field.
        output: Box<Output>,
        /// Position.
        index: usize,
    },
    /// Removes an output field. Links to it stay and become problems.
    RemoveOutput {
        /// The card.
        step: StepId,
        /// The field.
        output: FieldKey,
    },
    /// Gives a card a title, or its own name back.
    Retitle {
        /// The card.
        step: StepId,
        /// The title.
        title: Option<String>,
    },
    /// Writes the text of a note.
    Annotate {
        /// The card.
        step: StepId,
        /// The note.
        note: Option<Note>,
    },
    /// Chooses the account a card works with.
    Connect {
        /// The card.
        step: StepId,
        /// The account.
        connection: Option<ConnectionId>,
    },
    /// Says what happens when a card fails.
    HandleError {
        /// The card.
        step: StepId,
        /// What happens.
        on_error: OnError,
    },
    /// Folds or unfolds a card.
    Fold {
        /// The card.
        step: StepId,
        /// Folded.
        collapsed: bool,
    },
    /// Names the flow.
    Rename {
        /// The name.
        name: String,
    },
    /// Describes the flow.
    Describe {
        /// The description.
        description: String,
    },
    /// Says when the flow runs.
    Plan {
        /// The schedule.
        schedule: Option<Schedule>,
    },
    /// Says who may call the flow.
    Open {
        /// The access.
        access: Option<Access>,
    },
    /// Says what happens when a card fails that does not say so itself.
    HandleErrors {
        /// What happens.
        on_error: OnError,
    },
    /// Says whether the history keeps data.
    KeepData {
        /// Kept.
        saves_data: bool,
    },
    /// Says which outputs stand in for a card when the draft is tried out.
    Pin {
        /// The card.
        step: StepId,
        /// The outputs as plain JSON; nothing lets the card run again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outputs: Option<Vec<(FieldKey, Json)>>,
    },
    /// Several edits as one step of undo; all or none.
    Batch {
        /// In order.
        edits: Vec<FlowEdit>,
    },
}

/// A place in a row of cards.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The container and lane; the flow's own row where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<(StepId, LaneId)>,
    /// Position in the row; behind the last card where larger than the row.
    pub index: usize,
}

/// Why an edit was not made. The flow is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The card is not in the flow (any more).
    #[error("The card is no longer in this flow.")]
    NoSuchStep(StepId),
    /// The lane is not in the card.
    #[error("The container has no such branch.")]
    NoSuchLane,
    /// The field is not on the card.
    #[error("The card has no field {0}.")]
    NoSuchField(FieldKey),
    /// The field is on the card already.
    #[error("The card already has a field {0}.")]
    FieldExists(FieldKey),
    /// A card of this id is in the flow already.
    #[error("A card with this id is already in the flow.")]
    StepExists(StepId),
    /// A container cannot hold itself.
    #[error("A container cannot be moved into itself.")]
    IntoItself,
    /// Containers are nested too deep.
    #[error("Containers can be nested {MAX_NESTING} deep.")]
    TooDeep,
}

/// Containers may be nested this deep.
pub const MAX_NESTING: usize = 16;

/// Applies `edit` and returns the edit that would undo it. A refused edit leaves the flow as it was.
pub fn apply(flow: &mut Flow, edit: FlowEdit) -> Result<FlowEdit, Refused> {
    match edit {
        FlowEdit::AddStep { step, at } => rows::add(flow, *step, &at),
        FlowEdit::RemoveStep { step } => rows::remove(flow, &step),
        FlowEdit::MoveStep { step, to } => rows::move_to(flow, &step, &to),
        FlowEdit::Bind { input, binding } => fields::bind(flow, input, binding),
        FlowEdit::AddInput { at, input, index } => fields::add_input(flow, at, *input, index),
        FlowEdit::RemoveInput { input } => fields::remove_input(flow, input),
        FlowEdit::AddOutput {
            step,
            output,
            index,
        } => fields::add_output(flow, step, *output, index),
        FlowEdit::RemoveOutput { step, output } => fields::remove_output(flow, step, &output),
        FlowEdit::Retitle { step, title } => {
            let title = std::mem::replace(&mut found(flow, &step)?.title, title);
            Ok(FlowEdit::Retitle { step, title })
        }
        FlowEdit::Annotate { step, note } => {
            let note = std::mem::replace(&mut found(flow, &step)?.note, note);
            Ok(FlowEdit::Annotate { step, note })
        }
        FlowEdit::Connect { step, connection } => {
            let connection = std::mem::replace(&mut found(flow, &step)?.connection, connection);
            Ok(FlowEdit::Connect { step, connection })
        }
        FlowEdit::HandleError { step, on_error } => {
            let on_error = std::mem::replace(&mut found(flow, &step)?.on_error, on_error);
            Ok(FlowEdit::HandleError { step, on_error })
        }
        FlowEdit::Fold { step, collapsed } => {
            let collapsed = std::mem::replace(&mut found(flow, &step)?.collapsed, collapsed);
            Ok(FlowEdit::Fold { step, collapsed })
        }
        FlowEdit::Rename { name } => Ok(FlowEdit::Rename {
            name: std::mem::replace(&mut flow.name, name),
        }),
        FlowEdit::Describe { description } => Ok(FlowEdit::Describe {
            description: std::mem::replace(&mut flow.description, description),
        }),
        FlowEdit::Plan { schedule } => Ok(FlowEdit::Plan {
            schedule: std::mem::replace(&mut flow.schedule, schedule),
        }),
        FlowEdit::Open { access } => Ok(FlowEdit::Open {
            access: std::mem::replace(&mut flow.access, access),
        }),
        FlowEdit::HandleErrors { on_error } => Ok(FlowEdit::HandleErrors {
            on_error: std::mem::replace(&mut flow.on_error, on_error),
        }),
        FlowEdit::KeepData { saves_data } => Ok(FlowEdit::KeepData {
            saves_data: std::mem::replace(&mut flow.saves_data, saves_data),
        }),
        FlowEdit::Pin { step, outputs } => {
            let outputs = pin(flow, &step, outputs);
            Ok(FlowEdit::Pin { step, outputs })
        }
        FlowEdit::Batch { edits } => batch(flow, edits),
    }
}

/// Pins outputs to a card and returns those that were pinned. Pins are kept in the order of ids, so that taking one back
/// leaves the document as it was; one of a card that is gone waits for its return.
pub(crate) fn pin(
    flow: &mut Flow,
    step: &StepId,
    outputs: Option<Vec<(FieldKey, Json)>>,
) -> Option<Vec<(FieldKey, Json)>> {
    let place = flow.pins.iter().position(|pin| pin.step == *step);
    match (place, outputs) {
        (Some(place), Some(outputs)) => {
            let pin = flow.pins.get_mut(place)?;
            Some(std::mem::replace(&mut pin.outputs, outputs))
        }
        (Some(place), None) => Some(flow.pins.remove(place).outputs),
        (None, Some(outputs)) => {
            let place = flow.pins.partition_point(|pin| pin.step < *step);
            let step = step.clone();
            flow.pins.insert(place, Pin { step, outputs });
            None
        }
        (None, None) => None,
    }
}

fn batch(flow: &mut Flow, edits: Vec<FlowEdit>) -> Result<FlowEdit, Refused> {
    let mut undo = Vec::with_capacity(edits.len());
    for edit in edits {
        match apply(flow, edit) {
            Ok(inverse) => undo.push(inverse),
            Err(refused) => {
                for inverse in undo.into_iter().rev() {
                    apply(flow, inverse)?;
                }
                return Err(refused);
            }
        }
    }
    undo.reverse();
    Ok(FlowEdit::Batch { edits: undo })
}

fn found<'a>(flow: &'a mut Flow, id: &StepId) -> Result<&'a mut Step, Refused> {
    flow.step_mut(id)
        .ok_or_else(|| Refused::NoSuchStep(id.clone()))
}

#[cfg(test)]
mod tests;
