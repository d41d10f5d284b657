//! The accounts that cards work with.

use flow::{CardSpec, ConnectionId, FlowEdit, Step, StepId};
use leptos::prelude::*;

use crate::editor::Editor;

impl Editor {
    /// The connection that most other cards of this connector use, else the only one there is.
    pub(super) fn usual_connection(self, spec: &CardSpec) -> Option<ConnectionId> {
        // An account is not lent to a card that works without one unless somebody says so.
        let connector = spec.connector.as_deref().filter(|_| !spec.goes_without)?;
        let used = self.board.flow.with_untracked(|flow| {
            self.board.catalogue.with_untracked(|catalogue| {
                flow.all_steps()
                    .into_iter()
                    .rev()
                    .filter(|step| {
                        catalogue
                            .card(&step.card)
                            .is_some_and(|card| card.connector.as_deref() == Some(connector))
                    })
                    .find_map(|step| step.connection.clone())
            })
        });
        used.or_else(|| {
            self.board.connections.with_untracked(|all| {
                let mut of_module = all.iter().filter(|known| known.module == connector);
                let first = of_module.next()?;
                of_module.next().is_none().then(|| first.id.clone())
            })
        })
    }

    /// Chooses the connection of a card; on the first choice also that of all cards of this connector without one.
    pub fn connect(self, id: &StepId, connection: Option<ConnectionId>) {
        let edits = self.board.flow.with_untracked(|flow| {
            self.board.catalogue.with_untracked(|catalogue| {
                let connector_of = |step: &Step| {
                    let card = catalogue.card(&step.card).filter(|card| !card.goes_without);
                    card.and_then(|card| card.connector.clone())
                };
                let mine = flow.step(id).and_then(connector_of);
                let is_first = flow.step(id).is_some_and(|step| step.connection.is_none());
                let others = flow.all_steps().into_iter().filter(|step| {
                    let unset = step.connection.is_none() && connector_of(step) == mine;
                    step.id == *id || (is_first && connection.is_some() && unset && mine.is_some())
                });
                others
                    .map(|step| FlowEdit::Connect {
                        step: step.id.clone(),
                        connection: connection.clone(),
                    })
                    .collect::<Vec<_>>()
            })
        });
        self.edit(FlowEdit::Batch { edits });
    }

    /// Keeps the draft and leaves for the page that makes a connection; the way back leads here.
    pub fn new_connection(self, is_web: bool) {
        leptos::task::spawn_local(async move {
            self.draft.save_now(self).await;
            let path = self.board.flow.with_untracked(|flow| {
                let kind = if is_web { "kind=web&" } else { "" };
                format!("/connections/new?{kind}return_to=/flows/{}", flow.id)
            });
            if window().location().set_href(&path).is_err() {
                leptos::logging::warn!("the page cannot be left");
            }
        });
    }
}
