//! What a card shows of the run that the editor watched last, and that outputs are pinned to it.

use api::{StepRun, StepState};
use flow::StepId;
use leptos::prelude::*;

use super::foot::{error_line, state_icon, took};
use crate::canvas::board::Board;
use crate::editor::Editor;
use crate::i18n::texts::{CanvasText, RunningText};
use crate::i18n::{Speech, t};
use crate::kit::Icon;

/// What a card did when it was tried last.
#[derive(Clone, Copy)]
pub(super) struct TrialState {
    did: Memo<Option<StepRun>>,
}

impl TrialState {
    pub(super) fn of(board: Board, id: &StepId) -> Self {
        Self {
            did: board.step_run(id),
        }
    }

    pub(super) fn is_there(self) -> bool {
        self.did.with(Option::is_some)
    }

    /// Why it failed, in one line.
    pub(super) fn error(self) -> Option<String> {
        self.did.with(|did| did.as_ref().and_then(error_line))
    }

    /// Its state and time.
    pub(super) fn shown(self, speech: Speech) -> AnyView {
        let state = self.did.with(|did| did.as_ref().map(|did| did.state));
        let text = move || match state {
            Some(StepState::Running) => t(CanvasText::StateRunning).get(),
            Some(StepState::Waiting) => t(CanvasText::StateWaiting).get(),
            _ if self
                .did
                .with(|did| did.as_ref().is_some_and(|did| did.is_pinned)) =>
            {
                t(RunningText::Pinned).get()
            }
            _ => (self
                .did
                .with(|did| did.as_ref().and_then(|did| did.took_us)))
            .map(|us| took(us, speech))
            .unwrap_or_default(),
        };
        view! {
            <span class="foot-state foot-tried"><Icon name=state_icon(state)/>{text}</span>
        }
        .into_any()
    }
}

/// The mark of a card that does not run in trials, with the way to its pin.
pub(super) fn pin_mark(editor: Editor, id: StepId) -> impl IntoView {
    let is_pinned = {
        let id = id.clone();
        Memo::new(move |_| editor.board.flow.with(|flow| flow.pin(&id).is_some()))
    };
    move || {
        let id = id.clone();
        is_pinned.get().then(|| {
            let label = t(RunningText::PinnedHint);
            view! {
                <button
                    class="foot-pin set"
                    type="button"
                    tabindex="-1"
                    aria-label=label
                    title=label
                    on:click=move |_| editor.open_tab(&id, "test")
                >
                    <Icon name="pin"/>
                </button>
            }
        })
    }
}
