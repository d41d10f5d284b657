//! What a card shows of the run that the editor watched last, and that outputs are pinned to it.

use api::{StepRun, StepState};
use flow::{InputRef, OutputRef, StepId, json_at};
use leptos::prelude::*;

use super::foot::{error_line, state_icon, took};
use super::value::{brief, pretty};
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

/// The value that a field took when its card was tried last, below the field.
pub(super) fn last_input(board: Board, at: &InputRef) -> impl IntoView + use<> {
    let did = board.step_run(&at.step);
    let is_own = at.lane.is_none() || at.field.group.is_some();
    let field = at.field.clone();
    let value = Memo::new(move |_| {
        did.with(|did| {
            let found =
                (did.as_ref()?.inputs.iter()).find(|value| is_own && value.field == field)?;
            Some(found.value.clone())
        })
    });
    move || {
        value.get().map(|value| {
            view! {
                <p class="last-value">
                    <Icon name="history"/>
                    {t(RunningText::LastValue)}
                    <code class="ellipsis" title=pretty(&value)>{brief(&value)}</code>
                </p>
            }
        })
    }
}

/// The value that an output had when its card was tried last, in one line: pinned ones first, since they are what comes.
pub(crate) fn last_output(board: Board, source: &OutputRef) -> Option<String> {
    let pinned = board.flow.with_untracked(|flow| {
        let pin = flow.pin(&source.step)?;
        let (_, value) = pin.outputs.iter().find(|(key, _)| *key == source.field)?;
        json_at(value, &source.path).map(brief)
    });
    pinned.or_else(|| {
        let did = board.step_run_now(&source.step)?;
        let found = did
            .outputs
            .iter()
            .find(|value| value.field == source.field)?;
        json_at(&found.value, &source.path).map(brief)
    })
}
