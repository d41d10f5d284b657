//! The two cards without a fixed call: Custom API Action and Map Profile Source Attributes.

use cards::{HttpRequest, Run};
use conformance::Description;
use flow::{Args, CardError, CardKey};
use serde_json::{Value as Json, json};
use url::Url;

use crate::cases::case;
use crate::given::Names;
use crate::survey::sent;
use crate::world::World;

fn args(inputs: Json) -> Args {
    case("hTTPRequest", &[], inputs).args(&Names::new())
}

fn custom(inputs: Json) -> Result<HttpRequest, CardError> {
    cards::okta::request(&CardKey::new("okta", "hTTPRequest"), &args(inputs))
}

#[tokio::test]
async fn every_method_with_query_headers_and_body_reaches_the_org() {
    let mut world = World::start().await;
    let description = Description::find().unwrap();
    let token = world
        .token("okta.groups.manage okta.users.read okta.schemas.read")
        .await;
    let made = json!({"profile": {"name": "Made by hand", "description": "x"}});
    let group = world
        .asked("POST", "/api/v1/groups", json!({"profile": {"name": "G"}}))
        .await;
    let path = format!("/api/v1/groups/{}", group["id"].as_str().unwrap());
    let put = json!({"profile": {"name": "G2"}}).to_string();
    let calls = [
        (
            json!({"Request/Relative URL": "api/v1/users", "Request/Query": {"limit": 2}}),
            200,
        ),
        (
            json!({"parameters/requestType": "GET(Streaming)", "Request/Relative URL": "/api/v1/groups?q=S"}),
            200,
        ),
        (
            json!({"parameters/requestType": "POST", "Request/Relative URL": "/api/v1/groups", "Request/Body": made}),
            200,
        ),
        (
            json!({"parameters/requestType": "PUT", "Request/Relative URL": path, "Request/Body": put}),
            200,
        ),
        (
            json!({"parameters/requestType": "DELETE", "Request/Relative URL": path}),
            204,
        ),
        (json!({"Request/Relative URL": path}), 404),
        (json!({"Request/Relative URL": "/api/v1/logs"}), 403),
        (
            json!({"parameters/requestType": "PATCH", "Request/Relative URL": "/api/v1/users/me", "Request/Headers": {"X-Note": "1"}, "Request/Body": {}}),
            405,
        ),
    ];
    for (inputs, status) in calls {
        let shown = inputs.to_string();
        let request = custom(inputs).unwrap();
        let reply = world.send(&request, &token).await;
        assert_eq!(reply.status, status, "{shown}: {}", reply.body);
        let operation = description
            .as_ref()
            .and_then(|it| it.operation(request.method.as_str(), &request.path));
        if let Some(operation) = operation {
            assert_eq!(
                operation.faults_of_request(&sent(&request)),
                [""; 0],
                "{shown}"
            );
            assert_eq!(
                operation.faults_of_answer(status, &reply.body),
                [""; 0],
                "{shown}"
            );
        }
    }
}

/// Either the card refuses, or what it sends stays at the org under every way to put an address together.
#[test]
fn no_relative_url_leaves_the_org() {
    let base = Url::parse("https://acme.okta.com").unwrap();
    let hosts = [
        "evil.example",
        "evil.example:443",
        "user@evil.example",
        "user:pass@evil.example",
        "acme.okta.com@evil.example",
    ];
    let ways = [
        "//{}",
        "/\\{}",
        "\\\\{}",
        "\\/{}",
        "https://{}",
        "https:/{}",
        "https:{}",
        "HTTPS://{}/x",
        "http://{}",
        "ftp://{}",
        "///{}",
        "////{}",
        " //{}",
        "\t//{}",
        "/\t/{}",
        "/\n/{}",
        "\u{0}//{}",
        "%2f%2f{}",
        "/%2f{}",
        "/%5c{}",
        "%68ttps://{}",
        "@{}",
        ":@{}",
        "/@{}",
        ":443@{}",
        ".{}",
        "/.//{}",
        "/..//{}",
        "/%2e%2e//{}",
        "/%2E/{}",
        "/x/../..//{}",
        "javascript:{}",
        "data:{}",
        "?@{}",
        "/?//{}",
        "#@{}",
        "/#//{}",
        "/;//{}",
        "//[::1]@{}",
        "／／{}",
        "/／{}",
        "。{}",
    ];
    for way in ways {
        for host in hosts {
            let url = way.replace("{}", host);
            let Ok(request) = custom(json!({"Request/Relative URL": url})) else {
                continue;
            };
            let path = &request.path;
            assert!(
                path.starts_with('/') && !path.starts_with("//"),
                "{url:?} gives {path:?}"
            );
            assert!(
                path.is_ascii() && !path.contains(['\\', '#', '?', ' ']),
                "{url:?} gives {path:?}"
            );
            let joined = base.join(path).unwrap();
            assert_eq!(joined.origin(), base.origin(), "{url:?} gives {joined}");
            let glued = Url::parse(&format!("https://acme.okta.com{path}")).unwrap();
            assert_eq!(glued, joined, "{url:?}");
            assert_eq!(
                (joined.username(), joined.password()),
                ("", None),
                "{url:?}"
            );
            assert_eq!(
                joined.path(),
                path,
                "{url:?} names another path than it seems to"
            );
        }
    }
}

#[test]
fn headers_that_say_who_calls_or_where_to_are_refused() {
    for name in [
        "Authorization",
        "authorization",
        " Host ",
        "HOST",
        "Cookie",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Proxy-Authorization",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "Forwarded",
        "TE",
        "Upgrade",
        "X\r\nHost",
        "",
    ] {
        let inputs =
            json!({"Request/Relative URL": "/api/v1/users", "Request/Headers": {name: "x"}});
        let error = custom(inputs).unwrap_err();
        assert_eq!(error.code, "invalid_header", "{name:?}");
    }
    let inputs = json!({"Request/Relative URL": "/api/v1/users", "Request/Headers": {"X-Note": "a\r\nHost: evil"}});
    assert_eq!(custom(inputs).unwrap_err().code, "invalid_header");
    let inputs = json!({"Request/Relative URL": "/api/v1/users", "Request/Headers": {"If-Match": "W/\"1\"", "Prefer": "respond-async"}});
    assert_eq!(custom(inputs).unwrap().headers.len(), 2);
}

#[test]
fn mapped_users_are_what_bulk_user_import_sends() {
    let Some(Run::Pure(map)) = cards::run_of(&CardKey::new("okta", "mapProfileSourceAttributes"))
    else {
        panic!("it makes no call");
    };
    let description = Description::find().unwrap();
    let rows = json!([{
        "no": 7, "userName": "ada@aozora.example", "email": "ada@aozora.example", "firstName": "Ada", "lastName": "L",
        "mobilePhone": 8190, "left": null, "tags": ["a"], "address": {"city": "Tokyo"},
    }]);
    for (operation, expected) in [
        (
            "UPSERT",
            json!([{"externalId": "7", "profile": {
                "userName": "ada@aozora.example", "email": "ada@aozora.example", "firstName": "Ada", "lastName": "L",
                "mobilePhone": "8190",
            }}]),
        ),
        ("DELETE", json!([{"externalId": "7"}])),
    ] {
        let mapped = map(&args(json!({
            "parameters/importOperation": operation, "Import Data/externalIdKey": "no", "Import Data/users": rows,
        })));
        let users = mapped.unwrap()[0].1.to_json();
        assert_eq!(users, expected);
        let inputs = json!({
            "parameters/application": "0oa1", "Application/sessionId": "s1", "Data/Users": users,
            "parameters/importOperation": operation.to_lowercase(),
        });
        let request =
            cards::okta::request(&CardKey::new("okta", "bulkUserImport"), &args(inputs)).unwrap();
        if let Some(description) = &description {
            let operation = description.operation("POST", &request.path).unwrap();
            assert_eq!(operation.faults_of_request(&sent(&request)), [""; 0]);
        }
    }
}
