//! Replacements that lose nothing: what is there now, under what the inputs say.

use serde_json::{Map, Value as Json};

use super::declare::Action;
use crate::web::HttpRequest;

/// Returns the request with its body laid over what is there now. Only the keys that the action keeps are taken over:
/// the others are Okta's own, such as the id, and may not be sent.
pub(super) fn completed(action: &Action, request: HttpRequest, current: &Json) -> HttpRequest {
    let mut body = Map::new();
    for key in action.keeps {
        if let Some(value) = current.get(*key) {
            body.insert((*key).to_owned(), value.clone());
        }
    }
    let mut body = Json::Object(body);
    if let Some(given) = request.body {
        lay_over(&mut body, given);
    }
    HttpRequest {
        body: Some(body),
        ..request
    }
}

/// Objects are joined; anything else is replaced.
fn lay_over(below: &mut Json, above: Json) {
    match (below, above) {
        (Json::Object(below), Json::Object(above)) => {
            for (key, value) in above {
                lay_over(below.entry(key).or_insert(Json::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{args, key, reply};
    use super::super::{completed, reads_first, request};

    #[test]
    fn a_group_keeps_its_description_when_only_the_name_is_given() {
        let card = key("updateGroup");
        let inputs = args(&[("Group/ID", json!("00g1")), ("Group/Name", json!("Staff"))]);
        let read = reads_first(&card, &inputs).unwrap().unwrap();
        assert_eq!(
            (read.method.as_str(), read.path.as_str()),
            ("GET", "/api/v1/groups/00g1")
        );
        let current = json!({"id": "00g1", "profile": {"name": "Crew", "description": "All of us", "code": 7}});
        let request = request(&card, &inputs).unwrap();
        assert_eq!(
            completed(&card, request, &reply(200, current))
                .body
                .unwrap(),
            json!({"profile": {"name": "Staff", "description": "All of us", "code": 7}})
        );
    }

    #[test]
    fn a_rule_keeps_whom_it_excludes() {
        let card = key("updateGroupRule");
        let inputs = args(&[
            ("Group Rule/id", json!("0pr1")),
            ("Group Rule/name", json!("Engines")),
            ("Group Rule/expression", json!("true")),
            ("Group Rule/groupIds", json!(["00g2"])),
        ]);
        let current = json!({
            "id": "0pr1", "status": "INACTIVE", "type": "group_rule", "name": "Old",
            "conditions": {
                "people": {"users": {"exclude": ["00u1"]}},
                "expression": {"type": "urn:okta:expression:1.0", "value": "false"},
            },
            "actions": {"assignUserToGroups": {"groupIds": ["00g1"]}},
        });
        let request = request(&card, &inputs).unwrap();
        assert_eq!(
            completed(&card, request, &reply(200, current))
                .body
                .unwrap(),
            json!({
                "type": "group_rule", "name": "Engines",
                "conditions": {
                    "people": {"users": {"exclude": ["00u1"]}},
                    "expression": {"type": "urn:okta:expression:1.0", "value": "true"},
                },
                "actions": {"assignUserToGroups": {"groupIds": ["00g2"]}},
            })
        );
    }

    #[test]
    fn other_cards_read_nothing_first() {
        let inputs = args(&[("User/ID", json!("00u1"))]);
        assert_eq!(reads_first(&key("deleteUser"), &inputs).unwrap(), None);
    }
}
