//! What pages want to hear at once: runs that begin, move on or end, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use flow::{FlowId, RunId};
use futures::stream::{self, Stream};
use serde::Serialize;
use tokio::sync::broadcast;

use crate::state::Server;

pub(crate) mod rooms;

/// A run changed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RunChanged {
    pub(crate) id: RunId,
    pub(crate) flow: FlowId,
    pub(crate) status: &'static str,
    pub(crate) parent: Option<RunId>,
}

/// Passes changes to every page that listens. A page that lags behind is told to reload.
#[derive(Clone, Debug)]
pub(crate) struct Live(broadcast::Sender<RunChanged>);

impl Live {
    pub(crate) fn new() -> Self {
        Self(broadcast::channel(1024).0)
    }

    /// Tells the pages, if there are any.
    pub(crate) fn tell(&self, change: RunChanged) {
        if self.0.receiver_count() > 0 && self.0.send(change).is_err() {
            tracing::trace!("the last page went away");
        }
    }
}

/// `GET /live/runs`.
pub(crate) async fn runs(
    State(server): State<Arc<Server>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = server.live.0.subscribe();
    let events = stream::unfold(listener, |mut listener| async move {
        let event = match listener.recv().await {
            Ok(change) => Event::default()
                .event("run")
                .json_data(&change)
                .unwrap_or_default(),
            Err(broadcast::error::RecvError::Lagged(_)) => Event::default().event("run").data("{}"),
            Err(broadcast::error::RecvError::Closed) => return None,
        };
        Some((Ok(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}
