//! A server with its database, a simulated org, an administrator and a token.

use std::time::Duration;

use okta_sim::{OktaSim, People, SimConfig};
use serde_json::{Value as Json, json};
use server::Running;
use server::config::Options;
use tempfile::TempDir;

use crate::browser::{Browser, Page};
use crate::database::Database;

pub(crate) const PASSWORD: &str = "a long enough password";

pub(crate) struct World {
    pub(crate) okta: OktaSim,
    pub(crate) nagare: Running,
    pub(crate) browser: Browser,
    pub(crate) token: String,
    pub(crate) options: Options,
    http: reqwest::Client,
    database: Database,
    _data: TempDir,
}

/// Waits are bounded by this; a test that needs it all has failed.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn install_tls() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        drop(rustls::crypto::ring::default_provider().install_default());
    }
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("NAGARE_LOG").unwrap_or_else(|_| "warn".into());
    drop(
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_test_writer()
            .try_init(),
    );
}

pub(crate) fn options(data: &TempDir) -> Options {
    Options {
        listen: ([127, 0, 0, 1], 0).into(),
        data: data.path().to_path_buf(),
        poll_ms: 100,
        allow_http_to: vec!["127.0.0.1".to_owned()],
        ..Options::default()
    }
}

impl World {
    /// A server with an administrator, and an org that is not authorized yet.
    pub(crate) async fn start() -> Self {
        Self::with(Database::File, |_| {}).await
    }

    /// The same on a database of choice, with other options.
    pub(crate) async fn with(database: Database, adjust: impl FnOnce(&mut Options)) -> Self {
        Self::in_org(database, SimConfig::new(chrono::Utc::now()), adjust).await
    }

    /// The same with nobody but the administrator and so many people in the org.
    pub(crate) async fn in_crowd(database: Database, crowd: usize) -> Self {
        let config = SimConfig {
            people: People::Empty,
            crowd,
            ..SimConfig::new(chrono::Utc::now())
        };
        Self::in_org(database, config, |_| {}).await
    }

    async fn in_org(
        database: Database,
        config: SimConfig,
        adjust: impl FnOnce(&mut Options),
    ) -> Self {
        install_tls();
        let data = TempDir::new().unwrap();
        let mut options = options(&data);
        options.database = database.url();
        adjust(&mut options);
        let okta = OktaSim::start(config).await.unwrap();
        okta.raise_limits(1_000);
        let nagare = server::start(options.clone()).await.unwrap();
        let mut browser = Browser::new();
        set_up(
            &mut browser,
            &nagare.url,
            nagare.set_up_code.as_deref().unwrap(),
        )
        .await;
        let token = make_token(&options);
        Self {
            okta,
            nagare,
            browser,
            token,
            options,
            http: reqwest::Client::new(),
            database,
            _data: data,
        }
    }

    /// Stops the server in good order and starts it again, at another port.
    pub(crate) async fn restarted(self) -> Self {
        self.restarted_after(async |_, _| {}).await
    }

    /// The same, with something that happens while it is down; gets the org and the database's address.
    pub(crate) async fn restarted_after(self, meanwhile: impl AsyncFnOnce(&OktaSim, &str)) -> Self {
        self.nagare.stop().await;
        meanwhile(&self.okta, &self.options.database_url()).await;
        let nagare = server::start(self.options.clone()).await.unwrap();
        Self { nagare, ..self }
    }

    /// Stops the server and removes its database. Returns the folder with what it left behind.
    pub(crate) async fn end(self) -> TempDir {
        self.nagare.stop().await;
        self.database.remove().await;
        self._data
    }

    /// The same with the org authorized; returns the connection's id.
    pub(crate) async fn connected() -> (Self, String) {
        let mut world = Self::start().await;
        let id = world.connect().await;
        (world, id)
    }

    /// Authorizes the org and returns the connection's id.
    pub(crate) async fn connect(&mut self) -> String {
        let page = self.authorize(true).await;
        assert_eq!(page.status, 200, "{}", page.text);
        page.url.path().rsplit('/').next().unwrap().to_owned()
    }

    /// Changes the database behind the server's back.
    pub(crate) async fn sql(&self, statement: &str) {
        sql(&self.options.database_url(), statement).await;
    }

    /// Counts rows of the database.
    pub(crate) async fn count(&self, from: &str) -> i64 {
        use sqlx::{AssertSqlSafe, Connection as _};
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&self.options.database_url())
            .await
            .unwrap();
        let statement = AssertSqlSafe(format!("select count(*) from {from}"));
        let count = sqlx::query_scalar(statement)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        count
    }

    /// Signs the administrator in again.
    pub(crate) async fn sign_in(&mut self) {
        let fields = [("login", "hanako"), ("password", PASSWORD)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let page = self
            .browser
            .post_form(&format!("{}/rpc/sign_in", self.nagare.url), &fields)
            .await;
        assert_eq!(page.status, 200, "{}", page.text);
    }

    /// Goes through the org's sign-in and consent pages.
    pub(crate) async fn authorize(&mut self, allow: bool) -> Page {
        let domain = self.okta.url();
        self.authorize_at(&domain, allow).await
    }

    /// Authorizes the org with the scopes of all cards and these; returns the connection's id.
    pub(crate) async fn connect_with(&mut self, scopes: &[&str]) -> String {
        let cards = cards::catalogue(cards::Language::En).cards();
        let of_cards = cards.flat_map(|card| card.scopes.iter().map(String::as_str));
        let wanted: std::collections::BTreeSet<&str> =
            of_cards.chain(scopes.iter().copied()).collect();
        let domain = self.okta.url();
        let page = self.ask_to_authorize(&domain, true, json!(wanted)).await;
        assert_eq!(page.status, 200, "{}", page.text);
        page.url.path().rsplit('/').next().unwrap().to_owned()
    }

    /// The same under another name of the org.
    pub(crate) async fn authorize_at(&mut self, domain: &str, allow: bool) -> Page {
        self.ask_to_authorize(domain, allow, Json::Null).await
    }

    async fn ask_to_authorize(&mut self, domain: &str, allow: bool, scopes: Json) -> Page {
        let request = json!({"request": {
            "name": "acme", "domain": domain, "scopes": scopes,
            "client_id": self.okta.client_id(), "client_secret": self.okta.client_secret(),
        }});
        let answer = self
            .browser
            .post_json(&format!("{}/rpc/authorize", self.nagare.url), &request)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let url: String = serde_json::from_str(&answer.text).unwrap();
        let login = self.okta.admin_login().to_owned();
        let password = self.okta.admin_password().to_owned();
        let sign_in = self.browser.get(&url).await;
        let consent = if sign_in.text.contains("name=\"password\"") {
            self.browser
                .submit(&sign_in, &[("username", &login), ("password", &password)])
                .await
        } else {
            sign_in
        };
        let decision = if allow { "allow" } else { "deny" };
        self.browser
            .submit(&consent, &[("decision", decision)])
            .await
    }

    pub(crate) async fn rest(&self, method: &str, path: &str, body: Option<Json>) -> (u16, Json) {
        let url = format!("{}/api/v1{path}", self.nagare.url);
        let mut request = self
            .http
            .request(method.parse().unwrap(), url)
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (
            status,
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Json::Null),
        )
    }

    pub(crate) async fn get(&self, path: &str) -> Json {
        let (status, body) = self.rest("GET", path, None).await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    pub(crate) async fn post(&self, path: &str, body: Json) -> Json {
        let (status, answer) = self.rest("POST", path, Some(body)).await;
        assert!(
            (200..300).contains(&status),
            "POST {path}: {status} {answer}"
        );
        answer
    }

    /// Asks the org itself, with its API token.
    pub(crate) async fn org(&self, method: &str, path: &str, body: Option<Json>) -> (u16, Json) {
        let url = format!("{}{path}", self.okta.url());
        let mut request = self
            .http
            .request(method.parse().unwrap(), url)
            .header("authorization", format!("SSWS {}", self.okta.api_token()));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (
            status,
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Json::Null),
        )
    }

    /// Asks the org for a list, all pages of it.
    pub(crate) async fn org_list(&self, path: &str) -> Vec<Json> {
        let mut next = Some(format!("{}{path}", self.okta.url()));
        let mut items = Vec::new();
        while let Some(url) = next {
            let request = self
                .http
                .get(url)
                .header("authorization", format!("SSWS {}", self.okta.api_token()));
            let answer = request.send().await.unwrap();
            next = answer.headers().get_all("link").iter().find_map(|link| {
                let link = link.to_str().unwrap();
                let (target, _) = link.split_once(">; rel=\"next\"")?;
                Some(target.rsplit('<').next().unwrap().to_owned())
            });
            let page: Json = answer.json().await.unwrap();
            items.extend(
                page.as_array()
                    .unwrap_or_else(|| panic!("not a list: {page}"))
                    .iter()
                    .cloned(),
            );
        }
        items
    }

    /// Makes a flow of these cards, saves it and returns its id. `more` are further fields of the document.
    pub(crate) async fn draft(&self, name: &str, steps: Json, more: Json) -> String {
        let row = self.post("/flows", json!({ "name": name })).await;
        let id = row["id"].as_str().unwrap().to_owned();
        self.save(&id, name, steps, more).await;
        id
    }

    /// Replaces the draft of a flow.
    pub(crate) async fn save(&self, id: &str, name: &str, steps: Json, more: Json) {
        let view = self.get(&format!("/flows/{id}")).await;
        let mut draft = json!({"id": id, "name": name, "saves_data": true, "steps": steps});
        for (key, value) in more.as_object().into_iter().flatten() {
            draft[key] = value.clone();
        }
        let body = json!({"revision": view["revision"], "draft": draft});
        let (status, answer) = self
            .rest("PUT", &format!("/flows/{id}/draft"), Some(body))
            .await;
        assert_eq!(status, 200, "{answer}");
    }

    /// Makes a flow and turns it on.
    pub(crate) async fn flow(&self, name: &str, steps: Json, more: Json) -> String {
        let id = self.draft(name, steps, more).await;
        self.post(&format!("/flows/{id}/on"), json!({})).await;
        id
    }

    /// Starts a run without waiting.
    pub(crate) async fn begin(&self, flow: &str, inputs: Json) -> String {
        let started = self
            .post(&format!("/flows/{flow}/runs"), json!({ "inputs": inputs }))
            .await;
        started["id"].as_str().unwrap().to_owned()
    }

    /// Returns the runs of a flow, the newest first, at most 200.
    pub(crate) async fn runs(&self, flow: &str) -> Vec<Json> {
        let list = self.get(&format!("/runs?flow={flow}&limit=200")).await;
        list["runs"].as_array().unwrap().clone()
    }

    /// Starts a run and waits for its end.
    pub(crate) async fn run(&self, flow: &str, inputs: Json) -> Json {
        let id = self.begin(flow, inputs).await;
        self.ended(&id).await
    }

    /// Waits until a run is over.
    pub(crate) async fn ended(&self, id: &str) -> Json {
        let begun = std::time::Instant::now();
        loop {
            let run = self.get(&format!("/runs/{id}")).await;
            let status = run["row"]["status"].as_str().unwrap();
            if !matches!(status, "queued" | "running" | "waiting") {
                return run;
            }
            assert!(begun.elapsed() < PATIENCE, "the run does not end: {run}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits for the first run of a flow that nobody started by hand.
    pub(crate) async fn next_run(&self, flow: &str) -> Json {
        let begun = std::time::Instant::now();
        loop {
            let list = self.get(&format!("/runs?flow={flow}")).await;
            if let Some(run) = list["runs"].as_array().unwrap().first() {
                return self.ended(run["id"].as_str().unwrap()).await;
            }
            assert!(begun.elapsed() < PATIENCE, "no run of {flow} began");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Changes a database.
pub(crate) async fn sql(url: &str, statement: &str) {
    use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let statement = AssertSqlSafe(statement.to_owned());
    connection.execute(statement).await.unwrap();
    connection.close().await.unwrap();
}

pub(crate) async fn set_up(browser: &mut Browser, url: &str, code: &str) {
    let fields = [
        ("code", code),
        ("name", "Hanako Yamada"),
        ("login", "hanako"),
        ("password", PASSWORD),
    ];
    let fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    let page = browser
        .post_form(&format!("{url}/rpc/set_up"), &fields)
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
}

pub(crate) fn make_token(options: &Options) -> String {
    let mut make = std::process::Command::new(env!("CARGO_BIN_EXE_nagare"));
    make.args(["token", "create", "--name", "test", "--data"])
        .arg(&options.data);
    if let Some(database) = &options.database {
        make.args(["--database", database]);
    }
    let made = make.output().unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

/// Reads a pack of the corpus; says loudly when the corpus is not here.
pub(crate) fn pack(name: &str) -> Option<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/templates")
        .join(name)
        .join("workflow.flopack");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            println!(
                "NOT RUN: the corpus of real packs is not here ({}: {error})",
                path.display()
            );
            None
        }
    }
}
