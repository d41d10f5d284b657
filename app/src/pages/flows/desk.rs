//! What the parts of the flows page share: the list, what is picked out, what is dragged, which dialog is open, and the
//! long work that is under way.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use api::{FlowList, FlowRow, Folder, MoveInto};
use flow::{FlowId, FolderId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::branches;
use super::listing::{self, Asked};
use crate::i18n::texts::FolderText;
use crate::kit::ToastBox;
use crate::rpc;

/// A dialog that is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Make a folder in this one, or at the top.
    NewFolder(Option<Folder>),
    /// Rename or describe it.
    Describe(Folder),
    /// Choose where it goes.
    MoveFolder(Folder),
    /// Delete it.
    DeleteFolder(Folder),
    /// Choose where these flows go.
    MoveFlows(Vec<FlowRow>),
    /// Delete these flows.
    DeleteFlows(Vec<FlowRow>),
    /// It cannot be turned on: the server's reason.
    Stuck(FlowRow, rpc::Refusal),
}

/// What is in the air.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dragged {
    /// A folder.
    Folder(FolderId),
    /// Flows.
    Flows(Vec<FlowId>),
}

/// What is done with many flows.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    /// Turn on.
    TurnOn,
    /// Turn off.
    TurnOff,
    /// Copy each; the word after the name of a copy is said by the caller.
    Duplicate,
    /// Save each as a pack.
    Export,
    /// Move into a folder.
    Move(Option<FolderId>),
    /// Delete.
    Delete,
}

/// Long work: how far it is and what was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// What is done.
    pub verb: Verb,
    /// Flows to do it with.
    pub all: usize,
    /// Flows with which it was tried.
    pub tried: usize,
    /// What was refused.
    pub refused: Vec<(FlowRow, rpc::Refusal)>,
    /// It goes on.
    pub is_going: bool,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Folders and flows.
    pub list: RwSignal<FlowList>,
    /// What the address asks for.
    pub asked: Memo<Asked>,
    /// The flows that are listed.
    pub shown: Memo<Vec<FlowRow>>,
    /// Flows that are picked out.
    pub picked: RwSignal<BTreeSet<FlowId>>,
    /// The open dialog.
    pub dialog: RwSignal<Option<Ask>>,
    /// What is in the air.
    pub dragged: RwSignal<Option<Dragged>>,
    /// Folders whose subfolders are seen.
    pub opened: RwSignal<HashSet<FolderId>>,
    /// Long work.
    pub job: RwSignal<Option<Job>>,
    /// Where toasts are put.
    pub toasts: ToastBox,
    stop: StoredValue<Arc<AtomicBool>>,
}

impl Desk {
    /// Returns the desk of a page that begins with this list.
    pub fn new(list: FlowList, asked: Memo<Asked>, toasts: ToastBox) -> Self {
        let chosen = asked.with_untracked(|asked| asked.folder.clone());
        let opened = branches::opened_at_first(&list.folders, chosen.as_ref());
        let list = RwSignal::new(list);
        let shown = Memo::new(move |_| {
            list.with(|list| {
                let asked = asked.get();
                let inside = asked
                    .folder
                    .as_ref()
                    .map(|folder| branches::below(&list.folders, folder))
                    .unwrap_or_default();
                let name = |flow: &FlowRow| folder_name(&list.folders, flow);
                listing::found(&list.flows, &asked, &inside, &name)
            })
        });
        Self {
            list,
            asked,
            shown,
            picked: RwSignal::default(),
            dialog: RwSignal::new(None),
            dragged: RwSignal::new(None),
            opened: RwSignal::new(opened),
            job: RwSignal::new(None),
            toasts,
            stop: StoredValue::new(Arc::new(AtomicBool::new(false))),
        }
    }

    /// Reads folders and flows again; what is drawn stays until they are here.
    pub fn reload(self) {
        spawn_local(async move {
            match rpc::list_flows(api::FlowQuery::default()).await {
                Ok(list) => self.take(list),
                Err(refusal) => self.toasts.refuse(&refusal),
            }
        });
    }

    fn take(self, list: FlowList) {
        let known: HashSet<FlowId> = list.flows.iter().map(|flow| flow.id.clone()).collect();
        // The page may have been left meanwhile.
        if self.list.try_set(list).is_none() {
            self.picked
                .update(|picked| picked.retain(|id| known.contains(id)));
        }
    }

    /// Returns the flows of these ids.
    pub fn flows(self, ids: impl IntoIterator<Item = FlowId>) -> Vec<FlowRow> {
        let ids: HashSet<FlowId> = ids.into_iter().collect();
        self.list.with_untracked(|list| {
            let rows = list.flows.iter().filter(|flow| ids.contains(&flow.id));
            rows.cloned().collect()
        })
    }

    /// Returns the flows that an action on this one is for: all that are picked out, where it is among them.
    pub fn meant(self, flow: &FlowRow) -> Vec<FlowRow> {
        let picked = self.picked.get_untracked();
        if picked.contains(&flow.id) {
            self.flows(picked)
        } else {
            vec![flow.clone()]
        }
    }

    /// Moves a folder; what is wrong with the place is said by the server.
    pub fn move_folder(self, folder: &Folder, to: Option<FolderId>) {
        let Folder {
            id, name, parent, ..
        } = folder.clone();
        if parent == to {
            return;
        }
        spawn_local(async move {
            let back = MoveInto { folder: parent };
            match rpc::move_folder(id.clone(), MoveInto { folder: to.clone() }).await {
                Ok(_) => {
                    if let Some(to) = to {
                        self.opened.update(|opened| {
                            opened.insert(to);
                        });
                    }
                    self.toasts
                        .say_with_undo(&FolderText::Moved { name }, move || {
                            let (id, back) = (id.clone(), back.clone());
                            spawn_local(async move {
                                if let Err(refusal) = rpc::move_folder(id, back).await {
                                    self.toasts.refuse(&refusal);
                                }
                                self.reload();
                            });
                        });
                }
                Err(refusal) => self.toasts.refuse(&refusal),
            }
            self.reload();
        });
    }

    /// Does something with flows, one after the other, until it is canceled.
    pub fn start(
        self,
        verb: Verb,
        flows: Vec<FlowRow>,
        copy_name: Option<fn(String) -> FolderText>,
    ) {
        if flows.is_empty()
            || self
                .job
                .with_untracked(|job| job.as_ref().is_some_and(|job| job.is_going))
        {
            return;
        }
        let stop = Arc::new(AtomicBool::new(false));
        self.stop.set_value(Arc::clone(&stop));
        self.job.set(Some(Job {
            verb: verb.clone(),
            all: flows.len(),
            tried: 0,
            refused: Vec::new(),
            is_going: true,
        }));
        spawn_local(async move {
            let mut moved = Vec::new();
            for flow in flows {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let done = super::bulk::one(self, &verb, &flow, copy_name).await;
                if done.is_ok() {
                    moved.push(flow.clone());
                }
                let is_here = self.job.try_update(|job| {
                    if let Some(job) = job {
                        job.tried += 1;
                        job.refused
                            .extend(done.err().map(|refusal| (flow, refusal)));
                    }
                });
                if is_here.is_none() {
                    return;
                }
            }
            self.ended(&verb, moved);
        });
    }

    fn ended(self, verb: &Verb, done: Vec<FlowRow>) {
        let Some(Some(job)) = self.job.try_update(|job| {
            if let Some(job) = job {
                job.is_going = false;
            }
            job.clone()
        }) else {
            return;
        };
        if job.refused.is_empty() {
            self.job.set(None);
            self.say_done(verb, &job, done);
            self.picked.set(BTreeSet::new());
        }
        self.reload();
    }

    fn say_done(self, verb: &Verb, job: &Job, done: Vec<FlowRow>) {
        let n = done.len();
        if job.tried < job.all {
            self.toasts.say(&FolderText::Stopped { n, all: job.all });
        } else if let Verb::Move(_) = verb {
            self.toasts
                .say_with_undo(&FolderText::MovedFlows { n }, move || {
                    let flows = done.clone();
                    spawn_local(async move {
                        for flow in flows {
                            let back = MoveInto {
                                folder: flow.folder,
                            };
                            if let Err(refusal) = rpc::move_flow(flow.id, back).await {
                                self.toasts.refuse(&refusal);
                            }
                        }
                        self.reload();
                    });
                });
        } else {
            self.toasts.say(&FolderText::DoneAll { n });
        }
    }

    /// Stops the long work after the flow with which it is busy.
    pub fn cancel(self) {
        self.stop
            .with_value(|stop| stop.store(true, Ordering::Relaxed));
    }

    /// Something was dropped onto a folder, or onto the top.
    pub fn drop_on(self, target: Option<FolderId>) {
        let Some(dragged) = self.dragged.get_untracked() else {
            return;
        };
        self.dragged.set(None);
        match dragged {
            Dragged::Folder(id) => {
                let folder = self.list.with_untracked(|list| {
                    list.folders.iter().find(|folder| folder.id == id).cloned()
                });
                if let Some(folder) = folder {
                    self.move_folder(&folder, target);
                }
            }
            Dragged::Flows(ids) => {
                let flows = self.flows(ids);
                let moving = flows.into_iter().filter(|flow| flow.folder != target);
                self.start(Verb::Move(target.clone()), moving.collect(), None);
            }
        }
    }

    /// Tells whether what is in the air may be dropped onto a folder, or onto the top.
    pub fn takes(self, target: Option<&FolderId>) -> bool {
        self.dragged.with(|dragged| match dragged {
            None => false,
            Some(Dragged::Flows(_)) => true,
            Some(Dragged::Folder(id)) => self
                .list
                .with_untracked(|list| branches::may_move(&list.folders, id, target).is_ok()),
        })
    }
}

/// Returns the name of a flow's folder; nothing for one that is in none.
pub fn folder_name(folders: &[Folder], flow: &FlowRow) -> String {
    let folder = folders
        .iter()
        .find(|folder| Some(&folder.id) == flow.folder.as_ref());
    folder.map(|folder| folder.name.clone()).unwrap_or_default()
}
