//! The floor: what remains of the job when there is no flow. One handler, the same HTTP call, one row in SQLite that is
//! on disk before the reply; rows that wait for each other share a commit.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, Result};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Executor as _};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::job::Order;

/// Rows that may wait, and the most in one commit.
const QUEUE: usize = 4_096;
const MAX_ROWS: usize = 512;

#[derive(Clone)]
struct Floor {
    echo: Arc<str>,
    client: reqwest::Client,
    rows: mpsc::Sender<Row>,
    commits: Arc<AtomicU64>,
}

struct Row {
    values: Value,
    done: oneshot::Sender<()>,
}

/// Serves until the process ends.
pub(crate) async fn serve(echo: SocketAddr, data: &Path) -> Result<()> {
    let database = open(data).await?;
    let (rows, queue) = mpsc::channel(QUEUE);
    let floor = Floor {
        echo: Arc::from(format!("http://{echo}/echo")),
        client: reqwest::Client::builder().build()?,
        rows,
        commits: Arc::default(),
    };
    tokio::spawn(write(database, queue, Arc::clone(&floor.commits)));
    let router = Router::new()
        .route("/run", post(run))
        .route("/metrics", get(metrics))
        .route("/health", get(|| async { "ok" }))
        .with_state(floor);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    server::cli::say(&format!(
        "The floor is ready at http://{}",
        listener.local_addr()?
    ));
    axum::serve(listener, router).await?;
    Ok(())
}

async fn open(data: &Path) -> Result<SqliteConnection> {
    let mut database = SqliteConnectOptions::new()
        .filename(data.join("floor.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    database
        .execute(
            "create table run (id integer primary key, name text not null, answer text not null)",
        )
        .await
        .context("The floor's database cannot be made")?;
    Ok(database)
}

async fn run(
    State(floor): State<Floor>,
    Json(order): Json<Order>,
) -> Result<Json<Value>, StatusCode> {
    let asked = [
        ("greeting", order.greeting()),
        ("total", order.total().to_string()),
    ];
    let request = floor.client.get(&*floor.echo).query(&asked);
    let answer: Value = request
        .send()
        .await
        .map_err(failed)?
        .json()
        .await
        .map_err(failed)?;
    let (done, on_disk) = oneshot::channel();
    let values = json!({ "name": order.name, "answer": answer.to_string() });
    floor
        .rows
        .send(Row { values, done })
        .await
        .map_err(failed)?;
    on_disk.await.map_err(failed)?;
    Ok(Json(answer))
}

fn failed(error: impl std::error::Error) -> StatusCode {
    tracing::error!(%error, "the floor could not answer");
    StatusCode::INTERNAL_SERVER_ERROR
}

async fn metrics(State(floor): State<Floor>) -> String {
    format!(
        "nagare_commits_total {}\n",
        floor.commits.load(Ordering::Relaxed)
    )
}

/// Writes what has queued while the last commit was under way: one statement, so one commit.
async fn write(
    mut database: SqliteConnection,
    mut queue: mpsc::Receiver<Row>,
    commits: Arc<AtomicU64>,
) {
    let mut rows = Vec::with_capacity(MAX_ROWS);
    while queue.recv_many(&mut rows, MAX_ROWS).await > 0 {
        let (values, askers): (Vec<Value>, Vec<_>) =
            rows.drain(..).map(|row| (row.values, row.done)).unzip();
        let written = sqlx::query(
            "insert into run (name, answer) select value ->> 'name', value ->> 'answer' from json_each($1)",
        )
        .bind(Value::Array(values).to_string())
        .execute(&mut database)
        .await;
        if let Err(error) = written {
            tracing::error!(%error, "the floor could not write");
            continue;
        }
        commits.fetch_add(1, Ordering::Relaxed);
        for asker in askers {
            if asker.send(()).is_err() {
                tracing::debug!("an asker went away");
            }
        }
    }
}
