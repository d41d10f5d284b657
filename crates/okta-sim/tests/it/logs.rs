use crate::world::World;

#[tokio::test]
async fn polling_always_leads_on() {
    let world = World::empty().await;
    let empty = world.get("/api/v1/logs?since=2026-11-20T00:00:00Z").await;
    assert!(empty.list().is_empty());
    let mut next = empty.link("next").unwrap();
    world.user("ada").await;
    let page = world.get(&next).await;
    assert!(
        page.list()
            .iter()
            .any(|event| event["eventType"] == "user.lifecycle.create")
    );
    next = page.link("next").unwrap();
    let nothing = world.get(&next).await;
    assert!(nothing.list().is_empty());
    next = nothing.link("next").unwrap();
    world.user("bob").await;
    let more = world.get(&next).await;
    assert_eq!(more.list()[0]["target"][0]["alternateId"], "bob@x.example");
}

#[tokio::test]
async fn polling_in_small_pages_misses_nothing() {
    let world = World::empty().await;
    for name in ["ada", "bob", "cid"] {
        world.user(name).await;
    }
    let mut seen = 0;
    let mut url = "/api/v1/logs?limit=1".to_owned();
    loop {
        let page = world.get(&url).await;
        if page.list().is_empty() {
            break;
        }
        seen += page.list().len();
        url = page.link("next").unwrap();
    }
    assert_eq!(seen, world.event_types().await.len());
}

#[tokio::test]
async fn bounded_queries_end() {
    let world = World::believable().await;
    let query = "since=2026-10-01T00:00:00Z&until=2026-11-01T00:00:00Z";
    let all = world.get(&format!("/api/v1/logs?{query}&limit=1000")).await;
    assert!(all.list().len() > 100, "{}", all.list().len());
    assert!(all.link("next").is_none());
    let mut newest_first = world
        .get(&format!(
            "/api/v1/logs?{query}&limit=50&sortOrder=DESCENDING"
        ))
        .await;
    let mut count = newest_first.list().len();
    assert_eq!(
        newest_first.list()[0]["uuid"],
        all.list().last().unwrap()["uuid"]
    );
    while let Some(next) = newest_first.link("next") {
        newest_first = world.get(&next).await;
        count += newest_first.list().len();
    }
    assert_eq!(count, all.list().len());
}

#[tokio::test]
async fn events_are_filtered_and_searched() {
    let world = World::empty().await;
    let ada = world.user("ada").await;
    let got = world.get(&format!("/api/v1/logs?filter=target.id%20eq%20%22{ada}%22%20and%20eventType%20eq%20%22user.lifecycle.create%22")).await;
    assert_eq!(got.list().len(), 1);
    assert_eq!(
        world
            .get("/api/v1/logs?q=ada@x.example%20create")
            .await
            .list()
            .len(),
        1
    );
    assert_eq!(world.get("/api/v1/logs?q=nobody").await.list().len(), 0);
    world
        .get("/api/v1/logs?filter=published%20gt%20%222020-01-01%22")
        .await
        .refused(400, "E0000053");
    world
        .get("/api/v1/logs?filter=eventType%20is")
        .await
        .refused(400, "E0000053");
    world
        .get("/api/v1/logs?since=yesterday")
        .await
        .refused(400, "E0000001");
    world
        .get("/api/v1/logs?limit=1001")
        .await
        .refused(400, "E0000001");
    world
        .get("/api/v1/logs?q=1%202%203%204%205%206%207%208%209%2010%2011")
        .await
        .refused(400, "E0000001");

    let event = &got.list()[0];
    for field in [
        "uuid",
        "published",
        "eventType",
        "legacyEventType",
        "version",
        "severity",
        "displayMessage",
        "actor",
        "client",
        "outcome",
        "target",
        "transaction",
        "debugContext",
        "authenticationContext",
        "securityContext",
        "request",
    ] {
        assert!(event.get(field).is_some(), "{field}");
    }
    assert_eq!(event["outcome"]["result"], "SUCCESS");
}
