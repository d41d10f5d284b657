//! Group rules.

use super::declare::{
    Action, List, Take, To, action, grouped, keys, put, status, text_at, texts_at,
};
use super::fields::{MATCHING_SET, SEARCH_LIMIT, STREAM_FLOW};
use super::guidance;
use crate::declare::{Key, boolean, text, texts, words};
use crate::web::Method;

const RULE: [Take; 7] = [
    text_at("ID", "id"),
    text_at("Type", "type"),
    text_at("Status", "status"),
    text_at("Name", "name"),
    text_at("Expression Conditions", "conditions.expression.value"),
    texts_at("Excluded Users", "conditions.people.users.exclude"),
    texts_at("Group Assignments", "actions.assignUserToGroups.groupIds"),
];
const RULE_KEYS: &[Key] = &keys(RULE);

pub(super) static ACTIONS: [Action; 7] = [
    action(
        "okta:createGroupRule",
        words("Create Group Rule", "グループルールの作成"),
        words(
            "Creates a group rule, which is inactive at first.",
            "グループルールを作成して、指定の条件値に一致するユーザーを指定のグループに動的に追加します。",
        ),
        Method::Post,
        "/api/v1/groups/rules",
    )
    .scopes(&["okta.groups.manage"])
    .inputs(&[put(text("name").of("Group Rule").label("Name").required(), To::Body("name")), put(text("expression").of("Group Rule").label("Expression Conditions").required(), To::Body("conditions.expression.value")), put(texts("groupIds").of("Group Rule").label("Assign to Groups").required(), To::Body("actions.assignUserToGroups.groupIds")), put(texts("excludeUsers").of("Group Rule").label("Exclude Users"), To::Body("conditions.people.users.exclude"))])
    .body(&[("type", "group_rule"), ("conditions.expression.type", "urn:okta:expression:1.0")])
    .outputs(&grouped("Properties", RULE))
    .unconfirmed(),
    action(
        "okta:readGroupRule",
        words("Read Group Rule", "グループルールの参照"),
        words(
            "Reads a group rule by id.",
            "IDによってOktaグループを読み取ります。",
        ),
        Method::Get,
        "/api/v1/groups/rules/{groupRuleId}",
    )
    .scopes(&["okta.groups.read"])
    .inputs(&[put(text("id").of("Group Rule").label("ID").required(), To::Path("groupRuleId"))])
    .outputs(&grouped("Properties", RULE))
    .unconfirmed(),
    action(
        "okta:updateGroupRule",
        words("Update Group Rule", "グループルールの更新"),
        words(
            "Changes a group rule.",
            "Oktaでグループルールを更新します。",
        ),
        Method::Put,
        "/api/v1/groups/rules/{groupRuleId}",
    )
    .notes(&[guidance::UPDATE_RULE])
    .scopes(&["okta.groups.manage"])
    .inputs(&[put(text("id").of("Group Rule").label("ID").required(), To::Path("groupRuleId")), put(text("name").of("Group Rule").label("Name").required(), To::Body("name")), put(text("expression").of("Group Rule").label("Expression Conditions").required(), To::Body("conditions.expression.value")), put(texts("groupIds").of("Group Rule").label("Assign to Groups").required(), To::Body("actions.assignUserToGroups.groupIds")), put(texts("excludeUsers").of("Group Rule").label("Exclude Users"), To::Body("conditions.people.users.exclude"))])
    .body(&[("type", "group_rule"), ("conditions.expression.type", "urn:okta:expression:1.0")])
    .outputs(&grouped("Properties", RULE))
    .keeps(&["type", "name", "conditions", "actions"])
    .unconfirmed(),
    action(
        "okta:deleteGroupRule",
        words("Delete Group Rule", "グループルールの削除"),
        words(
            "Deletes a group rule, and removes the users it assigned when you choose so.",
            "OrganizationのIDによって特定のグループルールを削除します。",
        ),
        Method::Delete,
        "/api/v1/groups/rules/{groupRuleId}",
    )
    .scopes(&["okta.groups.manage"])
    .inputs(&[put(text("id").of("Group Rule").label("ID").required(), To::Path("groupRuleId")), put(boolean("removeUsers").of("Group Rule").label("Remove Users?").more(), To::Query("removeUsers"))])
    .outputs(&[status("Result", "status", "Status")])
    .unconfirmed(),
    action(
        "okta:activateGroupRule",
        words("Activate Group Rule", "グループルールのアクティブ化"),
        words(
            "Activates a group rule.",
            "OrganizationのIDによって特定のグループルールをアクティブ化します。",
        ),
        Method::Post,
        "/api/v1/groups/rules/{groupRuleId}/lifecycle/activate",
    )
    .scopes(&["okta.groups.manage"])
    .inputs(&[put(text("id").of("Group Rule").label("ID").required(), To::Path("groupRuleId"))])
    .outputs(&[status("Result", "status", "Status")])
    .repeatable()
    .unconfirmed(),
    action(
        "okta:deactivateGroupRule",
        words("Deactivate Group Rule", "グループルールの非アクティブ化"),
        words(
            "Deactivates a group rule.",
            "OrganizationのIDによって特定のグループルールを非アクティブ化します。",
        ),
        Method::Post,
        "/api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate",
    )
    .scopes(&["okta.groups.manage"])
    .inputs(&[put(text("id").of("Group Rule").label("ID").required(), To::Path("groupRuleId"))])
    .outputs(&[status("Result", "status", "Status")])
    .repeatable()
    .unconfirmed(),
    action(
        "okta:searchGroupRules",
        words("Search Group Rules", "グループルールの検索"),
        words(
            "Finds group rules by a text.",
            "Organizationのすべてのグループルールを検索します。",
        ),
        Method::Get,
        "/api/v1/groups/rules",
    )
    .notes(&[guidance::SEARCH_RULES, guidance::LIST])
    .scopes(&["okta.groups.read"])
    .inputs(&[MATCHING_SET, put(text("Search").of("Inputs"), To::Query("search")), STREAM_FLOW, SEARCH_LIMIT])
    .list(List::new("Result", "Group Rules", &RULE, RULE_KEYS).first())
    .unconfirmed(),
];
