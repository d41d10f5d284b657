//! Opening the database: connections, pragmas, migrations, and the one way to write.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::StoreError;
use crate::dialect::Dialect;
use crate::work::Work;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

const SQLITE_CONNECTIONS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;

/// `journal_size_limit` gives the disk space of a burst back; `temp_store` keeps sorts out of the file system;
/// `secure_delete` overwrites what is erased, so that the data of flows that save none is gone from the file.
const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000; \
    pragma foreign_keys = on; pragma journal_size_limit = 67108864; pragma temp_store = memory; \
    pragma secure_delete = on;";

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    pool: AnyPool,
    dialect: Dialect,
    /// Held by whoever writes to SQLite. Fair, unlike SQLite's own busy waiting.
    gate: Arc<Mutex<()>>,
    work: Work,
}

/// A write transaction. Rolls back when dropped before [`Change::commit`].
pub(crate) struct Change {
    transaction: Transaction<'static, Any>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Store {
    /// Opens the database at `url` (`sqlite:path` or `postgres://…`), creates the SQLite file where it is missing, and
    /// brings the tables up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let (dialect, options) = connect_options(url)?;
        let pool = match dialect {
            Dialect::Sqlite => AnyPoolOptions::new()
                .max_connections(SQLITE_CONNECTIONS)
                .min_connections(1)
                .idle_timeout(Duration::from_secs(300))
                .max_lifetime(None)
                .test_before_acquire(false)
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute(PRAGMAS).await?;
                        Ok(())
                    })
                }),
            Dialect::Postgres => AnyPoolOptions::new().max_connections(POSTGRES_CONNECTIONS),
        }
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await?;
        let migrations = match dialect {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
        };
        migrations.run(&pool).await.map_err(|error| {
            StoreError::Setup(format!(
                "the tables of the database could not be brought up to date: {error}"
            ))
        })?;
        let work = match dialect {
            Dialect::Sqlite => Work::here(),
            Dialect::Postgres => Work::of_postgres(url).await?,
        };
        Ok(Self {
            inner: Arc::new(Inner {
                pool,
                dialect,
                gate: Arc::default(),
                work,
            }),
        })
    }

    /// Answers when the database can be read: for readiness checks.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("select 1").execute(self.pool()).await?;
        Ok(())
    }

    /// Tells whether several servers may share this database.
    pub fn is_shared(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    /// Writes a consistent copy of the SQLite database to `path`, which must not exist. Other work goes on meanwhile.
    pub async fn back_up(&self, path: &Path) -> Result<(), StoreError> {
        if self.is_shared() {
            return Err(StoreError::Setup(
                "back up PostgreSQL with pg_dump".to_owned(),
            ));
        }
        let Some(path) = path.to_str() else {
            return Err(StoreError::Setup(
                "the path of the copy must be Unicode text".to_owned(),
            ));
        };
        sqlx::query("vacuum into $1")
            .bind(path)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Closes all connections; on SQLite this also folds the log into the file.
    pub async fn close(&self) {
        self.inner.pool.close().await;
    }

    /// Returns the connections for reading.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.inner.pool
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.inner.dialect
    }

    pub(crate) fn work(&self) -> &Work {
        &self.inner.work
    }

    /// Waits for the turn to write; nothing to wait for on PostgreSQL.
    pub(crate) async fn turn(&self) -> Option<OwnedMutexGuard<()>> {
        match self.dialect() {
            Dialect::Sqlite => Some(Arc::clone(&self.inner.gate).lock_owned().await),
            Dialect::Postgres => None,
        }
    }

    /// Begins a write transaction. Whoever holds one must not ask for another.
    pub(crate) async fn change(&self) -> Result<Change, StoreError> {
        let turn = self.turn().await;
        let transaction = self.pool().begin_with(self.dialect().begin()).await?;
        Ok(Change {
            transaction,
            _turn: turn,
        })
    }
}

impl Change {
    /// Makes the changes durable.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Change {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

fn connect_options(url: &str) -> Result<(Dialect, AnyConnectOptions), StoreError> {
    let (dialect, url) = match url.strip_prefix("sqlite:") {
        Some(path) => (
            Dialect::Sqlite,
            sqlite_url(path.strip_prefix("//").unwrap_or(path))?,
        ),
        None if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            (Dialect::Postgres, url.to_owned())
        }
        None => {
            return Err(StoreError::Setup(
                "the database address must begin with sqlite: or postgres://".to_owned(),
            ));
        }
    };
    let options = AnyConnectOptions::from_str(&url)
        .map_err(|_| StoreError::Setup("the database address cannot be read".to_owned()))?;
    Ok((dialect, options))
}

/// Returns the address of a SQLite file, and makes the file first: it holds sealed secrets and is the owner's alone.
fn sqlite_url(path: &str) -> Result<String, StoreError> {
    let cannot = |error: std::io::Error| {
        StoreError::Setup(format!(
            "the database file {path} cannot be opened: {error}"
        ))
    };
    if path.is_empty() || path.starts_with(':') {
        return Err(StoreError::Setup("name a file after sqlite:".to_owned()));
    }
    let absolute = std::path::absolute(path).map_err(cannot)?;
    let mut file = std::fs::OpenOptions::new();
    file.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(&absolute).map_err(cannot)?;
    let mut url = String::from("sqlite:");
    for byte in absolute.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:\\".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url.push_str("?mode=rwc");
    Ok(url)
}
