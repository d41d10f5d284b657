//! Trying a flow out from the designer: what to run, the run that is watched, pinned outputs.

use std::sync::Arc;

use api::{FieldValue, RunView, Trial, TrialKind};
use flow::{FieldKey, FlowEdit, RunId, StepId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value as Json};

use super::state::Editor;
use crate::canvas::board::Board;
use crate::canvas::tried::keep;
use crate::i18n::texts::RunningText;
use crate::rpc::{self, Refusal};
use crate::shell::use_query_value;

/// How much of the flow runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// All of it.
    #[default]
    Whole,
    /// From the start to this card.
    Until(StepId),
    /// This card alone.
    Only(StepId),
}

/// Trying the flow out.
#[derive(Clone, Copy)]
pub struct Trials {
    /// The run panel is open.
    pub open: RwSignal<bool>,
    /// How high it is, in pixels.
    pub height: RwSignal<f64>,
    /// What the dialog is about to run.
    pub mode: RwSignal<Mode>,
    /// The run that is watched.
    pub run: RwSignal<Option<RunId>>,
    /// The run whose values fill the dialog: what is masked there is taken from it.
    pub sample: RwSignal<Option<RunId>>,
    /// Why it cannot be shown.
    pub refused: RwSignal<Option<Refusal>>,
}

/// The panel is so high at first.
const HEIGHT: f64 = 258.0;

impl Trials {
    /// Returns a panel that is closed.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            height: RwSignal::new(HEIGHT),
            mode: RwSignal::new(Mode::Whole),
            run: RwSignal::new(None),
            sample: RwSignal::new(None),
            refused: RwSignal::new(None),
        }
    }

    /// Opens or closes the panel.
    pub fn toggle(self) {
        self.open.update(|open| *open = !*open);
    }
}

impl Default for Trials {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a card cannot run alone, or be pinned.
pub fn why_not_alone(editor: Editor, id: &StepId) -> Option<RunningText> {
    editor.board.flow.with_untracked(|flow| {
        let step = flow.step(id)?;
        if step.is_note() {
            return Some(RunningText::NotNote);
        }
        let is_first = flow.steps.first().is_some_and(|first| first.id == *id);
        is_first.then_some(RunningText::NotFirst)
    })
}

/// Why outputs cannot be pinned to a card.
pub fn why_not_pinned(editor: Editor, id: &StepId) -> Option<RunningText> {
    const ENDS: [&str; 6] = [
        "control:return",
        "control:returnRaw",
        "control:throw",
        "control:throwIf",
        "control:continueIf",
        "httpfunctions:close",
    ];
    why_not_alone(editor, id).or_else(|| {
        editor.board.flow.with_untracked(|flow| {
            let ends = ENDS.contains(&flow.step(id)?.card.as_str());
            ends.then_some(RunningText::NotEnd)
        })
    })
}

/// What the menu of a card offers about its pin.
pub fn pin_text(editor: Editor, id: &StepId) -> RunningText {
    let is_pinned = editor.board.flow.with(|flow| flow.pin(id).is_some());
    if is_pinned {
        RunningText::Unpin
    } else {
        RunningText::Pin
    }
}

impl Editor {
    /// Opens the dialog that starts a run of the flow, or of a part of it.
    pub fn ask_run(self, mode: Mode) {
        if let Mode::Only(id) = &mode
            && let Some(why) = why_not_alone(self, id)
        {
            self.toasts.warn(&why);
            return;
        }
        self.trials.mode.set(mode);
        self.trials.sample.set(None);
        self.running.set(true);
    }

    /// Opens the dialog that runs one card.
    pub fn ask_run_only(self, id: &StepId) {
        self.ask_run(Mode::Only(id.clone()));
    }

    /// Opens the dialog that runs the flow up to a card.
    pub fn ask_run_until(self, id: &StepId) {
        self.ask_run(Mode::Until(id.clone()));
    }

    /// Shows a tab of the inspector for a card.
    pub fn open_tab(self, id: &StepId, tab: &'static str) {
        self.board.selected.set(Some(id.clone()));
        self.tab.set(tab);
        self.inspector.set(true);
    }

    /// Pins what a card gave last, or takes its pin away. Where it gave nothing yet, the values are asked for.
    pub fn toggle_pin(self, id: &StepId) {
        if let Some(why) = why_not_pinned(self, id) {
            self.toasts.warn(&why);
            return;
        }
        let is_pinned = (self.board.flow).with_untracked(|flow| flow.pin(id).is_some());
        if is_pinned {
            self.pin(id, None);
            return;
        }
        match last_outputs(self.board, id) {
            Some(outputs) => self.pin(id, Some(outputs)),
            None => self.open_tab(id, "test"),
        }
    }

    /// Pins outputs to a card, or lets it run again.
    pub fn pin(self, id: &StepId, outputs: Option<Vec<(FieldKey, Json)>>) {
        let said = match outputs {
            Some(_) => RunningText::WasPinned,
            None => RunningText::WasUnpinned,
        };
        let step = id.clone();
        if self.edit(FlowEdit::Pin { step, outputs }) {
            self.board.announced.set(self.speech.say_now(&said));
        }
    }

    /// Takes all pins away, as one step of undo.
    pub fn unpin_all(self) {
        let pins = (self.board.flow).with_untracked(|flow| flow.pins.clone());
        let edits = pins.into_iter().map(|pin| FlowEdit::Pin {
            step: pin.step,
            outputs: None,
        });
        self.edit(FlowEdit::Batch {
            edits: edits.collect(),
        });
    }

    /// Keeps the draft, runs it and watches the run.
    pub async fn start_trial(
        self,
        mode: Mode,
        inputs: Map<String, Json>,
        given: Vec<FieldValue>,
    ) -> Result<(), Refusal> {
        if !self.draft.save_now(self).await {
            return Err(Refusal::Answered(api::ApiError::new(
                api::ErrorCode::Conflict,
                self.speech.say_now(&RunningText::DraftNotKept),
            )));
        }
        let base = Arc::new(self.board.flow.get_untracked());
        let (until, only) = match mode {
            Mode::Whole => (None, None),
            Mode::Until(id) => (Some(id), None),
            Mode::Only(id) => (None, Some(id)),
        };
        let values_of = (self.board.run)
            .with_untracked(|run| run.as_ref().map(|run| run.row.id.clone()))
            .filter(|_| only.is_some());
        let run = rpc::try_flow(Trial {
            flow: base.id.clone(),
            revision: None,
            inputs,
            inputs_of: self.trials.sample.get_untracked(),
            until,
            only: only.clone(),
            given,
            values_of,
            ignore_pins: false,
        })
        .await?;
        let board = self.board;
        let before = board.run.get_untracked();
        let was = board.tried.base.get_untracked();
        board.tried.kept.update(|kept| match (&only, before) {
            (Some(_), Some(before)) => keep(kept, was.as_deref(), &before),
            (Some(_), None) => {}
            (None, _) => kept.clear(),
        });
        board.tried.base.set(Some(base));
        self.watch(run);
        Ok(())
    }

    /// Watches a run in the panel, and on the cards.
    pub fn watch(self, run: RunId) {
        self.board.run.set(None);
        self.board.traced.clear();
        self.trials.refused.set(None);
        self.trials.run.set(Some(run));
        self.trials.open.set(true);
    }

    /// Takes the values of runs off the canvas.
    pub fn forget_runs(self) {
        self.trials.run.set(None);
        self.board.run.set(None);
        self.board.tried.base.set(None);
        (self.board.tried.kept).update(std::collections::HashMap::clear);
    }

    /// Shows what the server said about the run that is watched.
    pub fn show_run(self, view: RunView) {
        let is_watched =
            (self.trials.run).try_with_untracked(|run| run.as_ref() == Some(&view.row.id));
        if is_watched != Some(true) {
            return;
        }
        let board = self.board;
        if board.tried.base.with_untracked(Option::is_none) {
            board.tried.base.set(Some(Arc::new(view.flow.clone())));
        }
        let was_over = (board.run)
            .with_untracked(|run| run.as_ref().is_some_and(|run| run.row.status.is_over()));
        if view.row.status.is_over() && !was_over {
            self.announce_end(&view);
        }
        board.run.set(Some(Arc::new(view)));
    }

    fn announce_end(self, view: &RunView) {
        let name = |id: &StepId| {
            let number = self
                .board
                .layout
                .with_untracked(|layout| layout.card(id).and_then(|card| card.number));
            (number.unwrap_or(0), self.board.title_now(id))
        };
        let text = match &view.failed_step {
            Some(step) => {
                let (number, title) = name(step);
                let error = crate::pages::run_page::reason(view);
                self.board.reveal(step);
                RunningText::FailedAt {
                    number,
                    title,
                    error,
                }
            }
            _ => RunningText::Ended,
        };
        self.board.announced.set(self.speech.say_now(&text));
    }

    /// Shows the run that the address names beside a card of it.
    pub fn show_run_of_address(self) {
        let run = use_query_value("run");
        let was = StoredValue::new(None::<String>);
        Effect::new(move || {
            let (Some(id), true) = (run.get(), self.row.read().is_some()) else {
                return;
            };
            // What was started here since stays.
            if was.get_value().as_ref() != Some(&id) {
                was.set_value(Some(id.clone()));
                self.board.tried.base.set(None);
                self.watch(RunId::from(id));
            }
        });
    }

    /// Fetches the run that is watched.
    pub fn fetch_run(self) {
        let Some(id) = self.trials.run.get_untracked() else {
            return;
        };
        spawn_local(async move {
            match rpc::open_run(id).await {
                Ok(view) => self.show_run(view),
                Err(refusal) => {
                    self.trials.refused.try_set(Some(refusal));
                }
            }
        });
    }
}

/// What a card gave when it ran last; nothing where something of it is masked, since that is not what it gave.
pub fn last_outputs(board: Board, id: &StepId) -> Option<Vec<(FieldKey, Json)>> {
    let did = board.step_run_now(id)?;
    if did.outputs.iter().any(|value| value.masked) {
        return None;
    }
    let outputs = did
        .outputs
        .into_iter()
        .map(|value| (value.field, value.value));
    (did.error.is_none()).then(|| outputs.collect())
}

/// Tells how a run is called: all of it, up to a card, one card.
pub fn kind_text(kind: Option<TrialKind>) -> RunningText {
    match kind {
        None => RunningText::Run,
        Some(TrialKind::Flow) => RunningText::TrialFlow,
        Some(TrialKind::Until) => RunningText::TrialUntil,
        Some(TrialKind::Card) => RunningText::TrialCard,
    }
}
