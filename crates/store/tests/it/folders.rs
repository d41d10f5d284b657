//! The tree of folders: how deep it may be, moving, deleting and copying what is in it.

use flow::{Flow, FolderId};
use store::flows::NewFlow;
use store::folders::{self, Copies, Folder, MAX_DEPTH};
use store::tables::{self, Column, ColumnType, DataTable};
use store::{Store, StoreError, dismissals, flows};

use crate::world::{Database, flow};

contract! {
    folders_nest_five_levels_deep
    a_move_counts_what_is_below
    of_moves_that_meet_none_makes_a_circle
    a_folder_goes_with_what_is_in_it
    what_may_not_go_stays_whole
    copies_are_stored_all_or_not_at_all
    what_was_put_away_is_kept_once
}

fn folder(id: &str, parent: Option<&str>) -> Folder {
    Folder {
        id: id.into(),
        parent: parent.map(Into::into),
        name: format!("Folder {id}"),
        description: "説明".to_owned(),
        skeleton: None,
    }
}

async fn chain(store: &Store, prefix: &str, length: usize) {
    for level in 1..=length {
        let parent = (level > 1).then(|| format!("{prefix}{}", level - 1));
        let new = folder(&format!("{prefix}{level}"), parent.as_deref());
        folders::insert(store, &new).await.unwrap();
    }
}

fn new_flow(draft: Flow, folder: Option<&str>) -> NewFlow {
    NewFlow {
        draft,
        folder: folder.map(FolderId::from),
        skeleton: None,
        problems: 0,
        author: None,
        at: 5,
    }
}

fn table(id: &str, folder: &str) -> DataTable {
    DataTable {
        id: id.into(),
        folder: Some(folder.into()),
        name: id.to_owned(),
        description: String::new(),
        columns: vec![Column {
            name: "Mail".to_owned(),
            cell: None,
            ty: ColumnType::Text,
            default: None,
        }],
        created_at: 1,
        updated_at: 1,
    }
}

async fn folders_nest_five_levels_deep(database: &Database) {
    let store = &database.store;
    chain(store, "a", MAX_DEPTH).await;
    let deeper = folders::insert(store, &folder("x", Some("a5"))).await;
    assert!(
        matches!(deeper, Err(StoreError::TooDeep { most: 5 })),
        "{deeper:?}"
    );
    // A folder that stands at the deepest level can still be renamed.
    let mut deepest = folders::find(store, &"a5".into()).await.unwrap().unwrap();
    deepest.name = "Deepest".to_owned();
    folders::save(store, &deepest).await.unwrap();
    assert_eq!(
        folders::find(store, &"a5".into()).await.unwrap(),
        Some(deepest)
    );
}

async fn a_move_counts_what_is_below(database: &Database) {
    let store = &database.store;
    chain(store, "a", 3).await;
    chain(store, "b", 3).await;
    let too_deep = folders::move_to(store, &"a1".into(), Some(&"b3".into())).await;
    assert!(
        matches!(too_deep, Err(StoreError::TooDeep { .. })),
        "{too_deep:?}"
    );
    folders::move_to(store, &"a1".into(), Some(&"b2".into()))
        .await
        .unwrap();
    let circle = folders::move_to(store, &"b1".into(), Some(&"a3".into())).await;
    assert!(matches!(circle, Err(StoreError::Circle)), "{circle:?}");
    folders::move_to(store, &"a1".into(), None).await.unwrap();
    let gone = folders::move_to(store, &"a1".into(), Some(&"nowhere".into())).await;
    assert!(matches!(gone, Err(StoreError::NotFound { .. })), "{gone:?}");
}

async fn of_moves_that_meet_none_makes_a_circle(database: &Database) {
    let store = &database.store;
    for round in 0..8 {
        let (a, b) = (format!("a{round}"), format!("b{round}"));
        folders::insert(store, &folder(&a, None)).await.unwrap();
        folders::insert(store, &folder(&b, None)).await.unwrap();
        let (a, b): (FolderId, FolderId) = (a.into(), b.into());
        let one = folders::move_to(store, &a, Some(&b));
        let other = folders::move_to(store, &b, Some(&a));
        let (one, other) = tokio::join!(one, other);
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    }
}

async fn a_folder_goes_with_what_is_in_it(database: &Database) {
    let store = &database.store;
    chain(store, "a", 3).await;
    let inner = flow("f1", "Inner", "control:noop");
    flows::insert(store, &new_flow(inner, Some("a3")))
        .await
        .unwrap();
    flows::insert(store, &new_flow(flow("f2", "Other", "control:noop"), None))
        .await
        .unwrap();
    tables::insert(store, &table("own", "a2")).await.unwrap();
    tables::insert(store, &table("shared", "a3")).await.unwrap();
    // A flow elsewhere works with one table and calls a flow.
    for (kind, target) in [("table", "shared"), ("flow", "f1")] {
        let sql = format!(
            "insert into flow_use (flow, source, kind, target) values ('f2', 'draft', '{kind}', '{target}')"
        );
        database.sql(&sql).await.unwrap();
    }
    let found = folders::contents(store, &"a2".into()).await.unwrap();
    assert_eq!(found.folders, ["a3".into()]);
    assert_eq!(found.flows, [("f1".into(), false)]);
    assert_eq!(
        (found.tables.len(), found.shared_tables.len(), found.callers),
        (1, 1, 1)
    );
    let gone = folders::delete_whole::<StoreError>(store, &"a2".into(), |_| Ok(()))
        .await
        .unwrap();
    assert_eq!(gone, found);
    assert_eq!(folders::list(store).await.unwrap(), [folder("a1", None)]);
    assert_eq!(flows::find(store, &"f1".into()).await.unwrap(), None);
    assert_eq!(tables::find(store, &"own".into()).await.unwrap(), None);
    let kept = tables::get(store, &"shared".into()).await.unwrap();
    assert_eq!(kept.folder, Some("a1".into()));
    assert!(flows::find(store, &"f2".into()).await.unwrap().is_some());
}

async fn what_may_not_go_stays_whole(database: &Database) {
    let store = &database.store;
    chain(store, "a", 2).await;
    let inner = flow("f1", "Inner", "control:noop");
    flows::insert(store, &new_flow(inner, Some("a2")))
        .await
        .unwrap();
    let kept = folders::delete_whole(store, &"a1".into(), |found| {
        if found.flows.is_empty() {
            Ok(())
        } else {
            Err(StoreError::InUse)
        }
    })
    .await;
    assert!(matches!(kept, Err(StoreError::InUse)), "{kept:?}");
    assert_eq!(folders::list(store).await.unwrap().len(), 2);
    assert!(flows::find(store, &"f1".into()).await.unwrap().is_some());
}

async fn copies_are_stored_all_or_not_at_all(database: &Database) {
    let store = &database.store;
    chain(store, "a", 4).await;
    let mut copies = Copies {
        folders: vec![folder("c1", Some("a3")), folder("c2", Some("c1"))],
        tables: vec![table("t1", "c1")],
        flows: vec![new_flow(flow("f1", "Copy", "control:noop"), Some("c2"))],
    };
    folders::insert_copies(store, &copies).await.unwrap();
    assert_eq!(folders::list(store).await.unwrap().len(), 6);
    copies.folders = vec![folder("d1", Some("a4")), folder("d2", Some("d1"))];
    copies.tables.clear();
    copies.flows.clear();
    let too_deep = folders::insert_copies(store, &copies).await;
    assert!(
        matches!(too_deep, Err(StoreError::TooDeep { .. })),
        "{too_deep:?}"
    );
    assert_eq!(folders::list(store).await.unwrap().len(), 6);
}

async fn what_was_put_away_is_kept_once(database: &Database) {
    let store = &database.store;
    let mut away = dismissals::Dismissal {
        key: "failed:f1".to_owned(),
        mark: "r1".to_owned(),
        reason: "known".to_owned(),
        person: "p1".into(),
        at: 5,
    };
    dismissals::save(store, &away).await.unwrap();
    away.mark = "r2".to_owned();
    dismissals::save(store, &away).await.unwrap();
    assert_eq!(dismissals::list(store).await.unwrap(), [away]);
    dismissals::delete(store, "failed:f1").await.unwrap();
    assert_eq!(dismissals::list(store).await.unwrap(), []);
}
