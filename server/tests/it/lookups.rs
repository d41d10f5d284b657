//! What an org offers while a flow is designed: lists, schemas, and what happens when it cannot be asked.

use std::time::Duration;

use okta_sim::{Fault, FaultRule};
use serde_json::{Value as Json, json};

use crate::cards::{by_hand, org_card};
use crate::world::World;

async fn names(world: &World, connection: &str, question: &str) -> Vec<String> {
    let path = format!("/connections/{connection}/choices?{question}");
    let found = world.get(&path).await;
    let choices = found["choices"].as_array().unwrap();
    choices
        .iter()
        .map(|choice| choice["name"].as_str().unwrap().to_owned())
        .collect()
}

fn attribute<'a>(schema: &'a Json, name: &str) -> Option<&'a Json> {
    let all = schema["attributes"].as_array().unwrap();
    all.iter().find(|attribute| attribute["name"] == name)
}

async fn add_attributes(world: &World, schema: &str, attributes: Json) {
    let body = json!({"definitions": {"custom": {"id": "#custom", "type": "object", "properties": attributes}}});
    let path = format!("/api/v1/meta/schemas/{schema}");
    let (status, answer) = world.org("POST", &path, Some(body)).await;
    assert_eq!(status, 200, "{answer}");
}

fn calls(world: &World, path: &str) -> usize {
    let calls = world.okta.calls();
    calls
        .iter()
        .filter(|call| call.path_and_query.starts_with(path))
        .count()
}

#[tokio::test]
async fn applications_are_listed_searched_and_kept() {
    let (world, id) = World::connected().await;
    let all = names(&world, &id, "what=apps").await;
    assert!(all.contains(&"Salesforce".to_owned()), "{all:?}");
    let sorted = {
        let mut sorted = all.clone();
        sorted.sort_by_key(|name| name.to_lowercase());
        sorted
    };
    assert_eq!(all, sorted);
    let asked = calls(&world, "/api/v1/apps");
    assert_eq!(
        names(&world, &id, "what=apps&search=FORCE").await,
        ["Salesforce"]
    );
    assert_eq!(
        names(&world, &id, "what=app_names&search=sales").await,
        ["salesforce"]
    );
    let found = names(&world, &id, "what=apps&search=s").await;
    assert!(
        found[0].starts_with('S'),
        "what begins with it first: {found:?}"
    );
    assert_eq!(
        names(&world, &id, "what=app_instances&parent=salesforce").await,
        ["Salesforce"]
    );
    assert_eq!(
        names(&world, &id, "what=identity_sources").await,
        ["HR feed"]
    );
    let after = calls(&world, "/api/v1/apps");
    assert_eq!(
        after - asked,
        3,
        "one call for each kind of list, none for a search"
    );
    names(&world, &id, "what=apps&fresh=true").await;
    assert_eq!(calls(&world, "/api/v1/apps"), after + 1);
}

#[tokio::test]
async fn groups_are_searched_by_the_org_and_paged() {
    let (world, id) = World::connected().await;
    for n in 0..70 {
        let body = json!({"profile": {"name": format!("Crew {n:02}"), "description": ""}});
        world.org("POST", "/api/v1/groups", Some(body)).await;
    }
    let path = format!("/connections/{id}/choices?what=groups&search=rew");
    let first = world.get(&path).await;
    assert_eq!(first["choices"].as_array().unwrap().len(), 50);
    assert_eq!(first["choices"][0]["name"], "Crew 00");
    let after = first["next"].as_str().unwrap();
    let second = world.get(&format!("{path}&after={after}")).await;
    assert_eq!(second["choices"].as_array().unwrap().len(), 20);
    assert_eq!(second["choices"][19]["name"], "Crew 69");
    assert!(second["next"].is_null());
    let one = first["choices"][7]["id"].as_str().unwrap();
    let other = second["choices"][3]["id"].as_str().unwrap();
    let named = names(&world, &id, &format!("what=groups&id={one}&id={other}")).await;
    assert_eq!(named, ["Crew 07", "Crew 53"]);
    assert_eq!(
        names(&world, &id, &format!("what=groups&search={one}")).await,
        ["Crew 07"]
    );
    assert!(names(&world, &id, "what=groups").await.len() == 50);
    assert!(
        names(&world, &id, "what=groups&search=%22%20or%20id%20pr")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn rules_and_linked_objects_are_listed() {
    let (world, id) = World::connected().await;
    let rules = world.org_list("/api/v1/groups/rules?limit=200").await;
    let listed = names(&world, &id, "what=group_rules").await;
    assert_eq!(listed.len(), rules.len());
    let body = json!({
        "primary": {"name": "mentor", "title": "Mentor", "type": "USER"},
        "associated": {"name": "mentee", "title": "Mentee", "type": "USER"},
    });
    let path = "/api/v1/meta/schemas/user/linkedObjects";
    assert_eq!(world.org("POST", path, Some(body)).await.0, 201);
    let primary = names(&world, &id, "what=primary_names").await;
    assert!(primary.contains(&"Mentor".to_owned()), "{primary:?}");
    let associated = names(&world, &id, "what=associated_names").await;
    assert!(associated.contains(&"Mentee".to_owned()), "{associated:?}");
}

#[tokio::test]
async fn attributes_of_the_org_appear_with_their_types() {
    let (world, id) = World::connected().await;
    let path = format!("/connections/{id}/attributes?schema=user");
    let before = world.get(&path).await;
    assert_eq!(attribute(&before, "login").unwrap()["title"], "Username");
    assert!(attribute(&before, "badge").is_none());
    let added = json!({
        "badge": {"title": "Badge number", "type": "integer"},
        "shift": {"title": "Shift", "type": "string", "enum": ["D", "N"],
            "oneOf": [{"const": "D", "title": "Day"}, {"const": "N", "title": "Night"}]},
        "areas": {"title": "Areas", "type": "array", "items": {"type": "string"}},
        "remote": {"title": "Works remotely", "type": "boolean"},
    });
    add_attributes(&world, "user/default", added).await;
    assert!(
        attribute(&world.get(&path).await, "badge").is_none(),
        "kept for a while"
    );
    let after = world.get(&format!("{path}&fresh=true")).await;
    let badge = attribute(&after, "badge").unwrap();
    assert_eq!(badge["type"]["base"], "number");
    assert_eq!(badge["is_custom"], true);
    let shift = attribute(&after, "shift").unwrap();
    assert_eq!(shift["choices"][1], json!({"value": "N", "label": "Night"}));
    assert_eq!(
        attribute(&after, "areas").unwrap()["type"],
        json!({"base": "text", "list": true})
    );
    assert_eq!(
        attribute(&after, "remote").unwrap()["type"]["base"],
        "boolean"
    );

    add_attributes(
        &world,
        "group/default",
        json!({"owner": {"title": "Owner", "type": "string"}}),
    )
    .await;
    let groups = world
        .get(&format!("/connections/{id}/attributes?schema=group"))
        .await;
    assert_eq!(attribute(&groups, "owner").unwrap()["title"], "Owner");
}

#[tokio::test]
async fn the_schema_of_an_application_says_what_is_required() {
    let (world, id) = World::connected().await;
    let found = world
        .get(&format!(
            "/connections/{id}/choices?what=apps&search=salesforce"
        ))
        .await;
    let app = found["choices"][0]["id"].as_str().unwrap();
    let role =
        json!({"role": {"title": "Role", "type": "string", "required": true, "scope": "NONE"}});
    add_attributes(&world, &format!("apps/{app}/default"), role).await;
    let schema = world
        .get(&format!(
            "/connections/{id}/attributes?schema=app_user&app={app}"
        ))
        .await;
    assert_eq!(attribute(&schema, "role").unwrap()["is_required"], true);
    assert_eq!(attribute(&schema, "email").unwrap()["title"], "Email");
    assert!(
        attribute(&schema, "userName").is_none(),
        "a credential, not an attribute"
    );
    for wrong in ["", "&app=", "&app=..%2Fuser", "&app=a%2Fb"] {
        let path = format!("/connections/{id}/attributes?schema=app_user{wrong}");
        assert_eq!(world.rest("GET", &path, None).await.0, 422, "{wrong}");
    }
}

#[tokio::test]
async fn what_is_in_the_way_is_said() {
    let (world, id) = World::connected().await;
    let path = format!("/connections/{id}/choices?what=groups");
    world
        .sql("update connection set scopes = replace(replace(scopes, 'okta.groups.read', 'x'), 'okta.groups.manage', 'y')")
        .await;
    let (status, error) = world.rest("GET", &path, None).await;
    assert_eq!(status, 403, "{error}");
    assert_eq!(error["code"], "missing_scope");
    assert_eq!(error["about"], "okta.groups.read");

    world.okta.fault(FaultRule {
        method: Some("GET".to_owned()),
        path_contains: "/api/v1/apps".to_owned(),
        times: 1_000,
        fault: Fault::Status(503),
    });
    let path = format!("/connections/{id}/choices?what=apps");
    let (status, error) = world.rest("GET", &path, None).await;
    assert_eq!((status, &error["code"]), (502, &json!("org_unreachable")));
    assert_eq!(world.org("DELETE", "/sim/faults", None).await.0 / 100, 2);
    assert!(
        !names(&world, &id, "what=apps").await.is_empty(),
        "a failure is not kept"
    );
    let (status, _) = world
        .rest("GET", "/connections/nothing/choices?what=apps", None)
        .await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn an_org_that_hangs_does_not_hold_up_a_person() {
    let (world, id) = World::connected().await;
    world.okta.fault(FaultRule {
        method: Some("GET".to_owned()),
        path_contains: "/api/v1/apps".to_owned(),
        times: 9,
        fault: Fault::Slow { ms: 60_000 },
    });
    let begun = std::time::Instant::now();
    let path = format!("/connections/{id}/choices?what=apps");
    let (status, error) = world.rest("GET", &path, None).await;
    assert_eq!((status, &error["code"]), (502, &json!("org_unreachable")));
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn a_run_writes_and_reads_an_attribute_of_the_org() {
    let (world, id) = World::connected().await;
    let added = json!({
        "badge": {"title": "Badge number", "type": "integer"},
        "areas": {"title": "Areas", "type": "array", "items": {"type": "string"}},
    });
    add_attributes(&world, "user/default", added).await;
    let login = world.okta.admin_login().to_owned();
    let write = json!({"id": "write", "card": "okta:updateUser", "connection": id, "inputs": [
        field("User", "ID", json!({"base": "text"}), json!(login)),
        field("Profile", "badge", json!({"base": "number"}), json!(4711)),
        field("Profile", "areas", json!({"base": "text", "list": true}), json!(["A", "B"])),
    ]});
    let mut read = org_card(
        "read",
        "okta:readUser",
        &id,
        &[field(
            "User",
            "ID or Login",
            json!({"base": "text"}),
            json!(login),
        )],
    );
    read["outputs"] = json!([{"key": {"group": "Profile Properties", "key": "badge"}, "label": "Badge number",
        "type": {"base": "number"}}]);
    let flow = world
        .flow("Badges", json!([by_hand(), write, read]), json!({}))
        .await;
    let run = world.run(&flow, json!({})).await;
    assert_eq!(run["row"]["status"], "succeeded", "{run}");
    let outputs = run["steps"][2]["outputs"].as_array().unwrap();
    let badge = outputs
        .iter()
        .find(|output| output["field"]["key"] == "badge");
    assert_eq!(badge.unwrap()["value"], 4711);
    let (_, user) = world
        .org("GET", &format!("/api/v1/users/{login}"), None)
        .await;
    assert_eq!(user["profile"]["areas"], json!(["A", "B"]));
}

fn field(group: &str, key: &str, ty: impl Into<Json>, value: impl Into<Json>) -> Json {
    let (ty, value): (Json, Json) = (ty.into(), value.into());
    json!({"key": {"group": group, "key": key}, "label": key, "type": ty,
        "binding": {"kind": "constant", "value": value}})
}
