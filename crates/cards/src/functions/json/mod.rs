//! JSON cards: Parse, Stringify

use flow::{Args, CardError, Outputs, Value};

use crate::bounds::text_within;
use crate::declare::{Card, Category, any, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [PARSE, STRINGIFY];

const PARSE: Card = function(
    "json:parse",
    Category::Json,
    words("Parse", "解析"),
    words(
        "Turns JSON text into the value that it says. Text that is not JSON, also empty text, is an error; lists and objects may be nested 100 deep.",
        "JSONテキストを、それが表す値に変換します。空のテキストを含め、JSONでないテキストはエラーになります。リストとオブジェクトの入れ子は100段までです。",
    ),
    parse,
)
.inputs(&[text("string").label("text").required()])
.outputs(&[any("output")])
.examples(&[
    example(
        r#"{"string": "{\"a\": [1, null]}"}"#,
        r#"{"output": {"a": [1, null]}}"#,
    ),
    example(r#"{"string": "{a: 1}"}"#, r#""not_json""#),
    example(r#"{"string": ""}"#, r#""not_json""#),
]);

fn parse(args: &Args) -> Result<Outputs, CardError> {
    let json = serde_json::from_str(&read::text(args, "string"))
        .map_err(|error| CardError::new("not_json", format!("The text is not JSON: {error}.")))?;
    let value =
        Value::from_json(&json).map_err(|error| CardError::new("too_deep", error.to_string()))?;
    Ok(output("output", value))
}

const STRINGIFY: Card = function(
    "json:stringify",
    Category::Json,
    words("Stringify", "文字列化"),
    words("Writes a value as JSON text.", "値をJSONテキストにします。"),
    stringify,
)
.inputs(&[any("object").label("object").required()])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"object": {"b": 1, "a": [true]}}"#,
        r#"{"output": "{\"b\":1,\"a\":[true]}"}"#,
    ),
    example(r#"{"object": "流れ"}"#, r#"{"output": "\"流れ\""}"#),
]);

fn stringify(args: &Args) -> Result<Outputs, CardError> {
    let text = args.get("", "object").to_json_text();
    Ok(output("output", text_within(text)?))
}
