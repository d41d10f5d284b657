//! One user: creating, reading, changing, and the life of a user.

use serde_json::{Value as Json, json};

use super::{Case, case};
use crate::given::Given::{Group, User};

/// The profile of a new user, and these inputs beside it.
fn new(login: &str, others: &Json) -> Json {
    let mut inputs = json!({
        "Profile/login": login, "Profile/email": login,
        "Profile/firstName": "Grace", "Profile/lastName": "Hopper",
    });
    for (at, value) in others.as_object().unwrap() {
        inputs[at] = value.clone();
    }
    inputs
}

/// Every attribute that each org has.
fn whole_profile(login: &str) -> Json {
    json!({
        "Profile/login": login, "Profile/email": login, "Profile/firstName": "Grace",
        "Profile/lastName": "Hopper", "Profile/middleName": "Brewster", "Profile/honorificPrefix": "Dr.",
        "Profile/honorificSuffix": "PhD", "Profile/title": "Admiral", "Profile/displayName": "Grace Hopper",
        "Profile/nickName": "Grace", "Profile/profileUrl": "https://people.example/grace",
        "Profile/secondEmail": "grace@home.example", "Profile/mobilePhone": "+81 90 0000 0000",
        "Profile/primaryPhone": "+81 3 0000 0000", "Profile/streetAddress": "1-1 Marunouchi",
        "Profile/city": "Tokyo", "Profile/state": "Tokyo", "Profile/zipCode": "100-0005",
        "Profile/countryCode": "JP", "Profile/postalAddress": "1-1 Marunouchi, Tokyo",
        "Profile/preferredLanguage": "ja", "Profile/locale": "ja_JP", "Profile/timezone": "Asia/Tokyo",
        "Profile/userType": "Employee", "Profile/employeeNumber": "701", "Profile/costCenter": "C1",
        "Profile/organization": "Aozora", "Profile/division": "Compilers", "Profile/department": "Engines",
        "Profile/managerId": "700", "Profile/manager": "Howard",
    })
}

fn with(mut inputs: Json, others: &Json) -> Json {
    for (at, value) in others.as_object().unwrap() {
        inputs[at] = value.clone();
    }
    inputs
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = creations();
    cases.extend(changes());
    cases.extend(lives());
    cases
}

fn creations() -> Vec<Case> {
    let option = "parameters/option";
    vec![
        case(
            "createUser",
            &[],
            new("new1@aozora.example", &json!({option: "getInputsnoCreds"})),
        ),
        case(
            "createUser",
            &[],
            with(
                whole_profile("new2@aozora.example"),
                &json!({
                    option: "getInputswithPW", "Credentials/Password": "Blue-Sky-2026", "Activate/Activate": true,
                }),
            ),
        ),
        case(
            "createUser",
            &[],
            new(
                "new3@aozora.example",
                &json!({
                    option: "getInputswithRecoveryQ", "Credentials/Question": "Which ship?",
                    "Credentials/Answer": "Hopper", "Activate/Activate": false,
                }),
            ),
        ),
        case(
            "createUser",
            &[],
            new(
                "new4@aozora.example",
                &json!({
                    option: "getInputsPWRecoveryQ", "Credentials/Password": "Blue-Sky-2026",
                    "Credentials/Question": "Which ship?", "Credentials/Answer": "Hopper",
                }),
            ),
        ),
        case(
            "createUser",
            &[],
            new(
                "new5@aozora.example",
                &json!({
                    option: "getInputsAuthProv", "Credentials/Provider Name": "FEDERATION",
                    "Credentials/Provider Type": "FEDERATION",
                }),
            ),
        ),
        case(
            "createUser",
            &[Group],
            new(
                "new6@aozora.example",
                &json!({
                    option: "getInputsGroup", "Groups/groupIds": ["{group}"],
                }),
            ),
        ),
    ]
}

fn changes() -> Vec<Case> {
    vec![
        case(
            "readUser",
            &[User("ACTIVE")],
            json!({"User/ID or Login": "{user}"}),
        ),
        case(
            "readUser",
            &[User("ACTIVE")],
            json!({"User/ID or Login": "{login}"}),
        ),
        case(
            "readUser",
            &[User("DEPROVISIONED")],
            json!({"User/ID or Login": "{user}"}),
        ),
        case(
            "updateUser",
            &[User("ACTIVE")],
            json!({
                "User/ID": "{user}", "parameters/updateSemantics": "POST", "Profile/title": "Countess",
            }),
        ),
        case(
            "updateUser",
            &[User("ACTIVE")],
            with(
                whole_profile("changed1@aozora.example"),
                &json!({
                    "User/ID": "{user}", "parameters/updateSemantics": "PUT", "Option/Strict?": true,
                }),
            ),
        ),
        case(
            "updateUser",
            &[User("ACTIVE")],
            json!({
                "User/ID": "{user}", "Credentials/Password": "Red-Sky-2026",
                "Credentials/Question": "Which engine?", "Credentials/Answer": "Analytical",
                "Option/Strict?": false,
            }),
        ),
    ]
}

fn lives() -> Vec<Case> {
    let id = json!({"User/id": "{user}"});
    vec![
        case(
            "activateUser",
            &[User("STAGED")],
            with(id.clone(), &json!({"parameters/sendEmail": "No"})),
        ),
        case(
            "activateUser",
            &[User("DEPROVISIONED")],
            with(id.clone(), &json!({"parameters/sendEmail": "Yes"})),
        ),
        case(
            "activateUser",
            &[User("STAGED")],
            json!({"User/id": "{login}"}),
        ),
        case(
            "deactivateUser",
            &[User("ACTIVE")],
            with(id.clone(), &json!({"parameters/sendEmail": "No"})),
        ),
        case(
            "deactivateUser",
            &[User("ACTIVE")],
            with(
                id.clone(),
                &json!({
                    "parameters/sendEmail": "Yes", "User/asynchronousDeactivation": true,
                }),
            ),
        ),
        case(
            "deactivateUser",
            &[User("SUSPENDED")],
            with(id.clone(), &json!({"User/asynchronousDeactivation": false})),
        ),
        case("suspendUser", &[User("ACTIVE")], id.clone()),
        case("unsuspendUser", &[User("SUSPENDED")], id),
        case(
            "resetPassword",
            &[User("ACTIVE")],
            json!({
                "User/userID": "{user}", "parameters/convert": "No", "parameters/email": true,
            }),
        ),
        case(
            "resetPassword",
            &[User("ACTIVE")],
            json!({
                "User/userID": "{login}", "parameters/convert": "No", "parameters/email": false,
            }),
        ),
        case(
            "resetPassword",
            &[User("ACTIVE")],
            json!({"User/userID": "{user}", "parameters/convert": "Yes"}),
        ),
        case(
            "clearUserSessions",
            &[User("ACTIVE")],
            json!({"User/ID": "{user}"}),
        ),
        case(
            "clearUserSessions",
            &[User("ACTIVE")],
            json!({"User/ID": "{user}", "User/Revoke oauthTokens?": true}),
        ),
        case(
            "deleteUser",
            &[User("ACTIVE")],
            json!({"User/ID": "{user}", "User/Send Email?": true}),
        ),
        case(
            "deleteUser",
            &[User("DEPROVISIONED")],
            json!({"User/ID": "{user}", "User/Send Email?": false}),
        ),
    ]
}
