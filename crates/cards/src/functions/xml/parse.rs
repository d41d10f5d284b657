//! XML › Parse. No document type is read: entities that it would define are unknown, so nothing from outside comes in
//! and nothing grows.

use std::sync::Arc;

use flow::{Args, CardError, Fields, Outputs, Value};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{ATTRIBUTE, MAX_DEPTH, TEXT};
use crate::bounds::text_within;
use crate::declare::{Card, Category, any, example, function, text, words};
use crate::read::{self, output};

pub(super) const CARD: Card = function(
    "xml:parse",
    Category::Xml,
    words("Parse", "解析"),
    words(
        "Turns well-formed XML into an object. An attribute becomes a key that begins with @, text beside attributes or elements has the key #text, and an element that occurs more than once becomes a list; an element with nothing but text is that text. Names keep their prefixes as written. Document types are ignored, and entities that one defines are an error. Elements may be nested 45 deep. How Okta treats attributes and lists is not documented; this is our choice.",
        "整形式のXMLをオブジェクトに変換します。属性は@で始まるキーに、属性や要素と並ぶテキストは#textというキーになり、2回以上現れる要素はリストになります。テキストだけの要素はそのテキストになります。名前の接頭辞は書かれたまま残ります。文書型宣言は無視され、そこで定義された実体参照はエラーになります。入れ子は45段までです。属性とリストの扱いはOktaのドキュメントに記載がないため、独自に定めたものです。",
    ),
    eval,
)
.unconfirmed()
.inputs(&[text("xml").label("XML").required()])
.outputs(&[any("output")])
.examples(&[
    example(
        r#"{"xml": "<?xml version=\"1.0\"?><user id=\"7\"><name>Ada &amp; Bob</name><tag>a</tag><tag>b</tag><note/></user>"}"#,
        r#"{"output": {"user": {"@id": "7", "name": "Ada & Bob", "tag": ["a", "b"], "note": ""}}}"#,
    ),
    example(
        r#"{"xml": "<s:a xmlns:s=\"urn:x\"><![CDATA[1 < 2]]></s:a>"}"#,
        r##"{"output": {"s:a": {"@xmlns:s": "urn:x", "#text": "1 < 2"}}}"##,
    ),
    example(r#"{"xml": "<a><b></a>"}"#, r#""invalid_xml""#),
    example(
        r#"{"xml": "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"}"#,
        r#""invalid_xml""#,
    ),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let xml = text_within(read::text(args, "xml"))?;
    let (name, value) = parse(xml.trim_start_matches('\u{feff}'))?;
    Ok(output("output", Value::from_pairs([(name, value)])))
}

/// An element under construction.
struct Element {
    name: Arc<str>,
    fields: Fields,
    text: String,
    has_elements: bool,
}

fn parse(xml: &str) -> Result<(Arc<str>, Value), CardError> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let at = reader.buffer_position();
        let event = reader
            .read_event()
            .map_err(|error| invalid(at, &error.to_string()))?;
        match event {
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH {
                    return Err(too_deep());
                }
                begins(root.is_some(), open.is_empty(), at)?;
                open.push(element(&start, at)?);
            }
            Event::Empty(start) => {
                begins(root.is_some(), open.is_empty(), at)?;
                let element = element(&start, at)?;
                close(element, &mut open, &mut root);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(text) => {
                let text = text
                    .xml10_content()
                    .map_err(|error| invalid(at, &error.to_string()))?;
                add_text(&mut open, &text, at)?;
            }
            Event::CData(text) => {
                let text = text
                    .xml10_content()
                    .map_err(|error| invalid(at, &error.to_string()))?;
                add_text(&mut open, &text, at)?;
            }
            Event::GeneralRef(reference) => add_text(&mut open, &resolved(&reference, at)?, at)?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof if !open.is_empty() => {
                return Err(invalid(at, "an element is not closed"));
            }
            Event::Eof => break,
        }
    }
    root.ok_or_else(|| invalid(0, "there is no element"))
}

/// A document has one element that holds all others.
fn begins(has_root: bool, is_top: bool, at: u64) -> Result<(), CardError> {
    if has_root && is_top {
        return Err(invalid(at, "there is a second outermost element"));
    }
    Ok(())
}

fn element(start: &BytesStart<'_>, at: u64) -> Result<Element, CardError> {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut fields = Fields::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| invalid(at, &error.to_string()))?;
        let value = attribute
            .unescape_value()
            .map_err(|error| invalid(at, &error.to_string()))?;
        let key = format!("{ATTRIBUTE}{}", name(attribute.key.as_ref()));
        fields.insert(key.into(), Value::from(value.into_owned()));
    }
    Ok(Element {
        name: name(start.name().as_ref()).into(),
        fields,
        text: String::new(),
        has_elements: false,
    })
}

fn add_text(open: &mut [Element], text: &str, at: u64) -> Result<(), CardError> {
    match open.last_mut() {
        Some(element) => {
            element.text.push_str(text);
            Ok(())
        }
        None if text.trim().is_empty() => Ok(()),
        None => Err(invalid(
            at,
            "there is text outside of the outermost element",
        )),
    }
}

/// A character, or one of the five entities that XML itself defines.
fn resolved(reference: &BytesRef<'_>, at: u64) -> Result<String, CardError> {
    let character = reference
        .resolve_char_ref()
        .map_err(|error| invalid(at, &error.to_string()))?;
    if let Some(character) = character {
        return Ok(character.to_string());
    }
    let name = reference
        .decode()
        .map_err(|error| invalid(at, &error.to_string()))?;
    resolve_predefined_entity(&name)
        .map(str::to_owned)
        .ok_or_else(|| invalid(at, &format!("the entity &{name}; is not known")))
}

fn close(element: Element, open: &mut [Element], root: &mut Option<(Arc<str>, Value)>) {
    let Element {
        name,
        mut fields,
        text,
        has_elements,
    } = element;
    // White space between elements is layout.
    let text = if has_elements { text.trim() } else { &text };
    let value = if fields.is_empty() {
        Value::from(text)
    } else {
        if !text.is_empty() {
            fields.insert(TEXT.into(), Value::from(text));
        }
        Value::object(fields)
    };
    let Some(parent) = open.last_mut() else {
        *root = Some((name, value));
        return;
    };
    parent.has_elements = true;
    match parent.fields.get_mut(&name) {
        None => {
            parent.fields.insert(name, value);
        }
        Some(Value::List(items)) => Arc::make_mut(items).push(value),
        Some(first) => {
            let items = vec![std::mem::take(first), value];
            *first = Value::list(items);
        }
    }
}

fn invalid(at: u64, why: &str) -> CardError {
    CardError::new(
        "invalid_xml",
        format!("The text is not well-formed XML, at byte {at}: {why}."),
    )
}

fn too_deep() -> CardError {
    CardError::new(
        "too_deep",
        format!("The elements are nested more than {MAX_DEPTH} deep."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(xml: &str, expected: &serde_json::Value) {
        let (name, value) = parse(xml).unwrap();
        assert_eq!(&Value::from_pairs([(name, value)]).to_json(), expected);
    }

    #[test]
    fn texts_entities_and_layout() {
        check("<a/>", &serde_json::json!({"a": ""}));
        check("<a> x </a>", &serde_json::json!({"a": " x "}));
        check(
            "<a>\n  <b>1</b>\n  <b/>\n</a>\n",
            &serde_json::json!({"a": {"b": ["1", ""]}}),
        );
        check(
            "<a t='&quot;&#x6d41;'>&lt;&#12428;<!-- no -->&gt;</a>",
            &serde_json::json!({"a": {"@t": "\"流", "#text": "<れ>"}}),
        );
        check(
            "<p>one <b>two</b> three</p>",
            &serde_json::json!({"p": {"b": "two", "#text": "one  three"}}),
        );
        check("<!DOCTYPE html><html/>", &serde_json::json!({"html": ""}));
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for wrong in [
            "",
            "text",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "<a x=1/>",
            "<a x='1' x='2'/>",
            "<a>&nbsp;</a>",
            "<a/>x",
            "<a",
            "<a>&#0;</a>",
            "<![CDATA[x]]>",
        ] {
            assert_eq!(parse(wrong).unwrap_err().code, "invalid_xml", "{wrong}");
        }
    }

    #[test]
    fn neither_entities_nor_depth_take_memory() {
        let mut bomb = String::from("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
        for n in 1..20 {
            bomb.push_str(&format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1));
        }
        bomb.push_str("]><a>&l19;</a>");
        assert_eq!(parse(&bomb).unwrap_err().code, "invalid_xml");
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert_eq!(parse(&deep).unwrap_err().code, "too_deep");
        let fits = format!("{}{}", "<a>".repeat(MAX_DEPTH), "</a>".repeat(MAX_DEPTH));
        let (name, value) = parse(&fits).unwrap();
        assert_eq!(Value::from_pairs([(name, value)]).check_size(), Ok(()));
    }
}
