//! The job: an API endpoint that takes an order, computes with four function cards, asks another service and answers
//! with what that said. Set up through `/api/v1`, as a user would, and checked before and after: a run that keeps less
//! than its whole history is not worth measuring.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, ensure};
use cards::{Language, catalogue};
use flow::{
    Access, Base, Binding, CardKey, Convert, FieldKey, Flow, FlowId, Input, OutputRef, Part,
    PersonId, Step, StepId, Type,
};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Store;
use store::people::{self, Person, Role};

use crate::load::Request;
use crate::process::Process;

/// Cards of the flow: the endpoint, four functions, the call, the reply.
const CARDS: usize = 7;

/// What callers send.
#[derive(Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) name: String,
    count: i64,
}

impl Order {
    fn sample() -> Self {
        Self {
            name: "Ada Lovelace".to_owned(),
            count: 41,
        }
    }

    /// Returns what the flow computes with its text cards.
    pub(crate) fn greeting(&self) -> String {
        format!("Hello {}, order {}", self.name.to_lowercase(), self.total())
    }

    /// Returns what the flow computes with its number card.
    pub(crate) fn total(&self) -> i64 {
        self.count + 1
    }
}

/// Returns the body of every request.
pub(crate) fn body() -> String {
    let Order { name, count } = Order::sample();
    json!({ "name": name, "count": count }).to_string()
}

/// The flow, turned on.
pub(crate) struct Ready {
    /// Path of its endpoint.
    pub(crate) path: String,
    id: String,
    rest: Rest,
}

/// `/api/v1` with a token.
pub(crate) struct Rest {
    base: String,
    token: String,
    client: reqwest::Client,
}

/// Makes the flow and turns it on.
pub(crate) async fn set_up(nagare: &Process, echo: SocketAddr) -> Result<Ready> {
    let rest = administrator(nagare).await?;
    let made = rest
        .ask(Method::POST, "/flows", Some(json!({ "name": "Benchmark" })))
        .await?;
    let id = made["id"]
        .as_str()
        .context("the flow has no id")?
        .to_owned();
    let view = rest.ask(Method::GET, &format!("/flows/{id}"), None).await?;
    let draft = json!({ "revision": view["revision"], "draft": flow(&id, echo)? });
    rest.ask(Method::PUT, &format!("/flows/{id}/draft"), Some(draft))
        .await?;
    rest.ask(Method::POST, &format!("/flows/{id}/on"), None)
        .await?;
    Ok(Ready {
        path: format!("/api/flow/{id}/invoke"),
        id,
        rest,
    })
}

/// Makes an administrator with a token.
pub(crate) async fn administrator(nagare: &Process) -> Result<Rest> {
    make_administrator(nagare).await?;
    let printed = nagare
        .beside(&["token", "create", "--name", "bench"])
        .await?;
    let token = printed
        .split_whitespace()
        .last()
        .context("no token was printed")?;
    Ok(Rest {
        base: format!("http://{}/api/v1", nagare.address),
        token: token.to_owned(),
        client: reqwest::Client::builder().build()?,
    })
}

impl Ready {
    /// Calls the endpoint once and compares the answer and the history.
    pub(crate) async fn check_once(&self, request: &Request) -> Result<()> {
        let answer: Value = serde_json::from_slice(&request.send_once().await?)?;
        let order = Order::sample();
        let expected = json!({ "greeting": order.greeting(), "total": order.total().to_string() });
        ensure!(
            answer == expected,
            "the flow answered {answer} instead of {expected}"
        );
        self.check_history().await
    }

    /// Looks whether the newest run kept everything.
    pub(crate) async fn check_history(&self) -> Result<()> {
        let list = self
            .rest
            .ask(
                Method::GET,
                &format!("/runs?flow={}&limit=1", self.id),
                None,
            )
            .await?;
        let run = &list["runs"][0];
        ensure!(run["status"] == "succeeded", "the newest run is {run}");
        let id = run["id"].as_str().context("the run has no id")?;
        let view = self
            .rest
            .ask(Method::GET, &format!("/runs/{id}"), None)
            .await?;
        let steps = view["steps"].as_array().context("the run has no steps")?;
        let whole = steps
            .iter()
            .filter(|step| step["state"] == "succeeded")
            .count();
        ensure!(
            whole >= CARDS - 1,
            "only {whole} cards are in the history of {id}: {view}"
        );
        Ok(())
    }
}

impl Rest {
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value> {
        let what = format!("{method} {path}");
        let request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token);
        let request = match body {
            Some(body) => RequestBuilder::json(request, &body),
            None => request,
        };
        let response = request.send().await?;
        let status = response.status();
        let text = response.text().await?;
        ensure!(status.is_success(), "{what} was answered {status}: {text}");
        serde_json::from_str(&text).with_context(|| format!("{what} was not answered with JSON"))
    }
}

/// Makes the person whose rights the token has. Nobody can sign in as this one.
async fn make_administrator(nagare: &Process) -> Result<()> {
    let store = Store::open(&format!(
        "sqlite:{}",
        nagare.data.join("nagare.sqlite").display()
    ))
    .await?;
    let person = Person {
        id: PersonId::from("bench"),
        login: "bench".to_owned(),
        name: "Benchmark".to_owned(),
        password_hash: None,
        role: Role::Administrator,
        created_at: 0,
        language: None,
        theme: None,
    };
    people::insert(&store, &person).await?;
    store.close().await;
    Ok(())
}

fn flow(id: &str, echo: SocketAddr) -> Result<Flow> {
    let body = |key: &str| output("start", FieldKey::in_group("raw", "body"), &[key]);
    let result = |step: &str| output(step, FieldKey::plain("output"), &[]);
    let start = card("http:accept", "start")?;
    let mut lower = card("string:toLowerCase", "lower")?;
    bind(&mut lower, FieldKey::plain("string"), body("name"));
    let mut add = card("math:add", "add")?;
    bind(&mut add, FieldKey::plain("a"), body("count"));
    bind(&mut add, FieldKey::plain("b"), Binding::constant(1));
    let mut compose = card("string:compose", "compose")?;
    let text = |text: &str| Part::Text {
        text: text.to_owned(),
    };
    let value = |name: &str, step: &str| Part::Value {
        name: name.to_owned(),
        binding: Box::new(result(step)),
    };
    let parts = vec![
        text("Hello "),
        value("name", "lower"),
        text(", order "),
        value("total", "add"),
    ];
    bind(
        &mut compose,
        FieldKey::plain("_text_"),
        Binding::Template { parts },
    );
    let mut construct = card("object:construct", "construct")?;
    bind(
        &mut construct,
        FieldKey::plain("greeting"),
        result("compose"),
    );
    bind(&mut construct, FieldKey::plain("total"), result("add"));
    let mut call = card("httpfunctions:get", "call")?;
    bind(
        &mut call,
        FieldKey::in_group("Request", "URL"),
        Binding::constant(format!("http://{echo}/echo")),
    );
    bind(
        &mut call,
        FieldKey::in_group("Request", "Query"),
        result("construct"),
    );
    Ok(Flow {
        access: Some(Access::Public),
        steps: vec![start, lower, add, compose, construct, call, reply()?],
        ..Flow::new(FlowId::from(id), "Benchmark")
    })
}

/// Answers with what was called.
fn reply() -> Result<Step> {
    let mut reply = card("control:returnRaw", "reply")?;
    let answer = OutputRef {
        step: StepId::from("call"),
        field: FieldKey::in_group("Response", "Body"),
        path: Vec::new(),
    };
    bind(
        &mut reply,
        FieldKey::plain("body"),
        Binding::Output {
            source: answer,
            convert: Some(Convert::Stringify),
        },
    );
    Ok(reply)
}

fn card(key: &str, id: &str) -> Result<Step> {
    let found = CardKey::parse(key).and_then(|key| catalogue(Language::En).card(&key));
    Ok(found
        .with_context(|| format!("there is no card {key}"))?
        .step(StepId::from(id)))
}

fn output(step: &str, field: FieldKey, path: &[&str]) -> Binding {
    Binding::output(OutputRef {
        step: StepId::from(step),
        field,
        path: path.iter().map(|key| (*key).to_owned()).collect(),
    })
}

/// Binds an input of a card; one that it does not have is made, as a user would.
fn bind(step: &mut Step, key: FieldKey, binding: Binding) {
    match step.inputs.iter_mut().find(|input| input.key == key) {
        Some(input) => input.binding = binding,
        None => step.inputs.push(Input {
            custom: true,
            binding,
            ..Input::new(key, Type::one(Base::Any))
        }),
    }
}
