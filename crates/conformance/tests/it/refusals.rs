//! What the org refuses, with the codes that clients wait for; and what it notes in its log.

use std::collections::BTreeSet;

use cards::HttpReply;
use conformance::Description;
use flow::RetryHint;
use okta_sim::{Fault, FaultRule};
use serde_json::{Value as Json, json};

use crate::cases::{self, Case, actions};
use crate::given::Names;
use crate::world::World;

/// The first case of each card.
fn one_of_each() -> Vec<Case> {
    let mut seen = BTreeSet::new();
    cases::all()
        .into_iter()
        .filter(|case| seen.insert(case.card))
        .collect()
}

async fn token(world: &mut World, case: &Case) -> String {
    world.token(&actions()[case.card].scopes.join(" ")).await
}

#[track_caller]
fn is_refused(case: &Case, reply: &HttpReply, status: u16, code: &str) {
    let shown = format!("{}: {}", case.card, reply.body);
    assert_eq!(reply.status, status, "{shown}");
    assert_eq!(reply.body["errorCode"], code, "{shown}");
    assert_eq!(reply.body["errorLink"], code, "{shown}");
    for text in ["errorSummary", "errorId"] {
        assert!(
            reply.body[text].as_str().is_some_and(|it| !it.is_empty()),
            "{shown}"
        );
    }
    assert!(reply.body["errorCauses"].is_array(), "{shown}");
}

#[tokio::test]
async fn every_action_is_refused_without_a_token_and_over_the_rate_limit() {
    let mut world = World::start().await;
    let description = Description::find().unwrap();
    for case in one_of_each() {
        let names = world.give(case.given).await;
        let args = case.args(&names);
        let request = cards::okta::requests(&case.key(), &args).unwrap().remove(0);
        is_refused(
            &case,
            &world.send(&request, "nobody").await,
            401,
            "E0000011",
        );

        let token = token(&mut world, &case).await;
        world.sim.fault(FaultRule {
            method: None,
            path_contains: String::new(),
            times: 1,
            fault: Fault::TooManyRequests { reset_in_s: 7 },
        });
        let reply = world.send(&request, &token).await;
        is_refused(&case, &reply, 429, "E0000047");
        let operation = description
            .as_ref()
            .and_then(|it| it.operation(request.method.as_str(), &request.path));
        if let Some(operation) = operation {
            assert_eq!(
                operation.faults_of_answer(429, &reply.body),
                [""; 0],
                "{}",
                case.card
            );
        }
        let error = cards::okta::outputs(&case.key(), &args, &reply).unwrap_err();
        assert_eq!(error.code, "okta.E0000047");
        assert!(
            matches!(
                error.retry,
                RetryHint::RateLimited {
                    reset_at_ms: Some(_)
                }
            ),
            "{}: {error:?}",
            case.card
        );
    }
}

#[tokio::test]
async fn every_action_on_what_there_is_not_is_answered_404() {
    let mut world = World::start().await;
    let description = Description::find().unwrap();
    for case in one_of_each() {
        let nowhere: Names = [
            "user", "login", "primary", "group", "app", "rule", "source", "session", "manager",
            "report",
        ]
        .map(|name| (name, "nothing".to_owned()))
        .into();
        let args = case.args(&nowhere);
        let request = cards::okta::requests(&case.key(), &args).unwrap().remove(0);
        if !request.path.contains("/nothing") {
            continue;
        }
        let token = token(&mut world, &case).await;
        let reply = world.send(&request, &token).await;
        is_refused(&case, &reply, 404, "E0000007");
        let operation = description
            .as_ref()
            .and_then(|it| it.operation(request.method.as_str(), &request.path));
        if let Some(operation) = operation {
            assert_eq!(
                operation.faults_of_answer(404, &reply.body),
                [""; 0],
                "{}",
                case.card
            );
        }
        let error = cards::okta::outputs(&case.key(), &args, &reply).unwrap_err();
        assert_eq!(
            (error.code.as_str(), error.status),
            ("okta.E0000007", Some(404))
        );
        assert!(error.message.contains("Not found"), "{}", error.message);
        assert_eq!(error.detail.to_json()["errorId"], reply.body["errorId"]);
    }
}

/// Changes that leave no event: what a session holds is no change until the import starts, and Okta's catalogue of events
/// has none for links between users.
const SILENT: [&str; 5] = [
    "createAnImportSession",
    "bulkUserImport",
    "deleteImportSession",
    "setLinkedObjectValueForPrimary",
    "deleteLinkedObjectValue",
];

#[tokio::test]
async fn what_a_card_changes_is_in_the_log() {
    let mut world = World::start().await;
    let mut wrong = Vec::new();
    for case in one_of_each() {
        if SILENT.contains(&case.card) {
            continue;
        }
        let names = world.give(case.given).await;
        let args = case.args(&names);
        let token = token(&mut world, &case).await;
        let before = logged(&world).await;
        let mut changes = false;
        for request in cards::okta::requests(&case.key(), &args).unwrap() {
            changes |= request.method.as_str() != "GET";
            let reply = world.send(&request, &token).await;
            assert!(reply.status < 300, "{}: {}", case.card, reply.body);
        }
        let added = logged(&world).await - before;
        if (added > 0) != changes {
            wrong.push(format!("{}: {added} events", case.card));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

async fn logged(world: &World) -> i64 {
    let info = world.asked("GET", "/sim/info", Json::Null).await;
    info["logEvents"].as_i64().unwrap()
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let mut world = World::start().await;
    let token = world.token("okta.users.manage okta.groups.manage").await;
    let url = world.sim.url();
    for path in ["/api/v1/users", "/api/v1/groups", "/api/v1/groups/rules"] {
        let sent = reqwest::Client::new()
            .post(format!("{url}{path}"))
            .bearer_auth(&token)
            .header("content-type", "application/json")
            .body("{\"profile\": ")
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status().as_u16(), 400, "{path}");
        let body: Json = serde_json::from_str(&sent.text().await.unwrap()).unwrap();
        assert_eq!(body["errorCode"], "E0000003", "{path}: {}", json!(body));
    }
}
