use okta_sim::{Fault, FaultRule};
use serde_json::json;

use crate::world::World;

fn rule(fault: Fault) -> FaultRule {
    FaultRule {
        method: Some("GET".to_owned()),
        path_contains: "/api/v1/users".to_owned(),
        times: 1,
        fault,
    }
}

#[tokio::test]
async fn ordered_faults_happen_as_often_as_ordered() {
    let world = World::empty().await;
    world
        .sim
        .fault(rule(Fault::TooManyRequests { reset_in_s: 7 }));
    world.sim.fault(rule(Fault::Status(503)));
    let limited = world.get("/api/v1/users").await;
    limited.refused(429, "E0000047");
    assert_eq!(limited.header("x-rate-limit-remaining"), "0");
    let now = chrono::DateTime::parse_from_rfc2822(limited.header("date"))
        .unwrap()
        .timestamp();
    assert_eq!(
        limited.header("x-rate-limit-reset").parse::<i64>().unwrap() - now,
        7
    );
    world.get("/api/v1/users").await.refused(503, "E0000009");
    assert_eq!(world.get("/api/v1/groups").await.status, 200);
    assert_eq!(world.get("/api/v1/users").await.status, 200);
}

#[tokio::test]
async fn a_reset_drops_the_connection_and_does_nothing() {
    let world = World::empty().await;
    let ordered = world
        .post(
            "/sim/faults",
            json!({"method": "POST", "path_contains": "/groups", "times": 1, "fault": "reset"}),
        )
        .await;
    assert_eq!(ordered.status, 204, "{}", ordered.body);
    let request = world
        .bare("POST", "/api/v1/groups")
        .header("authorization", format!("SSWS {}", world.sim.api_token()))
        .json(&json!({"profile": {"name": "Team"}}));
    assert!(request.send().await.is_err());
    world.group("Team").await;
    for (fault, status) in [
        (json!({"slow": {"ms": 1}}), 200),
        (json!({"status": 500}), 500),
        (json!({"tooManyRequests": {"reset_in_s": 3}}), 429),
    ] {
        let ordered = world
            .post("/sim/faults", json!({"times": 1, "fault": fault}))
            .await;
        assert_eq!(ordered.status, 204, "{}", ordered.body);
        assert_eq!(world.get("/api/v1/groups").await.status, status);
    }
    world
        .post("/sim/faults", json!({"times": 9, "fault": "reset"}))
        .await;
    world.act("DELETE", "/sim/faults").await;
    assert_eq!(world.get("/api/v1/groups").await.status, 200);
    world
        .post("/sim/faults", json!({"times": 1, "fault": "explode"}))
        .await
        .refused(400, "E0000001");
}

#[tokio::test]
async fn a_bucket_that_is_empty_refuses_until_its_minute_is_over() {
    let world = World::empty().await;
    for _ in 0..120 {
        assert_eq!(world.get("/api/v1/logs?limit=1").await.status, 200);
    }
    world.get("/api/v1/logs").await.refused(429, "E0000047");
    assert_eq!(world.get("/api/v1/users").await.status, 200);
    world.post("/sim/clock", json!({"advance_s": 61})).await;
    let types = world.event_types().await;
    assert_eq!(
        types
            .iter()
            .filter(|it| *it == "system.org.rate_limit.violation")
            .count(),
        1
    );
    world.post("/sim/limits", json!({"factor": 10})).await;
    assert_eq!(
        world.get("/api/v1/logs").await.header("x-rate-limit-limit"),
        "1200"
    );
}
