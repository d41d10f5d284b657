use serde_json::json;

use crate::Repeat;
use crate::okta::tests::{args, check, check_outputs, key};

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
fn deleting_a_user_is_not_repeated() {
    let repeat = |kind: &str, url: &str| {
        let inputs = args(&[
            ("parameters/requestType", json!(kind)),
            ("Request/Relative URL", json!(url)),
        ]);
        crate::repeat_of(&key("hTTPRequest"), &inputs)
    };
    assert_eq!(
        repeat("DELETE", "/api/v1/users/00u1?sendEmail=false"),
        Some(Repeat::Never)
    );
    assert_eq!(repeat("DELETE", "api/v1//users/00u1/"), Some(Repeat::Never));
    assert_eq!(
        repeat("DELETE", "/api/v1/users/00u1/sessions"),
        Some(Repeat::Safe)
    );
    assert_eq!(repeat("DELETE", "/api/v1/groups/00g1"), Some(Repeat::Safe));
    assert_eq!(repeat("GET", "/api/v1/users/00u1"), Some(Repeat::Safe));
    assert_eq!(repeat("POST", "/api/v1/users"), Some(Repeat::Never));
    assert_eq!(
        crate::repeat_of(&key("deleteUser"), &args(&[])),
        Some(Repeat::Never)
    );
}
