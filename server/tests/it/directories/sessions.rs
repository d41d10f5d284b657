//! The road by identity-source sessions, and what a directory needs of the connection.

use std::time::Duration;

use serde_json::json;

use super::{Imports, STAFF, added, status, unit, user};
use crate::samba::{Samba, is_inside};
use crate::world::World;

const USERS: usize = 230;

#[tokio::test(flavor = "multi_thread")]
async fn users_go_by_sessions() {
    if !is_inside("directories::sessions::users_go_by_sessions") {
        return;
    }
    let samba = Samba::start().await;
    let people: String = (1..=USERS)
        .map(|number| {
            user(
                &format!("s{number}"),
                "Ses",
                &format!("Sion{number}"),
                "mobile: 090\n",
            )
        })
        .collect();
    samba.change(&format!("{}{people}", unit("Staff")));
    let mut world = World::start().await;
    let connection = world
        .connect_with(&[
            "okta.schemas.read",
            "okta.users.manage",
            "okta.identitySources.manage",
        ])
        .await;
    let apps = world
        .org_list("/api/v1/apps?filter=name%20eq%20%22customidentitysource%22")
        .await;
    let source = apps[0]["id"].as_str().unwrap();
    let settings = json!({ "units": [STAFF], "road": { "sessions": source },
        "confirmation": { "exact": true, "new": true, "activates_new": true } });
    let directory = added(&world, &samba, &connection, settings).await;
    scopes(&world, &directory, &connection).await;
    let imports = Imports {
        world: &world,
        directory,
    };
    let plan = imports.plan(true).await;
    assert_eq!(plan["counts"]["created"], USERS, "{plan}");
    let done = imports.approve(&plan).await;
    assert_eq!(
        (&done["status"], &done["lines"]["done"]),
        (&json!("completed"), &json!(USERS)),
        "{done}"
    );
    let calls = |step: &str| {
        let calls = world.okta.calls();
        let of = calls
            .iter()
            .filter(|call| call.method == "POST" && call.path_and_query.contains(step));
        of.count()
    };
    assert_eq!(
        (calls("bulk-upsert"), calls("start-import")),
        (2, 1),
        "200 users a call"
    );
    assert_eq!(calls("/api/v1/users"), 0, "nobody goes by the other road");
    let (_, one) = world
        .org("GET", "/api/v1/users/s1@corp.example.test", None)
        .await;
    assert_eq!(
        (&one["status"], &one["profile"]["mobilePhone"]),
        (&json!("ACTIVE"), &json!("090")),
        "{one}"
    );
    let quiet = imports.plan(true).await;
    assert_eq!(quiet["counts"]["unchanged"], USERS, "{quiet}");
    imports.approve(&quiet).await;
    assert_eq!(
        calls("/sessions"),
        4,
        "an unchanged directory opens no session"
    );

    // The next session comes five minutes later; the import rests and goes on by itself.
    samba.change(&format!(
        "dn: CN=Ses Sion1,{STAFF}\nchangetype: modify\nreplace: mobile\nmobile: 080\n\n\
         dn: CN=Ses Sion2,{STAFF}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 546\n\n"
    ));
    let plan = imports.plan(false).await;
    assert_eq!(
        (&plan["counts"]["updated"], &plan["counts"]["removed"]),
        (&json!(1), &json!(1)),
        "{plan}"
    );
    let id = plan["id"].as_str().unwrap();
    world
        .post(&format!("/imports/{id}/approve"), json!({}))
        .await;
    let begun = std::time::Instant::now();
    loop {
        let import = world.get(&format!("/imports/{id}")).await;
        assert_eq!(import["status"], "running", "{import}");
        if import["error"]
            .as_str()
            .is_some_and(|why| why.contains("five minutes"))
        {
            break;
        }
        assert!(begun.elapsed().as_secs() < 60, "{import}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    world.okta.advance_clock(Duration::from_secs(300));
    world
        .sql(&format!(
            "update directory_import set held_until = 0 where id = '{id}'"
        ))
        .await;
    let done = imports.until(id, &["running"]).await;
    assert_eq!(
        (&done["status"], &done["lines"]["done"]),
        (&json!("completed"), &json!(2)),
        "{done}"
    );
    assert_eq!((calls("bulk-upsert"), calls("bulk-delete")), (3, 1));
    let (_, one) = world
        .org("GET", "/api/v1/users/s1@corp.example.test", None)
        .await;
    assert_eq!(one["profile"]["mobilePhone"], "080", "{one}");
    assert_eq!(
        status(&world, "s2@corp.example.test").await.as_deref(),
        Some("DEPROVISIONED")
    );
}

/// The connection says what the directory needs; one that lacks it is refused before anything is read.
async fn scopes(world: &World, directory: &str, connection: &str) {
    let detail = world.get(&format!("/connections/{connection}")).await;
    for scope in [
        "okta.users.manage",
        "okta.schemas.read",
        "okta.identitySources.manage",
    ] {
        let states = detail["scopes"].as_array().unwrap();
        let state = states.iter().find(|state| state["scope"] == scope);
        let state = state.unwrap_or_else(|| panic!("{scope}: {detail}"));
        assert_eq!(state["need"], "needed", "{state}");
        assert!(state["cards"].to_string().contains("Corp"), "{state}");
    }
    let granted = detail["connection"]["scopes"].to_string();
    let set = async |scopes: &str| {
        let scopes = scopes.replace('\'', "");
        world
            .sql(&format!(
                "update connection set scopes = '{scopes}' where id = '{connection}'"
            ))
            .await;
    };
    set(r#"["okta.users.manage"]"#).await;
    let path = format!("/directories/{directory}/imports");
    let (code, refused) = world.rest("POST", &path, Some(json!({}))).await;
    assert_eq!(code, 422, "{refused}");
    let said = refused["message"].as_str().unwrap();
    for word in [
        "okta.schemas.read",
        "okta.identitySources.manage",
        "authorize it again",
    ] {
        assert!(said.contains(word), "{said}");
    }
    assert!(!said.contains("okta.users.manage"), "{said}");
    set(&granted).await;
}
