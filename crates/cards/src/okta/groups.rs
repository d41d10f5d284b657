//! Groups and who is in them.

use flow::{Args, CardError};

use super::declare::{Action, List, Put, To, action, attributes, grouped, put, status};
use super::fields::{
    GROUP, GROUP_KEYS, GROUP_RECORD, MATCHING_SET, SEARCH_LIMIT, STREAM_FLOW, USER_ID,
};
use super::guidance;
use super::send::{query_with_terms, request};
use crate::declare::{Field, Pick, pick, text, words};
use crate::web::{HttpRequest, Method};

/// Attributes that the org has added to its groups.
const CUSTOM: Put = attributes("Custom Properties");

static TYPES: [Pick; 3] = [pick("OKTA_GROUP"), pick("APP_GROUP"), pick("BUILT_IN")];

const fn term(key: &'static str, label: &'static str) -> Field {
    text(key).of("Inputs").label(label)
}

static SEARCH_INPUTS: [Put; 11] = [
    MATCHING_SET,
    put(term("profile.name", "Name"), To::Term("profile.name")),
    put(
        term("type", "Type").choices(&TYPES).more(),
        To::Term("type"),
    ),
    put(term("id", "ID").more(), To::Term("id")),
    put(term("created", "Created").more(), To::Term("created")),
    put(
        term("lastUpdated", "Last Updated").more(),
        To::Term("lastUpdated"),
    ),
    put(
        term("lastMembershipUpdated", "Last Membership Updated").more(),
        To::Term("lastMembershipUpdated"),
    ),
    put(
        text("Custom Search Criteria").of("Inputs").more(),
        To::OwnTerm,
    ),
    put(text("Query").of("Inputs").more(), To::Query("q")),
    STREAM_FLOW,
    SEARCH_LIMIT,
];

pub(super) static ACTIONS: [Action; 7] = [
    action(
        "okta:addNewUserToGroup",
        words("Add User to Group", "グループへのユーザーの追加"),
        words(
            "Makes a user a member of a group.",
            "グループに新規Oktaユーザーを追加します。",
        ),
        Method::Put,
        "/api/v1/groups/{groupId}/users/{userId}",
    )
    .notes(&[guidance::MEMBERS])
    .scopes(&["okta.groups.manage"])
    .inputs(&[
        put(
            text("id").of("Group").label("Group ID").required(),
            To::Path("groupId"),
        ),
        USER_ID,
    ])
    .outputs(&[status("Result", "status", "Status")]),
    action(
        "okta:removeUserFromGroup",
        words("Remove User from Group", "グループからのユーザーの削除"),
        words(
            "Takes a user out of a group.",
            "グループからOktaユーザーを削除します。",
        ),
        Method::Delete,
        "/api/v1/groups/{groupId}/users/{userId}",
    )
    .notes(&[guidance::MEMBERS])
    .scopes(&["okta.groups.manage"])
    .inputs(&[
        put(
            text("id").of("Group").label("Group ID").required(),
            To::Path("groupId"),
        ),
        USER_ID,
    ])
    .outputs(&[status("Result", "status", "Status")]),
    action(
        "okta:createGroup",
        words("Create Group", "グループの作成"),
        words("Creates a group.", "Oktaでグループを作成します。"),
        Method::Post,
        "/api/v1/groups",
    )
    .scopes(&["okta.groups.manage"])
    .inputs(&[
        put(
            text("Name").of("Group").required(),
            To::Body("profile.name"),
        ),
        put(
            text("Description").of("Group"),
            To::Body("profile.description"),
        ),
        CUSTOM,
    ])
    .outputs(&grouped("Properties", GROUP))
    .profile("Custom Properties"),
    action(
        "okta:readGroup",
        words("Read Group", "グループの読み取り"),
        words(
            "Reads a group by id.",
            "IDによって、Oktaグループの情報を参照します。",
        ),
        Method::Get,
        "/api/v1/groups/{groupId}",
    )
    .scopes(&["okta.groups.read"])
    .inputs(&[put(text("ID").of("Group").required(), To::Path("groupId"))])
    .outputs(&grouped("Properties", GROUP))
    .profile("Custom Properties"),
    action(
        "okta:updateGroup",
        words("Update Group", "グループの更新"),
        words(
            "Changes the profile of a group.",
            "Oktaでグループのプロファイルを更新します。",
        ),
        Method::Put,
        "/api/v1/groups/{groupId}",
    )
    .notes(&[guidance::UPDATE_GROUP])
    .scopes(&["okta.groups.manage"])
    .inputs(&[
        put(text("ID").of("Group").required(), To::Path("groupId")),
        put(
            text("Name").of("Group").required(),
            To::Body("profile.name"),
        ),
        put(
            text("Description").of("Group"),
            To::Body("profile.description"),
        ),
        CUSTOM,
    ])
    .outputs(&grouped("Properties", GROUP))
    .profile("Custom Properties")
    .keeps(&["profile"]),
    action(
        "okta:deleteGroup",
        words("Delete Group", "グループの削除"),
        words(
            "Deletes a group.",
            "Oktaのorganizationからグループを削除します。",
        ),
        Method::Delete,
        "/api/v1/groups/{groupId}",
    )
    .scopes(&["okta.groups.manage"])
    .inputs(&[put(text("ID").of("Group").required(), To::Path("groupId"))])
    .outputs(&[status("Result", "status", "Status")])
    .unconfirmed(),
    action(
        "okta:searchGroups",
        words("Search Groups", "グループの検索"),
        words(
            "Finds groups by their attributes.",
            "クエリーによってグループを検索します。",
        ),
        Method::Get,
        "/api/v1/groups",
    )
    .notes(&[guidance::SEARCH_GROUPS, guidance::LIST])
    .scopes(&["okta.groups.read"])
    .inputs(&SEARCH_INPUTS)
    .list(List::new("Result", "Groups", &GROUP_RECORD, GROUP_KEYS).first())
    .custom(searched),
];

fn searched(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let query = query_with_terms(action, args, "search");
    Ok(HttpRequest {
        query,
        ..request(action, args)?
    })
}
