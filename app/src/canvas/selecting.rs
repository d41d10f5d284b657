//! Selecting cards on a board: one, several in a row, all that a frame catches.

use std::sync::Arc;

use flow::{Flow, StepId};
use leptos::prelude::*;
use web_sys::MouseEvent;

use super::board::{Board, focus_card};
use super::geometry::Rect;
use super::reading::Way;
use super::selection::{all_of_row, caught, extended, range, toggled};

/// Returns all selected cards: those that were picked together as long as the focus is among them, else the one with it.
pub(super) fn chosen(
    flow: RwSignal<Flow>,
    selected: RwSignal<Option<StepId>>,
    picked: RwSignal<Vec<StepId>>,
) -> Memo<Arc<Vec<StepId>>> {
    Memo::new(move |_| {
        let Some(focus) = selected.get() else {
            return Arc::default();
        };
        let together = picked.with(|picked| {
            if picked.len() < 2 || !picked.contains(&focus) {
                return Vec::new();
            }
            flow.with(|flow| {
                let there = |id: &&StepId| flow.step(id).is_some();
                picked.iter().filter(there).cloned().collect()
            })
        });
        Arc::new(if together.len() < 2 {
            vec![focus]
        } else {
            together
        })
    })
}

impl Board {
    /// Returns the selected cards now, for event handlers.
    pub fn chosen_now(self) -> Arc<Vec<StepId>> {
        self.chosen.get_untracked()
    }

    /// Selects several cards; `focus` is the one with the focus.
    pub fn pick(self, ids: Vec<StepId>, focus: Option<StepId>) {
        self.picked.set(if ids.len() < 2 {
            Vec::new()
        } else {
            ids.clone()
        });
        let focus = focus.or_else(|| ids.first().cloned());
        if self.selected.with_untracked(|known| *known != focus) {
            self.selected.set(focus.clone());
        }
        self.entered.set(None);
        if let Some(id) = focus {
            self.reveal(&id);
            request_animation_frame(move || focus_card(&id));
        }
    }

    /// Leaves the card with the focus as the only selected one.
    pub fn pick_none(self) {
        self.anchor.set_value(None);
        if self.picked.with_untracked(|picked| !picked.is_empty()) {
            self.picked.set(Vec::new());
        }
    }

    /// Selects one card.
    pub fn pick_one(self, id: &StepId) {
        self.pick_none();
        if self
            .selected
            .with_untracked(|known| known.as_ref() != Some(id))
        {
            self.selected.set(Some(id.clone()));
        }
    }

    /// A press on a card with Control or Shift: the card joins or leaves the selection, or the row up to it is selected.
    /// A finger has no keys: while several cards are selected it does what Control does. Tells whether it was that.
    pub fn pick_by(self, event: &MouseEvent, id: &StepId) -> bool {
        let focus = self.selected.get_untracked();
        if event.shift_key() {
            let anchor = self.anchor.get_value().or(focus);
            let anchor = anchor.unwrap_or_else(|| id.clone());
            let ids = self.flow.with_untracked(|flow| range(flow, &anchor, id));
            let last = if ids.contains(id) {
                Some(id.clone())
            } else {
                ids.last().cloned()
            };
            self.pick(ids, last);
            self.anchor.set_value(Some(anchor));
        } else if event.ctrl_key() || event.meta_key() || self.is_picked_by_finger() {
            let chosen = self.chosen_now();
            let (ids, focus) = self
                .flow
                .with_untracked(|flow| toggled(flow, &chosen, focus.as_ref(), id));
            self.anchor.set_value(focus.clone());
            self.pick(ids, focus);
        } else {
            return false;
        }
        true
    }

    fn is_picked_by_finger(self) -> bool {
        self.by_finger.get_value() && self.chosen.with_untracked(|chosen| chosen.len() > 1)
    }

    /// Shift and an arrow.
    pub fn extend(self, way: Way) {
        let Some(focus) = self.selected.get_untracked() else {
            return;
        };
        let anchor = self.anchor.get_value().unwrap_or_else(|| focus.clone());
        let found = self
            .flow
            .with_untracked(|flow| extended(flow, &anchor, &focus, way));
        if let Some((ids, focus)) = found {
            self.pick(ids, Some(focus));
            self.anchor.set_value(Some(anchor));
        }
    }

    /// Selects the row, then the flow.
    pub fn select_all(self) {
        let chosen = self.chosen_now();
        let focus = self.selected.get_untracked();
        let ids = self
            .flow
            .with_untracked(|flow| all_of_row(flow, &chosen, focus.as_ref()));
        let focus = focus.filter(|focus| ids.contains(focus));
        self.pick(ids, focus);
    }

    /// Selects what a frame catches.
    pub fn catch(self, frame: Rect) {
        let ids = self.flow.with_untracked(|flow| {
            self.layout
                .with_untracked(|layout| caught(flow, layout, frame))
        });
        if ids.is_empty() {
            self.pick_none();
            self.selected.set(None);
        } else {
            self.pick(ids, None);
        }
    }
}
