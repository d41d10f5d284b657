//! Event hooks: one for each connection, held by one server at a time, there until the org let go of it.

use std::collections::BTreeSet;

use store::connections::{self, Leaving, Sealed};
use store::hooks::{self, HookRow};

use crate::connections::connection;
use crate::world::Database;

contract! {
    a_connection_has_one_hook
    a_hook_is_held_by_one_server
    a_hook_outlives_its_connection_and_takes_nothing_in
}

fn hook(id: &str) -> HookRow {
    HookRow {
        id: id.to_owned(),
        connection: "c1".into(),
        remote_id: None,
        address: format!("https://nagare.example.com/hooks/okta/{id}"),
        types: BTreeSet::from(["user.lifecycle.create".to_owned()]),
        sealed: Sealed {
            bytes: vec![1, 0, 255],
            key_version: 1,
        },
        is_verified: false,
        attempts: 0,
        next_at: 5,
        last_error: None,
        created_at: 1,
        verified_at: None,
    }
}

async fn a_connection_has_one_hook(database: &Database) {
    let store = &database.store;
    let first = hooks::insert_first(store, &hook("h1")).await.unwrap();
    assert_eq!(first, hook("h1"));
    let second = hooks::insert_first(store, &hook("h2")).await.unwrap();
    assert_eq!(second, first);
    let saved = HookRow {
        remote_id: Some("who1".to_owned()),
        address: "https://other.example.com/hooks/okta/h1".to_owned(),
        types: BTreeSet::from(["a.b".to_owned(), "c.d".to_owned()]),
        is_verified: true,
        attempts: 2,
        next_at: 9,
        last_error: Some("no answer".to_owned()),
        verified_at: Some(8),
        ..first
    };
    hooks::save(store, &saved).await.unwrap();
    assert_eq!(
        hooks::list(store).await.unwrap(),
        std::slice::from_ref(&saved)
    );
    hooks::save_remote(store, "h1", "who2").await.unwrap();
    hooks::postpone(store, "h1", 70).await.unwrap();
    let changed = HookRow {
        remote_id: Some("who2".to_owned()),
        next_at: 70,
        ..saved
    };
    assert_eq!(hooks::list(store).await.unwrap(), [changed]);
    hooks::delete(store, "h1").await.unwrap();
    assert_eq!(hooks::list(store).await.unwrap(), []);
}

async fn a_hook_is_held_by_one_server(database: &Database) {
    let store = &database.store;
    let row = hooks::insert_first(store, &hook("h1")).await.unwrap();
    let (one, other) = tokio::join!(
        hooks::claim(store, "h1", 10, 100),
        hooks::claim(store, "h1", 10, 100)
    );
    assert_eq!(u32::from(one.unwrap()) + u32::from(other.unwrap()), 1);
    assert!(!hooks::claim(store, "h1", 109, 100).await.unwrap());
    assert!(hooks::claim(store, "h1", 110, 100).await.unwrap());
    hooks::save(store, &row).await.unwrap();
    assert!(hooks::claim(store, "h1", 111, 100).await.unwrap());
    hooks::release(store).await.unwrap();
    assert!(hooks::claim(store, "h1", 112, 100).await.unwrap());
    assert!(!hooks::claim(store, "nobody", 0, 100).await.unwrap());
}

async fn a_hook_outlives_its_connection_and_takes_nothing_in(database: &Database) {
    let store = &database.store;
    let row = hooks::insert_first(store, &hook("h1")).await.unwrap();
    assert_eq!(hooks::find_open(store, "h1").await.unwrap(), None);
    connections::insert(store, &connection("c1")).await.unwrap();
    assert_eq!(
        hooks::find_open(store, "h1").await.unwrap(),
        Some(row.clone())
    );
    let leaving = Leaving {
        revocation: "r1".to_owned(),
        by: None,
        at: 2,
        next_at: 3,
    };
    connections::delete(store, &"c1".into(), leaving)
        .await
        .unwrap();
    assert_eq!(hooks::find_open(store, "h1").await.unwrap(), None);
    assert_eq!(
        hooks::find_of_connection(store, &"c1".into())
            .await
            .unwrap(),
        Some(row)
    );
}
