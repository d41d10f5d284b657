//! Streaming: records go to a helper one by one, page after page.

use std::sync::atomic::{AtomicI64, Ordering};

use engine::Event;
use flow::{Base, CardError, RetryHint, Type};
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, from, give_back, is, plan, step};
use crate::world::{World, check_in, page, returned_inputs, shown};

fn stream() -> Make {
    step("list", "test:list")
        .give("Request.Filter", is("x"))
        .typed("Streaming.Flow", Type::one(Base::Flow), is("h"))
        .custom("Streaming.orgUrl", is("https://example.com"))
        .out("Result.Records Streamed")
}

/// Pages of 200 records, up to `count`. The cursor is the first record of the page.
fn directory(count: i64) -> World {
    World::new().answers(move |call| {
        let first: i64 = call.cursor.as_deref().unwrap_or("0").parse().unwrap();
        let end = (first + 200).min(count);
        let next = (end < count).then(|| end.to_string());
        Ok(page(first..end, next.as_deref()))
    })
}

fn records(world: &World) -> Vec<Json> {
    let seen = world.seen.lock().unwrap();
    let children = seen.children.iter();
    children
        .map(|child| returned_inputs(child).at(&["Record"]).to_json())
        .collect()
}

fn ended(card: Make, world: &World) -> Json {
    let end = give_back("end", "count", from("list.Result.Records Streamed"));
    shown(&world.run(&flow(&[], [card, end]), &json!({})))
}

#[test]
fn each_record_goes_to_the_helper_with_the_state() {
    let world = directory(450);
    assert_eq!(ended(stream(), &world), json!({"count": 450}));
    assert_eq!(
        records(&world),
        (0..450).map(Json::from).collect::<Vec<_>>()
    );
    let seen = world.seen.lock().unwrap();
    assert_eq!(seen.calls.len(), 3);
    assert_eq!(seen.most_under_way, 1);
    assert_eq!(seen.children[7].index, Some(7));
    assert_eq!(
        returned_inputs(&seen.children[7]).to_json(),
        json!({
            "Record": 7, "State": {"orgUrl": "https://example.com"},
        })
    );
}

#[test]
fn a_record_limit_stops_in_the_middle_of_a_page() {
    for (limit, count, calls) in [
        (json!(250), 250, 2),
        (json!(0), 450, 3),
        (json!(null), 450, 3),
        (json!(200), 200, 1),
    ] {
        let world = directory(450);
        let card = stream().give("Streaming.Record Limit", is(limit));
        assert_eq!(ended(card, &world), json!({"count": count}));
        assert_eq!(world.called().len(), calls);
    }
    let card = stream().give("Streaming.Record Limit", is(-1));
    assert_eq!(ended(card, &directory(1))[1], json!("stream.limit"));
}

#[test]
fn an_empty_directory_streams_nothing() {
    assert_eq!(ended(stream(), &directory(0)), json!({"count": 0}));
}

#[test]
fn a_failing_record_fails_the_card() {
    let world = directory(450).helps(|child| {
        if child.index == Some(210) {
            Err(CardError::new("inner", "bad record"))
        } else {
            Ok(flow::Value::Null)
        }
    });
    assert_eq!(ended(stream(), &world)[1], json!("inner"));
    assert_eq!(records(&world).len(), 211);
}

#[test]
fn a_retry_goes_on_where_the_stream_was() {
    let world = directory(450);
    let world = world.answers(|call| {
        let first: i64 = call.cursor.as_deref().unwrap_or("0").parse().unwrap();
        if first == 200 && call.attempt == 0 {
            return Err(CardError {
                retry: RetryHint::RateLimited { reset_at_ms: None },
                ..CardError::new("okta.busy", "busy")
            });
        }
        let next = (first < 400).then(|| (first + 200).to_string());
        Ok(page(first..(first + 200).min(450), next.as_deref()))
    });
    assert_eq!(
        ended(stream().retry(1, &[1000], true), &world),
        json!({"count": 450})
    );
    assert_eq!(records(&world).len(), 450);
    assert_eq!(
        world.called().len(),
        4,
        "each page once, and one more attempt"
    );
}

#[test]
fn a_service_that_names_the_same_page_again_is_stopped() {
    let world = World::new().answers(|_| Ok(page(0..1, Some("again"))));
    assert_eq!(ended(stream(), &world)[1], json!("stream.stuck"));
}

#[test]
fn a_page_is_journaled_once_and_is_all_that_is_kept() {
    let world = directory(450);
    check_in(&world, &flow(&[], [stream()]), &json!({}), &json!({}));
    let journal = world.journal();
    let page_sizes: Vec<usize> = journal
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Page { records, .. } => Some(records.len()),
            _ => None,
        })
        .collect();
    assert_eq!(page_sizes, [200, 200, 50]);
    let children = journal
        .iter()
        .filter(|entry| matches!(entry.event, Event::Child { .. }));
    assert_eq!(children.count(), 100);
}

/// Three pages of three records. Asked again, the service has other records: a thousand is added with each call.
fn shifting() -> World {
    let calls = AtomicI64::new(0);
    World::new().answers(move |call| {
        let first: i64 = call.cursor.as_deref().unwrap_or("0").parse().unwrap();
        let asked = calls.fetch_add(1000, Ordering::SeqCst);
        let next = (first < 6).then(|| (first + 3).to_string());
        Ok(page(asked + first..asked + first + 3, next.as_deref()))
    })
}

#[test]
fn every_record_goes_to_one_helper_wherever_the_power_fails() {
    let end = give_back("end", "n", from("list.Result.Records Streamed"));
    let plan = plan(&flow(&[], [stream(), end]));
    let mut survived = false;
    for moment in 0.. {
        for lucky in [false, true] {
            let world = shifting();
            world.blow_after(moment);
            survived = world.run_plan(&plan, &json!({})).is_some();
            world.restart(lucky);
            let ended = world.run_plan(&plan, &json!({})).unwrap().unwrap();
            assert_eq!(shown(&ended), json!({"n": 9}));
            let records: Vec<i64> = records(&world)
                .iter()
                .map(|n| n.as_i64().unwrap())
                .collect();
            let places: Vec<i64> = records.iter().map(|record| record % 1000).collect();
            assert_eq!(places, (0..9).collect::<Vec<_>>(), "after {moment} moments");
            for page in records.chunks(3) {
                let answer = page[0] / 1000;
                assert!(
                    page.iter().all(|record| record / 1000 == answer),
                    "{records:?}"
                );
            }
        }
        if survived {
            break;
        }
    }
}
