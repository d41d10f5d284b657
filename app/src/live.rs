//! News from the server while a page is open: which run changed, over one event stream.

use flow::{FlowId, RunId};
use leptos::prelude::*;
use serde::Deserialize;

#[cfg(feature = "hydrate")]
mod stream;

/// A run began, went on or ended.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RunNews {
    /// The run.
    pub id: RunId,
    /// Its flow.
    pub flow: FlowId,
    /// Where it stands now.
    pub status: api::RunStatus,
    /// The run that called it.
    pub parent: Option<RunId>,
}

/// Returns a counter that grows when a run that `is_ours` changed, at most every 300 ms, and whenever the stream opens:
/// what changed before that was not heard. The stream is closed with the page; on the server there is none.
pub fn use_run_news(is_ours: impl Fn(&RunNews) -> bool + 'static) -> ReadSignal<u32> {
    let (news, set_news) = signal(0_u32);
    #[cfg(feature = "hydrate")]
    stream::listen(is_ours, set_news);
    #[cfg(not(feature = "hydrate"))]
    let _ = (is_ours, set_news);
    news
}
