//! Sessions of tower-sessions, kept in the database.

use std::fmt;

use async_trait::async_trait;
use store::sessions::SessionRow;
use store::{Store, StoreError};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

use crate::clock;

/// Keeps sessions in the store.
#[derive(Clone)]
pub(crate) struct DatabaseSessions(pub(crate) Store);

impl fmt::Debug for DatabaseSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseSessions")
    }
}

#[async_trait]
impl SessionStore for DatabaseSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            match store::sessions::create(&self.0, &row(record)?).await {
                Err(StoreError::Taken { .. }) => record.id = Id::default(),
                done => return done.map_err(|error| backend(&error)),
            }
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        store::sessions::save(&self.0, &row(record)?)
            .await
            .map_err(|error| backend(&error))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = store::sessions::load(&self.0, &id.to_string(), clock::now_ms())
            .await
            .map_err(|error| backend(&error))?;
        found
            .map(|row| {
                serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))
            })
            .transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        store::sessions::delete(&self.0, &id.to_string())
            .await
            .map_err(|error| backend(&error))
    }
}

fn row(record: &Record) -> Result<SessionRow> {
    Ok(SessionRow {
        id: record.id.to_string(),
        data: serde_json::to_string(record).map_err(|error| Error::Encode(error.to_string()))?,
        expires_at: record.expiry_date.unix_timestamp() * 1000,
    })
}

fn backend(error: &StoreError) -> Error {
    Error::Backend(error.to_string())
}
