//! The matrix of docs/semantics.md: every type into every type, with nothing, the empty, lists and lists of lists; and what
//! holds for all values.

use std::sync::Arc;

use chrono::DateTime;
use flow::{Base, Convert, FileRef, KeyType, Number, Type, Value, coerce};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// What comes out, written in short; `!` is an error.
const ERROR: &str = "!";

fn date(text: &str) -> Value {
    let ms = DateTime::parse_from_rfc3339(text)
        .unwrap()
        .timestamp_millis();
    Value::Date(DateTime::from_timestamp_millis(ms).unwrap())
}

fn file() -> Value {
    Value::File(Arc::new(FileRef {
        key: "k".to_owned(),
        name: "a.csv".to_owned(),
        media_type: "text/csv".to_owned(),
        size: 3,
    }))
}

fn json_value(json: &Json) -> Value {
    Value::from_json(json).unwrap()
}

/// Shows a value so that no two types look alike: `"text"`, `12`, `true`, `@date`, JSON of the rest.
fn shown(value: &Value) -> String {
    match value {
        Value::Date(_) => format!("@{}", value.to_text()),
        Value::File(file) => format!("file {}", file.name),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_json().to_string(),
    }
}

#[track_caller]
fn into(value: &Value, ty: &Type) -> String {
    coerce(value, None, ty).map_or_else(|_| ERROR.to_owned(), |value| shown(&value))
}

/// One row of the matrix: a value, and what it becomes as Text, Number, True/False, Date & Time, Object, File, Any.
#[track_caller]
fn row(value: impl Into<Value>, expected: [&str; 7]) {
    let value = value.into();
    let bases = [
        Base::Text,
        Base::Number,
        Base::Boolean,
        Base::Date,
        Base::Object,
        Base::File,
        Base::Any,
    ];
    for (base, expected) in bases.into_iter().zip(expected) {
        let got = into(&value, &Type::one(base));
        assert_eq!(got, expected, "{} into {}", shown(&value), base.name());
        // A single value becomes a list of one.
        let listed = match (&value, expected) {
            (Value::Null, _) => "null".to_owned(),
            (Value::List(_), _) => continue,
            (_, ERROR) => ERROR.to_owned(),
            (_, one) if base == Base::Any => one.to_owned(),
            (_, one) => format!("[{one}]"),
        };
        let got = into(&value, &Type::list_of(base));
        assert_eq!(
            got,
            listed,
            "{} into list of {}",
            shown(&value),
            base.name()
        );
    }
}

#[test]
fn nothing_goes_everywhere() {
    row(Value::Null, ["null"; 7]);
}

#[test]
fn text_into_every_type() {
    let e = ERROR;
    row("流れ", [r#""流れ""#, e, e, e, e, e, r#""流れ""#]);
    row("", [r#""""#, "null", "false", "null", "null", e, r#""""#]);
    row(
        " ",
        [r#"" ""#, "null", "false", "null", "null", e, r#"" ""#],
    );
    row(
        " 12.50 ",
        [r#"" 12.50 ""#, "12.5", e, e, e, e, r#"" 12.50 ""#],
    );
    row("1", [r#""1""#, "1", "true", e, e, e, r#""1""#]);
    row("0", [r#""0""#, "0", "false", e, e, e, r#""0""#]);
    row("1e3", [r#""1e3""#, "1000", e, e, e, e, r#""1e3""#]);
    row(
        "1473206485670",
        [
            r#""1473206485670""#,
            "1473206485670",
            e,
            e,
            e,
            e,
            r#""1473206485670""#,
        ],
    );
    row("0x10", [r#""0x10""#, e, e, e, e, e, r#""0x10""#]);
    row("1,000", [r#""1,000""#, e, e, e, e, e, r#""1,000""#]);
    row("NaN", [r#""NaN""#, e, e, e, e, e, r#""NaN""#]);
    row(
        "Infinity",
        [r#""Infinity""#, e, e, e, e, e, r#""Infinity""#],
    );
    row("1e999", [r#""1e999""#, e, e, e, e, e, r#""1e999""#]);
    row("TRUE", [r#""TRUE""#, e, "true", e, e, e, r#""TRUE""#]);
    row(" no ", [r#"" no ""#, e, "false", e, e, e, r#"" no ""#]);
    row("potato", [r#""potato""#, e, e, e, e, e, r#""potato""#]);
    row(
        "2026-01-02T09:00:00+09:00",
        [
            r#""2026-01-02T09:00:00+09:00""#,
            e,
            e,
            "@2026-01-02T00:00:00.000Z",
            e,
            e,
            r#""2026-01-02T09:00:00+09:00""#,
        ],
    );
    row(
        "2026-02-30",
        [r#""2026-02-30""#, e, e, e, e, e, r#""2026-02-30""#],
    );
    row(
        r#"{"a":[1]}"#,
        [
            r#""{\"a\":[1]}""#,
            e,
            e,
            e,
            r#"{"a":[1]}"#,
            e,
            r#""{\"a\":[1]}""#,
        ],
    );
    row("[1,2]", [r#""[1,2]""#, e, e, e, "[1,2]", e, r#""[1,2]""#]);
    row(r#""x""#, [r#""\"x\"""#, e, e, e, e, e, r#""\"x\"""#]);
    row("{a:1}", [r#""{a:1}""#, e, e, e, e, e, r#""{a:1}""#]);
}

#[test]
fn numbers_into_every_type() {
    let e = ERROR;
    row(
        0,
        [
            r#""0""#,
            "0",
            "false",
            "@1970-01-01T00:00:00.000Z",
            e,
            e,
            "0",
        ],
    );
    row(
        12.5,
        [
            r#""12.5""#,
            "12.5",
            "true",
            "@1970-01-01T00:00:00.013Z",
            e,
            e,
            "12.5",
        ],
    );
    row(
        -1,
        [
            r#""-1""#,
            "-1",
            "true",
            "@1969-12-31T23:59:59.999Z",
            e,
            e,
            "-1",
        ],
    );
    row(
        1_473_206_485_670_i64,
        [
            r#""1473206485670""#,
            "1473206485670",
            "true",
            "@2016-09-07T00:01:25.670Z",
            e,
            e,
            "1473206485670",
        ],
    );
    row(
        i64::MAX,
        [
            r#""9223372036854775807""#,
            "9223372036854775807",
            "true",
            e,
            e,
            e,
            "9223372036854775807",
        ],
    );
    row(
        1e300,
        [
            &format!("\"{}\"", 1e300),
            "1e+300",
            "true",
            e,
            e,
            e,
            "1e+300",
        ],
    );
    row(
        0.1 + 0.2,
        [
            r#""0.30000000000000004""#,
            "0.30000000000000004",
            "true",
            "@1970-01-01T00:00:00.000Z",
            e,
            e,
            "0.30000000000000004",
        ],
    );
}

#[test]
fn true_and_false_into_every_type() {
    row(
        true,
        [r#""true""#, "1", "true", ERROR, ERROR, ERROR, "true"],
    );
    row(
        false,
        [r#""false""#, "0", "false", ERROR, ERROR, ERROR, "false"],
    );
}

#[test]
fn dates_into_every_type() {
    let shown = "@2026-01-02T03:04:05.006Z";
    let text = r#""2026-01-02T03:04:05.006Z""#;
    let e = ERROR;
    row(
        date("2026-01-02T03:04:05.006Z"),
        [text, "1767323045006", e, shown, e, e, shown],
    );
}

#[test]
fn objects_lists_and_files_into_every_type() {
    let e = ERROR;
    row(
        json_value(&json!({"b": 1, "a": [null, "x"]})),
        [
            r#""{\"b\":1,\"a\":[null,\"x\"]}""#,
            e,
            e,
            e,
            r#"{"b":1,"a":[null,"x"]}"#,
            e,
            r#"{"b":1,"a":[null,"x"]}"#,
        ],
    );
    row(json_value(&json!({})), [r#""{}""#, e, e, e, "{}", e, "{}"]);
    row(
        json_value(&json!([1, "x"])),
        [r#""[1,\"x\"]""#, e, e, e, r#"[1,"x"]"#, e, r#"[1,"x"]"#],
    );
    row(json_value(&json!([])), [r#""[]""#, e, e, e, "[]", e, "[]"]);
    row(
        file(),
        [r#""a.csv""#, e, e, e, e, "file a.csv", "file a.csv"],
    );
}

#[test]
fn lists_into_lists() {
    let list = |json: Json| json_value(&json);
    for (value, base, expected) in [
        (json!([]), Base::Number, "[]"),
        (
            json!(["1", 2, true, null, ""]),
            Base::Number,
            "[1,2,1,null,null]",
        ),
        (
            json!([1, "x", null, {"a": 1}]),
            Base::Text,
            r#"["1","x",null,{"a":1}]"#,
        ),
        (json!(["no", 1]), Base::Boolean, "[false,true]"),
        (
            json!(["2026-01-01"]),
            Base::Date,
            "[@2026-01-01T00:00:00.000Z]",
        ),
        (
            json!([{"a": 1}, "{\"b\":2}"]),
            Base::Object,
            r#"[{"a":1},{"b":2}]"#,
        ),
        (json!([1, "many"]), Base::Number, ERROR),
        (json!([[1, 2], ["3"]]), Base::Text, r#"[[1,2],["3"]]"#),
        (json!(["00u1", 7]), Base::Object, r#"["00u1",7]"#),
        (json!([[1, 2], [3]]), Base::Number, ERROR),
        (json!([[{"a": 1}]]), Base::Object, r#"[[{"a":1}]]"#),
        (json!([[1], "x", null]), Base::Any, r#"[[1],"x",null]"#),
    ] {
        let got = into(&list(value.clone()), &Type::list_of(base));
        assert_eq!(got, expected, "{value} into list of {}", base.name());
    }
}

#[test]
fn a_conversion_of_the_link_comes_first() {
    let check = |value: Value, convert, ty: Type, expected: &str| {
        let got = coerce(&value, Some(convert), &ty)
            .map_or_else(|_| ERROR.to_owned(), |value| shown(&value));
        assert_eq!(got, expected, "{convert:?} of {}", shown(&value));
    };
    let any = || Type::one(Base::Any);
    let many = || Type::list_of(Base::Any);
    check("[1]".into(), Convert::Parse, any(), "[1]");
    check("x".into(), Convert::Parse, any(), ERROR);
    check("".into(), Convert::Parse, any(), "null");
    check(
        json_value(&json!({"a": 1})),
        Convert::Parse,
        any(),
        r#"{"a":1}"#,
    );
    check(
        "2026-01-01".into(),
        Convert::DateTime,
        any(),
        "@2026-01-01T00:00:00.000Z",
    );
    check("soon".into(), Convert::DateTime, any(), ERROR);
    check("12".into(), Convert::ParseFloat, any(), "12");
    check("12px".into(), Convert::ParseFloat, any(), ERROR);
    check(1.into(), Convert::WrapArray, many(), "[1]");
    check(json_value(&json!([1])), Convert::WrapArray, many(), "[1]");
    check(
        json_value(&json!([1])),
        Convert::ForceWrapArray,
        many(),
        "[[1]]",
    );
    check(
        json_value(&json!([1])),
        Convert::Stringify,
        any(),
        r#""[1]""#,
    );
    check(1.5.into(), Convert::ToString, any(), r#""1.5""#);
    check(true.into(), Convert::BooleanToString, any(), r#""true""#);
    check(
        date("2026-01-01T00:00:00Z"),
        Convert::IsoString,
        any(),
        r#""2026-01-01T00:00:00.000Z""#,
    );
    check(
        "5".into(),
        Convert::WrapArray,
        Type::list_of(Base::Number),
        "[5]",
    );
    for convert in [
        Convert::Parse,
        Convert::WrapArray,
        Convert::Stringify,
        Convert::IsoString,
    ] {
        check(Value::Null, convert, any(), "null");
    }
}

#[test]
fn objects_with_known_keys_stay_open() {
    let known = Type::object_with([KeyType {
        key: "n".to_owned(),
        label: None,
        ty: Type::one(Base::Number),
    }]);
    assert_eq!(
        into(&json_value(&json!({"other": 1})), &known),
        r#"{"other":1}"#
    );
    assert_eq!(
        into(&json_value(&json!({"n": "x"})), &known),
        r#"{"n":"x"}"#
    );
    assert_eq!(known.at(&["n".to_owned()]), Type::one(Base::Number));
    assert_eq!(
        known.at(&["x".to_owned(), "y".to_owned()]),
        Type::one(Base::Any)
    );
}

#[test]
fn what_does_not_fit_is_named_in_short() {
    let long = Value::from("流".repeat(100_000));
    let error = coerce(&long, None, &Type::one(Base::Number)).unwrap_err();
    assert!(
        error.starts_with("Number was expected, but Text (流"),
        "{error}"
    );
    assert!(error.len() < 300, "{}", error.len());
}

fn any_type() -> impl Strategy<Value = Type> {
    let base = prop_oneof![
        Just(Base::Text),
        Just(Base::Number),
        Just(Base::Boolean),
        Just(Base::Date),
        Just(Base::Object),
        Just(Base::File),
        Just(Base::Flow),
        Just(Base::Any),
    ];
    (base, any::<bool>()).prop_map(|(base, list)| Type {
        list,
        ..Type::one(base)
    })
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[0-9.eE+-]{0,8}".prop_map(Value::from),
        "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9:.]{0,12}Z?)?".prop_map(Value::from),
        (-62_000_000_000_000_i64..250_000_000_000_000)
            .prop_map(|ms| Value::Date(DateTime::from_timestamp_millis(ms).unwrap())),
        Just(file()),
    ];
    leaf.prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::list),
            proptest::collection::vec(("[$a-c.]{0,2}", inner), 0..4).prop_map(Value::from_pairs),
        ]
    })
}

proptest! {
    #[test]
    fn what_fits_stays_when_it_comes_again(value in any_value(), ty in any_type()) {
        if let Ok(fitted) = coerce(&value, None, &ty) {
            prop_assert_eq!(coerce(&fitted, None, &ty), Ok(fitted.clone()));
            prop_assert!(fitted.is_null() || !ty.list || ty.base == Base::Any || fitted.as_list().is_some());
        }
    }

    #[test]
    fn everything_but_a_list_of_files_can_be_text(value in any_value()) {
        let text = coerce(&value, None, &Type::one(Base::Text)).unwrap();
        prop_assert_eq!(text.is_null(), value.is_null());
        prop_assert_eq!(text.to_text(), value.to_text());
    }

    #[test]
    fn a_number_comes_back_from_its_text(number in prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("finite", Number::from_f64),
    ]) {
        prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
    }

    #[test]
    fn a_date_comes_back_from_its_text(ms in -62_135_596_800_000_i64..253_402_300_799_999) {
        let date = Value::Date(DateTime::from_timestamp_millis(ms).unwrap());
        let text = Value::from(date.to_text());
        prop_assert_eq!(coerce(&text, None, &Type::one(Base::Date)), Ok(date));
    }

    #[test]
    fn the_journal_gives_back_what_it_took(value in any_value()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn json_says_the_same_in_one_step_or_two(value in any_value()) {
        prop_assert_eq!(value.to_json_text(), value.to_json().to_string());
    }

    #[test]
    fn a_path_never_fails(value in any_value(), path in proptest::collection::vec("[a-c$.0-9]{0,3}", 0..5)) {
        let found = value.at(&path);
        if let Some((first, rest)) = path.split_first() {
            prop_assert_eq!(&value.at(&[first]).at(rest), &found);
        } else {
            prop_assert_eq!(&found, &value);
        }
    }
}
