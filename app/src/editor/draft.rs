//! The draft on its way to the server: kept a moment after each change, never silently overwriting what somebody else
//! saved.

use std::time::Duration;

use api::{ErrorCode, SaveDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::Editor;
use crate::rpc;

const PAUSE: Duration = Duration::from_millis(600);
const AGAIN: Duration = Duration::from_secs(5);

/// Where the draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// The newest version holds the same.
    Version,
    /// Kept on the server.
    Kept,
    /// Changes wait to be kept.
    Waiting,
    /// On its way.
    Saving,
    /// Somebody else saved meanwhile.
    Conflict,
    /// The server cannot be reached; tried again.
    Offline,
    /// The server refused it.
    Refused(String),
}

/// The draft.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Where it stands.
    pub state: RwSignal<DraftState>,
    revision: StoredValue<i64>,
    changes: StoredValue<u64>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(DraftState::Kept),
            revision: StoredValue::new(0),
            changes: StoredValue::new(0),
            timer: StoredValue::new(None),
        }
    }

    pub(super) fn open(self, revision: i64, is_version: bool) {
        self.revision.set_value(revision);
        self.changes.set_value(0);
        self.state.set(if is_version {
            DraftState::Version
        } else {
            DraftState::Kept
        });
    }

    /// Notes a change; it is kept after a pause.
    pub(super) fn touch(self, editor: Editor) {
        self.changes.update_value(|changes| *changes += 1);
        let blocked = self
            .state
            .with_untracked(|state| matches!(state, DraftState::Conflict | DraftState::Saving));
        if !blocked {
            self.state.set(DraftState::Waiting);
            self.save_after(editor, PAUSE);
        }
    }

    fn save_after(self, editor: Editor, pause: Duration) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(move || self.save(editor), pause).ok();
        self.timer.set_value(timer);
    }

    fn save(self, editor: Editor) {
        spawn_local(async move {
            self.save_now(editor).await;
        });
    }

    /// Keeps the draft. Tells whether the server has it now.
    pub async fn save_now(self, editor: Editor) -> bool {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let is_kept = self
            .state
            .try_with_untracked(|state| matches!(state, DraftState::Kept | DraftState::Version));
        match is_kept {
            None => return false,
            Some(true) => return true,
            Some(false) => {}
        }
        let draft = editor.board.flow.get_untracked();
        let sent = self.changes.get_value();
        self.state.set(DraftState::Saving);
        let answer = rpc::save_draft(SaveDraft {
            id: draft.id.clone(),
            revision: self.revision.get_value(),
            draft,
        })
        .await;
        let Some(now) = self.changes.try_get_value() else {
            return false;
        };
        match answer {
            Ok(revision) => {
                self.revision.set_value(revision);
                if now == sent {
                    self.state.set(DraftState::Kept);
                } else {
                    self.state.set(DraftState::Waiting);
                    self.save_after(editor, PAUSE);
                }
                true
            }
            Err(refusal) => {
                self.refuse(editor, &refusal);
                false
            }
        }
    }

    fn refuse(self, editor: Editor, refusal: &rpc::Refusal) {
        match refusal {
            rpc::Refusal::Unreachable => {
                self.state.set(DraftState::Offline);
                self.save_after(editor, AGAIN);
            }
            rpc::Refusal::Answered(error) if error.code == ErrorCode::Conflict => {
                self.state.set(DraftState::Conflict);
            }
            rpc::Refusal::Answered(error) => {
                self.state.set(DraftState::Refused(error.message.clone()));
            }
        }
    }

    /// The page is left: what was not kept yet is sent off without waiting for the answer.
    pub fn send_off(self, editor: Editor) {
        let waits = self
            .state
            .try_with_untracked(|state| matches!(state, DraftState::Waiting | DraftState::Offline));
        if waits != Some(true) {
            return;
        }
        let request = SaveDraft {
            id: editor.board.flow.with_untracked(|flow| flow.id.clone()),
            revision: self.revision.get_value(),
            draft: editor.board.flow.get_untracked(),
        };
        let body = serde_json::json!({ "request": request }).to_string();
        if !beacon("/rpc/save_draft", &body).unwrap_or(false) {
            leptos::logging::warn!("the draft could not be sent off");
        }
    }

    /// Ends a conflict with what the server holds.
    pub fn take_theirs(self, editor: Editor) {
        let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
        spawn_local(async move {
            match rpc::open_flow(id).await {
                Ok(view) => editor.open(view),
                Err(refusal) => self.refuse(editor, &refusal),
            }
        });
    }

    /// Ends a conflict with what is on this screen.
    pub fn keep_mine(self, editor: Editor) {
        let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
        spawn_local(async move {
            match rpc::open_flow(id).await {
                Ok(view) => {
                    self.revision.set_value(view.revision);
                    self.state.set(DraftState::Waiting);
                    self.save_now(editor).await;
                }
                Err(refusal) => self.refuse(editor, &refusal),
            }
        });
    }
}

/// Sends JSON that the browser delivers even after the page is gone.
fn beacon(url: &str, body: &str) -> Result<bool, JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(body));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    window()
        .navigator()
        .send_beacon_with_opt_blob(url, Some(&blob))
}
