//! Cards that call a helper flow many times.

use flow::{Base, CardError, Type, Value};
use serde_json::{Value as Json, json};

use crate::flows::{Make, flow, from, give_back, is, item, step};
use crate::world::{World, check_in, returned_inputs, shown};

fn each(card: &str, list: Json) -> Make {
    step("loop", card).give("list", is(list)).helper("h")
}

fn number(child: &engine::ChildCall) -> i64 {
    let n = returned_inputs(child).at(&["n"]);
    n.as_number().and_then(|n| n.as_i64()).unwrap()
}

fn inputs(world: &World) -> Vec<Json> {
    let seen = world.seen.lock().unwrap();
    seen.children
        .iter()
        .map(|child| returned_inputs(child).to_json())
        .collect()
}

#[test]
fn for_each_hands_over_items_keys_and_constants() {
    let world = World::new();
    let card = each("list:each", json!([{"Row ID": "a"}, {"Row ID": "b"}]))
        .arg("id", item(Some("Row ID")))
        .arg("row", item(None))
        .arg("same", is("s"));
    check_in(&world, &flow(&[], [card]), &json!({}), &json!({}));
    assert_eq!(
        inputs(&world),
        [
            json!({"id": "a", "row": {"Row ID": "a"}, "same": "s"}),
            json!({"id": "b", "row": {"Row ID": "b"}, "same": "s"}),
        ]
    );
    let seen = world.seen.lock().unwrap();
    let indices: Vec<_> = seen.children.iter().map(|child| child.index).collect();
    assert_eq!(indices, [Some(0), Some(1)]);
    assert_ne!(seen.children[0].run, seen.children[1].run);
    let index = seen.children[1]
        .inputs
        .iter()
        .find(|(key, _)| key.is("context", "index"));
    assert_eq!(index.unwrap().1, 1.into());
}

#[test]
fn an_empty_list_calls_nothing() {
    for list in [json!([]), json!(null)] {
        let world = World::new();
        check_in(
            &world,
            &flow(&[], [each("list:each", list)]),
            &json!({}),
            &json!({}),
        );
        assert!(inputs(&world).is_empty());
    }
}

fn fail_at(bad: i64) -> World {
    World::new().helps(move |child| {
        if number(child) == bad {
            Err(CardError::new("inner", "bad item"))
        } else {
            Ok(returned_inputs(child))
        }
    })
}

#[test]
fn for_each_stops_at_the_first_error_and_the_other_one_goes_on() {
    let list = json!([1, 2, 3, 4]);
    let world = fail_at(2);
    let card = each("list:each", list.clone()).arg("n", item(None));
    check_in(
        &world,
        &flow(&[], [card]),
        &json!({}),
        &json!(["failed", "inner", "bad item", "loop"]),
    );
    assert_eq!(inputs(&world).len(), 2);

    let world = fail_at(2);
    let card = each("list:asyncEach", list).arg("n", item(None));
    check_in(&world, &flow(&[], [card]), &json!({}), &json!({}));
    assert_eq!(inputs(&world).len(), 4);
}

#[test]
fn concurrency_is_what_the_card_says() {
    for (wanted, expected) in [
        (json!(1), 1),
        (json!(5), 5),
        (json!(0), 1),
        (json!(5000), 50),
        (json!(null), 1),
    ] {
        let world = World::new();
        let list: Vec<i64> = (0..50).collect();
        let card = each("list:each", json!(list))
            .give("concurrency", is(wanted))
            .arg("n", item(None));
        check_in(&world, &flow(&[], [card]), &json!({}), &json!({}));
        let seen = world.seen.lock().unwrap();
        assert_eq!((seen.most_under_way, seen.children.len()), (expected, 50));
    }
    let world = World::new();
    let list: Vec<i64> = (0..300).collect();
    let card = each("list:each", json!(list))
        .give("concurrency", is(5000))
        .arg("n", item(None));
    check_in(&world, &flow(&[], [card]), &json!({}), &json!({}));
    assert_eq!(world.seen.lock().unwrap().most_under_way, 200);
}

#[test]
fn helpers_under_way_end_before_the_loop_fails() {
    let world = fail_at(0);
    let list: Vec<i64> = (0..50).collect();
    let card = each("list:each", json!(list))
        .give("concurrency", is(10))
        .arg("n", item(None));
    world.run(&flow(&[], [card]), &json!({}));
    let seen = world.seen.lock().unwrap();
    assert_eq!(seen.under_way, 0);
    assert_eq!(seen.children.len(), 10);
}

/// Runs a list card with a helper that returns an object made of the number `n`, and compares an output of the card.
#[track_caller]
fn check_list(card: Make, output: &str, helper: fn(i64) -> Json, expected: Json) {
    for concurrency in [1, 3] {
        let card = Make(card.0.clone())
            .give("concurrency", is(concurrency))
            .arg("n", item(None))
            .out(output);
        let world =
            World::new().helps(move |child| Ok(Value::from_json(&helper(number(child))).unwrap()));
        let end = give_back("end", "out", from(&format!("loop.{output}")));
        check_in(
            &world,
            &flow(&[], [card, end]),
            &json!({}),
            &json!({"out": expected}),
        );
    }
}

#[test]
fn map_takes_one_value_or_an_object() {
    let list = json!([3, 1, 2]);
    check_list(
        each("list:map", list.clone()),
        "new list",
        |n| json!({"any": n * 10}),
        json!([30, 10, 20]),
    );
    check_list(
        each("list:map", list.clone()),
        "new list",
        |n| json!({"a": n, "b": 0}),
        json!([{"a": 3, "b": 0}, {"a": 1, "b": 0}, {"a": 2, "b": 0}]),
    );
    check_list(
        each("list:map", list),
        "new list",
        |_| json!({}),
        json!([null, null, null]),
    );
}

#[test]
fn map_to_objects_keeps_an_object_of_one_key() {
    let card = each("list:map", json!([1]))
        .arg("n", item(None))
        .out_typed("new list", Type::list_of(Base::Object));
    let end = give_back("end", "out", from("loop.new list"));
    check_in(
        &World::new(),
        &flow(&[], [card, end]),
        &json!({}),
        &json!({"out": [{"n": 1}]}),
    );
}

#[test]
fn filter_keeps_what_the_helper_says() {
    let list = json!([1, 2, 3, 4]);
    check_list(
        each("list:filter", list.clone()),
        "list",
        |n| json!({"keep": n % 2 == 0}),
        json!([2, 4]),
    );
    check_list(
        each("list:filter", list.clone()),
        "list",
        |_| json!({"keep": null}),
        json!([]),
    );
    check_list(
        each("list:filter", list),
        "list",
        |_| json!({"keep": "true"}),
        json!([1, 2, 3, 4]),
    );
}

#[test]
fn filter_refuses_what_is_not_true_or_false() {
    let world = World::new();
    let card = each("list:filter", json!(["maybe"])).arg("n", item(None));
    assert_eq!(
        shown(&world.run(&flow(&[], [card]), &json!({})))[1],
        json!("helper.not_boolean")
    );
}

#[test]
fn find_gives_the_first_match() {
    let list = json!([1, 2, 3, 4, 6]);
    check_list(
        each("list:find", list.clone()),
        "item",
        |n| json!({"x": n % 2 == 0}),
        json!(2),
    );
    check_list(
        each("list:find", list.clone()),
        "index",
        |n| json!({"x": n > 2}),
        json!(2),
    );
    check_list(
        each("list:find", list),
        "index",
        |_| json!({"x": false}),
        json!(-1),
    );
}

fn reduce(memo: Json, list: Json) -> Make {
    step("loop", "list:reduce")
        .give("list", is(list))
        .give("memo", is(memo))
        .helper("sum")
        .arg("memo", is(null()))
        .arg("n", item(None))
        .out("item")
}

fn null() -> Json {
    Json::Null
}

#[test]
fn reduce_carries_the_memo_in_order() {
    let run = |memo: Json, list: Json| {
        let world = World::new().helps(|child| {
            let inputs = returned_inputs(child);
            let text = format!(
                "{}{}",
                inputs.at(&["memo"]).to_text(),
                inputs.at(&["n"]).to_text()
            );
            Ok(Value::from_pairs([("whatever", Value::from(text))]))
        });
        let end = give_back("end", "out", from("loop.item"));
        shown(&world.run(&flow(&[], [reduce(memo, list), end]), &json!({})))
    };
    assert_eq!(
        run(json!(">"), json!(["a", "b", "c"])),
        json!({"out": ">abc"})
    );
    assert_eq!(run(json!("start"), json!([])), json!({"out": "start"}));
}

#[test]
fn reduce_of_an_object_takes_all_that_is_returned() {
    let mut card = reduce(json!({}), json!([1, 2]));
    card.0.inputs[1].ty = Type::one(Base::Object);
    let world = World::new().helps(|child| {
        let memo = returned_inputs(child).at(&["memo", "sum"]);
        let sum = memo.as_number().and_then(|sum| sum.as_i64()).unwrap_or(0) + number(child);
        Ok(Value::from_pairs([("sum", Value::from(sum))]))
    });
    let end = give_back("end", "out", from("loop.item"));
    check_in(
        &world,
        &flow(&[], [card, end]),
        &json!({}),
        &json!({"out": {"sum": 3}}),
    );
}

#[test]
fn repeat_counts_from_zero() {
    let repeat = |count: Json| {
        let world = World::new();
        let card = step("loop", "control:times")
            .give("count", is(count))
            .helper("h");
        let ended = shown(&world.run(&flow(&[], [card]), &json!({})));
        let seen = world.seen.lock().unwrap();
        (
            ended,
            seen.children
                .iter()
                .map(|child| child.index.unwrap())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(repeat(json!(3)), (json!({}), vec![0, 1, 2]));
    assert_eq!(repeat(json!(0)), (json!({}), vec![]));
    assert_eq!(repeat(json!(null)), (json!({}), vec![]));
    assert_eq!(repeat(json!(10_001)).0[1], json!("repeat.too_often"));
}

#[test]
fn objects_are_gone_through_by_key_and_value() {
    let card = step("loop", "object:map")
        .give("object", is(json!({"a": 1, "b": 2})))
        .helper("h")
        .arg("k", item(Some("key")))
        .arg("v", item(Some("value")))
        .out("new list");
    let end = give_back("end", "out", from("loop.new list"));
    check_in(
        &World::new(),
        &flow(&[], [card, end]),
        &json!({}),
        &json!({
            "out": [{"k": "a", "v": 1}, {"k": "b", "v": 2}],
        }),
    );
}

#[test]
fn object_map_makes_a_new_object_and_leaves_out_what_the_helper_did_not_return() {
    let world = World::new().helps(|child| {
        let given = returned_inputs(child);
        let key = given.at(&["key"]).to_text();
        Ok(match key.as_str() {
            // What a Continue If gives.
            "skip" => Value::from_pairs([("message", Value::from("no"))]),
            _ => Value::from_pairs([
                ("key", Value::from(format!("{key}!"))),
                ("value", given.at(&["value"])),
            ]),
        })
    });
    let card = step("loop", "object:process")
        .give("object", is(json!({"a": 1, "skip": 2, "b": {"c": null}})))
        .helper("h")
        .arg("key", item(Some("key")))
        .arg("value", item(Some("value")))
        .out("output");
    let end = give_back("end", "made", from("loop.output"));
    let made = json!({"made": {"a!": 1, "b!": {"c": null}}});
    check_in(&world, &flow(&[], [card, end]), &json!({}), &made);
}

#[test]
fn a_reduce_that_puts_its_memo_into_itself_stops_in_time() {
    let world = World::new().helps(|child| {
        let memo = returned_inputs(child).at(&["memo"]);
        Ok(Value::from_pairs([("inner", memo), ("more", 1.into())]))
    });
    let list = json!((0..500).collect::<Vec<_>>());
    let card = each("list:reduce", list)
        .typed("memo", Type::one(Base::Object), is(json!({})))
        .arg("memo", item(None))
        .out("item");
    let outcome = shown(&world.run(&flow(&[], [card]), &json!({})));
    assert_eq!(outcome[1], json!("value.too_deep"), "{outcome}");
}

#[test]
fn cards_that_double_a_list_again_and_again_fail_before_memory_is_gone() {
    let mut steps = vec![
        step("s0", "list:construct")
            .custom("a", is("x".repeat(1000)))
            .out("list"),
    ];
    for n in 1..40 {
        let before = format!("s{}.list", n - 1);
        steps.push(
            step(&format!("s{n}"), "list:construct")
                .custom("a", from(&before))
                .custom("b", from(&before))
                .out("list"),
        );
    }
    let world = World::new();
    let plan = engine::Plan::compile(&flow(&[], steps));
    let outcome = shown(&world.run_plan(&plan, &json!({})).unwrap().unwrap());
    assert_eq!(outcome[1], json!("value.too_large"), "{}", outcome[1]);
}

/// The memo reaches the helper without an argument of its own, and comes back under any name.
#[test]
fn reduce_gives_the_memo_by_itself() {
    let card = |memo: Json| {
        let card = step("loop", "list:reduce").give("list", is(json!(["b", "c"])));
        card.give("memo", is(memo))
            .helper("join")
            .arg("n", item(None))
            .out("item")
    };
    let run = |mut card: Make, name: &'static str, ty: Base, as_object: bool| {
        card.0.inputs[1].ty = Type::one(ty);
        let world = World::new().helps(move |child| {
            let inputs = returned_inputs(child);
            let memo = match inputs.at(&["memo"]) {
                object @ Value::Object(_) => object.at(&["text"]).to_text(),
                text => text.to_text(),
            };
            let text = Value::from(memo + &inputs.at(&["n"]).to_text());
            let value = if as_object {
                Value::from_pairs([("text", text)])
            } else {
                text
            };
            Ok(Value::from_pairs([(name, value)]))
        });
        let end = give_back("end", "out", from("loop.item"));
        shown(&world.run(&flow(&[], [card, end]), &json!({})))
    };
    assert_eq!(
        run(card(json!("a")), "output", Base::Text, false),
        json!({"out": "abc"})
    );
    let object = json!({"text": "a"});
    assert_eq!(
        run(card(object), "memo", Base::Object, true),
        json!({"out": {"text": "abc"}})
    );
}
