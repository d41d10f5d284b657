//! Events: kept once, handled once.

use store::inbox::InboxEvent;
use store::{StoreError, Write, Writer, inbox, runs};

use crate::world::{Database, run};

contract! {
    an_event_is_kept_once
    events_are_handed_out_for_a_while
    an_event_starts_its_runs_once
    the_place_in_the_log_is_kept_with_the_events
    what_came_around_an_event_goes_when_it_is_handled
}

fn event(id: &str, uuid: &str) -> InboxEvent {
    InboxEvent {
        id: id.to_owned(),
        connection: "c1".into(),
        event_uuid: uuid.to_owned(),
        event_type: "user.lifecycle.create".to_owned(),
        payload: "{}".to_owned(),
        envelope: None,
        received_at: 1,
    }
}

async fn an_event_is_kept_once(database: &Database) {
    let store = &database.store;
    let events = [event("e1", "a"), event("e2", "b"), event("e3", "a")];
    assert_eq!(inbox::accept(store, &events).await.unwrap(), ["e1", "e2"]);
    assert_eq!(
        inbox::accept(store, &[event("e4", "b"), event("e5", "c")])
            .await
            .unwrap(),
        ["e5"]
    );
    let elsewhere = InboxEvent {
        connection: "c2".into(),
        ..event("e6", "a")
    };
    assert_eq!(inbox::accept(store, &[elsewhere]).await.unwrap(), ["e6"]);

    let writer = Writer::start(store.clone());
    let (one, two) = tokio::join!(
        writer.accept(vec![event("e7", "x"), event("e8", "c")]),
        writer.accept(vec![event("e9", "x"), event("e10", "y")]),
    );
    let mut new = [one.unwrap(), two.unwrap()].concat();
    new.sort();
    assert_eq!(new, ["e10", "e7"]);
    assert_eq!(inbox::count_open(store).await.unwrap(), 6);
}

async fn events_are_handed_out_for_a_while(database: &Database) {
    let store = &database.store;
    let events: Vec<_> = (0..10)
        .map(|number| event(&format!("e{number}"), &number.to_string()))
        .collect();
    inbox::accept(store, &events).await.unwrap();
    let first = inbox::claim(store, 0, 100, 4).await.unwrap();
    assert_eq!(first, events[..4]);
    assert_eq!(
        inbox::claim(store, 99, 100, 100).await.unwrap(),
        events[4..]
    );
    assert_eq!(inbox::claim(store, 99, 100, 100).await.unwrap(), []);
    assert_eq!(
        inbox::claim(store, 100, 100, 100).await.unwrap(),
        events[..4]
    );
}

async fn an_event_starts_its_runs_once(database: &Database) {
    let store = &database.store;
    inbox::accept(store, &[event("e1", "a")]).await.unwrap();
    let writer = Writer::start(store.clone());
    let handle = |id: &str| {
        vec![
            Write::InsertRun(Box::new(run(id, "f1"))),
            Write::Handled {
                events: vec!["e1".to_owned()],
                at: 50,
            },
        ]
    };
    let (one, two) = tokio::join!(writer.submit(handle("r1")), writer.submit(handle("r2")));
    assert_eq!(u32::from(one.is_ok()) + u32::from(two.is_ok()), 1);
    let lost = one.err().or(two.err()).unwrap();
    assert!(
        matches!(lost, StoreError::Taken { what: "event" }),
        "{lost:?}"
    );
    let mut started = 0;
    for id in ["r1", "r2"] {
        started += u32::from(runs::find(store, &id.into()).await.unwrap().is_some());
    }
    assert_eq!(started, 1);
    assert_eq!(inbox::claim(store, 1_000, 1, 10).await.unwrap(), []);
    assert_eq!(inbox::delete_handled(store, 50, 10).await.unwrap(), 0);
    assert_eq!(inbox::delete_handled(store, 51, 10).await.unwrap(), 1);
}

async fn the_place_in_the_log_is_kept_with_the_events(database: &Database) {
    let store = &database.store;
    let writer = Writer::start(store.clone());
    for (position, id) in [("one", "e1"), ("two", "e2")] {
        let cursor = Write::Cursor {
            connection: "c1".into(),
            position: position.to_owned(),
            at: 1,
        };
        writer
            .submit(vec![Write::Accept(vec![event(id, id)]), cursor])
            .await
            .unwrap();
    }
    assert_eq!(
        inbox::find_cursor(store, &"c1".into())
            .await
            .unwrap()
            .as_deref(),
        Some("two")
    );
    assert_eq!(inbox::find_cursor(store, &"c2".into()).await.unwrap(), None);
    assert_eq!(inbox::count_open(store).await.unwrap(), 2);
}

async fn what_came_around_an_event_goes_when_it_is_handled(database: &Database) {
    let store = &database.store;
    let around = InboxEvent {
        envelope: Some("{\"id\":1}".to_owned()),
        ..event("e1", "a")
    };
    inbox::accept(store, &[around.clone(), event("e2", "b")])
        .await
        .unwrap();
    // As a server leaves them that dies while it handles them.
    let claimed = inbox::claim(store, 0, 1_000_000, 10).await.unwrap();
    assert_eq!(claimed, [around, event("e2", "b")]);
    inbox::release(store).await.unwrap();
    assert_eq!(
        inbox::claim(store, 1, 1_000_000, 10).await.unwrap(),
        claimed
    );
    let writer = Writer::start(store.clone());
    let handled = Write::Handled {
        events: vec!["e1".to_owned()],
        at: 50,
    };
    writer.submit(vec![handled]).await.unwrap();
    let left = inbox::find(store, "e1").await.unwrap().unwrap();
    assert_eq!((left.payload.as_str(), left.envelope), ("", None));
}
