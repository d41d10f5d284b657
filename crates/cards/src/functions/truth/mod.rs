//! True/False cards: And, Or, Or (Exclusive), Compare

use flow::{Args, Base, CardError, Extensible, Outputs, Type, coerce};

use crate::compare::compare as compared;
use crate::control::CONDITION;
use crate::declare::{Card, Category, boolean, example, function, words};
use crate::read::{self, output, plain};

pub(super) static CARDS: [Card; 4] = [AND, OR, XOR, COMPARE];

fn truths(args: &Args) -> Result<Vec<bool>, CardError> {
    plain(args, &[])
        .map(|arg| {
            coerce(&arg.value, None, &Type::one(Base::Boolean))
                .map(|value| value.as_bool().unwrap_or(false))
                .map_err(|message| {
                    CardError::new(
                        "invalid_type",
                        format!("The input {} is not True/False: {message}", arg.key),
                    )
                })
        })
        .collect()
}

const AND: Card = function(
    "boolean:and",
    Category::TrueFalse,
    words("And", "AND"),
    words(
        "Is true when all inputs are true.",
        "すべての入力が真のとき、真になります。",
    ),
    and,
)
.inputs(&[boolean("a").label("input 1"), boolean("b").label("input 2")])
.outputs(&[boolean("output").label("all true?")])
.extensible(Extensible::Inputs)
.examples(&[
    example(r#"{"a": true, "b": true}"#, r#"{"output": true}"#),
    example(
        r#"{"a": true, "b": true, "input 3": false}"#,
        r#"{"output": false}"#,
    ),
    example(r#"{"a": true, "b": null}"#, r#"{"output": false}"#),
]);

fn and(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "output",
        truths(args)?.into_iter().all(|truth| truth),
    ))
}

const OR: Card = function(
    "boolean:or",
    Category::TrueFalse,
    words("Or", "OR"),
    words(
        "Is true when at least one input is true.",
        "少なくとも1つの入力が真のとき、真になります。",
    ),
    or,
)
.inputs(&[boolean("a").label("input 1"), boolean("b").label("input 2")])
.outputs(&[boolean("output").label("any true?")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"a": false, "b": false, "input 3": true}"#,
        r#"{"output": true}"#,
    ),
    example(r#"{"a": false, "b": null}"#, r#"{"output": false}"#),
]);

fn or(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "output",
        truths(args)?.into_iter().any(|truth| truth),
    ))
}

const XOR: Card = function(
    "boolean:xor",
    Category::TrueFalse,
    words("Or (Exclusive)", "XOR（排他的論理和）"),
    words(
        "Is true when exactly one of the two inputs is true.",
        "2つの入力のうち、ちょうど1つが真のとき、真になります。",
    ),
    xor,
)
.inputs(&[boolean("a").label("input 1"), boolean("b").label("input 2")])
.outputs(&[boolean("output").label("only one true?")])
.examples(&[
    example(r#"{"a": true, "b": false}"#, r#"{"output": true}"#),
    example(r#"{"a": true, "b": true}"#, r#"{"output": false}"#),
]);

fn xor(args: &Args) -> Result<Outputs, CardError> {
    let count = truths(args)?.into_iter().filter(|truth| *truth).count();
    Ok(output("output", count == 1))
}

const COMPARE: Card = function(
    "boolean:compare",
    Category::TrueFalse,
    words("Compare", "比較"),
    words(
        "Compares two values and gives true or false.",
        "2つの値を比較し、真または偽を返します。",
    ),
    compare,
)
.icon("equal")
.inputs(&CONDITION)
.outputs(&[boolean("result").label("result")])
.examples(&[
    example(
        r#"{"left-operand": 80, "operator": ">", "right-operand": 9}"#,
        r#"{"result": true}"#,
    ),
    example(
        r#"{"left-operand": "80", "operator": ">", "right-operand": "9"}"#,
        r#"{"result": false}"#,
    ),
    example(
        r#"{"left-operand": {"a": 1}, "operator": "has", "right-operand": "a"}"#,
        r#"{"result": true}"#,
    ),
    example(
        r#"{"left-operand": 1, "operator": "~", "right-operand": 1}"#,
        r#""unknown_comparison""#,
    ),
]);

fn compare(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "result",
        compared(
            &read::text(args, "operator"),
            args.get("", "left-operand"),
            args.get("", "right-operand"),
        )?,
    ))
}
