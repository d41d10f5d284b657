//! Errands to orgs: one at a time for each connection, so that an org which does not answer keeps nobody else waiting.

use std::collections::HashMap;

use flow::ConnectionId;
use tokio::task::{Id, JoinError, JoinSet};

/// Errands under way. All end when this is dropped.
#[derive(Debug, Default)]
pub(super) struct Errands {
    tasks: JoinSet<()>,
    on: HashMap<Id, ConnectionId>,
}

impl Errands {
    /// Tells whether there is an errand under way for this connection.
    pub(super) fn is_on(&self, connection: &ConnectionId) -> bool {
        self.on.values().any(|known| known == connection)
    }

    /// Sends somebody off.
    pub(super) fn send(
        &mut self,
        connection: ConnectionId,
        errand: impl Future<Output = ()> + Send + 'static,
    ) {
        let task = self.tasks.spawn(errand);
        self.on.insert(task.id(), connection);
    }

    /// Takes note of errands that are over.
    pub(super) fn reap(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.note(ended);
        }
    }

    /// Waits until one is over; for ever while there is none.
    pub(super) async fn next(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(ended) => self.note(ended),
            None => std::future::pending().await,
        }
    }

    fn note(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                tracing::error!(%error, "an errand to an org broke off");
                error.id()
            }
        };
        self.on.remove(&id);
    }
}
