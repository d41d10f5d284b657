//! Drafts that were tried, saved tests and views, repeated runs, cleared data.

use store::people::{Person, Role};
use store::runs::{RunStatus, StatusChange, Trial};
use store::trials::{self, SavedTest};
use store::views::{self, SavedView};
use store::{StoreError, Write, Writer, flows, runs};

use crate::world::{Database, flow, run};

contract! {
    a_draft_that_is_tried_is_kept_once
    old_trials_go_with_all_they_called_and_their_drafts
    tests_are_kept_with_their_flow
    views_belong_to_a_person
    a_repeated_run_names_its_source
    cleared_data_is_gone_and_the_run_stays
    usual_durations_and_neighbours
}

async fn with_flow(database: &Database) -> flow::Flow {
    let draft = flow("f", "Flow", "control:noop");
    let new = flows::NewFlow {
        draft: draft.clone(),
        folder: None,
        skeleton: None,
        problems: 0,
        author: None,
        at: 0,
    };
    flows::insert(&database.store, &new).await.unwrap();
    draft
}

async fn a_draft_that_is_tried_is_kept_once(database: &Database) {
    let store = &database.store;
    let mut draft = with_flow(database).await;
    assert_eq!(trials::keep_draft(store, &draft, 1).await.unwrap(), -1);
    assert_eq!(trials::keep_draft(store, &draft, 2).await.unwrap(), -1);
    draft.name = "Changed".to_owned();
    assert_eq!(trials::keep_draft(store, &draft, 3).await.unwrap(), -2);
    assert_eq!(
        trials::draft(store, &draft.id, -1).await.unwrap().name,
        "Flow"
    );
    assert_eq!(trials::draft(store, &draft.id, -2).await.unwrap(), draft);
    assert!(trials::draft(store, &draft.id, -3).await.is_err());
    draft.id = "gone".into();
    assert!(matches!(
        trials::keep_draft(store, &draft, 4).await,
        Err(StoreError::NotFound { .. })
    ));
}

async fn old_trials_go_with_all_they_called_and_their_drafts(database: &Database) {
    let store = &database.store;
    let mut draft = with_flow(database).await;
    for at in [1, 2, 3] {
        draft.name = format!("Draft {at}");
        trials::keep_draft(store, &draft, at).await.unwrap();
    }
    let record = |id: &str, version, trial: Option<Trial>, parent: Option<&str>| {
        let mut record = run(id, "f");
        record.row.version = version;
        record.row.trial = trial;
        record.row.parent_run = parent.map(Into::into);
        record.row.status = RunStatus::Succeeded;
        record
    };
    let mut all = vec![
        record("01A", -1, Some(Trial::Flow), None),
        record("01B", 1, None, None),
        record("01E", -2, Some(Trial::Card), None),
        record("01Z", -3, Some(Trial::Until), None),
        record("01C0", 1, None, Some("01A")),
        record("01D", 1, None, Some("01C0")),
    ];
    all.extend((0..450).map(|n| record(&format!("01C{n:03}x"), 1, None, Some("01A"))));
    let waiting = all
        .iter_mut()
        .find(|record| record.row.id.as_str() == "01E");
    waiting.unwrap().row.status = RunStatus::Waiting;
    runs::insert(store, &all).await.unwrap();
    let cutoff = "01Y".into();
    assert!(trials::delete_older(store, &cutoff).await.unwrap());
    assert!(
        !trials::delete_older(store, &cutoff).await.unwrap(),
        "what goes on stays"
    );
    for (id, is_kept) in [
        ("01A", false),
        ("01B", true),
        ("01E", true),
        ("01Z", true),
        ("01C0", false),
        ("01D", false),
        ("01C449x", false),
    ] {
        let found = runs::find(store, &id.into()).await.unwrap();
        assert_eq!(found.is_some(), is_kept, "{id}");
    }
    assert_eq!(
        trials::delete_drafts(store, 1).await.unwrap(),
        0,
        "none is older"
    );
    assert_eq!(trials::delete_drafts(store, 100).await.unwrap(), 1);
    assert!(trials::draft(store, &draft.id, -1).await.is_err());
    assert!(trials::draft(store, &draft.id, -2).await.is_ok());
    assert!(trials::draft(store, &draft.id, -3).await.is_ok());
}

async fn tests_are_kept_with_their_flow(database: &Database) {
    let store = &database.store;
    let draft = with_flow(database).await;
    let test = |id: &str, name: &str| SavedTest {
        id: id.to_owned(),
        flow: draft.id.clone(),
        name: name.to_owned(),
        inputs: r#"{"who":"愛"}"#.to_owned(),
        author: None,
        created_at: 5,
    };
    for test in [test("2", "Bea"), test("1", "Ada")] {
        trials::insert_test(store, &test).await.unwrap();
    }
    assert_eq!(
        trials::list_tests(store, &draft.id).await.unwrap(),
        [test("1", "Ada"), test("2", "Bea")]
    );
    assert!(trials::rename_test(store, "1", "Zoe").await.unwrap());
    assert!(!trials::rename_test(store, "9", "Zoe").await.unwrap());
    assert_eq!(
        trials::find_test(store, "1").await.unwrap(),
        Some(test("1", "Zoe"))
    );
    assert!(trials::delete_test(store, "2").await.unwrap());
    assert!(!trials::delete_test(store, "2").await.unwrap());
    flows::delete(store, &draft.id).await.unwrap();
    assert_eq!(trials::list_tests(store, &draft.id).await.unwrap(), []);
}

async fn views_belong_to_a_person(database: &Database) {
    let store = &database.store;
    for id in ["ada", "bea"] {
        let person = Person {
            id: id.into(),
            login: id.to_owned(),
            name: id.to_owned(),
            password_hash: None,
            role: Role::Administrator,
            created_at: 0,
            language: None,
            theme: None,
        };
        store::people::insert(store, &person).await.unwrap();
    }
    let view = SavedView {
        id: "v".to_owned(),
        person: "ada".into(),
        name: "Failed".to_owned(),
        query: "status=failed".to_owned(),
        created_at: 1,
    };
    views::insert(store, &view).await.unwrap();
    assert_eq!(views::list(store, &"ada".into()).await.unwrap(), [view]);
    assert_eq!(views::list(store, &"bea".into()).await.unwrap(), []);
    assert!(!views::delete(store, &"bea".into(), "v").await.unwrap());
    assert!(views::delete(store, &"ada".into(), "v").await.unwrap());
}

async fn a_repeated_run_names_its_source(database: &Database) {
    let store = &database.store;
    let mut again = run("01B", "f");
    again.row.again_of = Some("01A".into());
    again.row.trial = Some(Trial::Until);
    again.row.version = -3;
    runs::insert(store, &[run("01A", "f"), again.clone()])
        .await
        .unwrap();
    assert_eq!(runs::get(store, &"01B".into()).await.unwrap(), again);
    let found = runs::again(store, &"01A".into()).await.unwrap();
    assert_eq!(found, [again.row]);
    assert_eq!(runs::again(store, &"01B".into()).await.unwrap(), []);
}

async fn cleared_data_is_gone_and_the_run_stays(database: &Database) {
    let store = &database.store;
    let writer = Writer::start(store.clone());
    let mut ended = run("01A", "f");
    ended.row.status = RunStatus::Failed;
    ended.row.error_code = Some("okta.refused".to_owned());
    ended.row.error_message = Some("No for 愛".to_owned());
    ended.row.subject = Some("愛".to_owned());
    ended.result = Some("1".to_owned());
    let mut open = run("01B", "f");
    open.row.status = RunStatus::Running;
    runs::insert(store, &[ended, open]).await.unwrap();
    let clear = |id: &str| Write::Clear {
        run: id.into(),
        entries: "[]".to_owned(),
    };
    let part = |id: &str| Write::Journal {
        run: id.into(),
        seq: 0,
        entries: "[\"愛\"]".to_owned(),
    };
    writer.submit(vec![part("01A"), part("01B")]).await.unwrap();
    let found = runs::with_data(store, &"f".into(), None, 10).await.unwrap();
    assert_eq!(found.len(), 1, "only what is over");
    writer.submit(vec![clear("01A")]).await.unwrap();
    writer.submit(vec![clear("01B")]).await.unwrap();
    let cleared = runs::get(store, &"01A".into()).await.unwrap();
    assert_eq!((cleared.input.as_str(), cleared.result), ("[]", None));
    assert_eq!(cleared.row.error_code.as_deref(), Some("okta.refused"));
    assert_eq!(
        (cleared.row.error_message, cleared.row.subject),
        (None, None)
    );
    assert!(cleared.row.is_private);
    assert_eq!(
        runs::with_data(store, &"f".into(), None, 10).await.unwrap(),
        []
    );
    let untouched = runs::get(store, &"01B".into()).await.unwrap();
    assert!(!untouched.row.is_private, "what is going on keeps its data");
    let journal = store::journal::read(store, &"01B".into()).await.unwrap();
    assert_eq!(journal[0].entries, "[\"愛\"]");
    // Nothing else of a run that is over can be changed.
    let change = StatusChange::new("01A".into(), RunStatus::Failed, RunStatus::Queued, 1);
    assert!(runs::change_status(store, &change).await.is_err());
}

async fn usual_durations_and_neighbours(database: &Database) {
    let store = &database.store;
    let all: Vec<_> = (0..20)
        .map(|number| {
            let mut record = run(
                &format!("01RUN{number:03}"),
                if number < 18 { "f" } else { "g" },
            );
            record.row.status = RunStatus::Succeeded;
            record.row.duration_ms = Some(i64::from(number) * 10);
            record
        })
        .collect();
    runs::insert(store, &all).await.unwrap();
    assert_eq!(
        runs::usual_duration(store, &"f".into()).await.unwrap(),
        Some(170)
    );
    assert_eq!(
        runs::usual_duration(store, &"g".into()).await.unwrap(),
        None,
        "too few"
    );
    let beside = |number: usize| runs::neighbours(store, &all[number].row);
    let middle = beside(5).await.unwrap();
    assert_eq!(middle.newer, Some("01RUN006".into()));
    assert_eq!(middle.older, Some("01RUN004".into()));
    assert_eq!(
        beside(17).await.unwrap().newer,
        None,
        "the next is of another flow"
    );
}
