//! A fresh database for each test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use flow::{CardKey, Flow, FlowId, RunId, Step, StepId};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use store::Store;
use store::runs::{Cause, RunRecord, RunRow, RunStatus};
use store::triggers::Begins;

/// Makes each named test function run once on each database.
macro_rules! contract {
    ($($test:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let database = $crate::world::sqlite().await;
                super::$test(&database).await;
                database.remove().await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let Some(database) = $crate::world::postgres().await else {
                    return;
                };
                super::$test(&database).await;
                database.remove().await;
            })*
        }
    };
}

/// A database with tables and nothing in them.
pub(crate) struct Database {
    pub store: Store,
    pub url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Postgres { server: String, name: String },
}

static NEXT: AtomicU64 = AtomicU64::new(0);

fn unique_name() -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("nagare_store_{}_{number}", std::process::id())
}

/// Returns a new folder for files of a test.
pub(crate) fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(unique_name());
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) async fn sqlite() -> Database {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("nagare.db").display());
    Database {
        store: Store::open(&url).await.unwrap(),
        url,
        place: Place::Folder(folder),
    }
}

pub(crate) async fn postgres() -> Option<Database> {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        let how = "set TEST_POSTGRES_URL to a server on which databases may be made, such as \
            postgres://postgres@localhost:5432/postgres";
        let must_run = std::env::var("CI").is_ok()
            || std::env::var("NAGARE_TEST").is_ok_and(|what| what == "all");
        assert!(
            !must_run,
            "the PostgreSQL half of the tests cannot run: {how}"
        );
        eprintln!("NOT RUN on PostgreSQL: {how}");
        return None;
    };
    let name = unique_name();
    admin(&server, &format!("create database {name}")).await;
    let options: PgConnectOptions = server.parse().unwrap();
    let url = options.database(&name).to_url_lossy().to_string();
    Some(Database {
        store: Store::open(&url).await.unwrap(),
        url,
        place: Place::Postgres { server, name },
    })
}

async fn admin(server: &str, statement: &str) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
    connection.close().await.unwrap();
}

impl Database {
    /// Runs a statement behind the store's back.
    pub(crate) async fn sql(&self, statement: &str) -> Result<u64, sqlx::Error> {
        let mut connection = sqlx::AnyConnection::connect(&self.url).await?;
        let done = connection.execute(AssertSqlSafe(statement)).await;
        connection.close().await?;
        Ok(done?.rows_affected())
    }

    pub(crate) async fn remove(self) {
        self.store.close().await;
        match self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder).unwrap(),
            Place::Postgres { server, name } => {
                admin(&server, &format!("drop database {name} with (force)")).await;
            }
        }
    }
}

/// Returns a flow that starts with one card.
pub(crate) fn flow(id: &str, name: &str, first: &str) -> Flow {
    let mut flow = Flow::new(FlowId::from(id), name);
    flow.steps.push(step("start", first));
    flow
}

pub(crate) fn step(id: &str, card: &str) -> Step {
    let (module, method) = card.split_once(':').unwrap();
    Step {
        id: StepId::from(id),
        card: CardKey::new(module, method),
        title: None,
        note: None,
        connection: None,
        inputs: Vec::new(),
        outputs: Vec::new(),
        lanes: Vec::new(),
        on_error: flow::OnError::default(),
        collapsed: false,
    }
}

/// Returns a run of this id, queued at time 0.
pub(crate) fn run(id: &str, flow: &str) -> RunRecord {
    RunRecord {
        row: RunRow {
            id: RunId::from(id),
            flow: FlowId::from(flow),
            flow_name: format!("Flow {flow}"),
            version: 1,
            parent_run: None,
            parent_step: None,
            root_run: RunId::from(id),
            item: None,
            cause: Cause::Manual,
            status: RunStatus::Queued,
            created_at: 0,
            started_at: None,
            ended_at: None,
            duration_ms: None,
            error_code: None,
            error_message: None,
            failed_step: None,
            person: None,
            subject: None,
            is_private: false,
            lease_owner: None,
            due_at: Some(0),
            again_of: None,
            trial: None,
        },
        input: r#"{"名前":"愛"}"#.to_owned(),
        result: None,
    }
}

/// Returns a run that a server has.
pub(crate) fn running(id: &str, flow: &str, owner: &str, until: i64) -> RunRecord {
    let mut run = run(id, flow);
    run.row.status = RunStatus::Running;
    run.row.started_at = Some(0);
    run.row.lease_owner = Some(owner.to_owned());
    run.row.due_at = Some(until);
    run
}

/// Returns the beginning of a scheduled flow.
pub(crate) fn first_at(next_at: i64) -> Begins {
    Begins {
        next_at: Some(next_at),
        since: None,
    }
}
