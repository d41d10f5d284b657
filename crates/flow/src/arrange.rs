//! What a user does with several cards at once: moving, copying, wrapping, extracting, deleting. Each function returns one
//! [`FlowEdit`], so each is one step of undo, and the flow itself is only read. New ids come from the caller.

mod clip;
mod extract;
mod links;
mod paste;
mod place;
mod remove;
mod rewrite;
mod shift;
mod unwrap;
mod wrap;

pub use clip::{Clip, MAX_CLIP, MAX_CLIP_CARDS, NotAClip};
pub use extract::{Blank, Extraction, extract};
pub use links::{sees, type_of};
pub use paste::{Known, Pasted, paste};
pub use place::{Span, outermost, place_of, row_of, together};
pub use remove::{Dependant, Substitute, depending, remove};
pub use rewrite::rewrite;
pub use shift::shift;
pub use unwrap::{Unwrapped, unwrap};
pub use wrap::{ends_row, wrap};

use crate::document::Flow;
use crate::edit::{FlowEdit, Refused, apply};
use crate::id::StepId;

/// Why cards cannot be arranged as asked. The flow is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotArrange {
    /// No card is selected.
    #[error("Select cards first.")]
    Nothing,
    /// The cards do not stand side by side in one row.
    #[error("Select cards that stand side by side in one row.")]
    NotTogether,
    /// The card that starts the flow keeps its place.
    #[error("The card that starts the flow keeps its place.")]
    Start,
    /// The card holds no rows of cards.
    #[error("This card is no container.")]
    NoContainer,
    /// More than one branch of the container holds cards.
    #[error("Several branches of this container hold cards. Leave cards in one of them only.")]
    SeveralLanes,
    /// The card ends the row it stands in, which another flow cannot do for this one.
    #[error("A card in the selection ends the flow. Leave it out.")]
    Ends(StepId),
    /// The card waits for or answers the flow's caller, which another flow cannot do for this one.
    #[error("A card in the selection speaks with the caller of the flow. Leave it out.")]
    Answers(StepId),
    /// The card ends the flow by its error handling, which another flow cannot do for this one.
    #[error(
        "A card in the selection ends the flow when it fails. Change its error handling first."
    )]
    EndsOnError(StepId),
    /// An edit was refused.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// A copy of the flow on which edits are tried one after the other.
struct Scratch {
    flow: Flow,
    edits: Vec<FlowEdit>,
}

impl Scratch {
    fn on(flow: &Flow) -> Self {
        Self {
            flow: flow.clone(),
            edits: Vec::new(),
        }
    }

    fn make(&mut self, edit: FlowEdit) -> Result<(), Refused> {
        apply(&mut self.flow, edit.clone())?;
        self.edits.push(edit);
        Ok(())
    }

    fn into_edit(self) -> FlowEdit {
        FlowEdit::Batch { edits: self.edits }
    }
}

#[cfg(test)]
mod tests;
