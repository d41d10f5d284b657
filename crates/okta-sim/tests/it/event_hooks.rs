use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::world::World;

/// A receiver of deliveries: it passes on what arrives, and answers with the statuses it was given.
struct Receiver {
    url: String,
    deliveries: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
}

#[derive(Clone)]
struct Told {
    sender: mpsc::UnboundedSender<(HeaderMap, Value)>,
    statuses: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    async fn answering(statuses: &[u16]) -> Receiver {
        let (sender, deliveries) = mpsc::unbounded_channel();
        let told = Told {
            sender,
            statuses: Arc::new(Mutex::new(statuses.to_vec())),
        };
        let repeat = async |headers: HeaderMap| {
            let challenge = headers["x-okta-verification-challenge"]
                .to_str()
                .unwrap()
                .to_owned();
            axum::Json(json!({"verification": challenge}))
        };
        let take = async |State(told): State<Told>,
                          headers: HeaderMap,
                          axum::Json(body): axum::Json<Value>| {
            told.sender.send((headers, body)).unwrap();
            let status = told.statuses.lock().unwrap().pop().unwrap_or(204);
            StatusCode::from_u16(status).unwrap()
        };
        let app = Router::new()
            .route("/hook", get(repeat).post(take))
            .with_state(told);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Receiver { url, deliveries }
    }

    async fn next(&mut self) -> (HeaderMap, Value) {
        tokio::time::timeout(Duration::from_secs(10), self.deliveries.recv())
            .await
            .unwrap()
            .unwrap()
    }
}

fn hook(uri: &str, items: &[&str]) -> Value {
    json!({
        "name": "Test", "events": {"type": "EVENT_TYPE", "items": items},
        "channel": {"type": "HTTP", "version": "1.0.0", "config": {
            "uri": uri, "headers": [{"key": "X-Extra", "value": "yes"}],
            "authScheme": {"type": "HEADER", "key": "Authorization", "value": "s3cret"},
        }},
    })
}

#[tokio::test]
async fn a_verified_hook_receives_what_it_asked_for() {
    let world = World::empty().await;
    let mut receiver = Receiver::answering(&[]).await;
    let created = world
        .post(
            "/api/v1/eventHooks",
            hook(&receiver.url, &["group.lifecycle.create"]),
        )
        .await;
    assert_eq!(
        (&created.body["status"], &created.body["verificationStatus"]),
        (&json!("ACTIVE"), &json!("UNVERIFIED"))
    );
    assert!(!created.body.to_string().contains("s3cret"));
    let id = created.body["id"].as_str().unwrap();
    world.group("Too early").await;
    let verified = world
        .act("POST", &format!("/api/v1/eventHooks/{id}/lifecycle/verify"))
        .await;
    assert_eq!(
        verified.body["verificationStatus"], "VERIFIED",
        "{}",
        verified.body
    );
    world.user("ada").await;
    world.group("Team").await;
    let (headers, body) = receiver.next().await;
    assert_eq!(
        (
            headers["authorization"].to_str().unwrap(),
            headers["x-extra"].to_str().unwrap()
        ),
        ("s3cret", "yes")
    );
    assert_eq!(
        (
            &body["eventType"],
            &body["cloudEventsVersion"],
            &body["contentType"]
        ),
        (
            &json!("com.okta.event_hook"),
            &json!("0.1"),
            &json!("application/json")
        )
    );
    assert!(body["source"].as_str().unwrap().ends_with(id));
    let events = body["data"]["events"].as_array().unwrap();
    assert_eq!(
        (events.len(), &events[0]["target"][0]["displayName"]),
        (1, &json!("Team"))
    );
    assert!(events[0]["client"]["ipChain"].is_array() && events[0].get("request").is_none());
}

#[tokio::test]
async fn a_server_error_is_retried_once_and_a_client_error_never() {
    let world = World::empty().await;
    // Statuses are taken from the end.
    let mut receiver = Receiver::answering(&[400, 503, 503]).await;
    let created = world
        .post(
            "/api/v1/eventHooks",
            hook(&receiver.url, &["group.lifecycle.create"]),
        )
        .await;
    let id = created.body["id"].as_str().unwrap();
    world
        .act("POST", &format!("/api/v1/eventHooks/{id}/lifecycle/verify"))
        .await;
    let mut names = Vec::new();
    for name in ["One", "Two", "Three"] {
        world.group(name).await;
        let (_, body) = receiver.next().await;
        if name == "One" {
            let (_, again) = receiver.next().await;
            assert_eq!(body["eventId"], again["eventId"]);
        }
        names.push(body["data"]["events"][0]["target"][0]["displayName"].clone());
    }
    assert_eq!(names, ["One", "Two", "Three"]);
    let failures = world
        .event_types()
        .await
        .into_iter()
        .filter(|it| it == "event_hook.delivery")
        .count();
    assert_eq!(failures, 2);
}

#[tokio::test]
async fn hooks_are_checked_and_turned_off_before_deletion() {
    let world = World::empty().await;
    world
        .post(
            "/api/v1/eventHooks",
            hook("http://far.example/hook", &["user.lifecycle.create"]),
        )
        .await
        .refused(400, "E0000001")
        .cause("https");
    world
        .post("/api/v1/eventHooks", hook("https://far.example/hook", &[]))
        .await
        .refused(400, "E0000001");
    world
        .post(
            "/api/v1/eventHooks",
            hook("https://far.example/hook", &["Nonsense"]),
        )
        .await
        .refused(400, "E0000001");
    let created = world
        .post(
            "/api/v1/eventHooks",
            hook("http://127.0.0.1:9/hook", &["user.lifecycle.create"]),
        )
        .await;
    let url = format!(
        "/api/v1/eventHooks/{}",
        created.body["id"].as_str().unwrap()
    );
    world
        .act("POST", &format!("{url}/lifecycle/verify"))
        .await
        .refused(400, "E0000001");
    world.act("DELETE", &url).await.refused(400, "E0000001");
    assert_eq!(
        world
            .act("POST", &format!("{url}/lifecycle/deactivate"))
            .await
            .body["status"],
        "INACTIVE"
    );
    assert_eq!(world.act("DELETE", &url).await.status, 204);
    assert!(world.get("/api/v1/eventHooks").await.list().is_empty());
}

#[tokio::test]
async fn what_is_given_is_logged_and_delivered_as_it_is() {
    let world = World::empty().await;
    let mut receiver = Receiver::answering(&[]).await;
    verified(&world, &receiver, &["policy.rule.delete"]).await;
    let target = json!([{"id": "r1", "type": "PolicyRule", "alternateId": "unknown", "displayName": "R", "detailEntry": null}]);
    let given = json!({"eventType": "policy.rule.delete", "displayMessage": "Gone", "actor": null, "target": target});
    let emitted = world
        .post(
            "/sim/events",
            json!({"events": [given, {"eventType": "system.sms.send_phone_verification_message"}]}),
        )
        .await;
    let uuids = emitted.body["uuids"].as_array().unwrap();
    assert_eq!(uuids.len(), 2, "{}", emitted.body);
    let (_, body) = receiver.next().await;
    let event = &body["data"]["events"][0];
    assert_eq!((&event["uuid"], &event["target"]), (&uuids[0], &target));
    assert!(
        event["actor"].is_null()
            && event["client"].get("ipChain").is_some()
            && event.get("request").is_none()
    );
    let logged = world
        .get("/api/v1/logs?filter=target.id%20eq%20%22r1%22")
        .await;
    assert_eq!(
        (logged.list().len(), &logged.body[0]["displayMessage"]),
        (1, &json!("Gone"))
    );
    for wrong in [
        json!({"eventType": "Nonsense"}),
        json!({"displayMessage": "x"}),
        json!({"eventType": "a.b", "odd": 1}),
        json!(7),
    ] {
        let events = json!({"events": [{"eventType": "a.b"}, wrong]});
        world
            .post("/sim/events", events)
            .await
            .refused(400, "E0000001");
    }
    assert!(!world.event_types().await.contains(&"a.b".to_owned()));
}

#[tokio::test]
async fn deliveries_go_wrong_as_ordered() {
    let world = World::empty().await;
    let mut receiver = Receiver::answering(&[]).await;
    verified(&world, &receiver, &["a.b"]).await;
    let emit = async |fault: &str, names: &[&str]| {
        let order = json!({"times": 1, "fault": fault});
        assert_eq!(world.post("/sim/deliveries", order).await.status, 204);
        let events: Vec<Value> = names
            .iter()
            .map(|name| json!({"eventType": "a.b", "uuid": name}))
            .collect();
        world.post("/sim/events", json!({"events": events})).await;
        // What is emitted next may go with this delivery until this one was made.
        while world.get("/sim/info").await.body["waitingFaults"] != 0 {
            tokio::task::yield_now().await;
        }
    };
    emit("lost", &["lost"]).await;
    emit("twice", &["twice"]).await;
    let (_, first) = receiver.next().await;
    let (_, second) = receiver.next().await;
    assert_eq!(first["data"]["events"][0]["uuid"], "twice");
    assert_eq!(first, second);
    emit("reversed", &["one", "two", "three"]).await;
    let (_, body) = receiver.next().await;
    let uuids: Vec<&Value> = body["data"]["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["uuid"])
        .collect();
    assert_eq!(uuids, ["three", "two", "one"]);
}

/// Registers the receiver for these events.
async fn verified(world: &World, receiver: &Receiver, items: &[&str]) {
    let created = world
        .post("/api/v1/eventHooks", hook(&receiver.url, items))
        .await;
    let id = created.body["id"].as_str().unwrap();
    let verified = world
        .act("POST", &format!("/api/v1/eventHooks/{id}/lifecycle/verify"))
        .await;
    assert_eq!(verified.status, 200, "{}", verified.body);
}
