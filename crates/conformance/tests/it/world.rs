//! A running org, tokens of exactly the wanted scopes, and requests over real HTTP.

use std::collections::HashMap;

use cards::{HttpReply, HttpRequest};
use okta_sim::{OktaSim, People, SimConfig};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value as Json;
use url::Url;

const BACK: &str = "http://127.0.0.1:9/callback";

pub(crate) struct World {
    pub(crate) sim: OktaSim,
    client: Client,
    cookie: String,
    tokens: HashMap<String, String>,
    pub(crate) count: usize,
}

impl World {
    pub(crate) async fn start() -> World {
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let config = SimConfig {
            people: People::Believable,
            ..SimConfig::new(now)
        };
        let sim = OktaSim::start(config).await.unwrap();
        sim.raise_limits(1_000);
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        World {
            sim,
            client,
            cookie: String::new(),
            tokens: HashMap::new(),
            count: 0,
        }
    }

    /// Sends what a card wants to send.
    pub(crate) async fn send(&self, request: &HttpRequest, token: &str) -> HttpReply {
        let mut outgoing = self
            .request(request.method.as_str(), &request.path)
            .bearer_auth(token)
            .query(&request.query);
        for (name, value) in &request.headers {
            outgoing = outgoing.header(name, value);
        }
        if let Some(body) = &request.body {
            outgoing = outgoing.json(body);
        }
        reply(outgoing.send().await.unwrap()).await
    }

    /// Follows a link that the org gave.
    pub(crate) async fn follow(&self, link: &str, token: &str) -> HttpReply {
        let outgoing = self.client.get(link).bearer_auth(token);
        reply(outgoing.send().await.unwrap()).await
    }

    /// Asks as the org's super administrator, to get the org into a state; refusals end the test.
    pub(crate) async fn asked(&self, method: &str, path: &str, body: Json) -> Json {
        let mut request = self
            .request(method, path)
            .header("authorization", format!("SSWS {}", self.sim.api_token()));
        if !body.is_null() {
            request = request.json(&body);
        }
        let got = reply(request.send().await.unwrap()).await;
        assert!(
            got.status < 300,
            "{method} {path} {body}: {} {}",
            got.status,
            got.body
        );
        got.body
    }

    fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.client
            .request(method, format!("{}{path}", self.sim.url()))
    }

    /// An access token of exactly these scopes, got as a client gets it: sign-in, consent, code.
    pub(crate) async fn token(&mut self, scopes: &str) -> String {
        if let Some(token) = self.tokens.get(scopes) {
            return token.clone();
        }
        let mut url = Url::parse(&format!("{}/oauth2/v1/authorize", self.sim.url())).unwrap();
        url.query_pairs_mut().extend_pairs([
            ("client_id", self.sim.client_id()),
            ("redirect_uri", BACK),
            ("response_type", "code"),
            ("state", "st"),
            ("scope", scopes),
        ]);
        let mut page = self.open(url.as_str()).await;
        if self.cookie.is_empty() {
            let answer = self.sign_in(&hidden(&page)).await;
            let location = header(answer.headers(), "location");
            let cookie = header(answer.headers(), "set-cookie");
            self.cookie = cookie.split(';').next().unwrap().to_owned();
            page = self.open(&location).await;
        }
        let form = [("request", hidden(&page)), ("decision", "allow".to_owned())];
        let answer = self
            .request("POST", "/oauth2/v1/authorize/consent")
            .header("cookie", &self.cookie)
            .form(&form)
            .send()
            .await
            .unwrap();
        let back = Url::parse(&header(answer.headers(), "location")).unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code");
        let code = code.unwrap_or_else(|| panic!("{back}")).1.into_owned();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", BACK),
            ("client_id", self.sim.client_id()),
            ("client_secret", self.sim.client_secret()),
        ];
        let granted = self.request("POST", "/oauth2/v1/token").form(&form).send();
        let granted = reply(granted.await.unwrap()).await;
        let token = granted.body["access_token"].as_str();
        let token = token
            .unwrap_or_else(|| panic!("{}", granted.body))
            .to_owned();
        self.tokens.insert(scopes.to_owned(), token.clone());
        token
    }

    /// The page at `url`, or where it sends to: somebody who is signed in comes to the consent at once.
    async fn open(&self, url: &str) -> String {
        let mut url = Url::parse(&self.sim.url()).unwrap().join(url).unwrap();
        for _ in 0..3 {
            let request = self.client.get(url.clone()).header("cookie", &self.cookie);
            let answer = request.send().await.unwrap();
            if !answer.status().is_redirection() {
                return answer.text().await.unwrap();
            }
            url = url.join(&header(answer.headers(), "location")).unwrap();
        }
        panic!("{url} sends on and on");
    }

    async fn sign_in(&self, request: &str) -> Response {
        let form = [
            ("request", request),
            ("username", self.sim.admin_login()),
            ("password", self.sim.admin_password()),
        ];
        self.request("POST", "/oauth2/v1/authorize/sign-in")
            .form(&form)
            .send()
            .await
            .unwrap()
    }
}

fn hidden(page: &str) -> String {
    let (_, rest) = page
        .split_once("name=\"request\" value=\"")
        .unwrap_or_else(|| panic!("{page}"));
    rest.split('"').next().unwrap().to_owned()
}

fn header(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).unwrap_or_else(|| panic!("no {name}"));
    value.to_str().unwrap().to_owned()
}

async fn reply(response: Response) -> HttpReply {
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let text = response.text().await.unwrap();
    let body = if text.is_empty() {
        Json::Null
    } else {
        serde_json::from_str(&text).unwrap_or(Json::String(text))
    };
    HttpReply {
        status,
        headers,
        body,
    }
}
