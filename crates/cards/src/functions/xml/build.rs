//! XML › Build

use flow::{Args, CardError, Fields, Outputs, Value};
use quick_xml::escape::{escape, partial_escape};

use super::{ATTRIBUTE, MAX_DEPTH, TEXT};
use crate::bounds::TextMaker;
use crate::declare::{Card, Category, boolean, example, function, object, text, words};
use crate::read::{self, output};

/// The element around an object that has not exactly one key.
const ROOT: &str = "root";

pub(super) const CARD: Card = function(
    "xml:build",
    Category::Xml,
    words("Build", "作成"),
    words(
        "Writes an object as XML. A key that begins with @ becomes an attribute, #text becomes text beside attributes or elements, and a list gives its element once for each item; nothing gives an empty element. An object with more than one key is put into an element root, or into the one that you name. How Okta treats attributes and lists is not documented; this is our choice, and Parse reads it back.",
        "オブジェクトをXMLに変換します。@で始まるキーは属性に、#textは属性や要素と並ぶテキストになり、リストは項目ごとに要素を繰り返します。値がなければ空の要素になります。キーが2つ以上あるオブジェクトは、要素root、または指定した名前の要素で囲みます。属性とリストの扱いはOktaのドキュメントに記載がないため、独自に定めたもので、「解析」で元に戻せます。",
    ),
    eval,
)
.unconfirmed()
.inputs(&[
    object("object").label("object").required(),
    text("root").label("root element").more(),
    boolean("declaration")
        .label("XML declaration")
        .starts_as("true"),
    boolean("pretty").label("pretty").starts_as("false"),
])
.outputs(&[text("output")])
.examples(&[
    example(
        r##"{"object": {"user": {"@id": 7, "name": "Ada & Bob", "tag": ["a", null], "#text": "<"}}, "declaration": false}"##,
        r#"{"output": "<user id=\"7\"><name>Ada &amp; Bob</name><tag>a</tag><tag/>&lt;</user>"}"#,
    ),
    example(
        r#"{"object": {"a": true, "b": {}}}"#,
        r#"{"output": "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><a>true</a><b/></root>"}"#,
    ),
    example(
        r#"{"object": {"a": {"b": 1}}, "declaration": false, "pretty": true}"#,
        r#"{"output": "<a>\n  <b>1</b>\n</a>"}"#,
    ),
    example(r#"{"object": {"first name": 1, "b": 2}}"#, r#""invalid_name""#),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let fields = read::object(args, "object")?;
    let mut writer = Writer {
        xml: TextMaker::default(),
        is_pretty: read::flag(args, "pretty", false)?,
    };
    if read::flag(args, "declaration", true)? {
        writer
            .xml
            .push("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    }
    let root = read::text(args, "root");
    let only = fields.iter().next().filter(|(key, value)| {
        fields.len() == 1 && root.is_empty() && is_element(key) && value.as_list().is_none()
    });
    match only {
        Some((name, value)) => writer.element(name, value, 0)?,
        None => {
            let name = if root.is_empty() { ROOT } else { root.as_str() };
            writer.element(name, &Value::object(fields), 0)?;
        }
    }
    Ok(output("output", writer.xml.finish()))
}

fn is_element(key: &str) -> bool {
    !key.starts_with(ATTRIBUTE) && key != TEXT
}

struct Writer {
    xml: TextMaker,
    is_pretty: bool,
}

impl Writer {
    fn element(&mut self, name: &str, value: &Value, depth: usize) -> Result<(), CardError> {
        if depth >= MAX_DEPTH {
            return Err(CardError::new(
                "too_deep",
                format!("The elements would be nested more than {MAX_DEPTH} deep."),
            ));
        }
        let name = checked_name(name)?;
        self.xml.push("<")?;
        self.xml.push(name)?;
        match value {
            Value::Object(fields) => self.with_fields(name, fields, depth),
            Value::List(items) => {
                let items: Fields = [("item".into(), Value::List(items.clone()))].into();
                self.with_fields(name, &items, depth)
            }
            single => {
                let text = single.to_text();
                self.closes(name, checked_text(&text)?)
            }
        }
    }

    fn closes(&mut self, name: &str, content: &str) -> Result<(), CardError> {
        if content.is_empty() {
            return self.xml.push("/>");
        }
        self.xml.push(">")?;
        self.xml.push(&written(content))?;
        self.ends(name)
    }

    fn ends(&mut self, name: &str) -> Result<(), CardError> {
        self.xml.push("</")?;
        self.xml.push(name)?;
        self.xml.push(">")
    }

    fn with_fields(&mut self, name: &str, fields: &Fields, depth: usize) -> Result<(), CardError> {
        for (key, value) in fields {
            if let Some(attribute) = key.strip_prefix(ATTRIBUTE) {
                self.xml.push(" ")?;
                self.xml.push(checked_name(attribute)?)?;
                self.xml.push("=\"")?;
                let text = value.to_text();
                let escaped = escape(checked_text(&text)?)
                    .replace('\n', "&#10;")
                    .replace('\r', "&#13;")
                    .replace('\t', "&#9;");
                self.xml.push(&escaped)?;
                self.xml.push("\"")?;
            }
        }
        let text = fields.get(TEXT).map(Value::to_text).unwrap_or_default();
        let elements: Vec<(&str, &Value)> = fields
            .iter()
            .filter(|(key, _)| is_element(key))
            .flat_map(|(key, value)| {
                let items = match value {
                    Value::List(items) => items.as_slice(),
                    single => std::slice::from_ref(single),
                };
                items.iter().map(move |item| (key.as_ref(), item))
            })
            .collect();
        if elements.is_empty() {
            return self.closes(name, checked_text(&text)?);
        }
        // Blanks beside text would become part of it.
        let is_laid_out = self.is_pretty && text.is_empty();
        self.xml.push(">")?;
        for (key, value) in elements {
            self.line(is_laid_out, depth + 1)?;
            self.element(key, value, depth + 1)?;
        }
        self.line(is_laid_out, depth)?;
        self.xml.push(&written(checked_text(&text)?))?;
        self.ends(name)
    }

    fn line(&mut self, is_laid_out: bool, depth: usize) -> Result<(), CardError> {
        if is_laid_out {
            self.xml.push("\n")?;
            self.xml.push(&"  ".repeat(depth))?;
        }
        Ok(())
    }
}

/// Text between tags. A carriage return would become a line feed when it is read (XML 1.0, section 2.11).
fn written(text: &str) -> String {
    partial_escape(text).replace('\r', "&#13;")
}

/// A name as XML has it, with at most one prefix (Namespaces in XML 1.0, section 4).
fn checked_name(name: &str) -> Result<&str, CardError> {
    let is_part = |part: &str| {
        let mut signs = part.chars();
        signs
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && signs
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | '\u{b7}'))
    };
    let parts: Vec<&str> = name.split(':').collect();
    if parts.len() <= 2 && parts.into_iter().all(is_part) {
        return Ok(name);
    }
    let shown: String = name.chars().take(60).collect();
    Err(CardError::new(
        "invalid_name",
        format!("“{shown}” cannot be the name of an XML element or attribute. Rename the key."),
    ))
}

/// A text without characters that XML cannot have (XML 1.0, section 2.2).
fn checked_text(text: &str) -> Result<&str, CardError> {
    let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_char) {
        return Ok(text);
    }
    Err(CardError::new(
        "invalid_text",
        "A value has a control character that XML cannot have. Remove it with Replace Patterns.",
    ))
}

#[cfg(test)]
mod tests {
    use flow::{Arg, FieldKey};
    use proptest::prelude::*;

    use super::*;

    fn run(card: &Card, key: &str, value: Value) -> Value {
        let crate::Run::Pure(eval) = card.run else {
            panic!("{} computes", card.key);
        };
        let args = Args {
            inputs: vec![Arg {
                key: FieldKey::plain(key),
                value,
                custom: false,
            }],
            wanted: Vec::new(),
        };
        eval(&args).unwrap().remove(0).1
    }

    /// What has one form only in XML: texts, objects that are not empty, lists of at least two.
    fn content() -> impl Strategy<Value = Value> {
        let text = || "[ -~流れ\r\n\t]{0,8}".prop_map(Value::from);
        text().prop_recursive(4, 24, 4, move |inner| {
            let several = proptest::collection::vec(inner.clone(), 2..4).prop_filter_map(
                "a list in a list has elements of its own",
                |items| {
                    let is_flat = items.iter().all(|item| item.as_list().is_none());
                    is_flat.then(|| Value::list(items))
                },
            );
            let element = prop_oneof![inner, several];
            let elements = proptest::collection::btree_map("[a-cé_][a-c.-]{0,2}", element, 1..4);
            let attributes = proptest::collection::btree_map("@[x-z]{1,2}", text(), 0..3);
            (attributes, elements).prop_map(|(attributes, elements)| {
                Value::from_pairs(attributes.into_iter().chain(elements))
            })
        })
    }

    proptest! {
        #[test]
        fn what_is_built_can_be_parsed(content in content()) {
            let object = Value::from_pairs([("root", content)]);
            let built = run(&CARD, "object", object.clone());
            prop_assert_eq!(run(&super::super::parse::CARD, "xml", built), object);
        }
    }
}
