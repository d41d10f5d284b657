//! The service that both sides call: it answers with what it was asked.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use anyhow::Result;
use axum::extract::Query;
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;

/// Starts the service for as long as this program runs.
pub(crate) async fn start() -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let router = Router::new().route("/echo", get(echo));
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the echo service stopped");
        }
    });
    Ok(address)
}

async fn echo(Query(asked): Query<BTreeMap<String, String>>) -> Json<BTreeMap<String, String>> {
    Json(asked)
}
