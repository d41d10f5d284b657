//! Applications and the groups that are assigned to them.

use flow::{Args, CardError};

use super::declare::{Action, List, To, action, grouped, put, status};
use super::fields::{
    APP_GROUP, APP_GROUP_KEYS, APP_KEYS, APP_RECORD, APPLICATION, APPLICATION_ID, LIST_LIMIT,
    MATCHING_SET, RECORD_SET, SEARCH_LIMIT, STREAM_FLOW,
};
use super::guidance;
use super::send::{query_with_terms, request};
use crate::declare::{text, words};
use crate::web::{HttpRequest, Method};

const APPS: List = List::new("Result", "Applications", &APP_RECORD, APP_KEYS);

pub(super) static ACTIONS: [Action; 11] = [
    action(
        "okta:readApplication",
        words("Read Application", "アプリケーションの読み取り"),
        words(
            "Reads an application.",
            "Oktaでアプリケーションを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/apps/{appId}",
    )
    .scopes(&["okta.apps.read"])
    .inputs(&[APPLICATION, APPLICATION_ID])
    .outputs(&grouped("Application", APP_RECORD)),
    action(
        "okta:searchApplications",
        words("Search Applications", "アプリケーションの検索"),
        words(
            "Finds applications whose name or label begins with a text.",
            "Oktaでアプリケーションの名前またはラベルに基づいてアプリケーションを検索します。",
        ),
        Method::Get,
        "/api/v1/apps",
    )
    .notes(&[guidance::LIST])
    .scopes(&["okta.apps.read"])
    .inputs(&[
        MATCHING_SET,
        put(text("Query").of("Search"), To::Query("q")),
        STREAM_FLOW,
        SEARCH_LIMIT,
    ])
    .list(APPS.first()),
    action(
        "okta:activateApplication",
        words("Activate Application", "アプリケーションのアクティブ化"),
        words(
            "Activates an application.",
            "Oktaアプリケーションをアクティブ化します。",
        ),
        Method::Post,
        "/api/v1/apps/{appId}/lifecycle/activate",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID])
    .outputs(&[status("Result", "status", "Status")])
    .repeatable()
    .unconfirmed(),
    action(
        "okta:deactivateApplication",
        words("Deactivate Application", "アプリケーションの非アクティブ化"),
        words(
            "Deactivates an application.",
            "Oktaアプリケーションを非アクティブ化します。",
        ),
        Method::Post,
        "/api/v1/apps/{appId}/lifecycle/deactivate",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID])
    .outputs(&[status("Result", "status", "Status")])
    .repeatable()
    .unconfirmed(),
    action(
        "okta:deleteApplication",
        words("Delete Application", "アプリケーションを削除"),
        words(
            "Deletes an application that is inactive.",
            "Oktaアプリケーションを削除します。",
        ),
        Method::Delete,
        "/api/v1/apps/{appId}",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID])
    .outputs(&[status("Result", "status", "Status")])
    .unconfirmed(),
    action(
        "okta:assignGroupToApplication",
        words(
            "Assign Group to Application",
            "アプリケーションへのグループの割り当て",
        ),
        words(
            "Assigns a group to an application.",
            "Oktaでアプリケーションにグループを割り当てます。",
        ),
        Method::Put,
        "/api/v1/apps/{appId}/groups/{groupId}",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[
        APPLICATION,
        APPLICATION_ID,
        put(
            text("groupID").of("Group").label("ID").required(),
            To::Path("groupId"),
        ),
    ])
    .outputs(&grouped("Group", APP_GROUP)),
    action(
        "okta:readAssignedGroupForApplication",
        words(
            "Read Assigned Group for Application",
            "アプリケーションの割り当て済みグループの読み取り",
        ),
        words(
            "Reads the assignment of a group to an application.",
            "Oktaでアプリケーションのグループ割り当てを読み取ります。",
        ),
        Method::Get,
        "/api/v1/apps/{appId}/groups/{groupId}",
    )
    .scopes(&["okta.apps.read"])
    .inputs(&[
        APPLICATION,
        APPLICATION_ID,
        put(
            text("groupID").of("Group").label("ID").required(),
            To::Path("groupId"),
        ),
    ])
    .outputs(&grouped("Group", APP_GROUP))
    .unconfirmed(),
    action(
        "okta:removeGroupFromApplication",
        words(
            "Remove Group from Application",
            "アプリケーションからのグループの削除",
        ),
        words(
            "Takes the assignment to an application away from a group.",
            "アプリケーションからグループを削除します。",
        ),
        Method::Delete,
        "/api/v1/apps/{appId}/groups/{groupId}",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[
        APPLICATION,
        APPLICATION_ID,
        put(
            text("groupID").of("Group").label("ID").required(),
            To::Path("groupId"),
        ),
    ])
    .outputs(&[status("Result", "status", "Status")])
    .unconfirmed(),
    action(
        "okta:listGroupsAssignedToApplication",
        words(
            "List Groups Assigned to Application",
            "アプリケーションに割り当てられたグループの一覧表示",
        ),
        words(
            "Lists the groups that are assigned to an application.",
            "Oktaでアプリケーションのグループ割り当てを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/apps/{appId}/groups",
    )
    .notes(&[guidance::LIST])
    .scopes(&["okta.apps.read"])
    .inputs(&[
        APPLICATION,
        RECORD_SET,
        APPLICATION_ID,
        STREAM_FLOW,
        LIST_LIMIT,
    ])
    .list(List::new("Result", "Groups", &APP_GROUP, APP_GROUP_KEYS)),
    action(
        "okta:listApplicationsAssignedToGroup",
        words(
            "List Applications Assigned to Group",
            "グループに割り当てられたアプリケーションの一覧表示",
        ),
        words(
            "Lists the applications that are assigned to a group.",
            "Oktaでグループに割り当てられたアプリケーションを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/groups/{groupId}/apps",
    )
    .notes(&[guidance::LIST])
    .scopes(&["okta.groups.read"])
    .inputs(&[
        RECORD_SET,
        put(text("ID").of("Group").required(), To::Path("groupId")),
        STREAM_FLOW,
        LIST_LIMIT,
    ])
    .list(APPS)
    .unconfirmed(),
    action(
        "okta:listApplicationsAssignedToUser",
        words(
            "List Applications Assigned to User",
            "ユーザーに割り当てられたアプリケーションの一覧表示",
        ),
        words(
            "Lists the applications that are assigned to a user.",
            "Oktaでユーザーに割り当てられたアプリケーションを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/apps",
    )
    .notes(&[guidance::LIST])
    .scopes(&["okta.apps.read"])
    .inputs(&[
        RECORD_SET,
        put(text("ID").of("User").required(), To::Term("user.id")),
        STREAM_FLOW,
        LIST_LIMIT,
    ])
    .list(APPS)
    .custom(of_user)
    .unconfirmed(),
];

/// Without the user's id this would list all applications of the org.
fn of_user(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    if args.get("User", "ID").is_empty() {
        return Err(CardError::new(
            "missing_input",
            "The input User ID is empty. Map the id of a user to it.",
        ));
    }
    let query = query_with_terms(action, args, "filter");
    Ok(HttpRequest {
        query,
        ..request(action, args)?
    })
}
