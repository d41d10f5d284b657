//! Number › Round, Round Up, Round Down, Absolute Value, Square Root

use flow::{Args, CardError, Number, Outputs};

use crate::arithmetic::decimal;
use crate::declare::{Card, Category, example, function, number, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 5] = [ROUND, ROUND_UP, ROUND_DOWN, ABSOLUTE, SQUARE_ROOT];

fn rounded(args: &Args, round: fn(f64) -> f64) -> Result<Outputs, CardError> {
    let number = read::number(args, "a")?;
    let result = match number {
        Number::Whole(_) => number,
        Number::Decimal(fraction) => decimal(round(fraction))?,
    };
    Ok(output("output", result))
}

const ROUND: Card = function(
    "math:round",
    Category::Number,
    words("Round", "四捨五入"),
    words(
        "Rounds to the nearest whole number; halves go up.",
        "最も近い整数に丸めます。ちょうど半分のときは大きいほうに丸めます。",
    ),
    round,
)
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output").label("rounded")])
.examples(&[
    example(r#"{"a": 2.5}"#, r#"{"output": 3}"#),
    example(r#"{"a": -2.5}"#, r#"{"output": -2}"#),
    example(r#"{"a": 1.49}"#, r#"{"output": 1}"#),
    example(r#"{"a": 0.49999999999999994}"#, r#"{"output": 0}"#),
]);

fn round(args: &Args) -> Result<Outputs, CardError> {
    // Adding a half would round what lies just below it.
    rounded(args, |number| {
        let below = number.floor();
        if number - below >= 0.5 {
            below + 1.0
        } else {
            below
        }
    })
}

const ROUND_UP: Card = function(
    "math:ceil",
    Category::Number,
    words("Round Up", "切り上げ"),
    words(
        "Gives the next whole number that is not smaller.",
        "その数値より小さくない最小の整数を返します。",
    ),
    round_up,
)
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output").label("rounded up")])
.examples(&[
    example(r#"{"a": 1.01}"#, r#"{"output": 2}"#),
    example(r#"{"a": -1.9}"#, r#"{"output": -1}"#),
]);

fn round_up(args: &Args) -> Result<Outputs, CardError> {
    rounded(args, f64::ceil)
}

const ROUND_DOWN: Card = function(
    "math:floor",
    Category::Number,
    words("Round Down", "切り捨て"),
    words(
        "Gives the next whole number that is not larger. Okta's help that we know names no such card; this one is ours.",
        "その数値より大きくない最大の整数を返します。確認できたOktaのヘルプにはない、独自のカードです。",
    ),
    round_down,
)
.unconfirmed()
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output").label("rounded down")])
.examples(&[
    example(r#"{"a": 1.99}"#, r#"{"output": 1}"#),
    example(r#"{"a": -1.1}"#, r#"{"output": -2}"#),
]);

fn round_down(args: &Args) -> Result<Outputs, CardError> {
    rounded(args, f64::floor)
}

const ABSOLUTE: Card = function(
    "math:abs",
    Category::Number,
    words("Absolute Value", "絶対値"),
    words(
        "Gives a number without its sign.",
        "数値から符号を取り除きます。",
    ),
    absolute,
)
.unconfirmed()
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output").label("result")])
.examples(&[example(r#"{"a": -3.5}"#, r#"{"output": 3.5}"#)]);

fn absolute(args: &Args) -> Result<Outputs, CardError> {
    let result = match read::number(args, "a")? {
        Number::Whole(whole) => Number::from(whole.saturating_abs()),
        Number::Decimal(fraction) => decimal(fraction.abs())?,
    };
    Ok(output("output", result))
}

const SQUARE_ROOT: Card = function(
    "math:sqrt",
    Category::Number,
    words("Square Root", "平方根"),
    words(
        "Gives the square root of a number that is not negative.",
        "負でない数値の平方根を返します。",
    ),
    square_root,
)
.unconfirmed()
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output").label("square root")])
.examples(&[
    example(r#"{"a": 2.25}"#, r#"{"output": 1.5}"#),
    example(r#"{"a": -1}"#, r#""not_a_number""#),
]);

fn square_root(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "output",
        decimal(read::number(args, "a")?.as_f64().sqrt())?,
    ))
}
