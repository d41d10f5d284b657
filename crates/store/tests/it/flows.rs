//! Flows, versions, triggers, uses.

use flow::{Base, Binding, CardKey, ConnectionId, FieldKey, Flow, FlowId, FlowKind, Input, Type};
use store::drafts::KeptRow;
use store::flows::{DraftSave, FlowFilter, InFolder, NewFlow};
use store::triggers::Begins;
use store::versions::NewVersion;
use store::{Store, StoreError, drafts, flows, triggers, uses, versions};

use crate::world::{Database, first_at, flow, step};

contract! {
    a_draft_comes_back_as_it_was_saved
    a_stale_save_is_a_conflict
    of_many_saves_at_once_one_wins
    the_list_is_sorted_searched_and_paged
    versions_count_up_and_never_change
    names_of_versions_change_and_old_drafts_are_kept
    turning_on_makes_the_flow_match_its_events
    a_scheduled_flow_is_due_when_its_time_has_come
    it_is_known_who_uses_what
}

fn new(draft: Flow) -> NewFlow {
    NewFlow {
        draft,
        folder: None,
        skeleton: Some("{}".to_owned()),
        problems: 2,
        author: Some("p1".into()),
        at: 5,
    }
}

async fn insert(store: &Store, draft: &Flow) {
    flows::insert(store, &new(draft.clone())).await.unwrap();
}

async fn version(store: &Store, document: &Flow) -> i64 {
    let new = NewVersion {
        document,
        name: "",
        note: "",
        changes: None,
        author: None,
        at: 7,
    };
    versions::insert(store, &new).await.unwrap()
}

async fn a_draft_comes_back_as_it_was_saved(database: &Database) {
    let store = &database.store;
    let draft = flow("f1", "新しい人 / New hire", "okta:userCreated");
    insert(store, &draft).await;
    let record = flows::get(store, &draft.id).await.unwrap();
    assert_eq!(record.draft, draft);
    assert_eq!(record.row.kind, FlowKind::Event);
    assert_eq!(
        (
            record.row.is_on,
            record.row.version,
            record.row.draft_revision
        ),
        (false, None, 1)
    );
    assert_eq!((record.row.problems, record.row.created_at), (2, 5));
    assert_eq!(
        flows::skeleton(store, &draft.id).await.unwrap().as_deref(),
        Some("{}")
    );
    flows::save_skeleton(store, &draft.id, None).await.unwrap();
    assert_eq!(flows::skeleton(store, &draft.id).await.unwrap(), None);
    let again = flows::insert(store, &new(draft.clone())).await;
    assert!(
        matches!(again, Err(StoreError::Taken { what: "flow" })),
        "{again:?}"
    );
    flows::delete(store, &draft.id).await.unwrap();
    assert_eq!(flows::find(store, &draft.id).await.unwrap(), None);
    assert!(matches!(
        flows::get(store, &draft.id).await,
        Err(StoreError::NotFound { what: "flow" })
    ));
}

fn save(draft: &Flow, expected_revision: i64) -> DraftSave<'_> {
    DraftSave {
        draft,
        expected_revision,
        problems: 0,
        at: 9,
    }
}

async fn a_stale_save_is_a_conflict(database: &Database) {
    let store = &database.store;
    let mut draft = flow("f1", "One", "control:noop");
    insert(store, &draft).await;
    draft.name = "Two".to_owned();
    assert_eq!(flows::save_draft(store, &save(&draft, 1)).await.unwrap(), 2);
    draft.name = "Three".to_owned();
    let stale = flows::save_draft(store, &save(&draft, 1)).await;
    assert!(
        matches!(stale, Err(StoreError::Conflict { current: 2 })),
        "{stale:?}"
    );
    let row = flows::find(store, &draft.id).await.unwrap().unwrap();
    assert_eq!(
        (row.name.as_str(), row.problems, row.updated_at),
        ("Two", 0, 9)
    );
    let nowhere = flow("f9", "Nowhere", "control:noop");
    let missing = flows::save_draft(store, &save(&nowhere, 1)).await;
    assert!(
        matches!(missing, Err(StoreError::NotFound { what: "flow" })),
        "{missing:?}"
    );
}

async fn of_many_saves_at_once_one_wins(database: &Database) {
    let draft = flow("f1", "One", "control:noop");
    insert(&database.store, &draft).await;
    let saves = (0..12).map(|_| {
        let (store, draft) = (database.store.clone(), draft.clone());
        tokio::spawn(async move { flows::save_draft(&store, &save(&draft, 1)).await.is_ok() })
    });
    let mut won = 0;
    for save in saves.collect::<Vec<_>>() {
        won += u32::from(save.await.unwrap());
    }
    assert_eq!(won, 1);
}

async fn the_list_is_sorted_searched_and_paged(database: &Database) {
    let store = &database.store;
    for (id, name) in [
        ("1", "Beta"),
        ("2", "alpha"),
        ("3", "ÄRGER 100%"),
        ("4", "gamma"),
        ("5", "Alpha"),
    ] {
        insert(store, &flow(id, name, "control:noop")).await;
    }
    let mut filter = FlowFilter {
        limit: 2,
        ..FlowFilter::default()
    };
    let mut seen = Vec::new();
    loop {
        let page = flows::list(store, &filter).await.unwrap();
        seen.extend(page.items.into_iter().map(|flow| flow.id.to_string()));
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["2", "5", "1", "4", "3"]);

    let found = async |filter: FlowFilter| -> Vec<String> {
        let page = flows::list(store, &filter).await.unwrap();
        page.items
            .into_iter()
            .map(|flow| flow.id.to_string())
            .collect()
    };
    let all = FlowFilter {
        limit: 100,
        ..FlowFilter::default()
    };
    let text = |text: &str| FlowFilter {
        text: Some(text.to_owned()),
        ..all.clone()
    };
    assert_eq!(found(text("ärger")).await, ["3"]);
    assert_eq!(found(text("0%")).await, ["3"]);
    assert_eq!(found(text("_")).await, Vec::<String>::new());
    assert_eq!(found(text("4")).await, ["4"]);
    let none = InFolder::These(Vec::new());
    assert_eq!(
        found(FlowFilter {
            folder: none,
            ..all.clone()
        })
        .await,
        Vec::<String>::new()
    );
    assert_eq!(
        found(FlowFilter {
            folder: InFolder::Top,
            ..all.clone()
        })
        .await
        .len(),
        5
    );
    assert_eq!(
        found(FlowFilter {
            kind: Some(FlowKind::Helper),
            ..all.clone()
        })
        .await,
        Vec::<String>::new()
    );
    assert_eq!(
        found(FlowFilter {
            is_on: Some(false),
            ..all.clone()
        })
        .await
        .len(),
        5
    );
}

async fn versions_count_up_and_never_change(database: &Database) {
    let store = &database.store;
    let mut document = flow("f1", "One", "control:noop");
    insert(store, &document).await;
    assert_eq!(version(store, &document).await, 1);
    document.name = "Two".to_owned();
    assert_eq!(version(store, &document).await, 2);
    let numbers: Vec<_> = versions::list(store, &document.id)
        .await
        .unwrap()
        .iter()
        .map(|row| row.number)
        .collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(
        versions::get(store, &document.id, 1)
            .await
            .unwrap()
            .document
            .name,
        "One"
    );
    let refused = database
        .sql("update flow_version set name = 'x'")
        .await
        .unwrap_err();
    assert!(
        refused.to_string().contains("flow_version_is_final"),
        "{refused}"
    );
    flows::delete(store, &document.id).await.unwrap();
    assert_eq!(
        versions::get(store, &document.id, 2)
            .await
            .unwrap()
            .document,
        document
    );
}

async fn names_of_versions_change_and_old_drafts_are_kept(database: &Database) {
    let store = &database.store;
    let document = flow("f1", "One", "control:noop");
    insert(store, &document).await;
    version(store, &document).await;
    versions::rename(store, &document.id, 1, "Named", "Why")
        .await
        .unwrap();
    let row = versions::list(store, &document.id).await.unwrap().remove(0);
    assert_eq!((row.name.as_str(), row.note.as_str()), ("Named", "Why"));
    let gone = versions::rename(store, &document.id, 2, "x", "").await;
    assert!(matches!(gone, Err(StoreError::NotFound { .. })), "{gone:?}");
    for number in 0..drafts::MOST_KEPT + 2 {
        let row = KeptRow {
            id: format!("k{number:03}"),
            flow: document.id.clone(),
            reason: "conflict".to_owned(),
            author: None,
            created_at: number,
        };
        drafts::keep(store, &row, &document).await.unwrap();
    }
    let kept = drafts::list(store, &document.id).await.unwrap();
    assert_eq!(i64::try_from(kept.len()).unwrap(), drafts::MOST_KEPT);
    assert_eq!(kept[0].id, "k051");
    let (_, found) = drafts::get(store, &document.id, "k051").await.unwrap();
    assert_eq!(found, document);
    flows::delete(store, &document.id).await.unwrap();
    assert_eq!(drafts::list(store, &document.id).await.unwrap(), []);
}

async fn turning_on_makes_the_flow_match_its_events(database: &Database) {
    let store = &database.store;
    let connection = ConnectionId::from("c1");
    let mut document = flow("f1", "One", "okta:userCreated");
    document.steps[0].connection = Some(connection.clone());
    insert(store, &document).await;
    assert_eq!(version(store, &document).await, 1);
    let cards = [
        CardKey::new("okta", "other"),
        CardKey::new("okta", "userCreated"),
    ];
    assert_eq!(
        triggers::matching(store, &connection, &cards)
            .await
            .unwrap(),
        []
    );

    triggers::turn_on(store, &document.id, 1, Begins::default(), 10)
        .await
        .unwrap();
    let matching = triggers::matching(store, &connection, &cards)
        .await
        .unwrap();
    assert_eq!(matching.len(), 1);
    assert_eq!(
        (matching[0].flow_name.as_str(), matching[0].version),
        ("One", 1)
    );
    assert_eq!(
        triggers::matching(store, &connection, &cards[..1])
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        triggers::matching(store, &"c2".into(), &cards)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        triggers::matching(store, &connection, &[]).await.unwrap(),
        []
    );
    let row = flows::find(store, &document.id).await.unwrap().unwrap();
    assert_eq!((row.is_on, row.version), (true, Some(1)));

    document.steps[0] = step("start", "control:callable");
    assert_eq!(version(store, &document).await, 2);
    triggers::turn_on(store, &document.id, 2, Begins::default(), 11)
        .await
        .unwrap();
    assert_eq!(
        triggers::matching(store, &connection, &cards)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        triggers::list(store, FlowKind::Helper).await.unwrap().len(),
        1
    );
    assert_eq!(
        triggers::find(store, &document.id)
            .await
            .unwrap()
            .unwrap()
            .version,
        2
    );

    triggers::turn_off(store, &document.id, 12).await.unwrap();
    assert_eq!(triggers::find(store, &document.id).await.unwrap(), None);
    let missing = triggers::turn_on(store, &document.id, 3, Begins::default(), 13).await;
    assert!(
        matches!(missing, Err(StoreError::NotFound { what: "version" })),
        "{missing:?}"
    );
}

async fn a_scheduled_flow_is_due_when_its_time_has_come(database: &Database) {
    let store = &database.store;
    let document = flow("f1", "One", "control:callable");
    insert(store, &document).await;
    version(store, &document).await;
    triggers::turn_on(store, &document.id, 1, first_at(100), 10)
        .await
        .unwrap();
    assert_eq!(triggers::due(store, 99, 10).await.unwrap(), []);
    let due = triggers::due(store, 100, 10).await.unwrap();
    assert_eq!((due.len(), due[0].next_at), (1, Some(100)));
}

async fn it_is_known_who_uses_what(database: &Database) {
    let store = &database.store;
    let mut draft = flow("f1", "One", "okta:userCreated");
    draft.steps[0].connection = Some("c1".into());
    let mut call = step("call", "flow:call");
    let mut helper = Input::new(FieldKey::plain("flow"), Type::one(Base::Flow));
    helper.binding = Binding::constant("f2");
    call.inputs.push(helper);
    let mut rows = step("rows", "stash:searchRows2");
    let mut table = Input::new(
        FieldKey::in_group("parameters", "stash"),
        Type::one(Base::Text),
    );
    table.binding = Binding::constant("t1");
    rows.inputs.push(table);
    draft.steps.extend([call, rows]);
    insert(store, &draft).await;
    version(store, &draft).await;
    triggers::turn_on(store, &draft.id, 1, Begins::default(), 1)
        .await
        .unwrap();

    let name =
        |users: Vec<uses::UserFlow>| users.into_iter().map(|user| user.name).collect::<Vec<_>>();
    assert_eq!(
        name(uses::of_connection(store, &"c1".into()).await.unwrap()),
        ["One"]
    );
    assert_eq!(
        name(uses::of_flow(store, &FlowId::from("f2")).await.unwrap()),
        ["One"]
    );
    assert_eq!(
        name(uses::of_table(store, &"t1".into()).await.unwrap()),
        ["One"]
    );

    draft.steps.truncate(1);
    draft.steps[0].connection = None;
    flows::save_draft(store, &save(&draft, 1)).await.unwrap();
    // The version that is on still uses it.
    assert_eq!(
        uses::of_connection(store, &"c1".into())
            .await
            .unwrap()
            .len(),
        1
    );
    triggers::turn_off(store, &draft.id, 2).await.unwrap();
    assert_eq!(uses::of_connection(store, &"c1".into()).await.unwrap(), []);
}
