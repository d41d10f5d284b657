//! A simulated org of any size, and the connection of the measured server to it: authorized as a person would, through
//! the org's own pages, and put into the server's store.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use chrono::Utc;
use connect::{Credentials, Org, Sealer};
use flow::{ConnectionId, PersonId};
use okta_sim::{OktaSim, People, SimConfig};
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, Url};
use store::Store;
use store::connections::{self, ConnectionRow, ConnectionState, GrantType, Sealed};

use crate::process::Process;

/// Where the org sends the browser back to. Nobody listens there: the code is read from the address.
const BACK: &str = "http://127.0.0.1/callback";
const SCOPES: [&str; 4] = [
    "openid",
    "offline_access",
    "okta.users.manage",
    "okta.schemas.read",
];
/// The org's limits must not be what is measured.
const LIMIT_FACTOR: u32 = 10_000;

/// Starts an org with so many people.
pub(crate) async fn start(people: usize) -> Result<OktaSim> {
    let config = SimConfig {
        people: People::Empty,
        crowd: people,
        ..SimConfig::new(Utc::now())
    };
    let org = OktaSim::start(config).await?;
    org.raise_limits(LIMIT_FACTOR);
    Ok(org)
}

/// Connects the server with the org and returns the connection's id.
pub(crate) async fn connect(nagare: &Process, sim: &OktaSim) -> Result<ConnectionId> {
    let org = Org::parse(&sim.url())?;
    let credentials = Credentials {
        client_id: sim.client_id().to_owned(),
        client_secret: Some(sim.client_secret().to_owned()),
        private_key: None,
    };
    let http = connect::Connections::http_client()?;
    let endpoints = connect::Endpoints::discover(&http, &org).await?;
    let begun = connect::start(&org, endpoints, credentials, BACK, &SCOPES)?;
    let code = consent(sim, &begun.url).await?;
    let (tokens, _) = connect::finish(&http, begun.pending, code, Utc::now()).await?;

    let id = ConnectionId::from("bench");
    let keys = std::fs::read_to_string(nagare.data.join("keys"))?;
    let sealer = Sealer::from_key_file(&keys).map_err(anyhow::Error::msg)?;
    let sealed = tokens.seal(&sealer, id.as_str())?;
    let row = ConnectionRow {
        id: id.clone(),
        module: "okta".to_owned(),
        name: "Simulated org".to_owned(),
        base_url: org.domain(),
        client_id: Some(sim.client_id().to_owned()),
        state: ConnectionState::Authorized,
        account: None,
        scopes: tokens.scopes.clone(),
        sealed: Sealed {
            bytes: sealed.bytes,
            key_version: sealed.key_version,
        },
        revision: 1,
        owner: Some(PersonId::from("bench")),
        created_at: 0,
        updated_at: 0,
        last_checked_at: None,
        last_error: None,
        grant_type: GrantType::AuthorizationCode,
        is_bound: false,
    };
    let file = nagare.data.join("nagare.sqlite");
    let store = Store::open(&format!("sqlite:{}", file.display())).await?;
    connections::insert(&store, &row).await?;
    store.close().await;
    Ok(id)
}

/// Signs in and consents; returns the code.
async fn consent(sim: &OktaSim, url: &str) -> Result<String> {
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut visit = Visit {
        cookies: BTreeMap::new(),
        url: Url::parse(url)?,
    };
    let mut answer = visit.send(client.get(url)).await?;
    for _ in 0..10 {
        if let Some(to) = answer.headers().get(LOCATION) {
            visit.url = visit.url.join(to.to_str()?)?;
            if visit.url.as_str().starts_with(BACK) {
                let code = visit.url.query_pairs().find(|(name, _)| name == "code");
                let (_, code) = code.context("the org gave no code")?;
                return Ok(code.into_owned());
            }
            answer = visit.send(client.get(visit.url.clone())).await?;
            continue;
        }
        ensure!(
            answer.status().is_success(),
            "the org answered {}",
            answer.status()
        );
        let page = answer.text().await?;
        let mut fields = hidden(&page);
        if page.contains("name=\"password\"") {
            fields.push(("username".to_owned(), sim.admin_login().to_owned()));
            fields.push(("password".to_owned(), sim.admin_password().to_owned()));
        } else {
            fields.push(("decision".to_owned(), "allow".to_owned()));
        }
        let action = attribute(&page, "<form", "action").context("a page has no form")?;
        visit.url = visit.url.join(&action)?;
        answer = visit
            .send(client.post(visit.url.clone()).form(&fields))
            .await?;
    }
    anyhow::bail!("the org's pages lead in a circle")
}

/// Where a browser is, and its cookies.
struct Visit {
    cookies: BTreeMap<String, String>,
    url: Url,
}

impl Visit {
    async fn send(&mut self, request: RequestBuilder) -> Result<Response> {
        let cookies = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<String> = cookies.collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await?;
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }
}

fn attribute(html: &str, tag: &str, name: &str) -> Option<String> {
    let (_, inside) = html.split_once(tag)?;
    let (inside, _) = inside.split_once('>')?;
    let (_, value) = inside.split_once(&format!("{name}=\""))?;
    let (value, _) = value.split_once('"')?;
    Some(value.replace("&amp;", "&"))
}

fn hidden(html: &str) -> Vec<(String, String)> {
    const INPUT: &str = "<input type=\"hidden\"";
    html.match_indices(INPUT)
        .filter_map(|(at, _)| {
            let input = html.get(at..)?;
            Some((
                attribute(input, INPUT, "name")?,
                attribute(input, INPUT, "value")?,
            ))
        })
        .collect()
}
