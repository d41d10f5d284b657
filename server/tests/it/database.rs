//! Which database a server under test has: a file in its data folder, or a PostgreSQL database of its own.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection};

/// A database with nothing in it.
pub(crate) enum Database {
    /// SQLite, as when nothing is said.
    File,
    /// A database on the server of `TEST_POSTGRES_URL`.
    Postgres { server: String, name: String },
}

static NEXT: AtomicU64 = AtomicU64::new(0);

impl Database {
    /// Makes a database on PostgreSQL; says loudly where there is none, and fails where all tests must run.
    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            let how = "set TEST_POSTGRES_URL to a server on which databases may be made, such as \
                postgres://postgres@localhost:5432/postgres";
            let must_run = std::env::var("CI").is_ok()
                || std::env::var("NAGARE_TEST").is_ok_and(|what| what == "all");
            assert!(!must_run, "the tests on PostgreSQL cannot run: {how}");
            println!("NOT RUN on PostgreSQL: {how}");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("nagare_server_{}_{number}", std::process::id());
        admin(&server, &format!("create database {name}")).await;
        Some(Self::Postgres { server, name })
    }

    /// Returns the address for the server's options.
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Self::File => None,
            Self::Postgres { server, name } => {
                let options: PgConnectOptions = server.parse().unwrap();
                Some(options.database(name).to_url_lossy().to_string())
            }
        }
    }

    pub(crate) async fn remove(self) {
        if let Self::Postgres { server, name } = self {
            admin(&server, &format!("drop database {name} with (force)")).await;
        }
    }
}

async fn admin(server: &str, statement: &str) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
    connection.close().await.unwrap();
}
