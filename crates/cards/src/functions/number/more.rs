//! Number › Increment, Exponent, Power, Log, Factorial, Percentage, Larger, Smaller, Sign

use flow::{Args, CardError, FieldKey, Number, Outputs, Value};

use crate::arithmetic::{add, decimal, divide, multiply, power as raised, rounded};
use crate::declare::{Card, Category, boolean, example, function, number, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 9] = [
    INCREMENT, EXPONENT, POWER, LOG, FACTORIAL, PERCENTAGE, LARGER, SMALLER, SIGN,
];

const INCREMENT: Card = function(
    "math:increment",
    Category::Number,
    words("Increment", "増加"),
    words("Adds 1 to a number. Okta's page of this card could not be found; its behaviour follows from its name.", "数値に1を足します。このカードはOktaのドキュメントで確認できないため、動作は名前から定めたものです。"),
    increment,
)
.unconfirmed()
.icon("plus")
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output")])
.examples(&[example(r#"{"a": 1.5}"#, r#"{"output": 2.5}"#)]);

fn increment(args: &Args) -> Result<Outputs, CardError> {
    Ok(output(
        "output",
        add(read::number(args, "a")?, Number::from(1))?,
    ))
}

const EXPONENT: Card = function(
    "math:exp",
    Category::Number,
    words("Exponent", "指数関数"),
    words(
        "Raises e, the base of the natural logarithm, to a power. Okta's page of this card could not be found; its behaviour follows from its name.",
        "自然対数の底eを累乗します。このカードはOktaのドキュメントで確認できないため、動作は名前から定めたものです。",
    ),
    exponent,
)
.unconfirmed()
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output")])
.examples(&[
    example(r#"{"a": 0}"#, r#"{"output": 1}"#),
    example(r#"{"a": 10000}"#, r#""not_a_number""#),
]);

fn exponent(args: &Args) -> Result<Outputs, CardError> {
    let power = read::number(args, "a")?.as_f64();
    Ok(output("output", decimal(power.exp())?))
}

const POWER: Card = function(
    "math:pow",
    Category::Number,
    words("Power", "累乗"),
    words("Raises a number to a power. Okta's page of this card could not be found; its behaviour follows from its name.", "数値を累乗します。このカードはOktaのドキュメントで確認できないため、動作は名前から定めたものです。"),
    power,
)
.unconfirmed()
.inputs(&[
    number("a").label("number").required(),
    number("b").label("power").required(),
])
.outputs(&[number("output")])
.examples(&[
    example(r#"{"a": 2, "b": 10}"#, r#"{"output": 1024}"#),
    example(r#"{"a": 3, "b": 39}"#, r#"{"output": 4052555153018976267}"#),
    example(r#"{"a": 1.1, "b": 2}"#, r#"{"output": 1.21}"#),
    example(r#"{"a": -1, "b": 0.5}"#, r#""not_a_number""#),
]);

fn power(args: &Args) -> Result<Outputs, CardError> {
    let (a, b) = (read::number(args, "a")?, read::number(args, "b")?);
    Ok(output("output", raised(a, b)?))
}

const LOG: Card = function(
    "math:log",
    Category::Number,
    words("Log", "対数"),
    words(
        "Gives the logarithm of a number to a base, 10 unless you give another.",
        "数値の対数を返します。底を指定しなければ10を使います。",
    ),
    log,
)
.unconfirmed()
.inputs(&[
    number("input").label("number").required(),
    number("base").label("base").starts_as("10"),
])
.outputs(&[number("output")])
.examples(&[
    example(r#"{"input": 1000, "base": 10}"#, r#"{"output": 3}"#),
    example(r#"{"input": 8, "base": 2}"#, r#"{"output": 3}"#),
    example(r#"{"input": 0}"#, r#""not_a_number""#),
]);

fn log(args: &Args) -> Result<Outputs, CardError> {
    let base = read::maybe_number(args, "base")?.map_or(10.0, Number::as_f64);
    let number = read::number(args, "input")?.as_f64();
    let log = if base == 10.0 {
        number.log10()
    } else if base == 2.0 {
        number.log2()
    } else {
        number.ln() / base.ln()
    };
    Ok(output("output", decimal(log)?))
}

const FACTORIAL: Card = function(
    "math:factorial",
    Category::Number,
    words("Factorial", "階乗"),
    words(
        "Multiplies all whole numbers from 1 up to a number, at most 170. Fractions are cut off, and below 0 it gives 0.",
        "1からその数値までのすべての整数を掛け合わせます。指定できるのは170までです。小数部分は切り捨て、0より小さい数値では0を返します。",
    ),
    factorial,
)
.unconfirmed()
.inputs(&[number("number").label("number").required()])
.outputs(&[number("output")])
.examples(&[
    example(r#"{"number": 5}"#, r#"{"output": 120}"#),
    example(r#"{"number": 0}"#, r#"{"output": 1}"#),
    example(r#"{"number": -3}"#, r#"{"output": 0}"#),
    example(r#"{"number": 171}"#, r#""out_of_range""#),
]);

fn factorial(args: &Args) -> Result<Outputs, CardError> {
    let up_to = read::whole(args, "number")?.unwrap_or(0);
    if up_to > 170 {
        return Err(CardError::new(
            "out_of_range",
            "The factorial of a number above 170 is too large. Use a smaller number.",
        ));
    }
    if up_to < 0 {
        return Ok(output("output", Number::from(0)));
    }
    let product = (1..=up_to)
        .map(Number::from)
        .try_fold(Number::from(1), multiply)?;
    Ok(output("output", product))
}

const PERCENTAGE: Card = function(
    "math:percentage",
    Category::Number,
    words("Percentage", "パーセンテージ"),
    words(
        "Gives so many percent of a number, rounded to a number of decimal places, 2 where none is given. The second output is the percentage itself. Okta's page of this card could not be found; its behaviour follows from its name.",
        "数値の指定したパーセントを計算し、指定した小数点以下の桁数（指定しなければ2）に丸めます。2つ目の出力はパーセンテージそのものです。このカードはOktaのドキュメントで確認できないため、動作は名前から定めたものです。",
    ),
    percentage,
)
.unconfirmed()
.icon("percent")
.inputs(&[
    number("percent").label("percent").required(),
    number("number").label("number").required(),
    number("decimals")
        .label("Number of decimal points")
        .starts_as("2"),
])
.outputs(&[
    number("output").label("result"),
    text("percentage").label("Result as a percentage (%)"),
])
.examples(&[example(
    r#"{"percent": 8, "number": 1234.5, "decimals": 1}"#,
    r#"{"output": 98.8, "percentage": "8%"}"#,
)]);

fn percentage(args: &Args) -> Result<Outputs, CardError> {
    let percent = read::number(args, "percent")?;
    let part = divide(
        multiply(read::number(args, "number")?, percent)?,
        Number::from(100),
    )?;
    let places = read::whole(args, "decimals")?.unwrap_or(2);
    Ok(vec![
        (
            FieldKey::plain("output"),
            Value::Number(rounded(part, places)),
        ),
        (
            FieldKey::plain("percentage"),
            Value::from(format!("{percent}%")),
        ),
    ])
}

const LARGER: Card = function(
    "math:larger",
    Category::Number,
    words("Larger", "より大きい"),
    words(
        "Is true when the first number is larger than the second.",
        "1つ目の数値が2つ目の数値より大きいとき、真になります。",
    ),
    larger,
)
.unconfirmed()
.inputs(&[
    number("number1").label("number 1").required(),
    number("number2").label("number 2").required(),
])
.outputs(&[boolean("output").label("result")])
.examples(&[
    example(r#"{"number1": 80, "number2": 9}"#, r#"{"output": true}"#),
    example(r#"{"number1": 9, "number2": 9}"#, r#"{"output": false}"#),
]);

fn larger(args: &Args) -> Result<Outputs, CardError> {
    let (a, b) = (
        read::number(args, "number1")?,
        read::number(args, "number2")?,
    );
    Ok(output("output", a > b))
}

const SMALLER: Card = function(
    "math:smaller",
    Category::Number,
    words("Smaller", "より小さい"),
    words(
        "Is true when the first number is smaller than the second.",
        "1つ目の数値が2つ目の数値より小さいとき、真になります。",
    ),
    smaller,
)
.unconfirmed()
.inputs(&[
    number("number1").label("number 1").required(),
    number("number2").label("number 2").required(),
])
.outputs(&[boolean("output").label("result")])
.examples(&[example(
    r#"{"number1": 80, "number2": 9}"#,
    r#"{"output": false}"#,
)]);

fn smaller(args: &Args) -> Result<Outputs, CardError> {
    let (a, b) = (
        read::number(args, "number1")?,
        read::number(args, "number2")?,
    );
    Ok(output("output", a < b))
}

const SIGN: Card = function(
    "math:sign",
    Category::Number,
    words("Sign", "符号"),
    words(
        "Gives 1 for a number above 0, -1 for one below, and 0 for 0.",
        "0より大きい数値では1、小さい数値では-1、0では0を返します。",
    ),
    sign,
)
.unconfirmed()
.inputs(&[number("a").label("number").required()])
.outputs(&[number("output")])
.examples(&[
    example(r#"{"a": -0.5}"#, r#"{"output": -1}"#),
    example(r#"{"a": 0}"#, r#"{"output": 0}"#),
]);

fn sign(args: &Args) -> Result<Outputs, CardError> {
    let number = read::number(args, "a")?;
    Ok(output(
        "output",
        match number.cmp(&Number::from(0)) {
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => 1,
        },
    ))
}
