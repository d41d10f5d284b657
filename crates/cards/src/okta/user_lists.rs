//! Lists of users, and the groups of one.

use flow::{Args, CardError};

use super::declare::{Action, List, Put, Take, To, action, put, text_at};
use super::fields::{
    GROUP_KEYS, GROUP_RECORD, LIST_LIMIT, MATCHING_SET, RECORD_SET, SEARCH_LIMIT, STREAM_FLOW,
    USER_KEYS, USER_RECORD,
};
use super::guidance;
use super::send::{query_with_terms, request};
use crate::declare::{Field, Pick, pick, pick_as, text, words};
use crate::web::{HttpRequest, Method};

const USERS: List = List::new("Result", "Users", &USER_RECORD, USER_KEYS)
    .first()
    .profile("profile");

static STATUSES: [Pick; 8] = [
    pick("STAGED"),
    pick("PROVISIONED"),
    pick("ACTIVE"),
    pick("RECOVERY"),
    pick("PASSWORD_EXPIRED"),
    pick("LOCKED_OUT"),
    pick("SUSPENDED"),
    pick("DEPROVISIONED"),
];

const STATUS: Field = text("status")
    .of("Inputs")
    .label("Status")
    .choices(&STATUSES);

const fn term(key: &'static str, label: &'static str) -> Put {
    put(text(key).of("Inputs").label(label).more(), To::Term(key))
}

static FILTER_INPUTS: [Put; 11] = [
    MATCHING_SET,
    put(STATUS, To::Term("status")),
    term("lastUpdated", "Last Updated"),
    term("id", "ID"),
    term("profile.login", "Login"),
    term("profile.email", "Email"),
    term("profile.firstName", "First Name"),
    term("profile.lastName", "Last Name"),
    put(text("Custom Filter").of("Inputs").more(), To::OwnTerm),
    STREAM_FLOW,
    SEARCH_LIMIT,
];

static SEARCH_INPUTS: [Put; 15] = [
    MATCHING_SET,
    put(STATUS, To::Term("status")),
    term("created", "Created"),
    term("activated", "Activated"),
    term("statusChanged", "Status Changed"),
    term("lastUpdated", "Last Updated"),
    term("id", "ID"),
    term("profile.login", "Login"),
    term("profile.email", "Email"),
    term("profile.department", "Department"),
    put(text("Custom Search Criteria").of("Inputs"), To::OwnTerm),
    put(
        text("sortBy").of("Sort").label("Sort By").more(),
        To::Query("sortBy"),
    ),
    put(
        text("sortOrder")
            .of("Sort")
            .label("Sort Order")
            .choices(&[pick_as("asc", "Ascending"), pick_as("desc", "Descending")])
            .more(),
        To::Query("sortOrder"),
    ),
    STREAM_FLOW,
    SEARCH_LIMIT,
];

pub(super) static ACTIONS: [Action; 5] = [
    action(
        "okta:searchUsers",
        words("Find Users", "ユーザーの検索"),
        words(
            "Finds users whose first name, last name or email begins with a text.",
            "クエリーによってOktaユーザーを検索します。",
        ),
        Method::Get,
        "/api/v1/users",
    )
    .notes(&[guidance::FIND_USERS])
    .scopes(&["okta.users.read"])
    .inputs(&[
        MATCHING_SET,
        put(text("Query").of("Inputs").required(), To::Query("q")),
        STREAM_FLOW,
        SEARCH_LIMIT,
    ])
    .list(USERS),
    action(
        "okta:listUsersWithFilter",
        words(
            "List Users With Filter",
            "フィルターによるユーザーの一覧表示",
        ),
        words(
            "Lists the users that match a filter on their status, id, login, email or name.",
            "指定されたフィルターに基づいてOktaのユーザーを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/users",
    )
    .notes(&[guidance::FILTER, guidance::LIST])
    .scopes(&["okta.users.read"])
    .inputs(&FILTER_INPUTS)
    .list(USERS)
    .custom(filtered),
    action(
        "okta:listUsersWithSearch",
        words("List Users With Search", "検索によるユーザーの一覧表示"),
        words(
            "Lists the users that match a search on any attribute.",
            "検索パラメーターで指定されたプロパティに基づいてユーザーを検索します。",
        ),
        Method::Get,
        "/api/v1/users",
    )
    .notes(&[guidance::SEARCH_USERS, guidance::LIST])
    .scopes(&["okta.users.read"])
    .inputs(&SEARCH_INPUTS)
    .list(USERS)
    .custom(searched),
    action(
        "okta:listGroupMembers",
        words("List Group Members", "グループメンバーの一覧表示"),
        words(
            "Lists the members of a group.",
            "Oktaグループのメンバーを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/groups/{groupId}/users",
    )
    .notes(&[guidance::LIST])
    .scopes(&["okta.groups.read"])
    .inputs(&[
        RECORD_SET,
        put(
            text("groupId").of("Group").label("Group ID").required(),
            To::Path("groupId"),
        ),
        STREAM_FLOW,
        LIST_LIMIT,
    ])
    .list(List::new("Result", "Users", &USER_RECORD, USER_KEYS).profile("profile")),
    action(
        "okta:getUsersGroups",
        words("Get Users Groups", "ユーザーのグループの取得"),
        words(
            "Lists the groups of a user.",
            "Oktaユーザーの現在のグループメンバーシップを取得します。",
        ),
        Method::Get,
        "/api/v1/users/{id}/groups",
    )
    .notes(&[guidance::LIST])
    .scopes(&["okta.users.read"])
    .inputs(&[
        RECORD_SET,
        put(text("ID").of("User").required(), To::Path("id")),
        STREAM_FLOW,
        LIST_LIMIT,
    ])
    .list(List::new("Output", "Groups", &USERS_GROUP, GROUP_KEYS).page(0)),
];

/// Earlier versions of the card had name and description beside the ID; packs of that time look for them there.
const USERS_GROUP: [Take; 10] = {
    let mut record = [text_at("Name", "profile.name"); 10];
    let mut at = 0;
    while at < GROUP_RECORD.len() {
        record[at] = GROUP_RECORD[at];
        at += 1;
    }
    record[9] = text_at("Description", "profile.description");
    record
};

fn filtered(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let query = query_with_terms(action, args, "filter");
    Ok(HttpRequest {
        query,
        ..request(action, args)?
    })
}

fn searched(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let query = query_with_terms(action, args, "search");
    Ok(HttpRequest {
        query,
        ..request(action, args)?
    })
}
