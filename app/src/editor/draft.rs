//! The draft on its way to the server: kept in this browser at once, on the server a moment later, and put together with
//! what others did. Nothing is overwritten silently, nothing is lost when the tab, the network or the server dies.

use std::time::Duration;

use api::{ErrorCode, SaveDraft};
use flow::{Clash, Flow, PersonId, Side};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::Editor;
use crate::rpc;

mod local;
mod merging;

pub use merging::Conflict;

const PAUSE: Duration = Duration::from_millis(600);
/// The first try after a failure; each further one waits twice as long.
const AGAIN: Duration = Duration::from_secs(1);
const AGAIN_AT_MOST: Duration = Duration::from_secs(30);
/// After this long every change is in this browser's storage.
const AT_ONCE: Duration = Duration::from_millis(50);
/// Browsers send 64 KB behind a page that is gone, and no more.
const BEACON: usize = 60_000;

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
    /// Somebody else changed the same places.
    Conflict,
    /// The server cannot be reached; tried again.
    Offline,
    /// Nobody is signed in any more; tried again.
    SignedOut,
    /// The server refused it; tried again with the next change.
    Refused(String),
}

/// Something that was done to the draft without being asked, to be told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Changes that had not reached the server were brought back.
    Restored,
    /// What somebody else did meanwhile was put together with the changes here.
    Merged,
    /// A draft could not be put together with this one and is in the list of versions.
    PutAside,
}

/// The draft.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Where it stands.
    pub state: RwSignal<DraftState>,
    /// What was done to it without being asked.
    pub notice: RwSignal<Option<Notice>>,
    /// Where somebody has to choose.
    pub conflict: RwSignal<Option<Conflict>>,
    /// The person may look only.
    pub is_read_only: RwSignal<bool>,
    /// What the server holds, as far as is known here.
    base: StoredValue<Flow>,
    revision: StoredValue<i64>,
    changes: StoredValue<u64>,
    timer: StoredValue<Option<TimeoutHandle>>,
    tries: StoredValue<u32>,
    /// Whose changes are kept in this browser; nothing until that is known.
    person: StoredValue<Option<PersonId>>,
    /// Tells this page from others of the same person.
    tab: StoredValue<String>,
    is_writing: StoredValue<bool>,
    is_merging: StoredValue<bool>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(DraftState::Kept),
            notice: RwSignal::new(None),
            conflict: RwSignal::new(None),
            is_read_only: RwSignal::new(false),
            base: StoredValue::new(Flow::new("".into(), "")),
            revision: StoredValue::new(0),
            changes: StoredValue::new(0),
            timer: StoredValue::new(None),
            tries: StoredValue::new(0),
            person: StoredValue::new(None),
            tab: StoredValue::new(String::new()),
            is_writing: StoredValue::new(false),
            is_merging: StoredValue::new(false),
        }
    }

    pub(super) fn open(self, draft: &Flow, revision: i64, is_version: bool) {
        self.base.set_value(draft.clone());
        self.revision.set_value(revision);
        self.changes.set_value(0);
        self.conflict.set(None);
        self.notice.set(None);
        self.state.set(if is_version {
            DraftState::Version
        } else {
            DraftState::Kept
        });
    }

    /// Returns the revision that the changes here are based on.
    pub fn revision(self) -> i64 {
        self.revision.try_get_value().unwrap_or_default()
    }

    /// Returns the id by which this page is told from others.
    pub fn tab(self) -> String {
        self.tab.try_get_value().unwrap_or_default()
    }

    /// Tells who works here, and brings back what did not reach the server the last time.
    pub async fn begin(self, editor: Editor) {
        let Ok(session) = rpc::session().await else {
            return;
        };
        let (Some(person), Some(state)) = (session.person, self.person.try_get_value()) else {
            return;
        };
        self.is_read_only
            .set(!crate::shell::may_change(person.role));
        if state.is_none() {
            self.tab.set_value(super::change::new_id().to_string());
        }
        self.person.set_value(Some(person.id));
        if !self.is_read_only.get_untracked() {
            self.bring_back(editor).await;
        }
    }

    /// Notes a change; it is kept in this browser at once, and on the server after a pause.
    pub(super) fn touch(self, editor: Editor) {
        self.changes.update_value(|changes| *changes += 1);
        self.write_soon(editor);
        let blocked = self
            .state
            .with_untracked(|state| matches!(state, DraftState::Conflict | DraftState::Saving));
        if blocked {
            return;
        }
        let is_cut_off = self
            .state
            .with_untracked(|state| matches!(state, DraftState::Offline | DraftState::SignedOut));
        if !is_cut_off {
            self.state.set(DraftState::Waiting);
            self.save_after(editor, PAUSE);
        }
    }

    fn save_after(self, editor: Editor, pause: Duration) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(move || self.save(editor), pause).ok();
        self.timer.try_set_value(timer);
    }

    fn save(self, editor: Editor) {
        spawn_local(async move {
            self.save_now(editor).await;
        });
    }

    /// The network is back, or the person is: tries at once.
    pub fn try_now(self, editor: Editor) {
        let waits = self.state.try_with_untracked(|state| {
            matches!(state, DraftState::Offline | DraftState::SignedOut)
        });
        if waits == Some(true) {
            self.save(editor);
        }
    }

    /// Keeps the draft. Tells whether the server has it now.
    pub async fn save_now(self, editor: Editor) -> bool {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        match self.state.try_get_untracked() {
            None | Some(DraftState::Conflict | DraftState::Saving) => return false,
            Some(DraftState::Kept | DraftState::Version) => return true,
            Some(_) => {}
        }
        let draft = editor.board.flow.get_untracked();
        let sent = self.changes.get_value();
        self.state.set(DraftState::Saving);
        let answer = rpc::save_draft(SaveDraft {
            id: draft.id.clone(),
            revision: self.revision.get_value(),
            draft: draft.clone(),
        })
        .await;
        let Some(now) = self.changes.try_get_value() else {
            return false;
        };
        match answer {
            Ok(revision) => {
                self.tries.set_value(0);
                self.base.set_value(draft);
                self.revision.set_value(revision);
                if now == sent {
                    self.state.set(DraftState::Kept);
                    self.forget_local(editor);
                } else {
                    self.state.set(DraftState::Waiting);
                    self.write_soon(editor);
                    self.save_after(editor, PAUSE);
                }
                true
            }
            Err(refusal) => {
                self.refuse(editor, &refusal);
                if refusal.code() == Some(ErrorCode::Conflict) {
                    self.pull(editor).await;
                }
                false
            }
        }
    }

    fn refuse(self, editor: Editor, refusal: &rpc::Refusal) {
        let again = |state| {
            self.state.set(state);
            let tries = self.tries.get_value();
            self.tries.set_value(tries.saturating_add(1));
            let pause = AGAIN.saturating_mul(2_u32.saturating_pow(tries.min(6)));
            self.save_after(editor, pause.min(AGAIN_AT_MOST));
        };
        match refusal {
            rpc::Refusal::Unreachable => again(DraftState::Offline),
            rpc::Refusal::Answered(error) => match error.code {
                ErrorCode::Conflict => self.state.set(DraftState::Waiting),
                ErrorCode::SignInNeeded => again(DraftState::SignedOut),
                ErrorCode::TooMany | ErrorCode::Internal => {
                    again(DraftState::Refused(error.message.clone()));
                }
                _ => self.state.set(DraftState::Refused(error.message.clone())),
            },
        }
    }

    /// The page is left: what was not kept yet is sent off without waiting for the answer. What is too large for that is
    /// in this browser's storage and is brought back the next time.
    pub fn send_off(self, editor: Editor) {
        let waits = self
            .state
            .try_with_untracked(|state| matches!(state, DraftState::Waiting | DraftState::Offline));
        if waits != Some(true) {
            return;
        }
        self.write(editor);
        let request = SaveDraft {
            id: editor.board.flow.with_untracked(|flow| flow.id.clone()),
            revision: self.revision.get_value(),
            draft: editor.board.flow.get_untracked(),
        };
        let body = serde_json::json!({ "request": request }).to_string();
        if body.len() < BEACON && !beacon("/rpc/save_draft", &body).unwrap_or(false) {
            leptos::logging::log!("the draft was not sent off; it is kept in this browser");
        }
    }

    /// Ends a conflict: at each place what was chosen.
    pub fn settle(self, editor: Editor, sides: &[(Clash, Side)]) {
        let Some(conflict) = self.conflict.get_untracked() else {
            return;
        };
        let sides = sides.to_vec();
        spawn_local(async move {
            self.settle_now(editor, conflict, &sides).await;
        });
    }
}

/// Sends JSON that the browser delivers even after the page is gone.
pub(super) fn beacon(url: &str, body: &str) -> Result<bool, JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(body));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    window()
        .navigator()
        .send_beacon_with_opt_blob(url, Some(&blob))
}
