//! A small catalogue for the laws of checks and repairs: a card of each sort.

use flow::Catalogue;
use serde_json::{Value as Json, json};

#[expect(clippy::needless_pass_by_value, reason = "cards are short to write")]
fn field(key: &str, ty: Json, more: Json) -> Json {
    let mut field = json!({"key": {"key": key}, "label": key, "type": ty, "shown": true});
    if let (Json::Object(fields), Json::Object(more)) = (&mut field, more) {
        fields.extend(more);
    }
    field
}

fn one(base: &str) -> Json {
    json!({ "base": base })
}

#[expect(clippy::needless_pass_by_value, reason = "cards are short to write")]
fn card(key: &str, kind: &str, inputs: Vec<Json>, outputs: Vec<Json>, more: Json) -> Json {
    let mut card = json!({"key": key, "kind": kind, "family": "text", "icon": "x", "name": key,
        "name_en": key, "name_ja": key, "help": "Helps.", "category": "All", "inputs": inputs,
        "outputs": outputs, "extensible": "no", "listed": true});
    if let (Json::Object(fields), Json::Object(more)) = (&mut card, more) {
        fields.extend(more);
    }
    card
}

pub(crate) fn catalogue() -> Catalogue {
    let user = json!({"base": "object", "keys": [
        {"key": "login", "type": {"base": "text"}}, {"key": "age", "type": {"base": "number"}}]});
    let list = json!({"base": "text", "list": true});
    let condition = || {
        ["left-operand", "operator", "right-operand"]
            .map(|key| field(key, one("any"), json!({})))
            .to_vec()
    };
    let lanes = |ids: &[&str]| -> Vec<Json> {
        let lane = |id: &&str| json!({"id": id, "label": id});
        ids.iter().map(lane).collect()
    };
    let required = json!({"required": true});
    let okta = json!({"connector": "okta", "scopes": ["okta.users.read"]});
    let cards = json!([
        card(
            "okta:created",
            "event",
            vec![],
            vec![
                field("ID", one("text"), json!({})),
                field("when", one("date"), json!({})),
                field("user", user.clone(), json!({})),
                field("groups", list.clone(), json!({}))
            ],
            okta.clone()
        ),
        card(
            "control:callable",
            "event",
            vec![],
            vec![
                field("ID", one("number"), json!({})),
                field("text", one("text"), json!({}))
            ],
            json!({})
        ),
        card(
            "http:accept",
            "event",
            vec![],
            vec![field("body", user.clone(), json!({}))],
            json!({})
        ),
        card(
            "okta:read",
            "action",
            vec![field("ID", one("text"), required.clone())],
            vec![
                field("login", one("text"), json!({})),
                field("user", user.clone(), json!({})),
                field("groups", list, json!({}))
            ],
            okta
        ),
        card(
            "string:compose",
            "function",
            vec![field("text", one("text"), required.clone())],
            vec![field("output", one("text"), json!({}))],
            json!({})
        ),
        card(
            "math:round",
            "function",
            vec![field("number", one("number"), required.clone())],
            vec![field("number", one("number"), json!({}))],
            json!({})
        ),
        card(
            "date:add",
            "function",
            vec![field("when", one("date"), json!({}))],
            vec![field("flag", one("boolean"), json!({}))],
            json!({})
        ),
        card(
            "object:use",
            "action",
            vec![field("user", user, required.clone())],
            vec![field("file", one("file"), json!({}))],
            json!({})
        ),
        card(
            "control:if",
            "control",
            condition(),
            vec![],
            json!({"lanes": lanes(&["true", "false"]), "extensible": "outputs"})
        ),
        card(
            "control:branch",
            "control",
            vec![],
            vec![],
            json!({"lanes": lanes(&["if", "else"])})
        ),
        card(
            "control:tryCatch",
            "control",
            vec![],
            vec![],
            json!({"lanes": lanes(&["try", "error"])})
        ),
        card(
            "control:return",
            "control",
            vec![],
            vec![],
            json!({"extensible": "mirrored"})
        ),
        card(
            "control:throw",
            "control",
            vec![field("message", one("text"), required.clone())],
            vec![],
            json!({})
        ),
        card(
            "control:spawn",
            "control",
            vec![field("flow", one("flow"), required)],
            vec![],
            json!({})
        ),
        card(
            "stash:createRow",
            "function",
            vec![field(
                "table",
                one("text"),
                json!({"lookup": "tables", "option": true})
            )],
            vec![],
            json!({"extensible": "inputs"})
        ),
    ]);
    serde_json::from_value(cards).unwrap()
}
