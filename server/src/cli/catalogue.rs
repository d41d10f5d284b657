//! `nagare catalogue`: every card, for people or one JSON object a line for programs.

use std::process::ExitCode;

use cards::{Language, catalogue};
use flow::{CardSpec, FieldSpec};
use serde::Serialize;

use super::say;

/// A card as programs read it.
#[derive(Serialize)]
struct CardLine<'a> {
    id: String,
    kind: flow::CardKind,
    name_en: &'a str,
    name_ja: &'a str,
    category: &'a str,
    /// Its key in exported flows; null where none was seen with it.
    address: Option<&'a str>,
    inputs: Vec<FieldLine<'a>>,
    outputs: Vec<FieldLine<'a>>,
}

/// A field as programs read it.
#[derive(Serialize)]
struct FieldLine<'a> {
    group: Option<&'a str>,
    key: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    base: flow::Base,
    list: bool,
    required: bool,
}

/// Prints the catalogue.
pub fn run(json: bool) -> ExitCode {
    let cards = catalogue(Language::En);
    if json {
        return print_json(cards.cards());
    }
    let mut category = "";
    for card in cards.cards() {
        if card.category != category {
            category = &card.category;
            say(&format!("\n{category}"));
        }
        say(&format!(
            "  {:<44} {}  {}",
            card.key.as_str(),
            card.name_en,
            card.name_ja
        ));
    }
    ExitCode::SUCCESS
}

fn print_json<'a>(cards: impl Iterator<Item = &'a CardSpec>) -> ExitCode {
    for card in cards {
        match serde_json::to_string(&line(card)) {
            Ok(text) => say(&text),
            Err(error) => return super::fail(&format!("{} cannot be written: {error}", card.key)),
        }
    }
    ExitCode::SUCCESS
}

fn line(card: &CardSpec) -> CardLine<'_> {
    CardLine {
        id: format!("{}.{}", card.key.module(), card.key.method()),
        kind: card.kind,
        name_en: &card.name_en,
        name_ja: &card.name_ja,
        category: &card.category,
        address: cards::is_confirmed(&card.key).then(|| card.key.as_str()),
        inputs: card.inputs.iter().map(field).collect(),
        outputs: card.outputs.iter().map(field).collect(),
    }
}

fn field(field: &FieldSpec) -> FieldLine<'_> {
    FieldLine {
        group: field.key.group.as_deref(),
        key: &field.key.key,
        label: &field.label,
        base: field.ty.base,
        list: field.ty.list,
        required: field.required,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_card_is_one_line_with_its_own_id() {
        let cards = catalogue(Language::En);
        let mut ids = BTreeSet::new();
        for card in cards.cards() {
            let json = serde_json::to_value(line(card)).unwrap();
            let id = json["id"].as_str().unwrap().to_owned();
            assert!(id.contains('.'), "{id}");
            assert!(
                ["event", "action", "function", "control"]
                    .contains(&json["kind"].as_str().unwrap())
            );
            assert!(json["address"].is_null() || json["address"] == card.key.as_str());
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
        assert!(ids.contains("control.if"), "{ids:?}");
    }

    #[test]
    fn a_field_is_written_with_its_group_and_type() {
        let spec = FieldSpec {
            key: flow::FieldKey::in_group("User", "ID or Login"),
            label: "ID or Login".to_owned(),
            ty: flow::Type::list_of(flow::Base::Text),
            required: true,
            option: false,
            choices: Vec::new(),
            lookup: None,
            entered: None,
            shown: true,
            default: None,
        };
        assert_eq!(
            serde_json::to_value(field(&spec)).unwrap(),
            serde_json::json!({ "group": "User", "key": "ID or Login", "label": "ID or Login",
                "type": "text", "list": true, "required": true })
        );
    }
}
