//! What is done with several cards at once, and where the focus goes afterwards: wrapping, taking out, folding, selecting,
//! taking steps back.

use flow::{CannotArrange, CardKey, Flow, FlowEdit, StepId, ends_row, place_of, rewrite, row_of};
use leptos::prelude::*;

use super::Editor;
use super::change::new_id;
use crate::canvas::history::Changed;
use crate::canvas::reading::Way;
use crate::i18n::texts::EditingText;

/// What goes around cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// If Error: they are tried.
    IfError,
    /// If/Else: they run when the condition is true.
    IfElse,
}

impl Wrapper {
    fn card(self) -> CardKey {
        match self {
            Self::IfError => CardKey::new("control", "tryCatch"),
            Self::IfElse => CardKey::new("control", "if"),
        }
    }
}

impl Editor {
    /// Puts a container around the selected cards. The card that starts the flow stays outside.
    pub fn wrap_chosen(self, wrapper: Wrapper) {
        let ids = self.chosen_without_start();
        let Some(container) = self.board.catalogue.with_untracked(|catalogue| {
            catalogue
                .card(&wrapper.card())
                .map(|spec| spec.step(new_id()))
        }) else {
            return;
        };
        let Some(lane) = container.lanes.first().map(|lane| lane.id.clone()) else {
            return;
        };
        let id = container.id.clone();
        let (edit, ends) = self.board.flow.with_untracked(|flow| {
            let edit = flow::wrap(flow, &ids, container, &lane);
            (edit, !ends_row(flow, &ids).is_empty())
        });
        match edit {
            Ok(edit) => {
                if self.edit(edit) {
                    self.board.go_to(&id);
                    let container = self.board.title_now(&id);
                    self.say(&EditingText::Wrapped {
                        n: ids.len(),
                        container,
                    });
                    if ends && wrapper == Wrapper::IfError {
                        self.toasts.say(&EditingText::EndsOnlyContainer);
                    }
                }
            }
            Err(reason) => self.say_why(&reason),
        }
    }

    /// Takes cards out of the container that is selected, or that the selected card stands in.
    pub fn take_out(self, id: &StepId) {
        let found = self.board.flow.with_untracked(|flow| {
            let step = flow.step(id)?;
            let container = if step.lanes.is_empty() {
                place_of(flow, id)?.lane?.0
            } else {
                id.clone()
            };
            Some(flow::unwrap(flow, &container))
        });
        match found {
            None => self.say_why(&CannotArrange::NoContainer),
            Some(Err(reason)) => self.say_why(&reason),
            Some(Ok(out)) => {
                if self.edit(out.edit) {
                    self.board.pick(out.cards.clone(), None);
                    self.say(&EditingText::TakenOut { n: out.cards.len() });
                    if out.lost > 0 {
                        self.toasts.say(&EditingText::LostValues { n: out.lost });
                    }
                }
            }
        }
    }

    /// The selected cards; of several, the one that starts the flow is left out.
    pub(super) fn chosen_without_start(self) -> Vec<StepId> {
        let ids = self.outermost_chosen();
        let start = self
            .board
            .flow
            .with_untracked(|flow| flow.steps.first().map(|first| first.id.clone()));
        if ids.len() < 2 {
            return ids;
        }
        ids.into_iter()
            .filter(|id| Some(id) != start.as_ref())
            .collect()
    }

    /// Folds the selected cards, or unfolds them where all are folded.
    pub fn fold_chosen(self) {
        let ids = self.outermost_chosen();
        if let [id] = ids.as_slice() {
            self.toggle_fold(id);
            return;
        }
        let edits = self.board.flow.with_untracked(|flow| {
            let cards: Vec<_> = ids
                .iter()
                .filter_map(|id| flow.step(id))
                .filter(|step| !step.is_note())
                .collect();
            let collapsed = cards.iter().any(|step| !step.collapsed);
            cards
                .iter()
                .filter(|step| step.collapsed != collapsed)
                .map(|step| FlowEdit::Fold {
                    step: step.id.clone(),
                    collapsed,
                })
                .collect::<Vec<_>>()
        });
        if !edits.is_empty() {
            self.edit(FlowEdit::Batch { edits });
        }
    }

    /// Selects up to the next card and says how many cards that are.
    pub(super) fn extend_selection(self, way: Way) {
        self.board.extend(way);
        let n = self.board.chosen_now().len();
        self.say(&EditingText::Selected { n });
    }

    /// Selects the row, then the flow, and says how many cards that are.
    pub fn select_all(self) {
        self.board.select_all();
        let n = self.board.chosen_now().len();
        self.say(&EditingText::Selected { n });
    }

    /// Says why cards cannot be arranged as asked.
    pub(super) fn say_why(self, reason: &CannotArrange) {
        let title = |id: &StepId| self.board.title_now(id);
        let text = match reason {
            CannotArrange::Nothing => EditingText::SelectFirst,
            CannotArrange::NotTogether => EditingText::NotTogether,
            CannotArrange::Start => EditingText::StartStays,
            CannotArrange::NoContainer => EditingText::NoContainer,
            CannotArrange::SeveralLanes => EditingText::SeveralLanes,
            CannotArrange::Ends(id) => EditingText::EndsFlow { card: title(id) },
            CannotArrange::Answers(id) => EditingText::AnswersCaller { card: title(id) },
            CannotArrange::EndsOnError(id) => EditingText::EndsOnError { card: title(id) },
            CannotArrange::Refused(flow::Refused::IntoItself) => EditingText::IntoItself,
            CannotArrange::Refused(flow::Refused::TooDeep) => EditingText::TooDeep {
                n: flow::MAX_NESTING,
            },
            CannotArrange::Refused(_) => EditingText::NotPossible,
        };
        self.toasts.say(&text);
    }

    /// Takes over what the server holds. For the same flow that is a change like any other, which can be taken back.
    pub(super) fn take_over(self, draft: &Flow) {
        let is_same = self
            .board
            .flow
            .with_untracked(|flow| flow.id == draft.id && !flow.id.as_str().is_empty());
        let mut is_taken = false;
        if is_same {
            let edit = self.board.flow.with_untracked(|flow| rewrite(flow, draft));
            if let Some(edit) = edit {
                self.board.flow.update(|flow| {
                    self.history.update_value(|history| {
                        history.pause();
                        is_taken = history.make(flow, edit).is_ok();
                    });
                });
            } else {
                is_taken = true;
            }
        }
        if !is_taken {
            self.remember();
            self.board.pick_none();
            self.board.selected.set(None);
            self.history
                .set_value(super::keeping::recall(draft).unwrap_or_default());
            self.board.flow.set(draft.clone());
        }
        let selected = self.board.selected.get_untracked();
        if selected.is_some_and(|id| draft.step(&id).is_none()) {
            self.board.pick_none();
            self.board.selected.set(None);
        }
    }

    /// Keeps the steps that can be taken back for the next time that this tab opens the flow.
    pub fn remember(self) {
        let kept = self.board.flow.try_with_untracked(|flow| {
            self.history
                .try_with_value(|history| super::keeping::remember(flow, history.clone()))
        });
        if kept.flatten() == Some(false) {
            leptos::logging::log!("the browser has no room for the steps that can be undone");
        }
    }

    /// Goes to where a step back or forth changed the flow. The focus stays in a field of that card, and outside of the
    /// canvas.
    pub(super) fn show_changed(self, changed: &Changed) {
        let ids = if changed.cards.is_empty() {
            let beside = self.board.flow.with_untracked(|flow| {
                let place = changed.beside.as_ref()?;
                let row = row_of(flow, place)?;
                let near = row
                    .get(place.index.saturating_sub(1))
                    .or_else(|| row.first());
                near.map(|step| step.id.clone())
                    .or_else(|| place.lane.as_ref().map(|(container, _)| container.clone()))
            });
            beside.into_iter().collect()
        } else {
            changed.cards.clone()
        };
        let Some(first) = ids.first().cloned() else {
            return;
        };
        let is_inside = self
            .board
            .entered
            .with_untracked(|entered| entered.as_ref().is_some_and(|id| ids.contains(id)));
        if is_inside {
            return;
        }
        if has_focus_on_canvas() {
            self.board.pick(ids, Some(first));
        } else {
            self.board.pick_none();
            self.board
                .picked
                .set(if ids.len() > 1 { ids } else { Vec::new() });
            self.board.selected.set(Some(first.clone()));
            self.board.reveal(&first);
        }
    }
}

/// Tells whether the focus is on the canvas, or nowhere.
pub(super) fn has_focus_on_canvas() -> bool {
    document().active_element().is_none_or(|element| {
        element.tag_name() == "BODY"
            || element
                .closest(".canvas, .outline")
                .is_ok_and(|found| found.is_some())
    })
}
