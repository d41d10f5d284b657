//! Everything that gives a list, with each result set.

use serde_json::{Value as Json, json};

use super::{Case, case};
use crate::given::Given::{self, App, Assigned, Group, GroupAssigned, Member, Rule, User};

const SET: &str = "parameters/resultSet";
const MATCHING: [&str; 3] = [
    "First Matching Record",
    "First 200 Matching Records",
    "Stream Matching Records",
];
const RECORDS: [&str; 2] = ["First 200 Records", "Stream Records"];
const RECORDS_500: [&str; 2] = ["First 500 Records", "Stream Records"];

/// The card with these inputs, once for each result set.
fn each(card: &'static str, sets: &[&str], given: &'static [Given], inputs: &Json) -> Vec<Case> {
    let with = |set: &&str| {
        let mut inputs = inputs.clone();
        inputs[SET] = (*set).into();
        case(card, given, inputs)
    };
    sets.iter().map(with).collect()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_users();
    cases.extend(of_groups());
    cases.extend(of_applications());
    cases.extend(of_the_log());
    cases
}

fn of_users() -> Vec<Case> {
    let mut cases = each(
        "searchUsers",
        &MATCHING,
        &[],
        &json!({"Inputs/Query": "a", "Search Criteria/Limit": 5}),
    );
    cases.extend(each(
        "listUsersWithFilter",
        &MATCHING,
        &[],
        &json!({"Inputs/status": "ACTIVE", "Search Criteria/Limit": 5}),
    ));
    cases.extend(each("listUsersWithSearch", &MATCHING, &[], &json!({
        "Inputs/profile.department": "Sales", "Sort/sortBy": "profile.lastName", "Search Criteria/Limit": 5,
    })));
    for status in [
        "STAGED",
        "PROVISIONED",
        "ACTIVE",
        "RECOVERY",
        "PASSWORD_EXPIRED",
        "LOCKED_OUT",
        "SUSPENDED",
        "DEPROVISIONED",
    ] {
        cases.push(case(
            "listUsersWithFilter",
            &[],
            json!({"Inputs/status": status}),
        ));
        cases.push(case(
            "listUsersWithSearch",
            &[],
            json!({"Inputs/status": status}),
        ));
    }
    cases.extend([
        case("listUsersWithFilter", &[User("ACTIVE")], json!({
            "Inputs/id": "{user}", "Inputs/profile.login": "{login}", "Inputs/profile.email": "{login}",
            "Inputs/profile.firstName": "Ada", "Inputs/profile.lastName": "Lovelace",
        })),
        case("listUsersWithFilter", &[], json!({
            "Inputs/lastUpdated": "2026-01-01T00:00:00.000Z",
            "Inputs/Custom Filter": "status eq \"ACTIVE\" or lastUpdated gt \"2026-01-01T00:00:00.000Z\"",
        })),
        case("listUsersWithSearch", &[User("ACTIVE")], json!({
            "Inputs/id": "{user}", "Inputs/profile.login": "{login}", "Inputs/profile.email": "{login}",
            "Inputs/created": "2026-01-01T00:00:00.000Z", "Inputs/activated": "2026-01-01T00:00:00.000Z",
            "Inputs/statusChanged": "2026-01-01T00:00:00.000Z", "Inputs/lastUpdated": "2026-01-01T00:00:00.000Z",
        })),
        case("listUsersWithSearch", &[], json!({
            "Inputs/Custom Search Criteria": "profile.department sw \"S\" and (status eq \"ACTIVE\" or profile.city pr)",
            "Sort/sortBy": "profile.login", "Sort/sortOrder": "asc",
        })),
        case("listUsersWithSearch", &[], json!({
            "Inputs/profile.city": "Osaka", "Sort/sortBy": "profile.login", "Sort/sortOrder": "desc",
        })),
    ]);
    cases.extend(each(
        "listGroupMembers",
        &RECORDS,
        &[Group, User("ACTIVE"), Member],
        &json!({
            "Group/groupId": "{group}", "List Criteria/Limit": 5,
        }),
    ));
    cases.extend(each(
        "getUsersGroups",
        &RECORDS,
        &[Group, User("ACTIVE"), Member],
        &json!({
            "User/ID": "{user}", "List Criteria/Limit": 5,
        }),
    ));
    cases
}

fn of_groups() -> Vec<Case> {
    let mut cases = each(
        "searchGroups",
        &MATCHING,
        &[Group],
        &json!({"Inputs/id": "{group}", "Search Criteria/Limit": 5}),
    );
    for kind in ["OKTA_GROUP", "APP_GROUP", "BUILT_IN"] {
        cases.push(case("searchGroups", &[], json!({"Inputs/type": kind})));
    }
    cases.extend([
        case("searchGroups", &[], json!({})),
        case("searchGroups", &[], json!({"Inputs/profile.name": "Sales"})),
        case("searchGroups", &[], json!({"Inputs/Query": "Sa"})),
        case("searchGroups", &[], json!({
            "Inputs/created": "2026-01-01T00:00:00.000Z", "Inputs/lastUpdated": "2026-01-01T00:00:00.000Z",
            "Inputs/lastMembershipUpdated": "2026-01-01T00:00:00.000Z",
        })),
        case("searchGroups", &[], json!({"Inputs/Custom Search Criteria": "profile.name sw \"S\" or type eq \"BUILT_IN\""})),
    ]);
    cases.extend(each(
        "searchGroupRules",
        &MATCHING,
        &[Group, Rule],
        &json!({
            "Inputs/Search": "Rule", "Search Criteria/Limit": 5,
        }),
    ));
    cases.push(case("searchGroupRules", &[], json!({})));
    cases.extend(each(
        "listApplicationsAssignedToGroup",
        &RECORDS,
        &[Group, App, GroupAssigned],
        &json!({
            "Group/ID": "{group}", "List Criteria/Limit": 5,
        }),
    ));
    cases
}

fn of_applications() -> Vec<Case> {
    let mut cases = each(
        "searchApplications",
        &MATCHING,
        &[],
        &json!({"Search/Query": "s", "Search Criteria/Limit": 5}),
    );
    cases.push(case("searchApplications", &[], json!({})));
    cases.extend(each(
        "listApplicationsAssignedToUser",
        &RECORDS,
        &[User("ACTIVE"), App, Assigned],
        &json!({
            "User/ID": "{user}", "List Criteria/Limit": 5,
        }),
    ));
    cases.extend(each(
        "listGroupsAssignedToApplication",
        &RECORDS,
        &[Group, App, GroupAssigned],
        &json!({
            "parameters/application": "{app}", "List Criteria/Limit": 5,
        }),
    ));
    cases.push(case(
        "listGroupsAssignedToApplication",
        &[App],
        json!({"Application/applicationID": "{app}"}),
    ));
    cases.extend(each(
        "listUsersAssignedToApplication",
        &RECORDS_500,
        &[User("ACTIVE"), App, Assigned],
        &json!({
            "parameters/application": "{app}", "List Criteria/Limit": 5,
        }),
    ));
    cases.push(case(
        "listUsersAssignedToApplication",
        &[App],
        json!({"Application/applicationID": "{app}"}),
    ));
    cases
}

fn of_the_log() -> Vec<Case> {
    let dates = json!({"Date/since": "2026-11-13T00:00:00Z", "Date/until": "2026-11-20T00:00:00Z", "Search Criteria/Limit": 5});
    let mut cases = each("searchSystemLogs", &MATCHING, &[], &dates);
    for severity in ["DEBUG", "INFO", "WARN", "ERROR"] {
        cases.push(case(
            "searchSystemLogs",
            &[],
            json!({
                "parameters/searchBy": "Expression", "Search By/Severity": severity,
            }),
        ));
    }
    for order in ["ASCENDING", "DESCENDING"] {
        cases.push(case("searchSystemLogs", &[], json!({
            "parameters/searchBy": "Keyword", "Search By/Keyword": "Sales", "Sort/sortOrder": order,
        })));
    }
    cases.extend([
        case("searchSystemLogs", &[], json!({
            "Search By/Event Type": "user.session.start", "Search By/UUID": "u", "Search By/Display Message": "m",
            "Search By/Actor ID": "a", "Search By/Actor Display Name": "n", "Search By/Actor Type": "User",
            "Search By/Target ID": "t", "Search By/Target Display Name": "d", "Search By/Target Type": "User",
        })),
        case("searchSystemLogs", &[], json!({
            "Search By/Custom Filter": "eventType eq \"user.session.start\" or outcome.result eq \"FAILURE\"",
        })),
    ]);
    cases
}
