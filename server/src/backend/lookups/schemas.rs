//! From a profile schema of Okta (`UserSchema`, `GroupSchema` of its API description) to attributes.

use std::sync::Arc;

use api::Attribute;
use flow::{Base, Choice, Schema, Type};
use serde_json::Value as Json;

/// An org may define a thousand attributes of its own.
const MOST: usize = 1_500;

/// The name of an application's user is a credential, with a field of its own on the cards.
const APP_USER_NAME: &str = "userName";

/// Reads the attributes of a schema: those that every org has, then the org's own.
pub(super) fn read(schema: &Json, of: Schema) -> Arc<[Attribute]> {
    let of_part = |name: &str, is_custom: bool| {
        let part = schema.pointer(&format!("/definitions/{name}"));
        let required: Vec<String> = part
            .and_then(|part| part.get("required")?.as_array())
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        part.and_then(|part| part.get("properties")?.as_object())
            .into_iter()
            .flatten()
            .map(move |(name, declared)| Attribute {
                is_custom,
                is_required: required.contains(name) || declared["required"] == true,
                ..attribute(name, declared)
            })
            .collect::<Vec<_>>()
    };
    let base = of_part("base", false);
    base.into_iter()
        .chain(of_part("custom", true))
        .filter(|attribute| of != Schema::AppUser || attribute.name != APP_USER_NAME)
        .take(MOST)
        .collect()
}

fn attribute(name: &str, declared: &Json) -> Attribute {
    Attribute {
        name: name.to_owned(),
        title: declared["title"]
            .as_str()
            .filter(|title| !title.trim().is_empty())
            .unwrap_or(name)
            .to_owned(),
        ty: type_of(declared),
        choices: choices(declared),
        is_required: false,
        is_read_only: declared["mutability"] == "READ_ONLY",
        is_custom: false,
    }
}

fn type_of(declared: &Json) -> Type {
    if declared["type"] == "array" {
        return Type::list_of(base(&declared["items"]));
    }
    Type::one(base(declared))
}

fn base(declared: &Json) -> Base {
    match (declared["type"].as_str(), declared["format"].as_str()) {
        (Some("boolean"), _) => Base::Boolean,
        (Some("integer" | "number"), _) => Base::Number,
        (Some("object"), _) => Base::Object,
        (_, Some("date-time")) => Base::Date,
        _ => Base::Text,
    }
}

/// `oneOf` gives the values of `enum` their names.
fn choices(declared: &Json) -> Vec<Choice> {
    let named = declared["oneOf"].as_array();
    let name_of = |value: &Json| {
        let found = named?.iter().find(|known| known["const"] == *value)?;
        found["title"].as_str().map(str::to_owned)
    };
    declared["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|value| !value.is_null())
        .map(|value| {
            let text = written(value);
            Choice {
                label: name_of(value).unwrap_or_else(|| text.clone()),
                value: text,
            }
        })
        .collect()
}

fn written(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn attributes_are_read_with_type_choices_and_what_is_required() {
        let schema = json!({"definitions": {
            "base": {"properties": {"login": {"title": "Username", "type": "string", "required": true},
                "userName": {"title": "Username", "type": "string"}}, "required": ["login"]},
            "custom": {"properties": {
                "size": {"title": "Size", "type": "string", "enum": ["S", "M"],
                    "oneOf": [{"const": "S", "title": "Small"}]},
                "floor": {"title": "", "type": "integer", "enum": [1, 2]},
                "since": {"title": "Since", "type": "string", "format": "date-time", "mutability": "READ_ONLY"},
                "badges": {"title": "Badges", "type": "array", "items": {"type": "number"}},
            }, "required": ["size"]},
        }});
        let found = read(&schema, Schema::AppUser);
        let line = |attribute: &Attribute| {
            let choices: Vec<_> = attribute
                .choices
                .iter()
                .map(|choice| format!("{}={}", choice.value, choice.label))
                .collect();
            format!(
                "{} {} {} {}{}{}",
                attribute.name,
                attribute.title,
                attribute.ty.badge(),
                if attribute.is_required { "!" } else { "" },
                if attribute.is_read_only { "r" } else { "" },
                choices.join(",")
            )
        };
        let lines: Vec<String> = found.iter().map(line).collect();
        assert_eq!(
            lines,
            [
                "login Username T !",
                "size Size T !S=Small,M=M",
                "floor floor # 1=1,2=2",
                "since Since D r",
                "badges Badges [#] ",
            ]
        );
    }
}
