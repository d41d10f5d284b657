//! Directories, what is kept of their users, imports and their lines.

use store::StoreError;
use store::connections::Sealed;
use store::directories::imports::{self, ImportRow, ImportStatus, Planned};
use store::directories::items::{self, ItemFilter, ItemRow, ItemState, Outcomes};
use store::directories::users::{self, KnownUser};
use store::directories::{self, DirectoryRow};

use crate::world::Database;

contract! {
    a_directory_is_saved_by_whoever_read_it_last
    an_import_is_planned_approved_and_carried_out
    one_import_at_a_time_and_one_server_for_each
    what_is_kept_of_users_is_replaced_and_forgotten
    a_directory_goes_with_everything_of_it
}

fn directory(id: &str) -> DirectoryRow {
    DirectoryRow {
        id: id.to_owned(),
        name: format!("Corp {id}"),
        address: "{}".to_owned(),
        account: "reader".to_owned(),
        sealed: Sealed {
            bytes: vec![1, 2],
            key_version: 1,
        },
        connection: None,
        settings: "{}".to_owned(),
        mapping: None,
        cursor: None,
        schedule: None,
        next_at: Some(50),
        revision: 1,
        created_at: 1,
        updated_at: 1,
    }
}

fn import(id: &str, directory: &str) -> ImportRow {
    ImportRow {
        id: id.to_owned(),
        directory: directory.to_owned(),
        wish: "{}".to_owned(),
        cause: "manual".to_owned(),
        person: None,
        status: ImportStatus::Planning,
        reading: None,
        counts: None,
        roadblock: None,
        cursor: None,
        error: None,
        approved_by: None,
        created_at: 1,
        planned_at: None,
        begun_at: None,
        ended_at: None,
    }
}

fn item(seq: i64, action: &str) -> ItemRow {
    ItemRow {
        seq,
        guid: format!("g{seq}"),
        name: format!("CN=User {seq},OU=100%,DC=x"),
        action: action.to_owned(),
        detail: "{}".to_owned(),
        state: ItemState::Planned,
        okta_user: None,
        error: None,
    }
}

fn user(guid: &str, state: &str) -> KnownUser {
    KnownUser {
        guid: guid.to_owned(),
        name: "CN=A".to_owned(),
        login: Some("a@x.test".to_owned()),
        okta_user: None,
        status: "none".to_owned(),
        state: state.to_owned(),
        digest: None,
        found: None,
        updated_at: 1,
    }
}

fn planned(status: ImportStatus) -> Planned {
    Planned {
        status,
        reading: "{}".to_owned(),
        counts: "{}".to_owned(),
        roadblock: None,
        cursor: Some("7".to_owned()),
    }
}

async fn a_directory_is_saved_by_whoever_read_it_last(database: &Database) {
    let store = &database.store;
    directories::insert(store, &directory("d1")).await.unwrap();
    let same_name = DirectoryRow {
        name: "Corp d1".to_owned(),
        ..directory("d2")
    };
    let taken = directories::insert(store, &same_name).await;
    assert!(matches!(taken, Err(StoreError::Taken { .. })), "{taken:?}");
    let mut row = directories::find(store, "d1").await.unwrap().unwrap();
    assert_eq!(row, directory("d1"));
    row.account = "other".to_owned();
    assert_eq!(directories::save(store, &row).await.unwrap(), 2);
    let stale = directories::save(store, &row).await;
    assert!(matches!(stale, Err(StoreError::Conflict { current: 2 })));
    assert!(directories::due(store, 49, 10).await.unwrap().is_empty());
    assert_eq!(directories::due(store, 50, 10).await.unwrap().len(), 1);
    assert!(
        directories::reschedule(store, "d1", 50, Some(90))
            .await
            .unwrap()
    );
    assert!(
        !directories::reschedule(store, "d1", 50, Some(95))
            .await
            .unwrap()
    );
    assert_eq!(directories::list(store).await.unwrap()[0].next_at, Some(90));
}

async fn an_import_is_planned_approved_and_carried_out(database: &Database) {
    let store = &database.store;
    directories::insert(store, &directory("d1")).await.unwrap();
    imports::insert(store, &import("i1", "d1"), &[])
        .await
        .unwrap();
    imports::add_items(
        store,
        "i1",
        &[item(0, "create"), item(1, "update"), item(2, "skip")],
    )
    .await
    .unwrap();
    imports::start_over(store, "i1").await.unwrap();
    imports::add_items(store, "i1", &[item(0, "create"), item(1, "update")])
        .await
        .unwrap();
    assert!(
        imports::plan(store, "i1", &planned(ImportStatus::Planned), 5, &[])
            .await
            .unwrap()
    );
    assert!(
        !imports::plan(store, "i1", &planned(ImportStatus::Planned), 6, &[])
            .await
            .unwrap()
    );
    assert!(imports::claim(store, "w", 10, 20).await.unwrap().is_none());
    assert!(imports::approve(store, "i1", "p1", 7).await.unwrap());
    assert!(!imports::approve(store, "i1", "p1", 8).await.unwrap());
    let creates = ItemFilter {
        actions: vec!["create".to_owned()],
        text: Some("100%".to_owned()),
        ..ItemFilter::default()
    };
    let page = items::list(store, "i1", &creates, 10).await.unwrap();
    assert_eq!(page.items, [item(0, "create")]);
    items::begin(store, "i1", &[0]).await.unwrap();
    let open = items::open(store, "i1", 10).await.unwrap();
    assert_eq!(open[0].state, ItemState::Begun);
    let outcomes = Outcomes {
        items: vec![
            (0, ItemState::Done, Some("00u1".to_owned()), None),
            (1, ItemState::Failed, None, Some("no".to_owned())),
        ],
        kept: vec![user("g0", "active")],
        forgotten: vec!["g1".to_owned()],
    };
    items::settle(store, "i1", "d1", &outcomes).await.unwrap();
    assert!(items::open(store, "i1", 10).await.unwrap().is_empty());
    let mut counted = items::count(store, "i1").await.unwrap();
    counted.sort();
    assert_eq!(counted, [(ItemState::Done, 1), (ItemState::Failed, 1)]);
    assert!(imports::complete(store, "i1", 9, &[]).await.unwrap());
    assert!(!imports::cancel(store, "i1", 10, &[]).await.unwrap());
    let row = directories::find(store, "d1").await.unwrap().unwrap();
    assert_eq!(row.cursor.as_deref(), Some("7"));
    assert_eq!(imports::sweep(store, 9).await.unwrap(), 0);
    assert_eq!(imports::sweep(store, 10).await.unwrap(), 1);
}

async fn one_import_at_a_time_and_one_server_for_each(database: &Database) {
    let store = &database.store;
    directories::insert(store, &directory("d1")).await.unwrap();
    imports::insert(store, &import("i1", "d1"), &[])
        .await
        .unwrap();
    let second = imports::insert(store, &import("i2", "d1"), &[]).await;
    assert!(
        matches!(second, Err(StoreError::Taken { .. })),
        "{second:?}"
    );
    assert_eq!(
        imports::claim(store, "a", 10, 20)
            .await
            .unwrap()
            .unwrap()
            .id,
        "i1"
    );
    assert!(imports::claim(store, "b", 15, 25).await.unwrap().is_none());
    assert!(imports::hold(store, "i1", "a", 30).await.unwrap());
    assert!(!imports::hold(store, "i1", "b", 30).await.unwrap());
    assert!(imports::claim(store, "b", 31, 41).await.unwrap().is_some());
    assert!(!imports::hold(store, "i1", "a", 50).await.unwrap());
    imports::rest(store, "i1", "the org does not answer", 60)
        .await
        .unwrap();
    assert!(imports::claim(store, "a", 59, 70).await.unwrap().is_none());
    assert!(imports::claim(store, "a", 61, 70).await.unwrap().is_some());
    assert!(imports::cancel(store, "i1", 62, &[]).await.unwrap());
    assert!(!imports::hold(store, "i1", "a", 90).await.unwrap());
    imports::insert(store, &import("i2", "d1"), &[])
        .await
        .unwrap();
    let newest = imports::list(store, "d1", None, 1).await.unwrap();
    assert_eq!(newest.items[0].id, "i2");
    let (at, id) = newest.next.unwrap();
    let older = imports::list(store, "d1", Some((at, &id)), 1)
        .await
        .unwrap();
    assert_eq!(older.items[0].id, "i1");
    assert_eq!(older.items[0].error, None);
}

async fn what_is_kept_of_users_is_replaced_and_forgotten(database: &Database) {
    let store = &database.store;
    directories::insert(store, &directory("d1")).await.unwrap();
    let many: Vec<KnownUser> = (0..2_500)
        .map(|number| user(&format!("g{number:04}"), "unconfirmed"))
        .collect();
    users::save(store, "d1", &many).await.unwrap();
    users::save(store, "d1", &[user("g0001", "active")])
        .await
        .unwrap();
    let counted = users::count(store, "d1").await.unwrap();
    assert_eq!(
        counted,
        [("active".to_owned(), 1), ("unconfirmed".to_owned(), 2_499)]
    );
    let page = users::page(store, "d1", "g0000", 2).await.unwrap();
    assert_eq!(
        page.iter()
            .map(|user| user.guid.as_str())
            .collect::<Vec<_>>(),
        ["g0001", "g0002"]
    );
    let waiting = users::list_in_state(store, "d1", "unconfirmed", Some("g2498"), 10)
        .await
        .unwrap();
    assert_eq!((waiting.items.len(), waiting.next), (1, None));
    assert_eq!(users::find(store, "d1", "none").await.unwrap(), None);
}

async fn a_directory_goes_with_everything_of_it(database: &Database) {
    let store = &database.store;
    directories::insert(store, &directory("d1")).await.unwrap();
    users::save(store, "d1", &[user("g0", "active")])
        .await
        .unwrap();
    imports::insert(store, &import("i1", "d1"), &[])
        .await
        .unwrap();
    imports::add_items(store, "i1", &[item(0, "create")])
        .await
        .unwrap();
    directories::delete(store, "d1").await.unwrap();
    assert!(matches!(
        directories::delete(store, "d1").await,
        Err(StoreError::NotFound { .. })
    ));
    assert_eq!(imports::find(store, "i1").await.unwrap(), None);
    assert!(users::count(store, "d1").await.unwrap().is_empty());
    assert!(items::count(store, "i1").await.unwrap().is_empty());
}
