use flow::{Arg, Base, RetryHint, Type};
use serde_json::{Value as Json, json};

use super::*;

fn key(method: &str) -> CardKey {
    CardKey::new("okta", method)
}

/// Inputs as `group/key` and JSON.
fn args(inputs: &[(&str, Json)]) -> Args {
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

fn reply(status: u16, body: Json) -> HttpReply {
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
fn check(card: &str, inputs: &[(&str, Json)], expected: &str) {
    let shown = match request(&key(card), &args(inputs)) {
        Ok(request) => show(&request),
        Err(error) => format!("! {}", error.code),
    };
    assert_eq!(shown, expected, "{card}");
}

#[track_caller]
fn check_outputs(card: &str, inputs: &[(&str, Json)], body: Json, expected: &[(&str, Json)]) {
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

fn ada() -> Json {
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
fn a_read_user_has_system_and_profile_properties() {
    check_outputs(
        "readUser",
        &[],
        ada(),
        &[
            ("System Properties/ID", json!("00u1")),
            (
                "System Properties/Created",
                json!("2026-01-02T03:04:05.000Z"),
            ),
            ("System Properties/Activated", Json::Null),
            ("System Properties/Realm ID", json!("r1")),
            (
                "System Properties/Credentials",
                json!({"Emails": null, "Password": true, "Recovery Question": null, "Provider": {"Name": "OKTA", "Type": "OKTA"}}),
            ),
            ("Profile Properties/firstName", json!("Ada")),
            ("Profile Properties/shoeSize", json!(38)),
        ],
    );
    check_outputs(
        "suspendUser",
        &[],
        Json::Null,
        &[("Response/statusCode", json!(200))],
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
fn an_older_output_type_is_served() {
    let mut wanting = args(&[]);
    wanting.wanted = vec![(
        FieldKey::in_group("Results", "Activated"),
        Type::one(Base::Boolean),
    )];
    let mut user = ada();
    user["activated"] = json!("2026-01-02T03:04:05.000Z");
    let got = outputs(&key("createUser"), &wanting, &reply(200, user)).unwrap();
    assert!(got.contains(&(FieldKey::in_group("Results", "Activated"), true.into())));
}

#[test]
fn searches_are_expressions_with_quoted_values() {
    check(
        "listUsersWithFilter",
        &[
            ("parameters/resultSet", json!("First Matching Record")),
            ("Inputs/status", json!("ACTIVE")),
            ("Inputs/profile.lastName", json!("O\"Neil\\")),
        ],
        r#"GET /api/v1/users?filter=status eq "ACTIVE" and profile.lastName eq "O\"Neil\\"&limit=1"#,
    );
    check(
        "listUsersWithSearch",
        &[
            ("parameters/resultSet", json!("Stream Matching Records")),
            ("Inputs/status", json!("ACTIVE")),
            ("Inputs/profile.costCenter", json!("7")),
            (
                "Inputs/Custom Search Criteria",
                json!("id eq \"a\" or id eq \"b\""),
            ),
            ("Sort/sortBy", json!("profile.login")),
            ("Streaming/window", json!("x")),
        ],
        r#"GET /api/v1/users?search=status eq "ACTIVE" and (id eq "a" or id eq "b") and profile.costCenter eq "7"&sortBy=profile.login&limit=200"#,
    );
    check("listUsersWithSearch", &[], "GET /api/v1/users?limit=200");
    check(
        "searchUsers",
        &[("Inputs/Query", json!("ada"))],
        "GET /api/v1/users?q=ada&limit=200",
    );
    check(
        "searchGroups",
        &[
            ("Inputs/profile.name", json!("Staff")),
            ("Inputs/type", json!("OKTA_GROUP")),
        ],
        r#"GET /api/v1/groups?search=profile.name eq "Staff" and type eq "OKTA_GROUP"&limit=200"#,
    );
    check(
        "searchGroups",
        &[("Inputs/Query", json!("St"))],
        "GET /api/v1/groups?q=St&limit=200",
    );
    check(
        "listApplicationsAssignedToUser",
        &[("User/ID", json!("00u1"))],
        r#"GET /api/v1/apps?filter=user.id eq "00u1"&limit=200"#,
    );
    check("listApplicationsAssignedToUser", &[], "! missing_input");
    check(
        "searchSystemLogs",
        &[
            ("parameters/searchBy", json!("Expression")),
            ("Search By/Event Type", json!("user.session.start")),
            ("Date/since", json!("2026-01-01T00:00:00.000Z")),
        ],
        r#"GET /api/v1/logs?filter=eventType eq "user.session.start"&since=2026-01-01T00:00:00.000Z&limit=200"#,
    );
    check(
        "searchSystemLogs",
        &[
            ("parameters/searchBy", json!("Keyword")),
            ("Search By/Keyword", json!("ada")),
        ],
        "GET /api/v1/logs?q=ada&limit=200",
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
                "Raw Object": {"id": "00g1", "type": "OKTA_GROUP", "profile": {"name": "Staff", "description": null}}
            }]),
        )],
    );
}

#[test]
fn a_result_set_is_fields_a_list_or_a_stream() {
    let set = |card: &str, chosen: &str| {
        result_set(
            &key(card),
            &args(&[("parameters/resultSet", json!(chosen))]),
        )
    };
    assert_eq!(
        set("searchUsers", "First Matching Record"),
        ResultSet::First
    );
    assert_eq!(
        set("searchUsers", "First 200 Matching Records"),
        ResultSet::Block { max: 200 }
    );
    assert_eq!(
        set("searchUsers", "All Matching Records"),
        ResultSet::Block { max: 10_000 }
    );
    assert_eq!(set("listGroupMembers", "Stream Records"), ResultSet::Stream);
    assert_eq!(
        set("listUsersAssignedToApplication", "First 500 Records"),
        ResultSet::Block { max: 500 }
    );
    assert_eq!(set("readUser", ""), ResultSet::One);
    let streaming = args(&[("parameters/requestType", json!("GET(Streaming)"))]);
    assert_eq!(
        result_set(&key("hTTPRequest"), &streaming),
        ResultSet::Stream
    );

    let first = [("parameters/resultSet", json!("First Matching Record"))];
    check_outputs(
        "searchUsers",
        &first,
        json!([ada()]),
        &[
            ("Result/ID", json!("00u1")),
            ("Result/First Name", json!("Ada")),
            ("Result/shoeSize", json!(38)),
        ],
    );
    check_outputs(
        "searchUsers",
        &first,
        json!([]),
        &[("Result/ID", Json::Null)],
    );
    let page = records(
        &key("listUsersWithSearch"),
        &reply(200, json!([ada(), ada()])),
    );
    assert_eq!(page.len(), 2);
    assert_eq!(page[0].at(&["Login"]), "ada@x".into());
    assert_eq!(
        page[0].at(&["Raw Output", "profile", "shoeSize"]),
        38.into()
    );
    assert_eq!(
        list_output(&key("getUsersGroups")),
        Some(FieldKey::in_group("Output", "Groups"))
    );
    assert_eq!(
        count_output(&key("hTTPRequest")),
        Some(FieldKey::in_group("Response", "Records Streamed"))
    );
}

#[test]
fn a_record_limit_is_never_negative() {
    let limit = |json: Json| record_limit(&args(&[("List Criteria/Limit", json)]));
    assert_eq!(limit(json!(null)), Ok(MAX_RECORDS));
    assert_eq!(limit(json!(0)), Ok(0));
    assert_eq!(limit(json!(5_000_000)), Ok(MAX_RECORDS));
    assert_eq!(limit(json!(-1)).unwrap_err().code, "out_of_range");
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
fn a_custom_call_stays_inside_the_org() {
    let url = |url: &str| vec![("Request/Relative URL", json!(url))];
    check(
        "hTTPRequest",
        &url("/api/v1/users/ä b?limit=2&q=a%20b"),
        "GET /api/v1/users/%C3%A4%20b?limit=2&q=a b",
    );
    check(
        "hTTPRequest",
        &url("api/v1/users/me"),
        "GET /api/v1/users/me",
    );
    for wrong in [
        "https://evil.example/x",
        "//evil.example/x",
        "\\\\evil.example",
        "/api/../../x",
        "/api/%2e%2E/x",
        "/api#x",
        "",
        "javascript:1",
    ] {
        check("hTTPRequest", &url(wrong), "! invalid_url");
    }
    check(
        "hTTPRequest",
        &[
            ("parameters/requestType", json!("POST")),
            ("Request/Relative URL", json!("/api/v1/groups")),
            ("Request/Query", json!({"a": 1, "b": null})),
            ("Request/Headers", json!({"X-Note": "n"})),
            ("Request/Body", json!("{\"profile\": {\"name\": \"x\"}}")),
        ],
        r#"POST /api/v1/groups?a=1 [X-Note: n] {"profile":{"name":"x"}}"#,
    );
    check(
        "hTTPRequest",
        &[
            ("parameters/requestType", json!("PUT")),
            ("Request/Relative URL", json!("/a")),
            ("Request/Body", json!("x")),
        ],
        "! not_json",
    );
    check(
        "hTTPRequest",
        &[
            ("parameters/requestType", json!("GET(Streaming)")),
            ("Request/Relative URL", json!("/api/v1/apps")),
        ],
        "GET /api/v1/apps?limit=200",
    );
    check_outputs(
        "hTTPRequest",
        &[],
        json!([1]),
        &[
            ("Response/Status Code", json!(200)),
            ("Response/Body", json!([1])),
        ],
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
    let first = request(&card, &inputs).unwrap();
    assert_eq!(
        first.path,
        "/api/v1/identity-sources/0oa1/sessions/s1/bulk-delete"
    );
    assert_eq!(more_requests(&card, &inputs).unwrap().len(), 2);
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
fn a_refusal_says_what_okta_said() {
    let body = json!({
        "errorCode": "E0000001", "errorSummary": "Api validation failed: login",
        "errorCauses": [{"errorSummary": "login: taken"}]
    });
    let error = outputs(&key("createUser"), &args(&[]), &reply(400, body)).unwrap_err();
    assert_eq!(error.code, "okta.refused");
    assert!(
        error
            .message
            .contains("Api validation failed: login login: taken"),
        "{error}"
    );
    assert_eq!(error.detail.at(&["errorCode"]), "E0000001".into());
    let limited = outputs(&key("readUser"), &args(&[]), &reply(429, json!({}))).unwrap_err();
    assert_eq!(
        limited.retry,
        RetryHint::RateLimited {
            reset_at_ms: Some(1_767_323_046_000)
        }
    );
    let down = outputs(&key("readUser"), &args(&[]), &reply(502, json!("<html>"))).unwrap_err();
    assert_eq!(down.retry, RetryHint::Unavailable);
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
