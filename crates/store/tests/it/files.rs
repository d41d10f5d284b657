//! Files that cards made, and runs that wait to be resumed.

use store::files::{self, StoredFile};
use store::pauses::{self, Resumed};
use store::runs::{self, RunStatus, StatusChange};

use crate::world::{Database, run, running};

contract! {
    a_file_is_found_when_it_is_whole
    files_go_with_their_run_or_their_time
    a_run_is_resumed_once
    a_run_that_is_over_cannot_be_resumed
}

const LATER: i64 = 1_000_000_000_000;

fn file(id: &str, run: &str, expires_at: i64) -> StoredFile {
    StoredFile {
        id: id.to_owned(),
        run: run.into(),
        root_run: run.into(),
        name: "流れ.csv".to_owned(),
        media_type: "text/csv".to_owned(),
        size: 0,
        created_at: 1,
        updated_at: 1,
        expires_at,
    }
}

async fn a_file_is_found_when_it_is_whole(database: &Database) {
    let store = &database.store;
    files::insert(store, &file("f1", "r1", LATER))
        .await
        .unwrap();
    files::append(store, "f1", 0, &[0, 255, 1]).await.unwrap();
    files::append(store, "f1", 1, b"end").await.unwrap();
    assert_eq!(files::find(store, "f1").await.unwrap(), None);
    files::complete(store, "f1", 6, 9).await.unwrap();
    let found = files::find(store, "f1").await.unwrap().unwrap();
    assert_eq!((found.size, found.updated_at), (6, 9));
    assert_eq!(found.name, "流れ.csv");
    assert_eq!(
        files::part(store, "f1", 0).await.unwrap(),
        Some(vec![0, 255, 1])
    );
    assert_eq!(files::part(store, "f1", 2).await.unwrap(), None);
    assert_eq!(files::total(store).await.unwrap(), 6);
    assert!(files::delete(store, "f1").await.unwrap());
    assert!(!files::delete(store, "f1").await.unwrap());
    assert_eq!(files::part(store, "f1", 0).await.unwrap(), None);
}

async fn files_go_with_their_run_or_their_time(database: &Database) {
    let store = &database.store;
    let mut private = running("r2", "f", "w", 9);
    private.row.is_private = true;
    runs::insert(store, &[run("r1", "f"), private])
        .await
        .unwrap();
    for (id, run, expires) in [
        ("kept", "r1", 500),
        ("private", "r2", 500),
        ("lost", "r3", 500),
    ] {
        files::insert(store, &file(id, run, expires)).await.unwrap();
        files::complete(store, id, 1, 1).await.unwrap();
    }
    let gone = |now, settled| async move {
        let mut ids = files::gone(store, now, settled, 10).await.unwrap();
        ids.sort();
        ids
    };
    assert!(gone(100, 0).await.is_empty());
    assert_eq!(gone(100, 50).await, ["lost"]);
    let end = StatusChange::new("r2".into(), RunStatus::Running, RunStatus::Succeeded, 90);
    runs::change_status(
        store,
        &StatusChange {
            held_by: Some("w".to_owned()),
            ..end
        },
    )
    .await
    .unwrap();
    assert_eq!(gone(100, 50).await, ["lost", "private"]);
    assert_eq!(gone(501, 50).await, ["kept", "lost", "private"]);
}

async fn a_run_is_resumed_once(database: &Database) {
    let store = &database.store;
    let id = "r1".into();
    runs::insert(store, &[running("r1", "f", "w", 9)])
        .await
        .unwrap();
    let resume = |card: Option<&'static str>, given: &'static str| async move {
        pauses::resume(store, &"r1".into(), card, given, 50)
            .await
            .unwrap()
    };
    assert_eq!(resume(None, "1").await, Resumed::NotPaused);
    pauses::insert(store, &id, "a", 100).await.unwrap();
    assert_eq!(resume(Some("b"), "1").await, Resumed::NotPaused);
    assert_eq!(resume(Some("a"), "1").await, Resumed::Now);
    assert_eq!(resume(Some("a"), "2").await, Resumed::Before);
    // A run that is taken up again notes its pause again.
    pauses::insert(store, &id, "a", 100).await.unwrap();
    assert_eq!(
        pauses::given(store, &id, "a").await.unwrap().as_deref(),
        Some("1")
    );
    pauses::insert(store, &id, "b", 100).await.unwrap();
    assert_eq!(resume(None, "3").await, Resumed::Now);
    assert_eq!(
        pauses::given(store, &id, "b").await.unwrap().as_deref(),
        Some("3")
    );
    assert_eq!(pauses::resumed_since(store, 50).await.unwrap().len(), 2);
    assert_eq!(pauses::resumed_since(store, 51).await.unwrap().len(), 0);
}

async fn a_run_that_is_over_cannot_be_resumed(database: &Database) {
    let store = &database.store;
    let id = "r1".into();
    runs::insert(store, &[running("r1", "f", "w", 9)])
        .await
        .unwrap();
    pauses::insert(store, &id, "a", 100).await.unwrap();
    let late = pauses::resume(store, &id, None, "1", 100).await.unwrap();
    assert_eq!(late, Resumed::NotPaused);
    assert_eq!(pauses::delete_ended(store).await.unwrap(), 0);
    let end = StatusChange::new(id.clone(), RunStatus::Running, RunStatus::Failed, 90);
    runs::change_status(
        store,
        &StatusChange {
            held_by: Some("w".to_owned()),
            ..end
        },
    )
    .await
    .unwrap();
    let over = pauses::resume(store, &id, None, "1", 50).await.unwrap();
    assert_eq!(over, Resumed::NotPaused);
    assert_eq!(pauses::delete_ended(store).await.unwrap(), 1);
}
