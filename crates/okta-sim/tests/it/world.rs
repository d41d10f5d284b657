//! A running org and a client that holds its API token.

use chrono::{DateTime, Utc};
use okta_sim::{OktaSim, People, SimConfig};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

pub(crate) struct World {
    pub(crate) sim: OktaSim,
    pub(crate) client: Client,
}

pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

pub(crate) fn today() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

impl World {
    pub(crate) async fn empty() -> World {
        World::of(People::Empty, 0).await
    }

    /// Only the administrator and a crowd.
    pub(crate) async fn crowded(crowd: usize) -> World {
        World::of(People::Empty, crowd).await
    }

    pub(crate) async fn believable() -> World {
        World::of(People::Believable, 0).await
    }

    async fn of(people: People, crowd: usize) -> World {
        let config = SimConfig {
            people,
            crowd,
            ..SimConfig::new(today())
        };
        let sim = OktaSim::start(config).await.unwrap();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        World { sim, client }
    }

    pub(crate) fn bare(&self, method: &str, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.sim.url())
        };
        self.client
            .request(Method::from_bytes(method.as_bytes()).unwrap(), url)
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Got {
        let mut request = self
            .bare(method, path)
            .header("authorization", format!("SSWS {}", self.sim.api_token()));
        if let Some(body) = body {
            request = request.json(&body);
        }
        got(request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.send("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Got {
        self.send("POST", path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Got {
        self.send("PUT", path, Some(body)).await
    }

    pub(crate) async fn act(&self, method: &str, path: &str) -> Got {
        self.send(method, path, None).await
    }

    /// Creates an active user with a password and answers the id.
    pub(crate) async fn user(&self, name: &str) -> String {
        let body = serde_json::json!({
            "profile": {"firstName": name, "lastName": "Tester", "email": format!("{name}@x.example"), "login": format!("{name}@x.example")},
            "credentials": {"password": {"value": "Str0ng-enough"}},
        });
        let got = self.post("/api/v1/users", body).await;
        assert_eq!(got.status, 200, "{}", got.body);
        got.body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn group(&self, name: &str) -> String {
        let got = self
            .post(
                "/api/v1/groups",
                serde_json::json!({"profile": {"name": name}}),
            )
            .await;
        assert_eq!(got.status, 200, "{}", got.body);
        got.body["id"].as_str().unwrap().to_owned()
    }

    /// The types of the latest events, oldest first.
    pub(crate) async fn event_types(&self) -> Vec<String> {
        let got = self.get("/api/v1/logs?limit=1000").await;
        got.list()
            .iter()
            .map(|event| event["eventType"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Got {
    pub(crate) fn list(&self) -> &Vec<Value> {
        self.body
            .as_array()
            .unwrap_or_else(|| panic!("not a list: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The address of a link relation.
    pub(crate) fn link(&self, rel: &str) -> Option<String> {
        self.headers.get_all("link").iter().find_map(|value| {
            let (url, name) = value.to_str().unwrap().split_once(">; rel=\"").unwrap();
            (name.trim_end_matches('"') == rel).then(|| url.trim_start_matches('<').to_owned())
        })
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> &Got {
        assert_eq!(
            (self.status, self.body["errorCode"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        assert_eq!(self.body["errorLink"], code);
        assert!(self.body["errorId"].as_str().unwrap().starts_with("oae"));
        assert!(self.body["errorCauses"].is_array());
        self
    }

    #[track_caller]
    pub(crate) fn cause(&self, part: &str) {
        assert!(
            self.body["errorCauses"].to_string().contains(part),
            "{}",
            self.body
        );
    }
}

pub(crate) async fn got(request: RequestBuilder) -> Got {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Got {
        status,
        headers,
        body,
    }
}
