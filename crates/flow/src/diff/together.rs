//! Two flows as one, for a drawing of both: the new one, with the cards that are gone where they stood.

use super::place::{Index, index_beside, row_mut, shell};
use crate::document::Flow;

/// Returns the new flow with the cards of the old one that it no longer has, each beside the cards it stood beside. A
/// card whose branch is gone too cannot be shown.
pub fn together(old: &Flow, new: &Flow) -> Flow {
    let before = Index::of(old);
    let after = Index::of(new);
    let mut both = new.clone();
    for (row, steps) in &before.rows {
        for (at, step) in steps.iter().enumerate() {
            if after.holds(&step.id) {
                continue;
            }
            // Rows come from the outside in, so a container that is gone is already there as a shell.
            if let Some(row) = row_mut(&mut both, *row) {
                let index = index_beside(row, steps, at);
                row.insert(index, shell(step));
            }
        }
    }
    both
}
