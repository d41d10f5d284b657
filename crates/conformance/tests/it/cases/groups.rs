//! Groups, group rules and linked objects.

use serde_json::json;

use super::{Case, case};
use crate::given::Given::{
    ActiveRule, Group, GroupAttribute, Linked, Member, Primary, Relation, Rule, User,
};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = groups();
    cases.extend(rules());
    cases.extend(links());
    cases
}

fn groups() -> Vec<Case> {
    vec![
        case(
            "addNewUserToGroup",
            &[User("ACTIVE"), Group],
            json!({"Group/id": "{group}", "User/id": "{user}"}),
        ),
        case(
            "addNewUserToGroup",
            &[User("ACTIVE"), Group, Member],
            json!({"Group/id": "{group}", "User/id": "{user}"}),
        ),
        case(
            "removeUserFromGroup",
            &[User("ACTIVE"), Group, Member],
            json!({"Group/id": "{group}", "User/id": "{user}"}),
        ),
        case("createGroup", &[], json!({"Group/Name": "Night shift"})),
        case(
            "createGroup",
            &[GroupAttribute],
            json!({
                "Group/Name": "Day shift", "Group/Description": "From 9 to 5", "Custom Properties/externalId": "g-1",
            }),
        ),
        case("readGroup", &[Group], json!({"Group/ID": "{group}"})),
        case(
            "updateGroup",
            &[Group],
            json!({"Group/ID": "{group}", "Group/Name": "Late shift"}),
        ),
        case(
            "updateGroup",
            &[GroupAttribute, Group],
            json!({
                "Group/ID": "{group}", "Group/Name": "Early shift", "Group/Description": "From 6",
                "Custom Properties/externalId": "g-2",
            }),
        ),
        case("deleteGroup", &[Group], json!({"Group/ID": "{group}"})),
    ]
}

fn rules() -> Vec<Case> {
    let expression = "user.department==\"Engines\"";
    vec![
        case(
            "createGroupRule",
            &[Group],
            json!({
                "Group Rule/name": "Engines 1", "Group Rule/expression": expression, "Group Rule/groupIds": ["{group}"],
            }),
        ),
        case(
            "createGroupRule",
            &[Group, User("ACTIVE")],
            json!({
                "Group Rule/name": "Engines 2", "Group Rule/expression": expression, "Group Rule/groupIds": ["{group}"],
                "Group Rule/excludeUsers": ["{user}"],
            }),
        ),
        case(
            "readGroupRule",
            &[Group, Rule],
            json!({"Group Rule/id": "{rule}"}),
        ),
        case(
            "updateGroupRule",
            &[Group, Rule],
            json!({
                "Group Rule/id": "{rule}", "Group Rule/name": "Engines 3", "Group Rule/expression": expression,
                "Group Rule/groupIds": ["{group}"],
            }),
        ),
        case(
            "updateGroupRule",
            &[Group, Rule, User("ACTIVE")],
            json!({
                "Group Rule/id": "{rule}", "Group Rule/name": "Engines 4", "Group Rule/expression": expression,
                "Group Rule/groupIds": ["{group}"], "Group Rule/excludeUsers": ["{user}"],
            }),
        ),
        case(
            "activateGroupRule",
            &[Group, Rule],
            json!({"Group Rule/id": "{rule}"}),
        ),
        case(
            "deactivateGroupRule",
            &[Group, Rule, ActiveRule],
            json!({"Group Rule/id": "{rule}"}),
        ),
        case(
            "deleteGroupRule",
            &[Group, Rule],
            json!({"Group Rule/id": "{rule}"}),
        ),
        case(
            "deleteGroupRule",
            &[Group, Rule],
            json!({"Group Rule/id": "{rule}", "Group Rule/removeUsers": true}),
        ),
    ]
}

fn links() -> Vec<Case> {
    vec![
        case(
            "setLinkedObjectValueForPrimary",
            &[User("ACTIVE"), Primary, Relation],
            json!({
                "parameters/primaryName": "{manager}", "User/primaryUserId": "{primary}", "User/associatedUserId": "{user}",
            }),
        ),
        case(
            "setLinkedObjectValueForPrimary",
            &[User("ACTIVE"), Primary, Relation, Linked],
            json!({
                "Linked Object/primaryName": "{manager}", "User/primaryUserId": "{primary}", "User/associatedUserId": "{user}",
            }),
        ),
        case(
            "deleteLinkedObjectValue",
            &[User("ACTIVE"), Primary, Relation, Linked],
            json!({
                "parameters/primaryName": "{manager}", "User/associatedUserId": "{user}",
            }),
        ),
        case(
            "deleteLinkedObjectValue",
            &[User("ACTIVE"), Relation],
            json!({
                "Linked Object/primaryName": "{manager}", "User/associatedUserId": "{user}",
            }),
        ),
        case(
            "getPrimaryLinkedObjectValue",
            &[User("ACTIVE"), Primary, Relation, Linked],
            json!({
                "parameters/primaryName": "{manager}", "User/associatedUserId": "{user}",
            }),
        ),
        case(
            "getPrimaryLinkedObjectValue",
            &[User("ACTIVE"), Relation],
            json!({
                "Linked Object/primaryName": "{manager}", "User/associatedUserId": "{user}",
            }),
        ),
        case(
            "getAssociatedLinkedObjectValues",
            &[User("ACTIVE"), Primary, Relation, Linked],
            json!({
                "parameters/associatedName": "{report}", "User/primaryUserId": "{primary}",
            }),
        ),
        case(
            "getAssociatedLinkedObjectValues",
            &[Primary, Relation],
            json!({
                "Linked Object/associatedName": "{report}", "User/primaryUserId": "{primary}",
            }),
        ),
    ]
}
