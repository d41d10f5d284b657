//! Streaming: every user of a large simulated org goes through a helper flow, one run each. Measured are records a
//! second, and the memory of the server on the way, which must not grow with what went through.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use engine::{Entry, Event};
use flow::RunId;
use reqwest::Method;
use serde_json::{Value, json};
use store::Store;

use crate::job::{Rest, administrator};
use crate::process::{Cores, Folder, Process};
use crate::{org, report};

/// How often is looked how far it is.
const LOOK: Duration = Duration::from_millis(500);
/// A stream that stands still this long has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// How many records, and where the report goes.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Stream {
    /// Users in the org.
    #[arg(long, default_value_t = 1_000_000)]
    records: usize,
    /// Only prints; leaves the page as it is.
    #[arg(long)]
    dry: bool,
    /// The page to write into.
    #[arg(long)]
    page: Option<PathBuf>,
}

/// How it stood at some moment.
struct Mark {
    records: u64,
    elapsed: Duration,
    memory_mb: f64,
}

/// Streams and reports.
pub(crate) async fn run(settings: &Stream, cores: Option<Cores>) -> Result<()> {
    let started = chrono::Utc::now();
    let folder = Folder::make(&format!("nagare-stream-{}", std::process::id()))?;
    let sim = org::start(settings.records).await?;
    let nagare = Process::start_nagare(&folder.inner("nagare")?, cores).await?;
    let idle = nagare.memory()?.now_mb;
    let rest = administrator(&nagare).await?;
    let connection = org::connect(&nagare, &sim).await?;
    let each = make(
        &rest,
        "Each",
        &json!([{"id": "start", "card": "control:callable",
        "outputs": [field(None, "Record", "object"), field(None, "State", "object")]}]),
    )
    .await?;
    let all =
        json!([{"id": "start", "card": "control:noop"}, stream_card(connection.as_str(), &each)]);
    let all = make(&rest, "All", &all).await?;
    let cpu = nagare.cpu_ms()?;
    let run = rest
        .ask(Method::POST, &format!("/flows/{all}/runs"), Some(json!({})))
        .await?;
    let run = RunId::new(run["id"].as_str().context("the run has no id")?);
    let marks = watch(&nagare, &run, settings.records).await?;
    let cpu = nagare.cpu_ms()? - cpu;
    let view = rest.ask(Method::GET, &format!("/runs/{run}"), None).await?;
    ensure!(
        view["row"]["status"] == "succeeded",
        "the run ended as {}",
        view["row"]
    );
    let peak = nagare.memory()?.peak_mb;
    nagare.stop().await?;
    sim.stop().await;
    let text = text(
        &report::facts(started, cores.is_some()),
        idle,
        peak,
        cpu,
        &marks,
    );
    server::cli::say(&text);
    if settings.dry {
        return Ok(());
    }
    report::write(
        &settings.page.clone().unwrap_or_else(report::page),
        "stream",
        &text,
    )
}

/// Follows the journal of the run until it has ended.
async fn watch(nagare: &Process, run: &RunId, records: usize) -> Result<Vec<Mark>> {
    let file = nagare.data.join("nagare.sqlite");
    let store = Store::open(&format!("sqlite:{}", file.display())).await?;
    let begun = Instant::now();
    let (mut seq, mut streamed, mut moved) = (-1, 0, Instant::now());
    let every = (records as u64 / 10).max(1);
    let mut marks = Vec::new();
    loop {
        tokio::time::sleep(LOOK).await;
        let mut has_ended = false;
        for part in store::journal::read_after(&store, run, seq).await? {
            seq = part.seq;
            moved = Instant::now();
            for entry in serde_json::from_str::<Vec<Entry>>(&part.entries)? {
                match entry.event {
                    Event::PageDone {
                        streamed: so_far, ..
                    } => streamed = so_far,
                    Event::Ended { .. } => has_ended = true,
                    _ => {}
                }
            }
        }
        let next = marks.last().map_or(0, |mark: &Mark| mark.records / every) + 1;
        if has_ended || streamed >= next * every {
            marks.push(Mark {
                records: streamed,
                elapsed: begun.elapsed(),
                memory_mb: nagare.memory()?.now_mb,
            });
        }
        if has_ended {
            store.close().await;
            return Ok(marks);
        }
        if moved.elapsed() > PATIENCE {
            bail!("the stream stands still at {streamed} records");
        }
    }
}

fn text(facts: &str, idle: f64, peak: f64, cpu_ms: f64, marks: &[Mark]) -> String {
    let mut text = format!(
        "{facts}.\n\n| records | seconds | records a second | MB resident |\n| ---: | ---: | ---: | ---: |\n"
    );
    let mut before = (0, Duration::ZERO);
    for mark in marks {
        let seconds = (mark.elapsed - before.1).as_secs_f64().max(0.001);
        let rate = mark.records.saturating_sub(before.0) as f64 / seconds;
        before = (mark.records, mark.elapsed);
        let row = writeln!(
            text,
            "| {} | {:.0} | {rate:.0} | {:.0} |",
            mark.records,
            mark.elapsed.as_secs_f64(),
            mark.memory_mb
        );
        if row.is_err() {
            tracing::debug!("a row could not be written");
        }
    }
    let (records, elapsed) = before;
    let (records, seconds) = (records.max(1) as f64, elapsed.as_secs_f64().max(0.001));
    let summary = format!(
        "\n- {:.0} records a second, {:.2} CPU-ms each; every record is a run of the helper flow in the history.\n- Memory: {idle:.0} MB resident when idle, {peak:.0} MB at most.",
        records / seconds,
        cpu_ms / records
    );
    text + &summary
}

/// Makes a flow and turns it on.
async fn make(rest: &Rest, name: &str, steps: &Value) -> Result<String> {
    let made = rest
        .ask(Method::POST, "/flows", Some(json!({ "name": name })))
        .await?;
    let id = made["id"]
        .as_str()
        .context("the flow has no id")?
        .to_owned();
    let view = rest.ask(Method::GET, &format!("/flows/{id}"), None).await?;
    let draft = json!({ "revision": view["revision"],
        "draft": { "id": id, "name": name, "saves_data": true, "steps": steps } });
    rest.ask(Method::PUT, &format!("/flows/{id}/draft"), Some(draft))
        .await?;
    rest.ask(Method::POST, &format!("/flows/{id}/on"), None)
        .await?;
    Ok(id)
}

fn stream_card(connection: &str, each: &str) -> Value {
    let input = |group: &str, key: &str, base: &str, value: &str| {
        let mut input = field(Some(group), key, base);
        input["custom"] = json!(false);
        input["binding"] = json!({ "kind": "constant", "value": value });
        input
    };
    json!({ "id": "stream", "card": "okta:hTTPRequest", "connection": connection, "inputs": [
        input("parameters", "requestType", "text", "GET(Streaming)"),
        input("Request", "Relative URL", "text", "/api/v1/users"),
        input("Streaming", "Flow", "flow", each),
    ] })
}

fn field(group: Option<&str>, key: &str, base: &str) -> Value {
    json!({ "key": { "group": group, "key": key }, "label": key, "type": { "base": base }, "custom": true })
}
