//! Event hooks: registered as flows are turned on and off, and what they deliver starts each flow once, whatever happens
//! on the way.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use okta_sim::{DeliveryFault, DeliveryFaultRule, Fault, FaultRule};
use serde_json::{Value as Json, json};
use server::config::EventHooks;

use crate::database::Database;
use crate::world::{World, sql};

/// A world whose logs are not read, so that events come by hook or not at all.
async fn hooks_alone() -> (World, String) {
    let mut world = World::with(Database::File, |options| options.poll_ms = 3_600_000).await;
    let connection = world.connect().await;
    (world, connection)
}

/// Turns a flow on that starts with this event.
pub(crate) async fn listen(world: &World, connection: &str, card: &str) -> String {
    let output = |key: &str, base: &str| json!({"key": {"group": "Output", "key": key}, "label": key, "type": {"base": base}});
    let start = json!({"id": "start", "card": card, "connection": connection, "outputs": [
        output("UUID", "text"), output("Event ID", "text"), output("Event Time", "text"),
        output("Source", "text"), output("Headers", "object"),
    ]});
    world.flow(card, json!([start]), json!({})).await
}

/// The org's own list of hooks.
async fn hooks(world: &World) -> Vec<Json> {
    world.org_list("/api/v1/eventHooks").await
}

/// Waits until the org's hooks are as expected.
async fn until(world: &World, what: &str, is_so: impl Fn(&[Json]) -> bool) -> Vec<Json> {
    let begun = Instant::now();
    loop {
        let hooks = hooks(world).await;
        if is_so(&hooks) {
            return hooks;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{what}: {hooks:#?}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the org delivers events of these types.
async fn until_verified(world: &World, types: &[&str]) -> Json {
    let hooks = until(
        world,
        "no verified hook",
        |hooks| matches!(hooks, [hook] if is_verified(hook) && hook["events"]["items"] == json!(types)),
    );
    hooks.await.remove(0)
}

/// How the connection's page says that events arrive, and what it says is wrong.
async fn road(world: &World) -> (Json, Json) {
    let mut shown = world.get("/connections").await;
    (shown[0]["events"].take(), shown[0]["hook_error"].take())
}

async fn until_road(world: &World, events: &str) {
    let begun = Instant::now();
    while road(world).await != (json!(events), Json::Null) {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "events do not come by {events}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_verified(hook: &Json) -> bool {
    hook["status"] == "ACTIVE" && hook["verificationStatus"] == "VERIFIED"
}

fn event(uuid: &str, event_type: &str) -> Json {
    json!({"uuid": uuid, "eventType": event_type, "published": "2099-01-01T00:00:00.000Z"})
}

const SUSPEND: &str = "user.lifecycle.suspend";

/// The value of an output of the first card.
fn output<'a>(run: &'a Json, key: &str) -> &'a Json {
    let outputs = run["steps"][0]["outputs"].as_array().unwrap();
    &outputs
        .iter()
        .find(|output| output["field"]["key"] == key && output["field"]["group"] == "Output")
        .unwrap()["value"]
}

/// Waits for so many runs and returns how often each event started one.
async fn starts(world: &World, flow: &str, runs: usize) -> BTreeMap<String, usize> {
    let begun = Instant::now();
    loop {
        let mut seen = BTreeMap::new();
        let mut after = String::new();
        let mut ids = Vec::new();
        loop {
            let page = world
                .get(&format!("/runs?flow={flow}&limit=200{after}"))
                .await;
            ids.extend(
                page["runs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|run| run["id"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        if ids.len() >= runs {
            for id in ids {
                let run = world.ended(&id).await;
                assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
                *seen
                    .entry(output(&run, "UUID").as_str().unwrap().to_owned())
                    .or_default() += 1;
            }
            return seen;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{} of {runs} runs",
            ids.len()
        );
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Somebody who posts to the server's address as the org does.
struct Sender {
    address: String,
    secret: (String, String),
    http: reqwest::Client,
}

impl Sender {
    fn of(world: &World, hook: &Json) -> Self {
        Self {
            address: hook["channel"]["config"]["uri"]
                .as_str()
                .unwrap()
                .to_owned(),
            secret: world
                .okta
                .hook_secret(hook["id"].as_str().unwrap())
                .unwrap(),
            http: reqwest::Client::new(),
        }
    }

    async fn post(&self, secret: Option<&str>, body: impl Into<reqwest::Body>) -> u16 {
        let mut request = self
            .http
            .post(&self.address)
            .body(body)
            .header("content-type", "application/json");
        if let Some(secret) = secret {
            request = request.header(&self.secret.0, secret);
        }
        request.send().await.unwrap().status().as_u16()
    }

    /// Announces a body of so many bytes and waits for the answer before it sends any.
    async fn announce(&self, secret: Option<&str>, bytes: usize) -> u16 {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (host, path) = self
            .address
            .trim_start_matches("http://")
            .split_once('/')
            .unwrap();
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let secret = secret.unwrap_or_default();
        let head = format!(
            "POST /{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: {secret}\r\ncontent-length: {bytes}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[9..]).parse().unwrap()
    }

    async fn deliver(&self, events: &[Json]) -> u16 {
        let body = json!({"eventType": "com.okta.event_hook", "source": "https://acme.okta.com/api/v1/eventHooks/who1",
            "eventId": "delivery-1", "eventTime": "2026-01-02T03:04:05.000Z", "data": {"events": events}});
        self.post(Some(&self.secret.1), body.to_string()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_follows_the_flows_that_are_on() {
    let (world, connection) = hooks_alone().await;
    let first = listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    until_road(&world, "hook").await;
    let address = hook["channel"]["config"]["uri"].as_str().unwrap();
    assert!(
        address.starts_with(&format!("{}/hooks/okta/", world.nagare.url)),
        "{hook:#}"
    );
    assert_eq!(
        hook["channel"]["config"]["authScheme"]["key"],
        "Authorization"
    );
    let second = listen(&world, &connection, "okta:groupCreated").await;
    let changed = until_verified(&world, &["group.lifecycle.create", SUSPEND]).await;
    assert_eq!(changed["id"], hook["id"]);
    // A second flow on the same event changes nothing.
    let third = listen(&world, &connection, "okta:groupCreated").await;
    world.post(&format!("/flows/{first}/off"), json!({})).await;
    until_verified(&world, &["group.lifecycle.create"]).await;
    world.post(&format!("/flows/{second}/off"), json!({})).await;
    world.post(&format!("/flows/{third}/off"), json!({})).await;
    until(&world, "the hook stays", |hooks| hooks.is_empty()).await;
    assert_eq!(world.count("event_hook").await, 0);
    assert_eq!(road(&world).await, (json!("unused"), Json::Null));
    // And again, with an address of its own.
    world.post(&format!("/flows/{first}/on"), json!({})).await;
    let again = until_verified(&world, &[SUSPEND]).await;
    assert_ne!(again["channel"]["config"]["uri"].as_str().unwrap(), address);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hook_delivers_reaches_the_outputs() {
    let (world, connection) = hooks_alone().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    world.okta.emit(vec![event("u-1", SUSPEND)]).unwrap();
    let run = world.next_run(&flow).await;
    assert_eq!(output(&run, "UUID"), "u-1");
    let source = format!(
        "{}/api/v1/eventHooks/{}",
        world.okta.url(),
        hook["id"].as_str().unwrap()
    );
    assert_eq!(output(&run, "Source"), &json!(source));
    assert_eq!(
        output(&run, "Event ID").as_str().unwrap().len(),
        36,
        "{run:#}"
    );
    assert_ne!(output(&run, "Event Time"), "2099-01-01T00:00:00.000Z");
    let headers = output(&run, "Headers").as_object().unwrap();
    assert_eq!(headers["content-type"], "application/json");
    assert!(!headers.contains_key("authorization"), "{headers:?}");
    // Once the event is handled, nothing of it is left in the inbox.
    let left = "inbox_event where payload <> '' or envelope is not null or handled_at is null";
    assert_eq!(world.count(left).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_disorder_and_missing_fields_do_no_harm() {
    let (world, connection) = hooks_alone().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    for fault in [DeliveryFault::Twice, DeliveryFault::Reversed] {
        world
            .okta
            .delivery_fault(DeliveryFaultRule { times: 1, fault });
        let events = (0..3).map(|number| event(&format!("{fault:?}-{number}"), SUSPEND));
        world.okta.emit(events.collect()).unwrap();
        starts(
            &world,
            &flow,
            if fault == DeliveryFault::Twice { 3 } else { 6 },
        )
        .await;
    }
    let sender = Sender::of(&world, &hook);
    let odd = [
        json!({"uuid": "bare", "eventType": SUSPEND}),
        json!({"uuid": "nulls", "eventType": SUSPEND, "actor": null, "target": null, "debugContext": null, "published": null}),
        json!({"uuid": "odd", "eventType": SUSPEND, "actor": 7, "target": {"a": 1}, "debugContext": "x", "published": 3}),
        json!({"uuid": "bare", "eventType": SUSPEND}),
        json!({"no": "event"}),
    ];
    assert_eq!(sender.deliver(&odd).await, 204);
    assert_eq!(sender.deliver(&odd[..1]).await, 204);
    let seen = starts(&world, &flow, 9).await;
    assert_eq!(seen.len(), 9, "{seen:?}");
    assert!(seen.values().all(|times| *times == 1), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_delivery_of_the_org_is_refused() {
    let (world, connection) = hooks_alone().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    let sender = Sender::of(&world, &hook);
    let good = json!({"data": {"events": [event("u-1", SUSPEND)]}}).to_string();
    assert_eq!(sender.post(None, good.clone()).await, 401);
    assert_eq!(sender.post(Some("wrong"), good.clone()).await, 401);
    let right = sender.secret.1.clone();
    assert_eq!(
        sender.post(Some(&right.to_uppercase()), good.clone()).await,
        401
    );
    let right = Some(right.as_str());
    for malformed in [
        "",
        "{",
        "[]",
        "null",
        "{\"data\":{\"events\":7}}",
        "{\"data\":{\"events\":[{\"uuid\":\"x\"}]}}",
    ] {
        assert_eq!(sender.post(right, malformed).await, 400, "{malformed}");
    }
    assert_eq!(sender.announce(right, 5 << 20).await, 413);
    // Who does not know the secret is not listened to at all.
    assert_eq!(sender.announce(Some("wrong"), 5 << 20).await, 401);
    let unknown = Sender {
        address: format!("{}/hooks/okta/nobody", world.nagare.url),
        ..Sender::of(&world, &hook)
    };
    assert_eq!(unknown.post(right, good.clone()).await, 404);
    let asked = sender.http.get(&sender.address).send().await.unwrap();
    assert_eq!(asked.status(), 400);
    let asked = sender
        .http
        .get(&sender.address)
        .header("x-okta-verification-challenge", "abc")
        .send()
        .await
        .unwrap();
    assert_eq!(
        asked.json::<Json>().await.unwrap(),
        json!({"verification": "abc"})
    );
    assert_eq!(world.count("inbox_event").await, 0);
    assert_eq!(sender.post(right, good).await, 204);
    assert_eq!(
        starts(&world, &flow, 1).await,
        BTreeMap::from([("u-1".to_owned(), 1)])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn both_roads_start_one_run() {
    let mut world = World::start().await;
    let connection = world.connect().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    until_verified(&world, &[SUSPEND]).await;
    let events: Vec<Json> = (0..40)
        .map(|number| event(&format!("u-{number}"), SUSPEND))
        .collect();
    for some in events.chunks(8) {
        let fault = DeliveryFault::Twice;
        world
            .okta
            .delivery_fault(DeliveryFaultRule { times: 1, fault });
        world.okta.emit(some.to_vec()).unwrap();
    }
    let before = logs_read(&world);
    starts(&world, &flow, 40).await;
    // Two further rounds over the same log.
    let begun = Instant::now();
    while logs_read(&world) < before + 3 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "the log is not read"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let seen = starts(&world, &flow, 40).await;
    assert_eq!(seen.len(), 40);
    assert!(seen.values().all(|times| *times == 1), "{seen:?}");
}

fn logs_read(world: &World) -> usize {
    let calls = world.okta.calls();
    calls
        .iter()
        .filter(|call| call.path_and_query.starts_with("/api/v1/logs"))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_is_answered_in_time_and_handled_once() {
    let (world, connection) = hooks_alone().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    let sender = Sender::of(&world, &hook);
    let deliveries = (0..20).map(|delivery| {
        let sender = &sender;
        async move {
            let events: Vec<Json> = (0..100)
                .map(|number| event(&format!("u-{delivery}-{number}"), SUSPEND))
                .collect();
            let begun = Instant::now();
            let status = sender.deliver(&events).await;
            (status, begun.elapsed())
        }
    });
    let answers = futures::future::join_all(deliveries).await;
    let slowest = answers.iter().map(|(_, took)| *took).max().unwrap();
    println!("20 deliveries of 100 events at once: the slowest was answered after {slowest:?}");
    assert!(
        answers.iter().all(|(status, _)| *status == 204),
        "{answers:?}"
    );
    assert!(slowest < Duration::from_secs(3), "{slowest:?}");
    // Now with the runner busy.
    let more: Vec<Json> = (0..100)
        .map(|number| event(&format!("late-{number}"), SUSPEND))
        .collect();
    let begun = Instant::now();
    assert_eq!(sender.deliver(&more).await, 204);
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    let begun = Instant::now();
    while world.count("run where status = 'succeeded'").await < 2_100 {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the storm is not handled"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(
        world.count(&format!("run where flow = '{flow}'")).await,
        2_100
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_down_handles_every_event_once() {
    let mut world = World::start().await;
    let connection = world.connect().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    world.okta.emit(vec![event("before", SUSPEND)]).unwrap();
    starts(&world, &flow, 1).await;
    // Nobody answers the deliveries of an hour, and the org gives them up.
    let world = world
        .restarted_after(async |okta, _| {
            for minute in 0..60 {
                let missed = json!({"uuid": format!("missed-{minute}"), "eventType": SUSPEND});
                okta.emit(vec![missed]).unwrap();
                okta.advance_clock(Duration::from_secs(60));
            }
        })
        .await;
    let seen = starts(&world, &flow, 61).await;
    assert_eq!(seen.len(), 61, "{seen:?}");
    assert!(seen.values().all(|times| *times == 1), "{seen:?}");
    // It listens at another port now, and the org was told so.
    let moved = until(&world, "the hook keeps its old address", |hooks| {
        matches!(hooks, [moved] if is_verified(moved) && moved["channel"]["config"]["uri"] != hook["channel"]["config"]["uri"])
    })
    .await;
    assert_eq!(moved[0]["id"], hook["id"]);
    assert!(
        moved[0]["channel"]["config"]["uri"]
            .as_str()
            .unwrap()
            .starts_with(&world.nagare.url)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_stored_before_a_crash_starts_its_run() {
    let (world, connection) = hooks_alone().await;
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    until_verified(&world, &[SUSPEND]).await;
    // As a server leaves it that dies after its answer, while it handles the event.
    let payload = event("stored", SUSPEND).to_string();
    let insert = format!(
        "insert into inbox_event (id, connection, event_uuid, event_type, payload, received_at, claimed_until) \
         values ('e1', '{connection}', 'stored', '{SUSPEND}', '{payload}', 1, 9999999999999)"
    );
    let world = world
        .restarted_after(async |_, database| sql(database, &insert).await)
        .await;
    assert_eq!(
        starts(&world, &flow, 1).await,
        BTreeMap::from([("stored".to_owned(), 1)])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_connection_takes_its_hook_along() {
    let (world, connection) = hooks_alone().await;
    listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    let sender = Sender::of(&world, &hook);
    let (status, deleted) = world
        .rest("DELETE", &format!("/connections/{connection}"), None)
        .await;
    assert_eq!(
        (status, deleted["pending"].as_i64()),
        (200, Some(0)),
        "{deleted}"
    );
    assert_eq!(hooks(&world).await, Vec::<Json>::new());
    assert_eq!(world.okta.tokens_active(), 0);
    assert_eq!(sender.deliver(&[event("late", SUSPEND)]).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_cannot_be_removed_at_once_is_removed_before_the_tokens_end() {
    let (world, connection) = hooks_alone().await;
    listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    let sender = Sender::of(&world, &hook);
    world.okta.fault(FaultRule {
        method: None,
        path_contains: "/lifecycle/deactivate".to_owned(),
        times: 1_000,
        fault: Fault::Status(503),
    });
    let (status, deleted) = world
        .rest("DELETE", &format!("/connections/{connection}"), None)
        .await;
    assert_eq!(
        (status, deleted["revoked"].as_i64()),
        (200, Some(0)),
        "{deleted}"
    );
    assert!(world.okta.tokens_active() > 0);
    // Meanwhile nothing more is taken in, whatever the org delivers.
    assert_eq!(sender.deliver(&[event("late", SUSPEND)]).await, 404);
    // Its access token ends before the next try.
    world.okta.advance_clock(Duration::from_secs(7_200));
    world.org("DELETE", "/sim/faults", None).await;
    world.sql("update pending_revocation set next_at = 0").await;
    let world = world.restarted().await;
    until(&world, "the hook stays", |hooks| hooks.is_empty()).await;
    let begun = Instant::now();
    while world.okta.tokens_active() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the tokens stay");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_cannot_be_registered_costs_no_event() {
    let mut world = World::start().await;
    let connection = world.connect().await;
    world.okta.fault(FaultRule {
        method: Some("GET".to_owned()),
        path_contains: "/api/v1/eventHooks".to_owned(),
        times: 1_000,
        fault: Fault::Status(503),
    });
    let flow = listen(&world, &connection, "okta:userSuspended").await;
    world.okta.emit(vec![event("u-1", SUSPEND)]).unwrap();
    starts(&world, &flow, 1).await;
    let begun = Instant::now();
    while world.count("event_hook where last_error is not null").await == 0 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "nothing went wrong"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (events, error) = road(&world).await;
    assert_eq!(events, "log");
    assert!(error.as_str().unwrap().contains("503"), "{error}");
    world.org("DELETE", "/sim/faults", None).await;
    until_verified(&world, &[SUSPEND]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_somebody_removed_at_the_org_comes_back() {
    let (world, connection) = hooks_alone().await;
    listen(&world, &connection, "okta:userSuspended").await;
    let hook = until_verified(&world, &[SUSPEND]).await;
    let path = format!("/api/v1/eventHooks/{}", hook["id"].as_str().unwrap());
    world
        .org("POST", &format!("{path}/lifecycle/deactivate"), None)
        .await;
    assert_eq!(world.org("DELETE", &path, None).await.0, 204);
    let world = world.restarted().await;
    let again = until_verified(&world, &[SUSPEND]).await;
    assert_ne!(again["id"], hook["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_scope_or_where_it_is_off_the_log_is_read_alone() {
    for is_off in [true, false] {
        let mut world = World::with(Database::File, |options| {
            options.event_hooks = if is_off {
                EventHooks::Off
            } else {
                EventHooks::Auto
            };
        })
        .await;
        let connection = world.connect().await;
        if !is_off {
            world
                .sql("update connection set scopes = '[\"okta.logs.read\"]'")
                .await;
        }
        let flow = listen(&world, &connection, "okta:userSuspended").await;
        world.okta.emit(vec![event("u-1", SUSPEND)]).unwrap();
        let run = world.next_run(&flow).await;
        assert_eq!(output(&run, "Event ID"), "u-1");
        assert_eq!(hooks(&world).await, Vec::<Json>::new());
        let shown = world.get("/connections").await;
        assert_eq!(shown[0]["last_error"], Json::Null, "{shown}");
    }
}

/// What happened before a flow was on does not start it, also where another flow listened all the time.
#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_turned_on_later_does_not_catch_up() {
    let mut world = World::start().await;
    let connection = world.connect().await;
    let first = listen(&world, &connection, "okta:userSuspended").await;
    let created = json!({"eventType": "group.lifecycle.create", "uuid": "early"});
    world
        .okta
        .emit(vec![created, json!({"uuid": "u-1", "eventType": SUSPEND})])
        .unwrap();
    starts(&world, &first, 1).await;
    let second = listen(&world, &connection, "okta:groupCreated").await;
    world
        .okta
        .emit(vec![
            json!({"eventType": "group.lifecycle.create", "uuid": "late"}),
        ])
        .unwrap();
    assert_eq!(
        starts(&world, &second, 1).await,
        BTreeMap::from([("late".to_owned(), 1)])
    );
}
