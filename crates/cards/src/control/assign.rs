//! Assign, Assign If and Lookup: cards that give a value without computing one.

use flow::{Args, CardError, Extensible, FieldKey, Outputs};

use super::{LEFT, OPERATOR, RIGHT};
use crate::compare::compare;
use crate::declare::{Card, Category, any, example, function, text, words};
use crate::read::{self, output};

pub(super) static CONDITIONAL: [Card; 2] = [ASSIGN_IF, LOOKUP];

pub(super) const ASSIGN: Card = function(
    "control:let",
    Category::FlowControl,
    words("Assign", "割り当て"),
    words(
        "Creates named values. Each output carries what its input holds, in the type that you choose.",
        "名前の付いた値を作ります。それぞれの出力は、選んだ型に変換された入力の値を持ちます。",
    ),
    assign,
)
.icon("equal")
.extensible(Extensible::Mirrored)
.examples(&[example(r#"{"name": "Ada"}"#, r#"{"name": "Ada"}"#)]);

fn assign(args: &Args) -> Result<Outputs, CardError> {
    Ok(args
        .inputs
        .iter()
        .map(|arg| (arg.key.clone(), arg.value.clone()))
        .collect())
}

const ASSIGN_IF: Card = function(
    "control:assignIf",
    Category::Branching,
    words("Assign If", "条件付き割り当て"),
    words(
        "Gives one of two values, depending on a comparison.",
        "比較の結果に応じて、2つの値のどちらかを返します。",
    ),
    assign_if,
)
.inputs(&[
    LEFT,
    OPERATOR,
    RIGHT,
    any("valueIfTrue").label("value if true"),
    any("valueIfFalse").label("value if false"),
])
.outputs(&[any("output")])
.examples(&[
    example(
        r#"{"left-operand": 2, "operator": ">", "right-operand": 1, "valueIfTrue": "more", "valueIfFalse": "less"}"#,
        r#"{"output": "more"}"#,
    ),
    example(
        r#"{"left-operand": "80", "operator": ">", "right-operand": "9", "valueIfTrue": true, "valueIfFalse": false}"#,
        r#"{"output": false}"#,
    ),
]);

fn assign_if(args: &Args) -> Result<Outputs, CardError> {
    let holds = compare(
        &read::text(args, "operator"),
        args.get("", "left-operand"),
        args.get("", "right-operand"),
    )?;
    let chosen = if holds { "valueIfTrue" } else { "valueIfFalse" };
    Ok(output("output", args.get("", chosen).clone()))
}

const LOOKUP: Card = function(
    "control:lookup",
    Category::Branching,
    words("Lookup", "ルックアップ"),
    words(
        "Finds the row whose name equals the value and gives what stands beside it, or the fallback when there is no such row.",
        "値と同じ名前の行を探し、その行の値を返します。該当する行がなければ既定値を返します。",
    ),
    lookup,
)
.icon("table-2")
.inputs(&[
    text("key").label("Value").required(),
    any("else").label("else"),
])
.outputs(&[any("result").label("result")])
.extensible(Extensible::Inputs)
.examples(&[
    example(
        r#"{"key": "JP", "options": {"JP": "Japan", "FR": "France"}, "else": "elsewhere"}"#,
        r#"{"result": "Japan"}"#,
    ),
    example(
        r#"{"key": "SE", "options": {"JP": "Japan"}, "else": "elsewhere"}"#,
        r#"{"result": "elsewhere"}"#,
    ),
]);

fn lookup(args: &Args) -> Result<Outputs, CardError> {
    let wanted = FieldKey::in_group("options", read::text(args, "key"));
    let value = args
        .inputs
        .iter()
        .find(|arg| arg.key == wanted)
        .map_or_else(|| args.get("", "else"), |arg| &arg.value);
    Ok(output("result", value.clone()))
}
