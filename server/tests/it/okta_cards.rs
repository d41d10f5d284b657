//! What Okta's cards promise, through a whole run: the org's own words in errors, result sets, replacements that lose
//! nothing.

use serde_json::{Value as Json, json};

use crate::cards::{by_hand, card, flow, helper, org_card, output, typed};
use crate::world::World;

/// An output of any group, for the document.
pub(crate) fn wanted(group: &str, key: &str, base: &str) -> Json {
    json!({"key": {"group": group, "key": key}, "label": key, "type": {"base": base}})
}

/// A name, and where its value comes from: the card, the group and key of its output, and a path into that.
pub(crate) type Field<'a> = (&'a str, &'a str, &'a str, &'a str, &'a [&'a str]);

/// Returns these values.
pub(crate) fn give_back(fields: &[Field]) -> Json {
    let inputs: Vec<Json> = fields
        .iter()
        .map(|(name, step, group, key, path)| {
            let source = json!({"step": step, "field": {"group": group, "key": key}, "path": path});
            json!({"key": {"key": name}, "label": name, "type": {"base": "any"}, "custom": true,
                "binding": {"kind": "output", "source": source}})
        })
        .collect();
    card("end", "control:return", &inputs, &[])
}

/// What the run gave back.
pub(crate) fn returned(run: &Json, name: &str) -> Json {
    let fields = run["returned"].as_object();
    let fields = fields.unwrap_or_else(|| panic!("{run:#}"));
    fields.get(name).cloned().unwrap_or(Json::Null)
}

/// What the card that gives back was given.
fn seen(run: &Json, name: &str) -> Json {
    let steps = run["steps"].as_array().unwrap();
    let end = steps.iter().find(|step| step["step"] == "end");
    let inputs = end.unwrap_or_else(|| panic!("{run:#}"))["inputs"].as_array();
    let input = inputs
        .unwrap()
        .iter()
        .find(|input| input["field"]["key"] == name);
    input.unwrap_or_else(|| panic!("{run:#}"))["value"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_org_s_own_error_reaches_the_flow_and_the_history() {
    let (world, connection) = World::connected().await;
    let login = world.okta.admin_login().to_owned();
    let inputs = [
        typed(Some("Profile"), "login", "text", login.clone()),
        typed(Some("Profile"), "email", "text", login),
        typed(Some("Profile"), "firstName", "text", "Ada"),
        typed(Some("Profile"), "lastName", "text", "Lovelace"),
    ];
    let create = org_card("create", "okta:createUser", &connection, &inputs);
    fn error<'a>(name: &'a str, path: &'a [&'a str]) -> Field<'a> {
        (name, "try", "context", "error", path)
    }
    let end = give_back(&[
        error("code", &["code"]),
        error("message", &["message"]),
        error("errorCode", &["body", "errorCode"]),
        error("summary", &["body", "errorSummary"]),
        error("id", &["body", "errorId"]),
        error("cause", &["body", "errorCauses", "0", "errorSummary"]),
    ]);
    let guarded = json!({
        "id": "try", "card": "control:tryCatch", "outputs": [wanted("context", "error", "object")],
        "lanes": [{"id": "try", "steps": [create]}, {"id": "error", "steps": [end]}],
    });
    let id = world
        .flow("Caught", json!([by_hand(), guarded]), json!({}))
        .await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    assert_eq!(seen(&run, "code"), 400);
    assert_eq!(seen(&run, "errorCode"), "E0000001");
    assert_eq!(seen(&run, "summary"), "Api validation failed: login");
    let cause = "login: An object with this field already exists in the current organization";
    assert_eq!(seen(&run, "cause"), cause);
    assert!(
        seen(&run, "message").as_str().unwrap().ends_with(cause),
        "{run:#}"
    );
    let error_id = seen(&run, "id");
    assert!(error_id.as_str().unwrap().starts_with("oae"), "{run:#}");

    let steps = run["steps"].as_array().unwrap();
    let failed = steps.iter().find(|step| !step["error"].is_null()).unwrap();
    assert_eq!(failed["error"]["code"], "okta.E0000001");
    assert_eq!(failed["error"]["status"], 400);
    assert_eq!(failed["error"]["detail"]["errorId"], error_id);
    assert_eq!(
        failed["error"]["detail"]["errorCauses"][0]["errorSummary"],
        cause
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_does_not_cost_a_group_its_description() {
    let (world, connection) = World::connected().await;
    let group = json!({"profile": {"name": "Night shift", "description": "From 10 to 6"}});
    let (_, group) = world.org("POST", "/api/v1/groups", Some(group)).await;
    let path = format!("/api/v1/groups/{}", group["id"].as_str().unwrap());
    let inputs = [
        typed(Some("Group"), "ID", "text", group["id"].clone()),
        typed(Some("Group"), "Name", "text", "Late shift"),
    ];
    let rename = org_card("rename", "okta:updateGroup", &connection, &inputs);
    let id = world
        .flow("Rename", json!([by_hand(), rename]), json!({}))
        .await;
    let run = world.run(&id, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run:#}");
    let (_, now) = world.org("GET", &path, None).await;
    assert_eq!(
        now["profile"],
        json!({"name": "Late shift", "description": "From 10 to 6"})
    );
    let calls = run["steps"][1]["calls"].as_array().unwrap();
    let methods: Vec<&str> = calls
        .iter()
        .filter_map(|call| call["method"].as_str())
        .collect();
    assert_eq!(methods, ["GET", "PUT"], "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_gives_the_first_one_200_or_every_record() {
    let (world, connection) = World::connected().await;
    let everybody = world
        .org_list("/api/v1/users?filter=status%20eq%20%22ACTIVE%22")
        .await;
    assert!(everybody.len() > 200, "there are {} only", everybody.len());
    let list = |set: &str, more: &[Json], output: Json| {
        let mut inputs = vec![
            typed(Some("parameters"), "resultSet", "text", set),
            typed(Some("Inputs"), "status", "text", "ACTIVE"),
        ];
        inputs.extend_from_slice(more);
        let mut card = org_card("list", "okta:listUsersWithFilter", &connection, &inputs);
        card["outputs"] = json!([output]);
        card
    };
    let first = json!([
        by_hand(),
        list("First Matching Record", &[], wanted("Result", "ID", "text")),
        give_back(&[("id", "list", "Result", "ID", &[])])
    ]);
    let first = world.flow("First", first, json!({})).await;
    let run = world.run(&first, json!({})).await;
    assert_eq!(returned(&run, "id"), everybody[0]["id"], "{run:#}");

    let block = json!([
        by_hand(),
        list(
            "First 200 Matching Records",
            &[],
            json!({"key": {"group": "Result", "key": "Users"}, "label": "Users", "type": {"base": "object", "list": true}})
        ),
        give_back(&[
            ("last", "list", "Result", "Users", &["199", "ID"]),
            ("more", "list", "Result", "Users", &["200", "ID"])
        ])
    ]);
    let block = world.flow("Block", block, json!({})).await;
    let run = world.run(&block, json!({})).await;
    assert_eq!(returned(&run, "last"), everybody[199]["id"], "{run:#}");
    assert_eq!(returned(&run, "more"), Json::Null, "{run:#}");

    let mut start = helper(&[]);
    start["outputs"] = json!([output(None, "Record"), output(None, "State")]);
    let each = world.flow("Each", json!([start]), json!({})).await;
    let mut chosen = flow(&each);
    chosen["key"] = json!({"group": "Streaming", "key": "Flow"});
    let stream = json!([
        by_hand(),
        list(
            "Stream Matching Records",
            &[chosen],
            wanted("Result", "Records Streamed", "number")
        ),
        give_back(&[("count", "list", "Result", "Records Streamed", &[])])
    ]);
    let stream = world.flow("Stream", stream, json!({})).await;
    let run = world.run(&stream, json!({})).await;
    assert_eq!(returned(&run, "count"), everybody.len(), "{run:#}");
}
