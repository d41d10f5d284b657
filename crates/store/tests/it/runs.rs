//! Runs: their states, who has them, their journal.

use std::collections::HashSet;

use store::runs::RunStatus::{self, *};
use store::runs::{Children, StatusChange};
use store::{Store, StoreError, Word, Write, Writer, journal, runs};

use crate::world::{Database, run, running};

contract! {
    a_run_comes_back_as_it_was_inserted
    the_states_are_a_machine
    a_finished_run_never_changes
    a_run_that_is_elsewhere_is_not_changed
    what_ends_a_run_is_kept
    runs_are_claimed_once
    runs_of_a_server_that_went_away_are_taken_over
    a_waiting_run_is_claimed_when_it_wakes
    a_server_that_stops_gives_its_runs_back
    children_come_by_item
    the_journal_is_read_in_order_and_never_changes
    old_runs_are_removed_with_their_journals
}

async fn a_run_comes_back_as_it_was_inserted(database: &Database) {
    let store = &database.store;
    let mut record = run("r1", "f1");
    record.row.parent_run = Some("r0".into());
    record.row.item = Some(3);
    record.row.is_private = true;
    record.row.subject = Some("ada@example.com".to_owned());
    runs::insert(store, &[record.clone()]).await.unwrap();
    assert_eq!(runs::get(store, &"r1".into()).await.unwrap(), record);
    assert_eq!(
        runs::find(store, &"r1".into()).await.unwrap(),
        Some(record.row.clone())
    );
    let again = runs::insert(store, &[record]).await;
    assert!(
        matches!(again, Err(StoreError::Taken { what: "run" })),
        "{again:?}"
    );
}

/// The whole machine, written out again by hand.
fn is_allowed(from: RunStatus, to: RunStatus) -> bool {
    match from {
        Queued => !matches!(to, OutcomeUnknown),
        Running => true,
        Waiting => !matches!(to, Succeeded | OutcomeUnknown),
        OutcomeUnknown => !matches!(to, Succeeded | Waiting),
        Succeeded | Stopped | Failed | Canceled => false,
    }
}

async fn the_states_are_a_machine(database: &Database) {
    let store = &database.store;
    let all = RunStatus::WORDS.iter().map(|(status, _)| *status);
    for from in all.clone() {
        for to in all.clone().filter(|to| *to != from) {
            let id = format!("{}-{}", from.word(), to.word());
            let mut record = run(&id, "f1");
            record.row.status = from;
            runs::insert(store, &[record]).await.unwrap();
            let changed =
                runs::change_status(store, &StatusChange::new(id.as_str().into(), from, to, 1))
                    .await;
            let expected = is_allowed(from, to);
            assert_eq!(
                changed.is_ok(),
                expected,
                "{} to {}: {changed:?}",
                from.word(),
                to.word()
            );
            if !expected {
                assert!(
                    matches!(changed, Err(StoreError::Refused { .. })),
                    "{changed:?}"
                );
            }
        }
    }
}

async fn a_finished_run_never_changes(database: &Database) {
    for status in RunStatus::WORDS
        .iter()
        .map(|(status, _)| *status)
        .filter(|status| status.is_final())
    {
        let mut record = run(status.word(), "f1");
        record.row.status = status;
        runs::insert(&database.store, &[record]).await.unwrap();
    }
    for statement in [
        "update run set status = 'queued'",
        "update run set result = 'x'",
        "update run set error_message = null",
        "update run set flow_name = 'x'",
    ] {
        let refused = database.sql(statement).await.unwrap_err().to_string();
        assert!(
            refused.contains("run_is_finished") || refused.contains("run_status_order"),
            "{refused}"
        );
    }
}

async fn a_run_that_is_elsewhere_is_not_changed(database: &Database) {
    let store = &database.store;
    runs::insert(store, &[running("r1", "f1", "server-2", 100)])
        .await
        .unwrap();
    let mut change = StatusChange::new("r1".into(), Queued, Running, 1);
    let moved = runs::change_status(store, &change).await;
    assert!(
        matches!(moved, Err(StoreError::RunMoved { status: Running })),
        "{moved:?}"
    );
    change = StatusChange::new("r1".into(), Running, Succeeded, 1);
    change.held_by = Some("server-1".to_owned());
    let lost = runs::change_status(store, &change).await;
    assert!(
        matches!(lost, Err(StoreError::RunMoved { status: Running })),
        "{lost:?}"
    );
    change.held_by = Some("server-2".to_owned());
    runs::change_status(store, &change).await.unwrap();
    let missing =
        runs::change_status(store, &StatusChange::new("r9".into(), Queued, Running, 1)).await;
    assert!(
        matches!(missing, Err(StoreError::NotFound { what: "run" })),
        "{missing:?}"
    );
}

async fn what_ends_a_run_is_kept(database: &Database) {
    let store = &database.store;
    runs::insert(store, &[run("r1", "f1")]).await.unwrap();
    let mut begin = StatusChange::new("r1".into(), Queued, Running, 10);
    begin.lease_owner = Some("me".to_owned());
    begin.due_at = Some(1_000);
    runs::change_status(store, &begin).await.unwrap();
    let row = runs::find(store, &"r1".into()).await.unwrap().unwrap();
    assert_eq!(
        (row.started_at, row.lease_owner.as_deref(), row.due_at),
        (Some(10), Some("me"), Some(1_000))
    );
    let mut end = StatusChange::new("r1".into(), Running, Failed, 35);
    end.error_code = Some("http_500".to_owned());
    end.error_message = Some("The service failed.".to_owned());
    end.failed_step = Some("s3".into());
    end.result = Some("{}".to_owned());
    end.due_at = Some(5);
    runs::change_status(store, &end).await.unwrap();
    let record = runs::get(store, &"r1".into()).await.unwrap();
    assert_eq!(
        (record.row.ended_at, record.row.duration_ms),
        (Some(35), Some(25))
    );
    assert_eq!((record.row.lease_owner, record.row.due_at), (None, None));
    assert_eq!(record.row.error_code.as_deref(), Some("http_500"));
    assert_eq!(record.row.failed_step, Some("s3".into()));
    assert_eq!(record.result.as_deref(), Some("{}"));
}

fn ids(records: &[runs::RunRecord]) -> Vec<String> {
    records
        .iter()
        .map(|record| record.row.id.to_string())
        .collect()
}

async fn runs_are_claimed_once(database: &Database) {
    let queued: Vec<_> = (0..200)
        .map(|number| run(&format!("r{number:03}"), "f1"))
        .collect();
    runs::insert(&database.store, &queued).await.unwrap();
    let servers = (0..4).map(|server| {
        let store = database.store.clone();
        tokio::spawn(async move {
            let mut claimed = Vec::new();
            loop {
                let some = runs::claim(&store, &format!("server-{server}"), 10, 1_000, 7)
                    .await
                    .unwrap();
                if some.is_empty() {
                    return claimed;
                }
                assert!(some.len() <= 7);
                claimed.extend(ids(&some));
            }
        })
    });
    let mut all = Vec::new();
    for server in servers.collect::<Vec<_>>() {
        all.extend(server.await.unwrap());
    }
    assert_eq!(all.len(), 200);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 200);
}

async fn runs_of_a_server_that_went_away_are_taken_over(database: &Database) {
    let store = &database.store;
    runs::insert(store, &[run("r1", "f1"), run("r2", "f1")])
        .await
        .unwrap();
    assert_eq!(
        runs::claim(store, "one", 0, 100, 10).await.unwrap().len(),
        2
    );
    assert_eq!(runs::renew(store, "one", 90, 100).await.unwrap(), 2);
    assert_eq!(
        runs::claim(store, "two", 189, 100, 10).await.unwrap().len(),
        0
    );
    let taken = runs::claim(store, "two", 190, 100, 10).await.unwrap();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].row.lease_owner.as_deref(), Some("two"));
    assert_eq!(taken[0].row.started_at, Some(0));
    assert_eq!(runs::renew(store, "one", 191, 100).await.unwrap(), 0);
}

async fn a_waiting_run_is_claimed_when_it_wakes(database: &Database) {
    let store = &database.store;
    runs::insert(store, &[running("r1", "f1", "one", 100)])
        .await
        .unwrap();
    let mut wait = StatusChange::new("r1".into(), Running, Waiting, 50);
    wait.due_at = Some(5_000);
    runs::change_status(store, &wait).await.unwrap();
    assert_eq!(
        runs::find(store, &"r1".into())
            .await
            .unwrap()
            .unwrap()
            .lease_owner,
        None
    );
    assert_eq!(
        runs::claim(store, "two", 4_999, 100, 10)
            .await
            .unwrap()
            .len(),
        0
    );
    assert_eq!(
        runs::claim(store, "two", 5_000, 100, 10)
            .await
            .unwrap()
            .len(),
        1
    );
    let mut ask = StatusChange::new("r1".into(), Running, OutcomeUnknown, 5_001);
    ask.due_at = Some(1);
    runs::change_status(store, &ask).await.unwrap();
    assert_eq!(
        runs::claim(store, "two", i64::MAX / 2, 100, 10)
            .await
            .unwrap()
            .len(),
        0
    );
}

async fn a_server_that_stops_gives_its_runs_back(database: &Database) {
    let store = &database.store;
    runs::insert(
        store,
        &[
            running("r1", "f1", "one", 1_000),
            running("r2", "f1", "two", 1_000),
        ],
    )
    .await
    .unwrap();
    assert_eq!(runs::release(store, Some("one"), 5).await.unwrap(), 1);
    assert_eq!(
        ids(&runs::claim(store, "three", 5, 100, 10).await.unwrap()),
        ["r1"]
    );
    let everyone = runs::release(store, None, 6).await;
    assert_eq!(everyone.is_err(), store.is_shared());
}

async fn children_come_by_item(database: &Database) {
    let store = &database.store;
    let mut children = Vec::new();
    for item in [2, 0, 1] {
        let mut child = run(&format!("c{}", 9 - item), "f2");
        child.row.parent_run = Some("r1".into());
        child.row.item = Some(item);
        children.push(child);
    }
    runs::insert(store, &children).await.unwrap();
    let mut filter = Children {
        parent: "r1".into(),
        after: None,
        limit: 2,
    };
    let first = runs::children(store, &filter).await.unwrap();
    assert_eq!(
        first.items.iter().map(|row| row.item).collect::<Vec<_>>(),
        [Some(0), Some(1)]
    );
    filter.after = first.next;
    let second = runs::children(store, &filter).await.unwrap();
    assert_eq!((second.items[0].item, second.next), (Some(2), None));
}

async fn append(store: &Store, seq: i64) -> Result<(), StoreError> {
    let writer = Writer::start(store.clone());
    writer
        .submit(vec![Write::Journal {
            run: "r1".into(),
            seq,
            entries: format!("[{seq}]"),
        }])
        .await
}

async fn the_journal_is_read_in_order_and_never_changes(database: &Database) {
    let store = &database.store;
    for seq in [1, 0, 10, 2] {
        append(store, seq).await.unwrap();
    }
    let again = append(store, 2).await;
    assert!(
        matches!(
            again,
            Err(StoreError::Taken {
                what: "journal entry"
            })
        ),
        "{again:?}"
    );
    let entries = |parts: Vec<journal::JournalPart>| {
        parts
            .into_iter()
            .map(|part| part.entries)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        entries(journal::read(store, &"r1".into()).await.unwrap()),
        ["[0]", "[1]", "[2]", "[10]"]
    );
    assert_eq!(
        entries(journal::read_after(store, &"r1".into(), 1).await.unwrap()),
        ["[2]", "[10]"]
    );
    let refused = database
        .sql("update journal set entries = ''")
        .await
        .unwrap_err();
    assert!(
        refused.to_string().contains("journal_is_final"),
        "{refused}"
    );
}

async fn old_runs_are_removed_with_their_journals(database: &Database) {
    let store = &database.store;
    let mut done = run("r1", "f1");
    done.row.status = Succeeded;
    runs::insert(store, &[done, run("r2", "f1"), run("r9", "f1")])
        .await
        .unwrap();
    append(store, 0).await.unwrap();
    assert_eq!(
        runs::delete_older(store, &"r5".into(), 10).await.unwrap(),
        1
    );
    assert_eq!(
        runs::delete_older(store, &"r5".into(), 10).await.unwrap(),
        0
    );
    assert_eq!(journal::read(store, &"r1".into()).await.unwrap(), []);
    assert!(runs::find(store, &"r2".into()).await.unwrap().is_some());
}
