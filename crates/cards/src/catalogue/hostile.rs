//! No card that computes takes long, or much memory, whatever comes in; and none panics.

use std::time::{Duration, Instant};

use chrono::DateTime;
use flow::{Arg, Args, FieldKey, Fields, Type, Value};

use super::all;
use crate::bounds::{MAX_ITEMS, MAX_TEXT};
use crate::declare::{Card, Run, Seed};

/// What one activation may take here, where nothing is optimized.
const MOST: Duration = Duration::from_secs(3);

fn deep() -> Value {
    (0..99).fold(Value::from(1), |inner, step| {
        if step % 2 == 0 {
            Value::list(vec![inner])
        } else {
            Value::from_pairs([("a", inner)])
        }
    })
}

/// Values that nobody would type.
fn hostile() -> Vec<Value> {
    let texts = [
        "a".repeat(20_000),
        "😀\u{301}\u{200d}".repeat(1_000),
        "(".repeat(9_000),
        "{{{a}}}".repeat(1_000),
        "[".repeat(9_000),
        "<a>".repeat(2_000),
        "%".repeat(9_000),
        "-".repeat(9_000),
        "9".repeat(400),
        "1e308".to_owned(),
        "((((a+)+)+)+)+$".to_owned(),
        "YYYY".repeat(2_000),
        "\u{0}\u{feff}\u{202e}".to_owned(),
        "years".to_owned(),
        "__proto__".to_owned(),
    ];
    let list: Vec<Value> = (0..1_000).map(|n: i64| Value::from(n % 7)).collect();
    let objects: Vec<Value> = (0..500_i64)
        .map(|n| Value::from_pairs([("key", Value::from(n.to_string())), ("value", n.into())]))
        .collect();
    let wide: Fields = (0..1_000)
        .map(|n| (format!("k.{n}").into(), Value::from("v")))
        .collect();
    let date = |ms| Value::Date(DateTime::from_timestamp_millis(ms).unwrap());
    let mut values: Vec<Value> = texts.into_iter().map(Value::from).collect();
    values.extend([
        Value::Null,
        Value::from(true),
        Value::from(0),
        Value::from(-1),
        Value::from(i64::MAX),
        Value::from(i64::MIN),
        Value::from(f64::MAX),
        Value::from(5e-324),
        Value::from(0.5),
        date(0),
        date(8_000_000_000_000_000),
        date(-8_000_000_000_000_000),
        Value::list(list),
        Value::list(objects),
        Value::list(vec![Value::Null, Value::from(1), Value::from("a"), deep()]),
        Value::object(wide),
        deep(),
    ]);
    values
}

fn args(card: &Card, value: &Value, others: &Value) -> Vec<Args> {
    let fields = card.inputs;
    let arg = |group: &str, key: &str, value: &Value| Arg {
        key: match group {
            "" => FieldKey::plain(key),
            group => FieldKey::in_group(group, key),
        },
        value: value.clone(),
        custom: false,
    };
    // Each field in turn gets the value, the others get another one; once all of them get it.
    let mut all = Vec::new();
    for place in 0..=fields.len() {
        let mut inputs: Vec<Arg> = fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let given = if at == place || place == fields.len() {
                    value
                } else {
                    others
                };
                arg(field.group, field.key, given)
            })
            .collect();
        inputs.extend([
            arg("", "a", value),
            arg("", "user.path", value),
            arg("options", "x", value),
            arg("patterns", "x", value),
            arg("payload", "x", value),
        ]);
        let mut wanted: Vec<(FieldKey, Type)> = card
            .outputs
            .iter()
            .map(|field| (field.field_key(), Type::one(field.base)))
            .collect();
        wanted.push((FieldKey::plain("a.b.0"), Type::one(flow::Base::Any)));
        all.push(Args { inputs, wanted });
    }
    all
}

fn run(card: &Card, args: &Args) -> Option<Vec<Value>> {
    let seed = Seed {
        now: DateTime::from_timestamp_millis(1_767_323_045_678).unwrap(),
        random: u64::MAX,
    };
    let outputs = match card.run {
        Run::Pure(eval) => eval(args),
        Run::Seeded(eval) => eval(args, &seed),
        Run::Call { .. } | Run::Control => return None,
    };
    outputs
        .ok()
        .map(|outputs| outputs.into_iter().map(|(_, value)| value).collect())
}

fn check(card: &Card, args: &Args, slow: &mut Vec<String>) {
    let begun = Instant::now();
    let outputs = run(card, args).unwrap_or_default();
    let took = begun.elapsed();
    if took > MOST {
        slow.push(format!("{} took {took:?}", card.key));
    }
    for value in &outputs {
        let is_bounded = match value {
            Value::Text(text) => text.len() <= MAX_TEXT,
            Value::List(items) => items.len() <= MAX_ITEMS,
            _ => true,
        };
        if !is_bounded {
            slow.push(format!("{} gives too much", card.key));
        }
    }
}

#[test]
fn no_card_takes_long_whatever_comes_in() {
    let values = hostile();
    let others = [Value::Null, Value::from("a"), Value::from(3)];
    let mut slow = Vec::new();
    // Passphrases take their time on purpose, and not more for long ones.
    let computes = |card: &&Card| {
        matches!(card.run, Run::Pure(_) | Run::Seeded(_)) && !card.key.contains("crypt")
    };
    for card in all().iter().filter(computes) {
        for (place, value) in values.iter().enumerate() {
            let Some(other) = others.get(place % others.len()) else {
                continue;
            };
            for args in args(card, value, other) {
                check(card, &args, &mut slow);
            }
        }
    }
    assert!(slow.is_empty(), "\n{}", slow.join("\n"));
}

fn plain(pairs: &[(&str, Value)]) -> Args {
    Args {
        inputs: pairs
            .iter()
            .map(|(key, value)| Arg {
                key: FieldKey::plain(*key),
                value: value.clone(),
                custom: false,
            })
            .collect(),
        wanted: Vec::new(),
    }
}

/// The code of the error that a card gives.
#[track_caller]
fn refused(key: &str, pairs: &[(&str, Value)]) -> String {
    let card = super::find(&flow::CardKey::parse(key).unwrap()).unwrap();
    let begun = Instant::now();
    let Run::Pure(eval) = card.run else {
        panic!("{key} does not compute alone");
    };
    let result = eval(&plain(pairs));
    assert!(begun.elapsed() < MOST, "{key}: {:?}", begun.elapsed());
    match result {
        Ok(_) => "none".to_owned(),
        Err(error) => error.code,
    }
}

#[test]
fn what_would_multiply_is_refused_before_it_does() {
    let long = Value::from("a".repeat(1 << 20));
    let replaced = [
        ("string", long.clone()),
        ("src", "a".into()),
        ("dest", long.clone()),
        ("global", true.into()),
    ];
    assert_eq!(refused("string:replace", &replaced), "too_large");
    let in_any_case = [&replaced[..], &[("sensitive", false.into())]].concat();
    assert_eq!(refused("string:replace", &in_any_case), "too_large");
    let places: Vec<(String, Value)> = (0..40).map(|n| (format!("t{n}"), long.clone())).collect();
    let many: Vec<(&str, Value)> = places
        .iter()
        .map(|(key, value)| (key.as_str(), value.clone()))
        .collect();
    assert_eq!(refused("string:concat", &many), "too_large");
    let template = Value::from("{{{v}}}".repeat(40));
    assert_eq!(
        refused(
            "string:compose",
            &[("_text_", template), ("v", long.clone())]
        ),
        "too_large"
    );
    let rows = Value::list(vec![Value::from(1); 2_000]);
    let lists = Value::list(vec![rows; 2_000]);
    assert_eq!(
        refused("list:flatten", &[("lists", lists.clone())]),
        "too_large"
    );
    let separated = [
        ("list", Value::list(vec![Value::from("a"); 100])),
        ("delimiter", long.clone()),
    ];
    assert_eq!(refused("list:join", &separated), "too_large");
    let split = [
        ("string", Value::from(",".repeat(2_000_000))),
        ("delimiter", ",".into()),
    ];
    assert_eq!(refused("string:split", &split), "too_large");
}
