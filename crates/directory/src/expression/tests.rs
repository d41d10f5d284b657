//! Hundreds of expressions with the value that the published description gives them, or the beginning of their error.

mod classic;
mod engine;
mod hostile;
mod syntax;

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::{Dialect, Expression, NullJoin, Outcome, Place, Problem, Scene};

/// 2015-07-31T17:18:37.979Z, the time that the published examples assume.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_438_363_117_979).unwrap()
}

/// The person that all expressions are about.
fn roots() -> Json {
    json!({
        "user": {
            "id": "00u1", "status": "ACTIVE", "created": "2015-07-30T23:58:32.000Z",
            "login": "hanako.yamada@corp.example.test", "firstName": "Hanako", "lastName": "Yamada",
            "email": "john.doe@okta.com", "nickName": "", "middleName": null, "city": "San Francisco",
            "salary": 1_200_000, "ratio": 0.5, "isContractor": false, "title": "Engineer",
            "displayName": "山田 花子", "face": "a😀b", "groupCode": 123, "codeText": "123",
            "strArray": ["one", "two"], "intArray": [1, 2, 3], "csv": "10, 20,30", "stringDouble": "1.1",
            "country": "United States", "countryAlpha2": "US",
        },
        "appuser": {
            "userName": "hanako.yamada@corp.example.test", "firstName": "Hanako", "lastName": "Yamada",
            "managerDn": "CN=Hanako Yamada,OU=Staff,DC=corp,DC=example,DC=test",
            "otherDn": "CN=Smith\\, John,OU=Staff,DC=corp,DC=example,DC=test", "adCountryCode": "392",
        },
        "source": { "firstName": "Alexander" },
        "org": { "name": "acme", "subDomain": "acme-dev" },
        "session": { "amr": ["pwd", "mfa"] },
        "active_directory": { "managerUpn": "boss@corp.example.test" },
        "zendesk_app": { "companySubDomain": "acme" },
        "managerUser": { "firstName": "Taro", "email": "taro@example.test" },
        "managerAppUsers": { "google": { "firstName": "T." } },
        "linkedObjects": { "manager": { "profile": { "lastName": "Gates" } } },
        "groups": [
            { "id": "00gak46y5hydV6NdM0g4", "type": "BUILT_IN", "profile": { "name": "Everyone" } },
            { "id": "00g1emaKYZTWRYYRRTSK", "type": "OKTA_GROUP", "profile": { "name": "West Coast Users" } },
            { "id": "00garwpuyxHaWOkdV0g4", "type": "OKTA_GROUP", "profile": { "name": "West Coast Admins" } },
            { "id": "00gjitX9HqABSoqTB0g3", "type": "APP_GROUP", "profile": { "name": "Engineering Users" }, "source": { "id": "0oa1" } },
        ],
    })
}

fn evaluate_in(roots: &Json, source: &str, dialect: Dialect) -> Result<Outcome, Problem> {
    let scene = Scene {
        roots: roots.as_object().unwrap(),
        now: now(),
        null_join: NullJoin::Empty,
    };
    Expression::read(source, dialect)?.evaluate(&scene)
}

/// Each row: the expression, and its value as JSON or `!` and a part of the error.
#[track_caller]
fn check(dialect: Dialect, rows: &[(&str, &str)]) {
    let roots = roots();
    let mut wrong = Vec::new();
    for (source, expected) in rows {
        let found = evaluate_in(&roots, source, dialect);
        let is_right = match (expected.strip_prefix('!'), &found) {
            (Some(part), Err(problem)) => problem.to_string().contains(part),
            (None, Ok(outcome)) => outcome.value == serde_json::from_str::<Json>(expected).unwrap(),
            _ => false,
        };
        if !is_right {
            wrong.push(format!(
                "{source}\n  expected {expected}\n  found    {found:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
