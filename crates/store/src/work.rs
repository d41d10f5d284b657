//! Telling those who wait that there is new work: inside one process by a counter, between servers by PostgreSQL's
//! `listen` and `notify`.

use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::postgres::PgListener;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::dialect::Dialect;
use crate::{Store, StoreError};

const CHANNEL: &str = "nagare_work";
const NEWS: &str = "nagare_news";
/// PostgreSQL takes less than 8000 bytes.
const MAX_NEWS: usize = 7_900;
const NEWS_BEHIND: usize = 1_024;
const RECONNECT_AFTER: Duration = Duration::from_secs(2);

/// The signal and, on PostgreSQL, the task that listens.
pub(crate) struct Work {
    signal: watch::Sender<u64>,
    news: broadcast::Sender<String>,
    listener: Option<JoinHandle<()>>,
}

/// Waits for new work. Each waiter has its own and misses nothing that is announced after it was made.
pub struct WorkWatch {
    signal: watch::Receiver<u64>,
}

impl Work {
    pub(crate) fn here() -> Self {
        Self {
            signal: watch::Sender::new(0),
            news: broadcast::channel(1).0,
            listener: None,
        }
    }

    pub(crate) async fn of_postgres(url: &str) -> Result<Self, StoreError> {
        let signal = watch::Sender::new(0);
        let news = broadcast::channel(NEWS_BEHIND).0;
        let listener = listen(url).await?;
        let task = tokio::spawn(forward(listener, signal.clone(), news.clone()));
        Ok(Self {
            signal,
            news,
            listener: Some(task),
        })
    }

    fn announce(&self) {
        self.signal.send_modify(|count| *count += 1);
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

async fn listen(url: &str) -> Result<PgListener, StoreError> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen_all([CHANNEL, NEWS]).await?;
    Ok(listener)
}

/// Passes on what other servers announce. A lost connection may have lost an announcement, so it counts as one.
async fn forward(
    mut listener: PgListener,
    signal: watch::Sender<u64>,
    news: broadcast::Sender<String>,
) {
    loop {
        match listener.try_recv().await {
            Ok(Some(told)) if told.channel() == NEWS => {
                if news.send(told.payload().to_owned()).is_err() {
                    tracing::trace!("nobody listens to news of other servers");
                }
                continue;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the connection that listens for work was lost");
                tokio::time::sleep(RECONNECT_AFTER).await;
            }
        }
        signal.send_modify(|count| *count += 1);
    }
}

impl WorkWatch {
    /// Returns true as soon as work is announced, false after `timeout`.
    pub async fn wait(&mut self, timeout: Duration) -> bool {
        tokio::time::timeout(timeout, self.signal.changed())
            .await
            .is_ok_and(|changed| changed.is_ok())
    }
}

impl Store {
    /// Returns a watch for new work (queued runs, accepted events).
    pub fn watch_work(&self) -> WorkWatch {
        WorkWatch {
            signal: self.work().signal.subscribe(),
        }
    }

    /// Returns what servers on the same database tell each other, this one among them. Silent on SQLite, where a server
    /// is alone.
    pub fn watch_news(&self) -> broadcast::Receiver<String> {
        self.work().news.subscribe()
    }

    /// Tells all servers on the same database something that is of no use later. Too long a text is not told.
    pub async fn tell_news(&self, news: &str) -> Result<(), StoreError> {
        if self.dialect() == Dialect::Postgres && news.len() <= MAX_NEWS {
            sqlx::query("select pg_notify($1, $2)")
                .bind(NEWS)
                .bind(news)
                .execute(self.pool())
                .await?;
        }
        Ok(())
    }

    /// Announces work to everyone who shares the database, when `change` commits. Call [`Store::announce_here`] after.
    pub(crate) async fn announce_in(&self, change: &mut AnyConnection) -> Result<(), StoreError> {
        if self.dialect() == Dialect::Postgres {
            sqlx::query("select pg_notify($1, '')")
                .bind(CHANNEL)
                .execute(change)
                .await?;
        }
        Ok(())
    }

    /// Announces work inside this process.
    pub(crate) fn announce_here(&self) {
        self.work().announce();
    }
}
