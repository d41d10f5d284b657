//! Number › Formula

use flow::{Args, CardError, Outputs, Value};

use crate::arithmetic::decimal;
use crate::declare::{Card, Category, Seed, example, number, seeded, text, words};
use crate::functions::text::fill;
use crate::read::{self, output, plain};

mod parse;

pub(super) static CARD: Card = seeded(
    "math:expression",
    Category::Number,
    words("Formula", "数式"),
    words(
        "Computes a formula with + - * / ^ % ! and brackets, pi and e, and these functions: abs, ceil, floor, fix, sign, round, min, max, sum, mean, sqrt, cbrt, square, cube, pow, mod, gcd, lcm, hypot, exp, log, log2, log10, sin, cos, tan, asin, acos, atan, atan2, random. What follows a # is a comment. An empty value is 0. Okta's list of functions is not known to its end; the names are those of math.js.",
        "+ - * / ^ % !、括弧、pi、eと、関数（abs、ceil、floor、fix、sign、round、min、max、sum、mean、sqrt、cbrt、square、cube、pow、mod、gcd、lcm、hypot、exp、log、log2、log10、sin、cos、tan、asin、acos、atan、atan2、random）を使った数式を計算します。#以降はコメントです。空の値は0になります。Oktaの関数の一覧は一部しか確認できないため、名前はmath.jsに合わせています。",
    ),
    eval,
)
.icon("sigma")
.inputs(&[text("_text_").label("formula").required()])
.outputs(&[number("output")])
.examples(&[
    example(r#"{"_text_": "(1 + 2) * {{{n}}} # days", "n": 7}"#, r#"{"output": 21}"#),
    example(r#"{"_text_": "0.1 + 0.2"}"#, r#"{"output": 0.3}"#),
    example(r#"{"_text_": "0.3 - 0.1 * 3"}"#, r#"{"output": 0}"#),
    example(r#"{"_text_": "sqrt(2)^2 + mean(1, 2, 6) + gcd(12, 18)"}"#, r#"{"output": 11}"#),
    example(r#"{"_text_": "12%5 + 3!"}"#, r#"{"output": 8}"#),
    example(r#"{"_text_": "-2^2"}"#, r#"{"output": -4}"#),
    example(r#"{"_text_": "2^3^2"}"#, r#"{"output": 512}"#),
    example(r#"{"_text_": "max(1, round(2.567, 1), min(9, 4)) - {{{n}}}", "n": -1}"#, r#"{"output": 5}"#),
    example(r#"{"_text_": "1 / 0"}"#, r#""not_a_number""#),
    example(r#"{"_text_": "1 +"}"#, r#""invalid_formula""#),
    example(r#"{"_text_": "system(1)"}"#, r#""invalid_formula""#),
]);

fn eval(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let formula = fill(&read::text(args, "_text_"), |name| {
        plain(args, &["_text_"])
            .find(|arg| arg.key.key == name)
            .map(|arg| match &arg.value {
                Value::Null => "0".to_owned(),
                value => format!("({})", value.to_text()),
            })
    })?;
    let result = parse::evaluate(&formula, seed.random)?;
    Ok(output("output", decimal(result)?))
}
