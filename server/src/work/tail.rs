//! The ends of helper runs that are on their way to disk. A caller need not wait for each: it waits for all of them
//! before its own next write, and so does every other run of the same tree before it calls anything outside. So what a
//! helper did is on disk before anybody acts on it, and a stream of helpers shares its commits.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use store::{Receipt, StoreError};

use crate::live::{Live, RunChanged};

/// Ends on their way at most; who brings another waits for the older half.
const MOST: usize = 256;

/// What is on its way, the oldest first. One for a run and all helpers below it.
#[derive(Default)]
pub(crate) struct Tail(Mutex<VecDeque<Ending>>);

struct Ending {
    receipt: Receipt,
    /// What open pages hear when it is on disk.
    news: RunChanged,
}

impl Tail {
    /// Adds the end of a run. Returns at once unless too many are on their way.
    pub(crate) async fn add(
        &self,
        receipt: Receipt,
        news: RunChanged,
        live: &Live,
    ) -> Result<(), StoreError> {
        let count = {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push_back(Ending { receipt, news });
            waiting.len()
        };
        if count < MOST {
            return Ok(());
        }
        self.wait_for(count / 2, live).await
    }

    /// Waits until everything that was added is on disk.
    pub(crate) async fn wait(&self, live: &Live) -> Result<(), StoreError> {
        self.wait_for(usize::MAX, live).await
    }

    async fn wait_for(&self, count: usize, live: &Live) -> Result<(), StoreError> {
        for _ in 0..count {
            let next = {
                let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.pop_front()
            };
            let Some(Ending { receipt, news }) = next else {
                break;
            };
            receipt.written().await?;
            live.tell(news);
        }
        Ok(())
    }
}
