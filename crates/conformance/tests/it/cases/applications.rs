//! Applications, and who is assigned to them.

use serde_json::{Value as Json, json};

use super::{Case, case};
use crate::given::Given::{App, AppWithPasswords, Assigned, Group, GroupAssigned, Inactive, User};

const CHOSEN: &str = "parameters/application";
const ENTERED: &str = "Application/applicationID";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = alone();
    cases.extend(of_groups());
    cases.extend(of_users());
    cases
}

fn alone() -> Vec<Case> {
    let later = json!({CHOSEN: "-- Enter Application ID --", ENTERED: "{app}"});
    vec![
        case("readApplication", &[App], json!({CHOSEN: "{app}"})),
        case("readApplication", &[App], later.clone()),
        case(
            "activateApplication",
            &[App, Inactive],
            json!({CHOSEN: "{app}"}),
        ),
        case("activateApplication", &[App], later.clone()),
        case("deactivateApplication", &[App], json!({CHOSEN: "{app}"})),
        case("deactivateApplication", &[App, Inactive], later.clone()),
        case(
            "deleteApplication",
            &[App, Inactive],
            json!({CHOSEN: "{app}"}),
        ),
        case("deleteApplication", &[App, Inactive], later),
    ]
}

fn of_groups() -> Vec<Case> {
    let chosen = json!({CHOSEN: "{app}", "Group/groupID": "{group}"});
    let later = json!({ENTERED: "{app}", "Group/groupID": "{group}"});
    vec![
        case("assignGroupToApplication", &[App, Group], chosen.clone()),
        case(
            "assignGroupToApplication",
            &[App, Group, GroupAssigned],
            later.clone(),
        ),
        case(
            "readAssignedGroupForApplication",
            &[App, Group, GroupAssigned],
            chosen.clone(),
        ),
        case(
            "readAssignedGroupForApplication",
            &[App, Group, GroupAssigned],
            later.clone(),
        ),
        case(
            "removeGroupFromApplication",
            &[App, Group, GroupAssigned],
            chosen,
        ),
        case(
            "removeGroupFromApplication",
            &[AppWithPasswords, Group, GroupAssigned],
            later,
        ),
    ]
}

fn assigning(others: &Json) -> Json {
    let mut inputs = json!({"User/id": "{user}", "User/Scope": "USER"});
    for (at, value) in others.as_object().unwrap() {
        inputs[at] = value.clone();
    }
    inputs
}

fn of_users() -> Vec<Case> {
    let chosen = json!({CHOSEN: "{app}", "User/id": "{user}"});
    let later = json!({ENTERED: "{app}", "User/id": "{user}"});
    let credentials = |chosen: &str| {
        assigning(
            &json!({chosen: "{app}", "Credentials/Username": "grace", "Credentials/Password": "Blue-Sky-2026"}),
        )
    };
    vec![
        case(
            "assignUserToApplicationForSSO",
            &[App, User("ACTIVE")],
            chosen.clone(),
        ),
        case(
            "assignUserToApplicationForSSO",
            &[AppWithPasswords, User("ACTIVE")],
            credentials(ENTERED),
        ),
        case(
            "assignUserToApplicationForSSO",
            &[App, User("ACTIVE")],
            assigning(&json!({
                CHOSEN: "{app}", "User/Scope": "GROUP",
            })),
        ),
        case(
            "assignUserToApplicationForSSOAndProvisioning",
            &[App, User("ACTIVE")],
            later.clone(),
        ),
        case(
            "assignUserToApplicationForSSOAndProvisioning",
            &[AppWithPasswords, User("ACTIVE")],
            credentials(CHOSEN),
        ),
        case(
            "assignUserToApplicationForSSOAndProvisioning",
            &[App, User("ACTIVE")],
            assigning(&json!({
                CHOSEN: "{app}", "User/Scope": "GROUP", "Profile Properties/email": "grace@aozora.example",
            })),
        ),
        case(
            "getAssignedUserForApplication",
            &[App, User("ACTIVE"), Assigned],
            chosen.clone(),
        ),
        case(
            "getAssignedUserForApplication",
            &[App, User("ACTIVE"), Assigned],
            later.clone(),
        ),
        case(
            "updateApplicationCredentialsForAssignedUser",
            &[App, User("ACTIVE"), Assigned],
            json!({
                CHOSEN: "{app}", "User/id": "{user}", "Credentials/Username": "hopper",
            }),
        ),
        case(
            "updateApplicationCredentialsForAssignedUser",
            &[AppWithPasswords, User("ACTIVE"), Assigned],
            json!({
                ENTERED: "{app}", "User/id": "{user}", "Credentials/Username": "hopper",
                "Credentials/Password": "Red-Sky-2026",
            }),
        ),
        case(
            "updateApplicationProfileForAssignedUser",
            &[App, User("ACTIVE"), Assigned],
            json!({
                CHOSEN: "{app}", "User/id": "{user}", "Profile Properties/email": "hopper@aozora.example",
            }),
        ),
        case(
            "updateApplicationProfileForAssignedUser",
            &[AppWithPasswords, User("ACTIVE"), Assigned],
            json!({
                CHOSEN: "{app}", "User/id": "{user}", "Profile Properties/given_name": "Grace",
                "Credentials/Username": "grace", "Credentials/Password": "Red-Sky-2026",
            }),
        ),
        case(
            "updateApplicationProfileForAssignedUser",
            &[App, User("ACTIVE"), Assigned],
            json!({
                ENTERED: "{app}", "User/id": "{user}", "Profile Properties/given_name": "Grace",
            }),
        ),
        case(
            "removeUserFromApplication",
            &[App, User("ACTIVE"), Assigned],
            chosen,
        ),
        case(
            "removeUserFromApplication",
            &[App, User("ACTIVE"), Assigned],
            json!({
                ENTERED: "{app}", "User/id": "{user}", "User/Send Email?": true,
            }),
        ),
    ]
}
