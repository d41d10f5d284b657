//! Putting the changes here together with what others did.

use api::{KeepDraft, KeptReason};
use flow::{Clash, Flow, Merge, Side, merge};
use leptos::prelude::*;

use super::{Draft, DraftState, Notice};
use crate::editor::Editor;
use crate::rpc;

/// Both changed the same places.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What both started from.
    pub base: Flow,
    /// What the server holds.
    pub theirs: Flow,
    /// Its revision.
    pub revision: i64,
    /// Where.
    pub clashes: Vec<Clash>,
}

impl Draft {
    /// Somebody saved: fetches what the server holds if it is newer, and puts it together with the changes here.
    pub async fn pull(self, editor: Editor) {
        if self.is_merging.try_get_value() != Some(false) {
            return;
        }
        self.is_merging.set_value(true);
        let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
        let answer = rpc::read_draft(id).await;
        if self.is_merging.try_set_value(false).is_some() {
            return;
        }
        match answer {
            Ok(view) => self.meet(editor, view.draft, view.revision),
            Err(refusal) => {
                let waits = self
                    .state
                    .with_untracked(|state| *state == DraftState::Waiting);
                if waits {
                    self.refuse(editor, &refusal);
                }
            }
        }
    }

    /// News of a saved revision.
    pub fn heard(self, editor: Editor, revision: i64) {
        let is_busy = self
            .state
            .try_with_untracked(|state| *state == DraftState::Saving);
        // What is on its way now learns it from its own answer.
        if is_busy == Some(false) && revision > self.revision() {
            leptos::task::spawn_local(async move { self.pull(editor).await });
        }
    }

    fn meet(self, editor: Editor, theirs: Flow, revision: i64) {
        if revision < self.revision()
            || editor
                .board
                .flow
                .with_untracked(|flow| flow.id != theirs.id)
        {
            return;
        }
        let base = self.base.get_value();
        let mine = editor.board.flow.get_untracked();
        let Merge { flow, clashes } = merge(&base, &mine, &theirs, &|_| Side::Theirs);
        if clashes.is_empty() {
            self.conflict.set(None);
            let came = flow != mine;
            let is_mine_too = mine != base && theirs != base;
            self.go_on_from(editor, flow, theirs, revision);
            if came && is_mine_too {
                self.notice.set(Some(Notice::Merged));
            }
            return;
        }
        self.conflict.set(Some(Conflict {
            base,
            theirs,
            revision,
            clashes,
        }));
        self.state.set(DraftState::Conflict);
        self.write_soon(editor);
    }

    /// The draft is `flow` now, and the server holds `theirs`.
    fn go_on_from(self, editor: Editor, flow: Flow, theirs: Flow, revision: i64) {
        let is_kept = flow == theirs;
        self.base.set_value(theirs);
        self.revision.set_value(revision);
        if editor.board.flow.with_untracked(|now| *now != flow) {
            editor.adopt(flow);
        }
        if is_kept {
            let was_waiting = self
                .state
                .with_untracked(|state| !matches!(state, DraftState::Kept | DraftState::Version));
            self.state.set(DraftState::Kept);
            if was_waiting {
                self.forget_local(editor);
            }
        } else {
            self.state.set(DraftState::Waiting);
            self.touch(editor);
        }
    }

    /// Ends a conflict. Both drafts go into the list of versions if something of them gives way.
    pub(super) async fn settle_now(
        self,
        editor: Editor,
        conflict: Conflict,
        sides: &[(Clash, Side)],
    ) {
        let mine = editor.board.flow.get_untracked();
        let choose = |clash: &Clash| {
            let chosen = sides.iter().find(|(known, _)| known == clash);
            chosen.map_or(Side::Theirs, |(_, side)| *side)
        };
        let merged = merge(&conflict.base, &mine, &conflict.theirs, &choose);
        // Editing went on meanwhile and met something else of theirs: that has to be chosen too.
        if merged.clashes != conflict.clashes {
            self.conflict.set(Some(Conflict {
                clashes: merged.clashes,
                ..conflict
            }));
            return;
        }
        let gives_way = |side| merged.clashes.iter().any(|clash| choose(clash) == side);
        let mut left = Vec::new();
        if gives_way(Side::Theirs) {
            left.push(mine);
        }
        if gives_way(Side::Mine) {
            left.push(conflict.theirs.clone());
        }
        for draft in left {
            let request = KeepDraft {
                id: draft.id.clone(),
                reason: KeptReason::Conflict,
                draft,
            };
            if let Err(refusal) = rpc::keep_draft(request).await {
                editor.toasts.refuse(&refusal);
                return;
            }
        }
        self.conflict.set(None);
        self.state.set(DraftState::Waiting);
        self.go_on_from(editor, merged.flow, conflict.theirs, conflict.revision);
    }
}
