//! What somebody who tries a flow out asked for: cards that others stand in for, and an end before the end. Both are in
//! the journal from the beginning, so that a run that is taken up again keeps to them.

use flow::Value;

use super::{Halt, Left, Running};
use crate::journal::Settled;
use crate::plan::PlanStep;

impl<'r> Running<'r> {
    /// Gives the outputs that are pinned to a card, without running it. Returns whether there are any.
    pub(super) fn stand_in(&mut self, step: &PlanStep) -> bool {
        let pinned = (self.past.get(step.index)).and_then(|past| past.pinned);
        let Some(pinned) = pinned else {
            return false;
        };
        match self.take_settled(step) {
            Some(Settled::Finished(outputs)) => self.fill(step, outputs),
            Some(Settled::Failed(_)) | None => {
                let begun = self.host.now();
                self.computed(step, begun, pinned.clone());
            }
        }
        true
    }

    /// Tells whether the run ends after this card.
    pub(super) fn is_last(&self, step: &PlanStep) -> bool {
        (self.past.get(step.index)).is_some_and(|past| past.is_last)
    }

    /// The failure of the card at which a run ends is not caught: what would catch it stands behind the end.
    pub(super) fn last_halt(&self, step: &PlanStep, halt: Halt) -> Halt {
        match halt {
            Halt::Failed { step: at, error } if self.is_last(step) => {
                Halt::Thrown { step: at, error }
            }
            halt => halt,
        }
    }
}

/// The end of a run after the card that it was to go to.
pub(super) fn stopped() -> Left {
    Left {
        returned: Value::from_pairs::<&str>([]),
        is_quiet: true,
    }
}
