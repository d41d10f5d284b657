use flow::{Base, FieldKey, RetryHint, Type};
use serde_json::{Value as Json, json};

use crate::okta::tests::{ada, args, check_outputs, key, reply};
use crate::okta::{
    MAX_RECORDS, ResultSet, count_output, list_output, outputs, record_limit, records, result_set,
};

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
fn a_refusal_says_what_okta_said() {
    let body = json!({
        "errorCode": "E0000001", "errorSummary": "Api validation failed: login",
        "errorCauses": [{"errorSummary": "login: taken"}]
    });
    let error = outputs(&key("createUser"), &args(&[]), &reply(400, body)).unwrap_err();
    assert_eq!(error.code, "okta.E0000001");
    assert!(
        error
            .message
            .contains("Api validation failed: login — login: taken"),
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
