//! Text › Base64, Base64 Decode

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flow::{Args, CardError, Outputs};

use crate::bounds::text_within;
use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [ENCODE, DECODE];

const ENCODE: Card = function(
    "string:base64",
    Category::Text,
    words("Base64", "Base64"),
    words(
        "Encodes a text as Base64 of its UTF-8 bytes.",
        "テキストのUTF-8バイト列をBase64に変換します。",
    ),
    encode,
)
.icon("binary")
.inputs(&[text("string").label("text").required()])
.outputs(&[text("output")])
.examples(&[example(
    r#"{"string": "流れ"}"#,
    r#"{"output": "5rWB44KM"}"#,
)]);

fn encode(args: &Args) -> Result<Outputs, CardError> {
    let encoded = STANDARD.encode(read::text(args, "string"));
    Ok(output("output", text_within(encoded)?))
}

const DECODE: Card = function(
    "string:base64Decode",
    Category::Text,
    words("Base64 Decode", "Base64デコード"),
    words(
        "Decodes Base64, also in its form for URLs and without padding, to the text that it encodes. What is not Base64, or not UTF-8 text, is an error.",
        "Base64（URL用の形式やパディングのないものを含む）をもとのテキストに戻します。Base64でない場合や、UTF-8テキストでない場合はエラーになります。",
    ),
    decode,
)
.icon("binary")
.inputs(&[text("string").label("text").required()])
.outputs(&[text("output")])
.examples(&[
    example(r#"{"string": "IA=="}"#, r#"{"output": " "}"#),
    example(r#"{"string": "5rWB44KM"}"#, r#"{"output": "流れ"}"#),
    example(r#"{"string": "8J-klA"}"#, r#"{"output": "🤔"}"#),
    example(r#"{"string": "%"}"#, r#""not_base64""#),
]);

/// Decodes both alphabets, padded or not.
pub(crate) fn decode_bytes(text: &str) -> Result<Vec<u8>, CardError> {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let standard: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    GeneralPurpose::new(&base64::alphabet::STANDARD, lenient)
        .decode(standard)
        .map_err(|error| CardError::new("not_base64", format!("The text is not Base64: {error}.")))
}

fn decode(args: &Args) -> Result<Outputs, CardError> {
    let bytes = decode_bytes(&read::text(args, "string"))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        CardError::new(
            "not_text",
            "What the Base64 encodes is not UTF-8 text. This card decodes text only.",
        )
    })?;
    Ok(output("output", text))
}
