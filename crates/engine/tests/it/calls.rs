//! Calls of services.

use engine::{Entry, Outcome, Start};
use flow::{Base, ConnectionId, RunId, Type};
use serde_json::json;

use crate::flows::{flow, from, give_back, is, plan, step, upper};
use crate::world::{World, check_in};

#[test]
fn a_call_gets_its_inputs_and_gives_its_outputs() {
    let mut call = step("get", "test:get")
        .give("text", from("a.result"))
        .typed("Request.Limit", Type::one(Base::Number), is("5"))
        .out("result");
    call.0.connection = Some(ConnectionId::from("okta-1"));
    let flow = flow(
        &[],
        [
            upper("a", is("x")),
            call,
            give_back("end", "got", from("get.result")),
        ],
    );
    let world = World::new();
    check_in(&world, &flow, &json!({}), &json!({"got": "X"}));
    let seen = world.seen.lock().unwrap();
    let call = &seen.calls[0];
    assert_eq!(call.path.as_str(), "get");
    assert_eq!(call.card.as_str(), "test:get");
    assert_eq!(call.connection, Some(ConnectionId::from("okta-1")));
    assert_eq!(call.args.get("Request", "Limit"), &5.into());
    assert_eq!(call.args.wanted.len(), 1);
    assert_eq!((call.attempt, &call.cursor), (0, &None));
}

#[test]
fn the_journal_of_a_short_run_is_short() {
    let flow = flow(
        &[],
        [
            upper("a", is("x")),
            upper("b", from("a.result")),
            upper("c", from("b.result")),
            upper("d", from("c.result")),
            step("get", "test:get")
                .give("text", from("d.result"))
                .out("result"),
        ],
    );
    let world = World::new();
    world.run(&flow, &json!({}));
    let kinds: Vec<String> = world
        .journal()
        .iter()
        .map(|entry| {
            serde_json::to_value(&entry.event).unwrap()["kind"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "computed", "computed", "computed", "computed", "computed", "started", "finished",
            "ended",
        ]
    );
}

#[test]
fn the_journal_survives_json() {
    let flow = flow(
        &["n"],
        [
            step("try", "control:tryCatch")
                .out("context.error")
                .lane("try", [step("bad", "test:fail").retry(1, &[5], false)])
                .lane("error", []),
            step("clock", "test:clock").out("now"),
            step("post", "test:create")
                .give("text", from("clock.now"))
                .out("result"),
            step("each", "list:each")
                .give("list", is(json!([1])))
                .helper("h"),
            step("wait", "control:wait")
                .give("delay", is(1))
                .give("unit", is("second")),
            give_back("end", "x", from("post.result")),
        ],
    );
    let world = World::new();
    world.run(&flow, &json!({"n": 1}));
    for entry in world.journal() {
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(
            serde_json::from_str::<engine::Entry>(&text).unwrap(),
            entry,
            "{text}"
        );
    }
}

#[test]
fn a_run_is_small_and_may_move_between_threads() {
    fn assert_send<T: Send>(_: &T) {}
    let plan = plan(&flow(&[], [upper("a", is("x"))]));
    let world = World::new();
    let start = Start {
        run: RunId::from("01KAN0WQ8Z4T5V6X7Y8Z9A0B1C"),
        outputs: Vec::new(),
    };
    let run = engine::run(&plan, start, &[], &world);
    assert_send(&run);
    assert!(size_of_val(&run) < 8 * 1024, "{} bytes", size_of_val(&run));
}

#[test]
fn data_that_is_not_saved_is_marked_and_can_be_erased() {
    let mut flow = flow(
        &["secret"],
        [step("get", "test:get")
            .give("text", from("start.secret"))
            .out("result")],
    );
    flow.saves_data = false;
    let world = World::new();
    world.run(&flow, &json!({"secret": "hunter2"}));
    let journal = world.journal();
    assert!(journal.iter().all(|entry| entry.private));
    let text = |entries: &[Entry]| serde_json::to_string(entries).unwrap();
    assert!(text(&journal).contains("hunter2"));
    let erased: Vec<Entry> = journal
        .into_iter()
        .map(|entry| Entry {
            event: entry.event.without_data(),
            ..entry
        })
        .collect();
    assert!(!text(&erased).contains("hunter2"));
}

#[test]
fn what_errors_and_requests_say_is_data_too() {
    let error = flow::CardError::new("okta.not_found", "hunter2 was not found");
    let call = engine::CallTrace {
        method: "GET".to_owned(),
        path: "/api/v1/users/hunter2".to_owned(),
        status: Some(404),
        took_ms: 1,
        at_ms: 1,
        attempt: 0,
    };
    let events = [
        engine::Event::Failed {
            error: error.clone(),
            took_us: 1,
        },
        engine::Event::Call(call.clone()),
        engine::Event::Finished {
            outputs: Vec::new(),
            calls: vec![call.clone()],
            took_us: 1,
        },
        engine::Event::Page {
            number: 0,
            first: 0,
            records: vec!["hunter2".into()],
            next: Some("/api/v1/users?after=hunter2".to_owned()),
            calls: vec![call],
        },
        engine::Event::PageDone {
            number: 0,
            streamed: 1,
            next: Some("/api/v1/users?after=hunter2".to_owned()),
        },
        engine::Event::Ended {
            outcome: Outcome::Failed {
                error,
                step: "get".into(),
                path: engine::Path::new("get"),
            },
        },
    ];
    for event in events {
        let text = serde_json::to_string(&event.without_data()).unwrap();
        assert!(!text.contains("hunter2"), "{text}");
    }
}
