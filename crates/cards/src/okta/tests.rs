use flow::Arg;
use serde_json::{Value as Json, json};

use super::*;

pub(super) fn key(method: &str) -> CardKey {
    CardKey::new("okta", method)
}

/// Inputs as `group/key` and JSON.
pub(super) fn args(inputs: &[(&str, Json)]) -> Args {
    Args {
        inputs: inputs
            .iter()
            .map(|(at, json)| {
                let (group, key) = at.split_once('/').unwrap();
                Arg {
                    key: FieldKey::in_group(group, key),
                    value: Value::from_json(json).unwrap(),
                    custom: false,
                }
            })
            .collect(),
        wanted: Vec::new(),
    }
}

pub(super) fn reply(status: u16, body: Json) -> HttpReply {
    HttpReply {
        status,
        headers: vec![("X-Rate-Limit-Reset".into(), "1767323046".into())],
        body,
    }
}

/// Shows a request as one line, with its query and body.
fn show(request: &HttpRequest) -> String {
    let mut line = format!("{} {}", request.method.as_str(), request.path);
    for (index, (name, value)) in request.query.iter().enumerate() {
        line.push(if index == 0 { '?' } else { '&' });
        line.push_str(&format!("{name}={value}"));
    }
    for (name, value) in &request.headers {
        line.push_str(&format!(" [{name}: {value}]"));
    }
    if let Some(body) = &request.body {
        line.push_str(&format!(" {body}"));
    }
    line
}

#[track_caller]
pub(super) fn check(card: &str, inputs: &[(&str, Json)], expected: &str) {
    let shown = match request(&key(card), &args(inputs)) {
        Ok(request) => show(&request),
        Err(error) => format!("! {}", error.code),
    };
    assert_eq!(shown, expected, "{card}");
}

#[track_caller]
pub(super) fn check_outputs(
    card: &str,
    inputs: &[(&str, Json)],
    body: Json,
    expected: &[(&str, Json)],
) {
    let outputs = outputs(&key(card), &args(inputs), &reply(200, body)).unwrap();
    for (at, json) in expected {
        let (group, name) = at.split_once('/').unwrap();
        let value = outputs
            .iter()
            .find(|(field, _)| field.is(group, name))
            .map(|(_, value)| value.to_json());
        assert_eq!(value.as_ref(), Some(json), "{card} {at}");
    }
}

pub(super) fn ada() -> Json {
    json!({
        "id": "00u1", "status": "ACTIVE", "created": "2026-01-02T03:04:05.000Z", "activated": null,
        "realmId": "r1",
        "profile": {"login": "ada@x", "email": "ada@x", "firstName": "Ada", "lastName": "L", "shoeSize": 38},
        "credentials": {"password": {}, "provider": {"type": "OKTA", "name": "OKTA"}}
    })
}

#[test]
fn users_are_read_and_moved_through_their_life() {
    check(
        "readUser",
        &[("User/ID or Login", json!("ada@x"))],
        "GET /api/v1/users/ada%40x",
    );
    check(
        "readUser",
        &[("User/ID or Login", json!(" "))],
        "! missing_input",
    );
    check(
        "readUser",
        &[("User/ID or Login", json!(".."))],
        "! invalid_id",
    );
    check(
        "readUser",
        &[("User/ID or Login", json!("a/../b?x"))],
        "GET /api/v1/users/a%2F..%2Fb%3Fx",
    );
    for (card, path) in [("suspendUser", "suspend"), ("unsuspendUser", "unsuspend")] {
        check(
            card,
            &[("User/id", json!("00u1"))],
            &format!("POST /api/v1/users/00u1/lifecycle/{path}"),
        );
    }
    check(
        "activateUser",
        &[
            ("parameters/sendEmail", json!("No")),
            ("User/id", json!("00u1")),
        ],
        "POST /api/v1/users/00u1/lifecycle/activate?sendEmail=false",
    );
    check(
        "deactivateUser",
        &[
            ("parameters/sendEmail", json!("Yes")),
            ("User/id", json!("00u1")),
            ("User/asynchronousDeactivation", json!(true)),
        ],
        "POST /api/v1/users/00u1/lifecycle/deactivate?sendEmail=true [prefer: respond-async]",
    );
    check(
        "deleteUser",
        &[
            ("User/ID", json!("00u1")),
            ("User/Send Email?", json!(false)),
        ],
        "DELETE /api/v1/users/00u1?sendEmail=false",
    );
    check(
        "clearUserSessions",
        &[
            ("User/ID", json!("00u1")),
            ("User/Revoke oauthTokens?", json!(true)),
        ],
        "DELETE /api/v1/users/00u1/sessions?oauthTokens=true",
    );
    check(
        "resetPassword",
        &[
            ("parameters/convert", json!("No")),
            ("parameters/email", json!(false)),
            ("User/userID", json!("00u1")),
        ],
        "POST /api/v1/users/00u1/lifecycle/reset_password?sendEmail=false",
    );
}

#[test]
fn creating_and_updating_send_only_what_is_given() {
    check(
        "createUser",
        &[
            ("parameters/option", json!("getInputswithPW")),
            ("Profile/login", json!("ada@x")),
            ("Profile/email", json!("ada@x")),
            ("Profile/firstName", json!("Ada")),
            ("Profile/lastName", json!("")),
            ("Profile/shoe.size", json!(38)),
            ("Credentials/Password", json!("s3cret")),
            ("Activate/Activate", json!(false)),
        ],
        r#"POST /api/v1/users?activate=false {"credentials":{"password":{"value":"s3cret"}},"profile":{"login":"ada@x","email":"ada@x","firstName":"Ada","shoe.size":38}}"#,
    );
    check(
        "createUser",
        &[("Profile/login", json!("ada"))],
        "! missing_input",
    );
    let change = [
        ("User/ID", json!("00u1")),
        ("Profile/title", json!("Countess")),
        ("Profile/city", json!(null)),
    ];
    check(
        "updateUser",
        &change,
        r#"POST /api/v1/users/00u1 {"profile":{"title":"Countess"}}"#,
    );
    let mut strict = change.to_vec();
    strict.push(("parameters/updateSemantics", json!("PUT")));
    check(
        "updateUser",
        &strict,
        r#"PUT /api/v1/users/00u1 {"profile":{"title":"Countess"}}"#,
    );
    check(
        "createGroup",
        &[
            ("Group/Name", json!("Staff")),
            ("Group/Description", json!("")),
            ("Custom Properties/emailEnabled", json!(true)),
        ],
        r#"POST /api/v1/groups {"profile":{"name":"Staff","emailEnabled":true}}"#,
    );
}

#[test]
fn group_members_are_added_removed_and_listed() {
    let both = [("Group/id", json!("00g1")), ("User/id", json!("00u1"))];
    check(
        "addNewUserToGroup",
        &both,
        "PUT /api/v1/groups/00g1/users/00u1",
    );
    check(
        "removeUserFromGroup",
        &both,
        "DELETE /api/v1/groups/00g1/users/00u1",
    );
    check("addNewUserToGroup", &both[..1], "! missing_input");
    check(
        "listGroupMembers",
        &[("Group/groupId", json!("00g1"))],
        "GET /api/v1/groups/00g1/users?limit=200",
    );
    check(
        "getUsersGroups",
        &[("User/ID", json!("00u1"))],
        "GET /api/v1/users/00u1/groups",
    );
    check(
        "readGroup",
        &[("Group/ID", json!("00g1"))],
        "GET /api/v1/groups/00g1",
    );
    check_outputs(
        "getUsersGroups",
        &[],
        json!([{"id": "00g1", "type": "OKTA_GROUP", "profile": {"name": "Staff", "description": null}}]),
        &[(
            "Output/Groups",
            json!([{
                "ID": "00g1", "Created": null, "Last Updated": null, "Last Membership Updated": null,
                "Object Class": null, "Type": "OKTA_GROUP", "Profile": {"Name": "Staff", "Description": null},
                "Raw Object": {"id": "00g1", "type": "OKTA_GROUP", "profile": {"name": "Staff", "description": null}},
                "Name": "Staff", "Description": null
            }]),
        )],
    );
}

#[test]
fn an_application_is_chosen_or_given() {
    let chosen = ("parameters/application", json!("0oa1"));
    check(
        "readApplication",
        std::slice::from_ref(&chosen),
        "GET /api/v1/apps/0oa1",
    );
    check(
        "readApplication",
        &[chosen, ("Application/applicationID", json!("0oa2"))],
        "GET /api/v1/apps/0oa2",
    );
    check(
        "readApplication",
        &[(
            "parameters/application",
            json!("-- Enter Application ID --"),
        )],
        "! missing_input",
    );
}

#[test]
fn users_are_imported_in_pages_of_200() {
    let users: Vec<Json> = (0..450)
        .map(|n| json!({"externalId": n.to_string()}))
        .collect();
    let inputs = args(&[
        ("parameters/application", json!("0oa1")),
        ("parameters/importOperation", json!("delete")),
        ("Application/sessionId", json!("s1")),
        ("Data/Users", json!(users)),
    ]);
    let card = key("bulkUserImport");
    let calls = requests(&card, &inputs).unwrap();
    let sizes: Vec<usize> = calls
        .iter()
        .map(|call| {
            call.body.as_ref().unwrap()["profiles"]
                .as_array()
                .unwrap()
                .len()
        })
        .collect();
    assert_eq!(sizes, [200, 200, 50]);
    assert_eq!(
        calls[0].path,
        "/api/v1/identity-sources/0oa1/sessions/s1/bulk-delete"
    );
    assert_eq!(request(&card, &inputs).unwrap_err().code, "out_of_range");
    let outputs = outputs(&card, &inputs, &reply(202, Json::Null)).unwrap();
    assert_eq!(outputs[0].1, 450.into());
    let Some(crate::Run::Pure(map)) = crate::run_of(&key("mapProfileSourceAttributes")) else {
        panic!("it makes no call");
    };
    let mapped = map(&args(&[
        ("parameters/importOperation", json!("UPSERT")),
        ("Import Data/externalIdKey", json!("no")),
        ("Import Data/users", json!([{"no": 7, "userName": "ada"}])),
    ]));
    assert_eq!(
        mapped.unwrap()[0].1.to_json(),
        json!([{"externalId": "7", "profile": {"userName": "ada"}}])
    );
}

#[test]
fn every_placeholder_of_a_path_is_an_input() {
    let mut faults = Vec::new();
    for (action, _) in all() {
        for segment in action.path.split('/') {
            let Some(name) = segment.strip_prefix('{') else {
                continue;
            };
            let name = name.trim_end_matches('}');
            let filled = action
                .inputs
                .iter()
                .any(|put| matches!(put.to, declare::To::Path(param) if param == name));
            if !filled {
                faults.push(format!("{}: {name}", action.key));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn every_action_with_a_fixed_call_names_its_scopes() {
    for card in cards() {
        let any = ["okta:hTTPRequest", "okta:mapProfileSourceAttributes"].contains(&card.key);
        assert_eq!(card.scopes.is_empty(), any, "{}", card.key);
    }
}

#[test]
fn help_says_what_okta_s_limits_and_searches_do() {
    for (method, english, japanese) in [
        (
            "listUsersWithSearch",
            "can lag some seconds",
            "ストリーミング",
        ),
        ("searchSystemLogs", "whole words", "90日間"),
        ("bulkUserImport", "200 KB", "200 KB"),
        ("deleteUser", "once more", "もう一度"),
    ] {
        let help = |language| {
            crate::catalogue(language)
                .card(&key(method))
                .unwrap()
                .help
                .clone()
        };
        let (en, ja) = (help(crate::Language::En), help(crate::Language::Ja));
        assert!(en.contains(english) && !en.contains(".."), "{en}");
        assert!(ja.contains(japanese) && !ja.contains("。。"), "{ja}");
    }
}
