//! Number › Add, Subtract, Multiply, Divide, Remainder

use flow::{Args, CardError, Extensible, FieldKey, Number, Outputs, Value};

use crate::arithmetic::{add, divide, multiply, remainder, rounded, subtract};
use crate::declare::{Card, Category, example, function, number, text, words};
use crate::read::{self, as_number, output, plain};

pub(super) static CARDS: [Card; 5] = [ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER];

const ADD: Card = function(
    "math:add",
    Category::Number,
    words("Add", "加算"),
    words(
        "Adds two or more numbers. Empty inputs are left out.",
        "2つ以上の数値を足します。空の入力は無視されます。",
    ),
    sum,
)
.icon("plus")
.inputs(&[
    number("a").label("number 1").required(),
    number("b").label("number 2").required(),
])
.outputs(&[number("output").label("total")])
.extensible(Extensible::Inputs)
.examples(&[
    example(r#"{"a": 0.1, "b": 0.2}"#, r#"{"output": 0.3}"#),
    example(r#"{"a": "10", "b": 5, "number 3": 1}"#, r#"{"output": 16}"#),
    example(
        r#"{"a": 1, "b": 2, "number 3": "potato"}"#,
        r#""invalid_type""#,
    ),
]);

fn fold(
    args: &Args,
    start: i64,
    step: fn(Number, Number) -> Result<Number, CardError>,
) -> Result<Outputs, CardError> {
    let mut result = Number::from(start);
    for arg in plain(args, &[]) {
        if let Some(number) = as_number(&arg.value, &arg.key.key)? {
            result = step(result, number)?;
        }
    }
    Ok(output("output", result))
}

fn sum(args: &Args) -> Result<Outputs, CardError> {
    fold(args, 0, add)
}

const SUBTRACT: Card = function(
    "math:subtract",
    Category::Number,
    words("Subtract", "減算"),
    words(
        "Subtracts one number from another.",
        "数値から別の数値を引きます。",
    ),
    difference,
)
.icon("minus")
.inputs(&[
    number("a").label("number").required(),
    number("b").label("subtract").required(),
])
.outputs(&[number("output").label("difference")])
.examples(&[
    example(r#"{"a": 0.3, "b": 0.1}"#, r#"{"output": 0.2}"#),
    example(r#"{"a": 1, "b": null}"#, r#"{"output": 1}"#),
]);

fn difference(args: &Args) -> Result<Outputs, CardError> {
    let (a, b) = (read::number(args, "a")?, read::number(args, "b")?);
    Ok(output("output", subtract(a, b)?))
}

const MULTIPLY: Card = function(
    "math:multiply",
    Category::Number,
    words("Multiply", "乗算"),
    words(
        "Multiplies two or more numbers. Empty inputs are left out.",
        "2つ以上の数値を掛けます。空の入力は無視されます。",
    ),
    product,
)
.icon("x")
.inputs(&[
    number("a").label("number 1").required(),
    number("b").label("number 2").required(),
])
.outputs(&[number("output").label("product")])
.extensible(Extensible::Inputs)
.examples(&[
    example(r#"{"a": 1.1, "b": 1.1}"#, r#"{"output": 1.21}"#),
    example(
        r#"{"a": 60, "b": 60, "number 3": 24}"#,
        r#"{"output": 86400}"#,
    ),
]);

fn product(args: &Args) -> Result<Outputs, CardError> {
    fold(args, 1, multiply)
}

const DIVIDE: Card = function(
    "math:divide",
    Category::Number,
    words("Divide", "除算"),
    words(
        "Divides one number by another and rounds to a number of decimal places, at most 15 and 2 where it is empty; halves go away from 0. The second output is the rounded result as a percentage such as 12.5%. Dividing by 0 is an error.",
        "数値を別の数値で割り、指定した小数点以下の桁数（最大15、空なら2）に丸めます。ちょうど半分のときは0から遠いほうに丸めます。2つ目の出力は、丸めた結果を12.5%のようにパーセンテージで表したものです。0で割るとエラーになります。",
    ),
    quotient,
)
.icon("calculator")
.inputs(&[
    number("a").label("Number").required(),
    number("b").label("Divided by").required(),
    number("decimals")
        .label("Number of decimal points")
        .required()
        .starts_as("2"),
])
.outputs(&[
    number("output").label("Result as a decimal"),
    text("percentage").label("Result as a percentage (%)"),
])
.examples(&[
    example(r#"{"a": 1, "b": 3, "decimals": 2}"#, r#"{"output": 0.33, "percentage": "33%"}"#),
    example(r#"{"a": 1, "b": 8, "decimals": 3}"#, r#"{"output": 0.125, "percentage": "12.5%"}"#),
    example(r#"{"a": 2, "b": 3, "decimals": 15}"#, r#"{"output": 0.666666666666667, "percentage": "66.6666666666667%"}"#),
    example(r#"{"a": -5, "b": 2, "decimals": 0}"#, r#"{"output": -3, "percentage": "-300%"}"#),
    example(r#"{"a": 1, "b": 0, "decimals": 2}"#, r#""division_by_zero""#),
]);

fn quotient(args: &Args) -> Result<Outputs, CardError> {
    let (a, b) = (read::number(args, "a")?, read::number(args, "b")?);
    let places = read::whole(args, "decimals")?.unwrap_or(2);
    let result = rounded(divide(a, b)?, places);
    let percentage = multiply(result, Number::from(100))?;
    Ok(vec![
        (FieldKey::plain("output"), Value::Number(result)),
        (
            FieldKey::plain("percentage"),
            Value::from(format!("{percentage}%")),
        ),
    ])
}

const REMAINDER: Card = function(
    "math:remainder",
    Category::Number,
    words("Remainder", "剰余"),
    words(
        "Gives what remains when one number is divided by another, with the sign of the first number. Dividing by 0 is an error.",
        "数値を別の数値で割った余りを返します。符号は割られる数と同じです。0で割るとエラーになります。",
    ),
    rest,
)
.unconfirmed()
.icon("percent")
.inputs(&[
    number("a").label("number").required(),
    number("b").label("divide by").required(),
])
.outputs(&[number("output").label("remainder")])
.examples(&[
    example(r#"{"a": 12, "b": 5}"#, r#"{"output": 2}"#),
    example(r#"{"a": -12, "b": 5}"#, r#"{"output": -2}"#),
    example(r#"{"a": 0.3, "b": 0.1}"#, r#"{"output": 0}"#),
    example(r#"{"a": 12, "b": 0}"#, r#""division_by_zero""#),
]);

fn rest(args: &Args) -> Result<Outputs, CardError> {
    let (a, b) = (read::number(args, "a")?, read::number(args, "b")?);
    Ok(output("output", remainder(a, b)?))
}
