use chrono::{DateTime, Utc};
use proptest::prelude::*;

use flow::{Base, Type, coerce};

use super::*;

#[track_caller]
fn check(left: impl Into<Value>, operator: &str, right: impl Into<Value>, expected: bool) {
    let (left, right) = (left.into(), right.into());
    assert_eq!(
        compare(operator, &left, &right),
        Ok(expected),
        "{left:?} {operator} {right:?}"
    );
}

fn date(text: &str) -> Value {
    coerce(&Value::from(text), None, &Type::one(Base::Date)).unwrap()
}

/// Checks all six comparisons of a pair at once, in both directions: `<`, `=`, `>`, or `#` for neither equal nor ordered.
#[track_caller]
fn stands(left: impl Into<Value>, sign: char, right: impl Into<Value>) {
    let (left, right) = (left.into(), right.into());
    let turned = match sign {
        '<' => '>',
        '>' => '<',
        same => same,
    };
    for (a, sign, b) in [(&left, sign, &right), (&right, turned, &left)] {
        for (operator, expected) in [
            ("==", sign == '='),
            ("!=", sign != '='),
            ("<", sign == '<'),
            (">", sign == '>'),
            ("<=", sign == '<' || sign == '='),
            (">=", sign == '>' || sign == '='),
        ] {
            assert_eq!(
                compare(operator, a, b),
                Ok(expected),
                "{a:?} {operator} {b:?}"
            );
        }
    }
}

#[test]
fn values_of_one_type_compare_as_such() {
    stands(80, '>', 9);
    stands("80", '<', "9");
    stands(1.5, '=', 1.5);
    stands(9_007_199_254_740_993, '>', 9_007_199_254_740_992);
    stands("a", '>', "A");
    stands("流", '=', "流");
    stands("", '<', "a");
    stands(false, '<', true);
    stands(date("2026-01-01"), '<', date("2026-01-01T00:00:00.001Z"));
    stands(date("2026-01-01T09:00:00+09:00"), '=', date("2026-01-01"));
}

#[test]
fn beside_a_text_everything_is_compared_as_text() {
    stands("6", '>', 30);
    stands("80", '<', 9);
    stands(200, '=', "200");
    stands(" 200.0 ", '<', 200);
    stands("1e3", '>', 1000);
    stands("true", '=', true);
    stands("TRUE", '<', true);
    stands("2026-01-01T00:00:00.000Z", '=', date("2026-01-01"));
    stands("2026-01-01", '<', date("2026-01-01"));
    stands("many", '>', 5);
    stands("", '<', 5);
}

#[test]
fn other_types_are_neither_equal_nor_ordered() {
    let list = || Value::list(vec![1.into()]);
    let object = || Value::from_pairs([("a", Value::from(1))]);
    let values = [
        Value::from(1),
        Value::from(true),
        date("1970-01-01T00:00:00.001Z"),
        list(),
        object(),
    ];
    for (place, left) in values.iter().enumerate() {
        for right in values.iter().skip(place + 1) {
            stands(left.clone(), '#', right.clone());
        }
        stands(left.clone(), '#', Value::Null);
    }
    check(1, "==", true, false);
}

#[test]
fn lists_and_objects_are_equal_when_all_in_them_is() {
    let object = |first: &str, second: &str| {
        Value::from_pairs([(first, Value::from(1)), (second, Value::from(1))])
    };
    check(object("a", "b"), "==", object("b", "a"), true);
    check(object("a", "b"), "==", object("a", "c"), false);
    check(
        Value::list(vec![1.into()]),
        "==",
        Value::list(vec![1.into()]),
        true,
    );
    check(
        Value::list(vec![1.into()]),
        "==",
        Value::list(vec!["1".into()]),
        false,
    );
    check(Value::list(vec![]), ">=", Value::list(vec![]), false);
    check(object("a", "b"), "==", r#"{"a":1,"b":1}"#, true);
    check("[1]", "==", Value::list(vec![1.into()]), true);
}

#[test]
fn nothing_is_empty_and_has_no_order() {
    check(Value::Null, "is empty", "ignored", true);
    check("", "is empty", 1, true);
    check(0, "is empty", 1, false);
    check(false, "is not empty", 1, true);
    check(Value::list(vec![]), "is empty", 1, true);
    check(Value::from_pairs::<&str>([]), "is empty", 1, true);
    check(Value::Null, "==", "", true);
    check("", "==", Value::Null, true);
    check(Value::Null, "==", Value::Null, true);
    check(Value::Null, "!=", 0, true);
    check(Value::Null, "==", false, false);
    for operator in ["<", ">", "<=", ">="] {
        check(Value::Null, operator, 1, false);
        check(Value::Null, operator, "a", false);
        check(Value::Null, operator, Value::Null, false);
    }
}

#[test]
fn parts_and_keys() {
    check("lo", "in", "hello", true);
    check("hello", "in", "lo", false);
    check("LO", "in", "hello", false);
    check("", "in", "hello", true);
    check("a", "in", Value::Null, false);
    check(1, "in", "213", true);
    check("x", "not in", Value::list(vec!["x".into()]), false);
    check("x", "in", Value::list(vec!["xy".into()]), false);
    check(1, "in", Value::list(vec!["1".into()]), true);
    check(Value::Null, "in", Value::list(vec![Value::Null]), true);
    let object = Value::from_pairs([("a", Value::Null), ("1", Value::Null)]);
    check(object.clone(), "has", "a", true);
    check(object.clone(), "has", 1, true);
    check(object.clone(), "has", "A", false);
    check(object, "doesn't have", "b", true);
    check("text", "has", "a", false);
    check(Value::Null, "doesn't have", "a", true);
}

#[test]
fn multiples() {
    for multiple in [12, 0, -4] {
        check(multiple, "%", 4, true);
    }
    check(5, "%", 4, false);
    check(-8, "%", -4, true);
    check(0.3, "%", 0.1, true);
    check("12", "%", "4", true);
    check(i64::MIN, "%", -1, true);
    for (left, right) in [
        (Value::from(1), Value::from(0)),
        ("x".into(), 4.into()),
        (Value::Null, 4.into()),
        (4.into(), Value::Null),
        (true.into(), 1.into()),
    ] {
        check(left, "%", right, false);
    }
}

#[test]
fn strict_comparisons_convert_nothing() {
    check(200, "===", "200", false);
    check(200, "!==", "200", true);
    check("a", "===", "a", true);
    check(Value::Null, "===", "", false);
    check(1, "===", 1.0, true);
}

#[test]
fn a_comparison_that_is_not_known_is_an_error() {
    let error = |operator: &str| compare(operator, &1.into(), &4.into()).unwrap_err().code;
    assert_eq!(error("like"), "unknown_comparison");
    assert_eq!(error(""), "no_comparison");
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-20_i64..20).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-4_i64..4).prop_map(|n| Value::from(0.5 * f64::from(i32::try_from(n).unwrap()))),
        "[a-c0-9 .:-]{0,6}".prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        (-100_000_000_000_i64..4_000_000_000_000)
            .prop_map(|ms| Value::Date(DateTime::<Utc>::from_timestamp_millis(ms).unwrap())),
        (0_i64..4).prop_map(|n| Value::from(n.to_string())),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::list),
            proptest::collection::vec(("[ab]", inner), 0..3).prop_map(Value::from_pairs),
        ]
    })
}

proptest! {
    #[test]
    fn equal_is_the_same_in_both_directions(left in any_value(), right in any_value()) {
        prop_assert!(equal(&left, &left));
        prop_assert_eq!(equal(&left, &right), equal(&right, &left));
        let holds = |operator: &str| compare(operator, &left, &right).unwrap();
        prop_assert_eq!(holds("=="), !holds("!="));
        prop_assert_eq!(holds("==="), !holds("!=="));
        prop_assert_eq!(holds("in"), !holds("not in"));
        prop_assert_eq!(holds("has"), !holds("doesn't have"));
        prop_assert_eq!(holds("is empty"), !holds("is not empty"));
    }

    #[test]
    fn an_order_is_one(left in any_value(), right in any_value()) {
        let found = order(&left, &right);
        prop_assert_eq!(found.map(Ordering::reverse), order(&right, &left));
        if let Some(found) = found {
            prop_assert_eq!(found == Ordering::Equal, equal(&left, &right));
        }
        let holds = |operator: &str| compare(operator, &left, &right).unwrap();
        prop_assert_eq!(holds("<"), found == Some(Ordering::Less));
        prop_assert_eq!(holds(">="), found.is_some_and(Ordering::is_ge));
        prop_assert!(compare("%", &left, &right).is_ok());
    }

    #[test]
    fn numbers_are_in_one_total_order(
        a in prop_oneof![any::<i64>().prop_map(Value::from), any::<f64>().prop_map(Value::from)],
        b in prop_oneof![any::<i64>().prop_map(Value::from), (9e15..1e16).prop_map(Value::from)],
        c in prop_oneof![any::<i64>().prop_map(Value::from), any::<f64>().prop_map(Value::from)],
    ) {
        let at_most = |x: &Value, y: &Value| order(x, y).is_some_and(Ordering::is_le);
        if !a.is_null() && !b.is_null() && !c.is_null() {
            prop_assert!(at_most(&a, &b) || at_most(&b, &a));
            if at_most(&a, &b) && at_most(&b, &c) {
                prop_assert!(at_most(&a, &c));
            }
        }
    }
}
