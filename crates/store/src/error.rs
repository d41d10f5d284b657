//! What can go wrong in the database, in words of the domain. The one place that reads database errors.

use std::sync::Arc;

use crate::Word;
use crate::runs::RunStatus;

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else saved first.
    #[error("it was changed by someone else meanwhile; it is at revision {current} now")]
    Conflict {
        /// The revision that is stored.
        current: i64,
    },
    /// A value that must be unique is in use.
    #[error("this {what} is taken; choose another")]
    Taken {
        /// Which value, such as `login`.
        what: &'static str,
    },
    /// Rows of a table would share the values of a unique key.
    #[error("another row has the same values in the columns of a unique key")]
    Duplicate,
    /// A value is too long for an index.
    #[error("a value is too long for the columns of a key; it may have 2,000 bytes")]
    KeyTooLong,
    /// It still has something in it, or belongs to something that does not exist.
    #[error("it is in use, or refers to something that does not exist")]
    InUse,
    /// Folders would nest too deep.
    #[error("folders nest {most} levels deep at most")]
    TooDeep {
        /// How deep they may nest.
        most: usize,
    },
    /// A folder would be inside itself.
    #[error("a folder cannot be moved into itself or into a folder below it")]
    Circle,
    /// A rule of the database forbids it: a finished run, a version or a journal does not change.
    #[error("the database forbids this change ({rule})")]
    Refused {
        /// The rule, such as `run_is_finished`.
        rule: &'static str,
    },
    /// The run is in another status than expected, or another server has it.
    #[error("the run is {} now", .status.word())]
    RunMoved {
        /// Its status.
        status: RunStatus,
    },
    /// There is no such thing.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for, such as `flow`.
        what: &'static str,
    },
    /// The database does not answer, is locked or full.
    #[error("the database is not available")]
    Unavailable(#[source] Arc<sqlx::Error>),
    /// What is stored cannot be read.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// The database is set up in a way that this program cannot use.
    #[error("{0}")]
    Setup(String),
    /// Anything else: a fault of this program.
    #[error("the database refused a statement")]
    Other(#[source] Arc<sqlx::Error>),
}

/// Unique indexes: PostgreSQL's name, the column by which SQLite names it, and the word for it.
const UNIQUE: &[(&str, &str, &str)] = &[
    ("person_login", "person.login", "login"),
    ("token_hash", "token.hash", "token"),
    ("journal_pkey", "journal.run", "journal entry"),
    ("run_pkey", "run.id", "run"),
    ("flow_pkey", "flow.id", "flow"),
    ("flow_version_pkey", "flow_version.flow", "version"),
    ("folder_pkey", "folder.id", "folder"),
    ("data_table_pkey", "data_table.id", "table"),
    ("data_row_pkey", "data_row.id", "row"),
    ("connection_pkey", "connection.id", "connection"),
    ("session_pkey", "session.id", "session"),
    ("event_hook_pkey", "event_hook.id", "event hook"),
    ("inbox_event_uuid", "inbox_event.connection", "event"),
];

/// Rules that triggers enforce; the database says `nagare:` and the name.
const RULES: &[&str] = &[
    "run_is_finished",
    "run_status_order",
    "flow_version_is_final",
    "journal_is_final",
    "audit_is_final",
];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_unavailable(&error) {
            return Self::Unavailable(Arc::new(error));
        }
        let sqlx::Error::Database(refused) = &error else {
            return match error {
                sqlx::Error::ColumnDecode { index, source } => {
                    Self::Corrupt(format!("column {index}: {source}"))
                }
                error => Self::Other(Arc::new(error)),
            };
        };
        let message = refused.message();
        if let Some(rule) = RULES.iter().find(|rule| is_rule(message, rule)) {
            return Self::Refused { rule };
        }
        if refused.is_unique_violation() {
            let named = refused.constraint().unwrap_or(message);
            if named.contains(crate::tables::KEY_PREFIX) {
                return Self::Duplicate;
            }
            return Self::Taken {
                what: taken(refused.constraint(), message),
            };
        }
        // PostgreSQL's program_limit_exceeded, of which an index row is the only case here.
        if refused.code().as_deref() == Some("54000") {
            return Self::KeyTooLong;
        }
        if refused.is_foreign_key_violation() {
            return Self::InUse;
        }
        Self::Other(Arc::new(error))
    }
}

fn is_rule(message: &str, rule: &str) -> bool {
    message
        .strip_prefix("nagare:")
        .is_some_and(|name| name == rule)
}

fn taken(constraint: Option<&str>, message: &str) -> &'static str {
    UNIQUE
        .iter()
        .find(|(name, column, _)| match constraint {
            Some(constraint) => constraint == *name,
            // "UNIQUE constraint failed: person.login", for several columns separated by ", ".
            None => message.split([' ', ',']).any(|word| word == *column),
        })
        .map_or("value", |(_, _, what)| what)
}

/// SQLite: busy, locked, I/O error, full, cannot open (5, 6, 10, 13, 14). PostgreSQL: classes 08 (connection),
/// 53 (resources), 57 (operator intervention), and 40 (serialization, deadlock), which a later attempt may pass.
fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(refused) => {
            let code = refused.code().unwrap_or_default();
            match code.parse::<u32>() {
                Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 13 | 14),
                _ => ["08", "53", "57", "40"]
                    .iter()
                    .any(|class| code.starts_with(class)),
            }
        }
        _ => false,
    }
}

impl StoreError {
    /// Returns the error of a store that was closed.
    pub(crate) fn closed() -> Self {
        Self::Unavailable(Arc::new(sqlx::Error::PoolClosed))
    }

    /// Returns the error for something that is not there.
    pub(crate) fn not_found(what: &'static str) -> Self {
        Self::NotFound { what }
    }
}
