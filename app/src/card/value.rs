//! Values of a run as one line or as indented JSON.

use serde_json::Value as Json;

use crate::i18n::bytes;

/// A file that a card made, as a run shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFile {
    /// Under which it can be fetched.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its size, in bytes.
    pub size: u64,
}

/// Returns the file that a value of a run stands for; nothing for any other value.
pub fn file(value: &Json) -> Option<ShownFile> {
    let fields = value.as_object().filter(|fields| fields.len() == 4)?;
    fields.get("media_type")?.as_str()?;
    Some(ShownFile {
        key: fields.get("file")?.as_str()?.to_owned(),
        name: fields.get("name")?.as_str()?.to_owned(),
        size: fields.get("size")?.as_u64()?,
    })
}

/// Returns a value as one short line.
pub fn brief(value: &Json) -> String {
    if let Some(file) = file(value) {
        return format!("{} · {}", file.name, bytes(file.size));
    }
    match value {
        Json::Null => "–".to_owned(),
        Json::String(text) if text.is_empty() => "\"\"".to_owned(),
        Json::String(text) => text.chars().take(200).collect(),
        Json::Array(items) if items.is_empty() => "[ ]".to_owned(),
        Json::Array(items) => format!("[ {} ]", items.len()),
        Json::Object(fields) if fields.is_empty() => "{ }".to_owned(),
        Json::Object(fields) => {
            let keys: Vec<&str> = fields.keys().take(4).map(String::as_str).collect();
            let more = if fields.len() > 4 { ", …" } else { "" };
            format!("{{ {}{more} }}", keys.join(", "))
        }
        Json::Bool(_) | Json::Number(_) => value.to_string(),
    }
}

/// Returns a value as indented JSON; a text stays as it is. Very long ones are cut.
pub fn pretty(value: &Json) -> String {
    const LONGEST: usize = 40_000;
    let text = match value {
        Json::String(text) => text.clone(),
        other if file(other).is_some() => brief(other),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    };
    if text.len() <= LONGEST {
        return text;
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_shown_in_one_line() {
        for (value, text) in [
            (json!(null), "–"),
            (json!("Ada"), "Ada"),
            (json!([1, 2, 3]), "[ 3 ]"),
            (
                json!({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}),
                "{ a, b, c, d, … }",
            ),
            (json!(true), "true"),
            (
                json!({"file": "01K", "name": "a.csv", "media_type": "text/csv", "size": 13}),
                "a.csv · 13 B",
            ),
            (
                json!({"file": "01K", "name": "a.csv", "size": 13}),
                "{ file, name, size }",
            ),
            (json!(12.5), "12.5"),
        ] {
            assert_eq!(brief(&value), text);
        }
    }

    #[test]
    fn long_values_are_cut() {
        let long = Json::String("日".repeat(50_000));
        assert_eq!(pretty(&long).chars().count(), 40_001);
    }
}
