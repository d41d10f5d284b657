//! Changes in this browser's storage until the server has them: by person, flow and page, so that a dead tab, a power cut
//! or a long way home loses nothing. Holds what the document holds: no tokens, no passwords.

use flow::{Flow, FlowEdit, script};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use super::{AT_ONCE, Draft, DraftState, Notice};
use crate::editor::Editor;
use crate::rpc;

const PREFIX: &str = "nagare.draft.";
/// Beyond this many characters what the changes are based on is left out: browsers keep about five million.
const LONGEST: usize = 3_000_000;
/// So many changes of other flows and pages are kept.
const MOST: usize = 20;

/// Changes that the server may not have.
#[derive(Serialize, Deserialize)]
struct Copy {
    /// The revision that they are based on.
    revision: i64,
    /// What that revision holds; left out where there is no room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<Flow>,
    /// The draft.
    draft: Flow,
    /// When, milliseconds since 1970 in UTC.
    at: f64,
}

impl Draft {
    /// Writes the draft into this browser's storage in a moment, once for many changes.
    pub(super) fn write_soon(self, editor: Editor) {
        if self.is_writing.get_value() {
            return;
        }
        self.is_writing.set_value(true);
        set_timeout(
            move || {
                if self.is_writing.try_set_value(false).is_none() {
                    self.write(editor);
                }
            },
            AT_ONCE,
        );
    }

    /// Writes the draft into this browser's storage, unless the server has it.
    pub(super) fn write(self, editor: Editor) {
        let is_kept = self
            .state
            .try_with_untracked(|state| matches!(state, DraftState::Kept | DraftState::Version));
        let (Some(false), Some(key)) = (is_kept, self.key(editor)) else {
            return;
        };
        let Some(storage) = storage() else { return };
        let mut copy = Copy {
            revision: self.revision.get_value(),
            base: Some(self.base.get_value()),
            draft: editor.board.flow.get_untracked(),
            at: js_sys::Date::now(),
        };
        let Ok(text) = serde_json::to_string(&copy) else {
            return;
        };
        if text.len() <= LONGEST && storage.set_item(&key, &text).is_ok() {
            return;
        }
        // No room: without what it is based on, and without the oldest of the others.
        copy.base = None;
        let Ok(text) = serde_json::to_string(&copy) else {
            return;
        };
        while storage.set_item(&key, &text).is_err() {
            if !forget_oldest(&storage, &key) {
                leptos::logging::log!("this browser has no room for the draft");
                return;
            }
        }
    }

    /// The server has the changes of this page.
    pub(super) fn forget_local(self, editor: Editor) {
        if let (Some(key), Some(storage)) = (self.key(editor), storage()) {
            forget(&storage, &key);
        }
    }

    fn key(self, editor: Editor) -> Option<String> {
        Some(format!("{}{}", self.shelf(editor)?, self.tab()))
    }

    /// What the keys of this person and flow begin with.
    fn shelf(self, editor: Editor) -> Option<String> {
        let person = self.person.try_get_value().flatten()?;
        let flow = editor
            .board
            .flow
            .try_with_untracked(|flow| flow.id.clone())?;
        Some(format!("{PREFIX}{person}.{flow}."))
    }

    /// Brings back what pages that are gone could not hand to the server.
    pub(super) async fn bring_back(self, editor: Editor) {
        let (Some(shelf), Some(storage)) = (self.shelf(editor), storage()) else {
            return;
        };
        let mut found: Vec<(String, Copy)> = keys(&storage)
            .into_iter()
            .filter(|key| key.starts_with(&shelf))
            .filter_map(|key| {
                let text = storage.get_item(&key).ok().flatten()?;
                Some((key, serde_json::from_str(&text).ok()?))
            })
            .collect();
        found.sort_by(|a, b| a.1.at.total_cmp(&b.1.at));
        let own = self.key(editor);
        for (key, copy) in found {
            if own.as_ref() == Some(&key) {
                continue;
            }
            self.take_in(editor, copy).await;
            forget(&storage, &key);
        }
        while keys(&storage).len() > MOST {
            if !forget_oldest(&storage, &own.clone().unwrap_or_default()) {
                return;
            }
        }
    }

    async fn take_in(self, editor: Editor, copy: Copy) {
        let now = editor.board.flow.get_untracked();
        if copy.draft == now {
            return;
        }
        let is_same_base = copy.revision == self.revision();
        match copy.base {
            _ if is_same_base && self.changes.get_value() == 0 => {
                let edits = script(&now, &copy.draft);
                if editor.edit(FlowEdit::Batch { edits }) {
                    self.notice.set(Some(Notice::Restored));
                }
            }
            Some(base) => {
                // As if the page had never been gone: its changes meet what the server has now.
                if self.changes.get_value() == 0 {
                    self.base.set_value(base);
                    self.revision.set_value(copy.revision);
                    editor.adopt(copy.draft);
                    self.touch(editor);
                    self.pull(editor).await;
                    if self.conflict.with_untracked(Option::is_none) {
                        self.notice.set(Some(Notice::Restored));
                    }
                } else {
                    self.put_aside(editor, copy.draft).await;
                }
            }
            None => self.put_aside(editor, copy.draft).await,
        }
        self.write(editor);
    }

    /// What cannot be put together goes into the list of versions, where it can be compared and taken back.
    async fn put_aside(self, editor: Editor, draft: Flow) {
        let request = api::KeepDraft {
            id: editor.board.flow.with_untracked(|flow| flow.id.clone()),
            reason: api::KeptReason::Conflict,
            draft,
        };
        if rpc::keep_draft(request).await.is_ok() {
            self.notice.set(Some(Notice::PutAside));
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn keys(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .collect()
}

fn forget(storage: &Storage, key: &str) {
    if storage.remove_item(key).is_err() {
        leptos::logging::log!("the copy of a draft could not be removed");
    }
}

/// Removes the oldest copy but `kept`. Tells whether there was one.
fn forget_oldest(storage: &Storage, kept: &str) -> bool {
    let age = |key: &String| {
        let text = storage.get_item(key).ok().flatten()?;
        Some(serde_json::from_str::<Copy>(&text).map_or(0.0, |copy| copy.at))
    };
    let oldest = keys(storage)
        .into_iter()
        .filter(|key| key != kept)
        .min_by(|a, b| age(a).unwrap_or(0.0).total_cmp(&age(b).unwrap_or(0.0)));
    match oldest {
        Some(key) => {
            forget(storage, &key);
            true
        }
        None => false,
    }
}
