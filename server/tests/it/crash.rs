//! The process is killed in the middle of a run, and the next start finishes it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use okta_sim::{Fault, FaultRule, OktaSim, People, SimConfig};
use serde_json::{Value as Json, json};
use server::config::Options;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::cards::{by_hand, org_card, typed, wait};
use crate::database::Database;
use crate::stream::{each_record, stream_users};
use crate::world::{World, install_tls, make_token, options, pack, set_up};

/// The program as its own process.
struct Process {
    child: Child,
    url: String,
    code: Option<String>,
}

impl Process {
    fn start(options: &Options, is_new: bool) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nagare"));
        if let Some(database) = &options.database {
            command.env("NAGARE_DATABASE", database);
        }
        let mut child = command
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--poll-ms",
                "200",
                "--data",
            ])
            .arg(&options.data)
            .env("NAGARE_SKIP_FRONT", "1")
            .env("NAGARE_LEASE_MS", "600")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let url = first
            .strip_prefix("Nagare is ready at ")
            .unwrap()
            .to_owned();
        let code = is_new.then(|| {
            lines
                .next()
                .unwrap()
                .unwrap()
                .strip_prefix("Set-up code: ")
                .unwrap()
                .to_owned()
        });
        Self { child, url, code }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A test that fails leaves no process behind.
impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

async fn rest(url: &str, token: &str, method: &str, path: &str, body: Option<Json>) -> Json {
    let mut request = reqwest::Client::new()
        .request(method.parse().unwrap(), format!("{url}/api/v1{path}"))
        .bearer_auth(token);
    if let Some(body) = body {
        request = request.json(&body);
    }
    request
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap_or(Json::Null)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_finishes_its_runs_and_repeats_nothing() {
    let Some(text) = pack("suspend_inactive_users") else {
        return;
    };
    is_killed_and_finishes(&text, Database::File).await;
}

/// Kills the program while it suspends people, starts it again, and asks the org whether each was suspended once.
pub(crate) async fn is_killed_and_finishes(text: &str, database: Database) {
    install_tls();
    let data = TempDir::new().unwrap();
    let mut options = options(&data);
    options.database = database.url();
    let okta = OktaSim::start(SimConfig::new(chrono::Utc::now()))
        .await
        .unwrap();
    let first = Process::start(&options, true);
    let mut browser = Browser::new();
    set_up(&mut browser, &first.url, first.code.as_deref().unwrap()).await;
    let token = make_token(&options);
    let connection = connect(&mut browser, &first.url, &okta).await;
    let site = (first.url.as_str(), token.as_str());
    let parent = import(site, &connection, text).await;
    // Slow enough that the kill comes in the middle of a call.
    okta.fault(FaultRule {
        method: Some("POST".to_owned()),
        path_contains: "/lifecycle/suspend".to_owned(),
        times: 1_000,
        fault: Fault::Slow { ms: 60 },
    });
    let run = rest(
        &first.url,
        &token,
        "POST",
        &format!("/flows/{parent}/runs"),
        Some(json!({})),
    )
    .await;
    let run = run["id"].as_str().unwrap().to_owned();
    let begun = Instant::now();
    while suspensions(&okta).len() < 4 {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "nobody is suspended"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    first.kill();
    let before = suspensions(&okta);
    let second = Process::start(&options, false);
    let view = ended((&second.url, &token), &run).await;
    assert_eq!(view["row"]["status"], "succeeded", "{}", view["row"]);
    let after = suspensions(&okta);
    assert!(
        after.len() > before.len(),
        "{} before, {} after",
        before.len(),
        after.len()
    );
    let repeated: Vec<_> = after.iter().filter(|(_, times)| **times > 1).collect();
    assert!(
        repeated.len() <= 1,
        "only the call that was under way may come twice: {repeated:?}"
    );
    second.kill();
    database.remove().await;
}

/// Kills the program in the middle of a stream, starts it again, and counts what each record led to.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_stream_goes_on_at_its_cursor_and_repeats_no_helper() {
    install_tls();
    let data = TempDir::new().unwrap();
    let options = options(&data);
    let config = SimConfig {
        people: People::Empty,
        crowd: 700,
        ..SimConfig::new(chrono::Utc::now())
    };
    let okta = OktaSim::start(config).await.unwrap();
    okta.raise_limits(1_000);
    let first = Process::start(&options, true);
    let mut browser = Browser::new();
    set_up(&mut browser, &first.url, first.code.as_deref().unwrap()).await;
    let token = make_token(&options);
    let connection = connect(&mut browser, &first.url, &okta).await;
    let site = (first.url.as_str(), token.as_str());
    let groups = groups_of_record(&connection);
    let each = flow_of(site, "Each", json!([each_record(), groups])).await;
    let all = flow_of(
        site,
        "All",
        json!([by_hand(), stream_users(&connection, &each)]),
    )
    .await;
    let run = rest(
        site.0,
        site.1,
        "POST",
        &format!("/flows/{all}/runs"),
        Some(json!({})),
    )
    .await;
    let run = run["id"].as_str().unwrap().to_owned();
    let begun = Instant::now();
    while visits(&okta).len() < 330 {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "nothing is streamed"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    first.kill();
    let before = visits(&okta).len();
    let second = Process::start(&options, false);
    let view = ended((&second.url, &token), &run).await;
    assert_eq!(view["row"]["status"], "succeeded", "{}", view["row"]);
    let after = visits(&okta);
    assert!(
        before < after.len(),
        "{before} before, {} after",
        after.len()
    );
    let repeated: Vec<_> = after.iter().filter(|(_, times)| **times > 1).collect();
    assert!(
        repeated.len() <= 1,
        "only the call under way may come twice: {repeated:?}"
    );
    let mut pages = HashMap::new();
    for call in okta.calls() {
        if call.path_and_query.starts_with("/api/v1/users?") {
            *pages.entry(call.path_and_query).or_insert(0) += 1;
        }
    }
    assert_eq!(pages.len(), 4, "{pages:?}");
    let twice = pages.values().filter(|times| **times > 1).count();
    assert!(
        twice <= 1,
        "only the page under way may come twice: {pages:?}"
    );
    second.kill();
}

/// Repeats a failed run from its card and from its start, kills the program in the middle of both, and counts the calls.
#[tokio::test(flavor = "multi_thread")]
async fn killed_repeated_runs_go_on_and_keep_what_they_took_over() {
    install_tls();
    let data = TempDir::new().unwrap();
    let options = options(&data);
    let okta = OktaSim::start(SimConfig::new(chrono::Utc::now()))
        .await
        .unwrap();
    let first = Process::start(&options, true);
    let mut browser = Browser::new();
    set_up(&mut browser, &first.url, first.code.as_deref().unwrap()).await;
    let token = make_token(&options);
    let connection = connect(&mut browser, &first.url, &okta).await;
    let site = (first.url.as_str(), token.as_str());
    let read = |id: &str| {
        let url = format!("/api/v1/groups?limit=1&q={id}");
        let url = typed(Some("Request"), "Relative URL", "text", url);
        org_card(id, "okta:hTTPRequest", &connection, &[url])
    };
    let steps = json!([by_hand(), read("one"), read("two"), read("three")]);
    let flow = flow_of(site, "Repeated", steps).await;
    let meet = |query: &str, times, fault| {
        okta.fault(FaultRule {
            method: None,
            path_contains: query.to_owned(),
            times,
            fault,
        });
    };
    meet("q=two", 1, Fault::Status(403));
    let runs = format!("/flows/{flow}/runs");
    let run = rest(site.0, site.1, "POST", &runs, Some(json!({}))).await;
    let failed = ended(site, run["id"].as_str().unwrap()).await;
    assert_eq!(failed["failed_step"], "two", "{failed:#}");
    // The org notes a call when it answers: while this one is slow, both repeats stand at the second card.
    meet("q=two", 50, Fault::Slow { ms: 3_000 });
    let path = format!("/runs/{}/again", run["id"].as_str().unwrap());
    let mut repeats = Vec::new();
    for from in ["card", "start"] {
        let again = rest(site.0, site.1, "POST", &path, Some(json!({ "from": from }))).await;
        repeats.push(again["id"].as_str().expect("it is accepted").to_owned());
    }
    let begun = Instant::now();
    while asked(&okta, "q=one") < 2 {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "nothing is asked"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(
        asked(&okta, "q=two"),
        1,
        "only that of the failed run is answered"
    );
    first.kill();
    let second = Process::start(&options, false);
    for (run, is_carried) in repeats.iter().zip([true, false]) {
        let view = ended((&second.url, &token), run).await;
        assert_eq!(view["row"]["status"], "succeeded", "{view:#}");
        let one = &view["steps"][1];
        assert_eq!(
            (&one["step"], &one["is_carried"]),
            (&json!("one"), &json!(is_carried))
        );
    }
    // The failed run and the one from the start asked; the one from the card took the answer over, killed or not.
    assert_eq!(asked(&okta, "q=one"), 2);
    assert_eq!(asked(&okta, "q=three"), 2);
    assert!(
        asked(&okta, "q=two") <= 5,
        "only calls under way may come twice"
    );
    second.kill();
}

fn asked(okta: &OktaSim, query: &str) -> usize {
    let calls = okta.calls();
    let mine = calls
        .iter()
        .filter(|call| call.path_and_query.contains(query));
    mine.count()
}

/// Custom API Action that reads the groups of the record that is streamed.
fn groups_of_record(connection: &str) -> Json {
    let id = json!({"kind": "output", "source":
        {"step": "start", "field": {"key": "Record"}, "path": ["id"]}});
    let parts = json!([{"kind": "text", "text": "/api/v1/users/"},
        {"kind": "value", "name": "id", "binding": id}, {"kind": "text", "text": "/groups"}]);
    let mut url = typed(Some("Request"), "Relative URL", "text", "");
    url["binding"] = json!({"kind": "template", "parts": parts});
    org_card("groups", "okta:hTTPRequest", connection, &[url])
}

/// Makes a flow and turns it on.
async fn flow_of((url, token): (&str, &str), name: &str, steps: Json) -> String {
    let row = rest(url, token, "POST", "/flows", Some(json!({ "name": name }))).await;
    let id = row["id"].as_str().unwrap().to_owned();
    let view = rest(url, token, "GET", &format!("/flows/{id}"), None).await;
    let draft = json!({"revision": view["revision"], "draft": {"id": id, "name": name,
        "saves_data": true, "steps": steps}});
    rest(
        url,
        token,
        "PUT",
        &format!("/flows/{id}/draft"),
        Some(draft),
    )
    .await;
    let on = rest(
        url,
        token,
        "POST",
        &format!("/flows/{id}/on"),
        Some(json!({})),
    )
    .await;
    assert_eq!(on["is_on"], true, "{on}");
    id
}

/// Reads of users' groups, by path.
fn visits(okta: &OktaSim) -> HashMap<String, usize> {
    let mut seen = HashMap::new();
    for call in okta.calls() {
        if call.path_and_query.ends_with("/groups") {
            *seen.entry(call.path_and_query).or_default() += 1;
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_nobody_can_carry_on_ends() {
    let world = World::start().await;
    let steps = serde_json::json!([by_hand(), wait("wait", 2)]);
    let flow = world.flow("Lost", steps, json!({})).await;
    world.begin(&flow, json!({})).await;
    world.sql("delete from flow_version").await;
    let world = world.restarted().await;
    let begun = Instant::now();
    loop {
        let run = world.runs(&flow).await.remove(0);
        if run["status"] == "failed" {
            assert!(
                run["error"]
                    .as_str()
                    .unwrap()
                    .contains("fault of the server")
            );
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{run:#}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Imports a pack, turns all its flows on and returns the one that is run.
async fn import((url, token): (&str, &str), connection: &str, text: &str) -> String {
    let pack: Json = serde_json::from_str(text).unwrap();
    let path = format!("/packs?connection={connection}");
    let report = rest(url, token, "POST", &path, Some(pack)).await;
    let mut parent = String::new();
    for flow in report["flows"].as_array().unwrap() {
        let id = flow["id"].as_str().unwrap();
        let path = format!("/flows/{id}/on");
        rest(url, token, "POST", &path, Some(json!({}))).await;
        if flow["name"].as_str().unwrap().contains("Parent") {
            id.clone_into(&mut parent);
        }
    }
    parent
}

/// Waits until a run is over.
async fn ended((url, token): (&str, &str), run: &str) -> Json {
    let begun = Instant::now();
    loop {
        let view = rest(url, token, "GET", &format!("/runs/{run}"), None).await;
        let status = view["row"]["status"].as_str().unwrap_or_default();
        if !matches!(status, "" | "queued" | "running" | "waiting") {
            return view;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the run does not end: {}",
            view["row"]
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Suspend calls by path.
fn suspensions(okta: &OktaSim) -> HashMap<String, usize> {
    let mut seen = HashMap::new();
    for call in okta.calls() {
        if call.path_and_query.contains("/lifecycle/suspend") {
            *seen.entry(call.path_and_query).or_default() += 1;
        }
    }
    seen
}

async fn connect(browser: &mut Browser, url: &str, okta: &OktaSim) -> String {
    let request = json!({"request": {"name": "acme", "domain": okta.url(),
        "client_id": okta.client_id(), "client_secret": okta.client_secret()}});
    let answer = browser
        .post_json(&format!("{url}/rpc/authorize"), &request)
        .await;
    let to: String = serde_json::from_str(&answer.text).unwrap();
    let (login, password) = (
        okta.admin_login().to_owned(),
        okta.admin_password().to_owned(),
    );
    let sign_in = browser.get(&to).await;
    let consent = browser
        .submit(&sign_in, &[("username", &login), ("password", &password)])
        .await;
    let done = browser.submit(&consent, &[("decision", "allow")]).await;
    done.url.path().rsplit('/').next().unwrap().to_owned()
}
