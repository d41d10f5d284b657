//! Directories: everybody of a large generated directory is imported into an empty simulated org, then imported again without a
//! change. Measured are users a second, the memory of the server, and the calls that the second import sends.

mod ber;
mod controller;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use okta_sim::OktaSim;
use reqwest::Method;
use serde_json::{Value, json};

use crate::job::{Rest, administrator};
use crate::process::{Cores, Folder, Process};
use crate::{org, report};
use controller::Controller;

/// How often is looked how far it is.
const LOOK: Duration = Duration::from_millis(250);
/// An import that takes this long has failed.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// How many users, and where the report goes.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Directory {
    /// Users of the directories, one measurement for each.
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 100_000])]
    users: Vec<u32>,
    /// Only prints; leaves the page as it is.
    #[arg(long)]
    dry: bool,
    /// The page to write into.
    #[arg(long)]
    page: Option<std::path::PathBuf>,
}

/// What one directory took.
struct Row {
    users: u32,
    first: Duration,
    /// Of it, until the plan was there.
    planned: Duration,
    second: Duration,
    full: Duration,
    calls: usize,
    full_calls: usize,
    peak_mb: f64,
    peak_before_mb: f64,
}

/// Measures and reports.
pub(crate) async fn run(settings: &Directory, cores: Option<Cores>) -> Result<()> {
    let started = chrono::Utc::now();
    let mut rows = Vec::new();
    for users in &settings.users {
        server::cli::say(&format!("Importing {users} users …"));
        rows.push(measure(*users, cores).await?);
    }
    let text = text(&report::facts(started, cores.is_some()), &rows);
    server::cli::say(&text);
    if settings.dry {
        return Ok(());
    }
    let page = settings.page.clone().unwrap_or_else(report::page);
    report::write(&page, "directory", &text)
}

async fn measure(users: u32, cores: Option<Cores>) -> Result<Row> {
    let folder = Folder::make(&format!("nagare-directory-{}-{users}", std::process::id()))?;
    let controller = Controller::start(users, &folder.inner("tls")?)?;
    let sim = org::start(0).await?;
    let nagare = Process::start_nagare(&folder.inner("nagare")?, cores).await?;
    let rest = administrator(&nagare).await?;
    let connection = org::connect(&nagare, &sim).await?;
    let made = json!({
        "name": "Generated", "host": "localhost", "port": controller.port, "authorities": controller.authority,
        "account": "reader@corp.test", "password": "not empty", "connection": connection.as_str(),
        "settings": { "confirmation": { "exact": true, "new": true, "activates_new": true } },
    });
    let made = rest.ask(Method::POST, "/directories", Some(made)).await?;
    let id = made["id"].as_str().context("the directory has no id")?;
    let peak_before_mb = nagare.memory()?.peak_mb;

    let (first, import) = timed(&rest, id, true).await?;
    ensure!(
        import["counts"]["created"] == users && import["lines"]["done"] == users,
        "not everybody was created: {import}"
    );
    let planned =
        import["planned_at"].as_i64().unwrap_or(0) - import["created_at"].as_i64().unwrap_or(0);
    mark(&sim, "changes").await?;
    let (second, import) = timed(&rest, id, false).await?;
    ensure!(import["counts"]["seen"] == 0, "somebody changed: {import}");
    let calls = writes_since(&sim, "changes")?;
    mark(&sim, "full").await?;
    let (full, import) = timed(&rest, id, true).await?;
    ensure!(
        import["counts"]["unchanged"] == users,
        "somebody changed: {import}"
    );
    let full_calls = writes_since(&sim, "full")?;
    let peak_mb = nagare.memory()?.peak_mb;
    nagare.stop().await?;
    sim.stop().await;
    Ok(Row {
        users,
        first,
        planned: Duration::from_millis(u64::try_from(planned).unwrap_or(0)),
        second,
        full,
        calls,
        full_calls,
        peak_mb,
        peak_before_mb,
    })
}

/// Asks the org for something that nobody else does, so that the calls behind it can be counted.
async fn mark(sim: &OktaSim, name: &str) -> Result<()> {
    let url = format!("{}/api/v1/org?mark={name}", sim.url());
    let token = format!("SSWS {}", sim.api_token());
    let asked = reqwest::Client::new()
        .get(url)
        .header("authorization", token);
    asked.send().await?;
    Ok(())
}

/// Calls behind a mark that change something. The org remembers its latest calls only, and a mark among them.
fn writes_since(sim: &OktaSim, name: &str) -> Result<usize> {
    let calls = sim.calls();
    let mark = format!("mark={name}");
    let place = calls
        .iter()
        .rposition(|call| call.path_and_query.ends_with(&mark));
    let behind = calls
        .iter()
        .skip(place.context("too many calls to be counted")?);
    Ok(behind.filter(|call| call.method != "GET").count())
}

/// Imports and waits for the end.
async fn timed(rest: &Rest, directory: &str, is_full: bool) -> Result<(Duration, Value)> {
    let begun = Instant::now();
    let path = format!("/directories/{directory}/imports");
    let wish = json!({ "is_full": is_full, "goes_on": true });
    let import = rest.ask(Method::POST, &path, Some(wish)).await?;
    let id = import["id"].as_str().context("the import has no id")?;
    loop {
        tokio::time::sleep(LOOK).await;
        let import = rest
            .ask(Method::GET, &format!("/imports/{id}"), None)
            .await?;
        match import["status"].as_str() {
            Some("planning" | "running") => {}
            Some("completed") => return Ok((begun.elapsed(), import)),
            _ => bail!("the import ended as {import}"),
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "the import does not end: {import}"
        );
    }
}

fn text(facts: &str, rows: &[Row]) -> String {
    let mut lines = vec![
        format!("{facts}."),
        String::new(),
        "| users | first import | of it planning | users a second | unchanged, what changed | calls sent | unchanged, everybody | calls sent | memory before | at most |".to_owned(),
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |".to_owned(),
    ];
    lines.extend(rows.iter().map(|row| {
        format!(
            "| {} | {:.1} s | {:.1} s | {:.0} | {:.1} s | {} | {:.1} s | {} | {:.0} MB | {:.0} MB |",
            row.users,
            row.first.as_secs_f64(),
            row.planned.as_secs_f64(),
            f64::from(row.users) / row.first.as_secs_f64().max(0.001),
            row.second.as_secs_f64(),
            row.calls,
            row.full.as_secs_f64(),
            row.full_calls,
            row.peak_before_mb,
            row.peak_mb,
        )
    }));
    lines.join("\n")
}
