//! Number › Random Integer

use flow::{Args, CardError, Number, Outputs, Value};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::declare::{Card, Category, Seed, example, number, seeded, words};
use crate::read::{self, output};

pub(super) static CARD: Card = seeded(
    "math:random",
    Category::Number,
    words("Random Integer", "ランダムな整数"),
    words(
        "Gives a random whole number from the first number up to, but not including, the second.",
        "1つ目の数値以上、2つ目の数値未満のランダムな整数を返します。",
    ),
    eval,
)
.icon("dices")
.inputs(&[
    number("a").label("Greater than or equal to").required(),
    number("b").label("Less than").required(),
])
.outputs(&[number("output").label("random")])
.examples(&[
    example(r#"{"a": 5, "b": 6}"#, r#"{"output": 5}"#),
    example(r#"{"a": 4.5, "b": 5.5}"#, r#"{"output": 5}"#),
    example(r#"{"a": 6, "b": 6}"#, r#""out_of_range""#),
]);

fn eval(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let next = |key| -> Result<i64, CardError> {
        let number = read::number(args, key)?;
        Ok(match Number::from_f64(number.as_f64().ceil()) {
            Some(above) if number.as_i64().is_none() => read::to_whole(above),
            _ => read::to_whole(number),
        })
    };
    let (from, before) = (next("a")?, next("b")?);
    if from >= before {
        return Err(CardError::new(
            "out_of_range",
            format!("There is no whole number from {from} that is less than {before}."),
        ));
    }
    let picked = StdRng::seed_from_u64(seed.random).random_range(from..before);
    Ok(output("output", Value::from(picked)))
}
