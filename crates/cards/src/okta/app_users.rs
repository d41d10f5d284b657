//! Users that are assigned to an application.

use flow::{Args, CardError};
use serde_json::{Map, Value as Json};

use super::declare::{
    Action, List, Put, Take, To, action, attributes, grouped, keys, nested, object_at, put, status,
};
use super::fields::{
    APP_USER, APP_USER_KEYS, APPLICATION, APPLICATION_ID, LIST_LIMIT, STREAM_FLOW, USER_ID,
};
use super::guidance;
use super::send::{nothing_to_change, request};
use crate::declare::{Pick, boolean, pick, text, words};
use crate::web::{HttpRequest, Method};

const ASSIGNED: [Take; 2] = [
    nested("System Properties", &APP_USER, APP_USER_KEYS),
    object_at("Profile Properties", "profile"),
];

static SCOPES: [Pick; 2] = [pick("USER"), pick("GROUP")];

/// Attributes of the application's users.
const PROFILE: Put = attributes("Profile Properties");

pub(super) static ACTIONS: [Action; 7] = [
    action(
        "okta:assignUserToApplicationForSSO",
        words("Assign User to Application for SSO", "SSO用のアプリケーションへのユーザーの割り当て"),
        words(
            "Assigns a user to an application for single sign-on.",
            "OktaにおけるSSO用にプロファイルを持たないユーザーをアプリに割り当てます。",
        ),
        Method::Post,
        "/api/v1/apps/{appId}/users",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, put(text("id").of("User").label("User ID").required(), To::Body("id")), put(text("Scope").of("User").choices(&SCOPES), To::Body("scope")), put(text("Username").of("Credentials"), To::Body("credentials.userName")), put(text("Password").of("Credentials"), To::Body("credentials.password.value"))])
    .outputs(&grouped("System Properties", APP_USER))
    .profile("Profile Properties")
    .unconfirmed(),
    action(
        "okta:assignUserToApplicationForSSOAndProvisioning",
        words("Assign User to Application for SSO and Provisioning", "SSOおよびプロビジョニング用のアプリケーションへのユーザーの割り当て"),
        words(
            "Assigns a user to an application for single sign-on and provisioning, with the attributes of the application.",
            "資格情報とアプリ固有のプロファイルを使用して、ユーザーをアプリに割り当てます。",
        ),
        Method::Post,
        "/api/v1/apps/{appId}/users",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, put(text("id").of("User").label("User ID").required(), To::Body("id")), put(text("Scope").of("User").choices(&SCOPES), To::Body("scope")), put(text("Username").of("Credentials"), To::Body("credentials.userName")), put(text("Password").of("Credentials"), To::Body("credentials.password.value")), PROFILE])
    .outputs(&grouped("System Properties", APP_USER))
    .profile("Profile Properties")
    .unconfirmed(),
    action(
        "okta:getAssignedUserForApplication",
        words("Get Assigned User for Application", "アプリケーションの割り当て済みユーザーの取得"),
        words(
            "Reads the assignment of a user to an application.",
            "IDによって、アプリの特定のユーザー割り当てを取得します。",
        ),
        Method::Get,
        "/api/v1/apps/{appId}/users/{userId}",
    )
    .notes(&[guidance::ASSIGNED_USER])
    .scopes(&["okta.apps.read"])
    .inputs(&[APPLICATION, APPLICATION_ID, USER_ID])
    .outputs(&grouped("System Properties", APP_USER))
    .profile("Profile Properties")
    .unconfirmed(),
    action(
        "okta:updateApplicationCredentialsForAssignedUser",
        words("Update Application Credentials for an Assigned User", "割り当てられたユーザーのアプリケーション資格情報の更新"),
        words(
            "Changes the user name and password that a user has in an application.",
            "アプリユーザーの資格情報を更新します。",
        ),
        Method::Post,
        "/api/v1/apps/{appId}/users/{userId}",
    )
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, USER_ID, put(text("Username").of("Credentials"), To::Body("credentials.userName")), put(text("Password").of("Credentials"), To::Body("credentials.password.value"))])
    .outputs(&grouped("System Properties", APP_USER))
    .profile("Profile Properties")
    .several(changes)
    .repeatable()
    .unconfirmed(),
    action(
        "okta:updateApplicationProfileForAssignedUser",
        words("Update Application Profile for an Assigned User", "割り当てられたユーザーのアプリケーションプロファイルの更新"),
        words(
            "Changes the attributes that a user has in an application.",
            "アプリユーザーのプロファイルを更新します。",
        ),
        Method::Post,
        "/api/v1/apps/{appId}/users/{userId}",
    )
    .notes(&[guidance::UPDATE_APP_PROFILE])
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, USER_ID, put(text("Username").of("Credentials"), To::Body("credentials.userName")), put(text("Password").of("Credentials"), To::Body("credentials.password.value")), PROFILE])
    .outputs(&grouped("System Properties", APP_USER))
    .profile("Profile Properties")
    .several(changes)
    .repeatable()
    .unconfirmed(),
    action(
        "okta:removeUserFromApplication",
        words("Remove User from Application", "アプリケーションからのユーザーの削除"),
        words(
            "Takes the assignment to an application away from a user.",
            "アプリケーションからユーザーを削除します。",
        ),
        Method::Delete,
        "/api/v1/apps/{appId}/users/{userId}",
    )
    .notes(&[guidance::REMOVE_APP_USER])
    .scopes(&["okta.apps.manage"])
    .inputs(&[APPLICATION, APPLICATION_ID, USER_ID, put(boolean("Send Email?").of("User"), To::Query("sendEmail"))])
    .outputs(&[status("Result", "status", "Status")])
    .unconfirmed(),
    action(
        "okta:listUsersAssignedToApplication",
        words("List Users Assigned to Application", "アプリケーションに割り当てられたユーザーの一覧表示"),
        words(
            "Lists the users that are assigned to an application.",
            "アプリに割り当てられているすべてのユーザーを一覧表示します。",
        ),
        Method::Get,
        "/api/v1/apps/{appId}/users",
    )
    .notes(&[guidance::LIST_500])
    .scopes(&["okta.apps.read"])
    .inputs(&[APPLICATION, put(text("resultSet").label("Result Set").option().choices(&[pick("First 500 Records"), pick("Stream Records")]).starts_as("\"First 500 Records\""), To::Nowhere), APPLICATION_ID, STREAM_FLOW, LIST_LIMIT])
    .list(List::new("Result", "Users", &ASSIGNED, &keys(ASSIGNED)).page(500)),
];

/// Okta takes either credentials or a profile in one call, so that a card with both makes two.
fn changes(action: &Action, args: &Args) -> Result<Vec<HttpRequest>, CardError> {
    let request = request(action, args)?;
    let mut given = match request.body.clone() {
        Some(Json::Object(given)) => given,
        _ => Map::new(),
    };
    let changes: Vec<HttpRequest> = ["credentials", "profile"]
        .into_iter()
        .filter_map(|key| given.remove_entry(key))
        .map(|change| HttpRequest {
            body: Some(Json::Object(Map::from_iter([change]))),
            ..request.clone()
        })
        .collect();
    if changes.is_empty() {
        return Err(nothing_to_change());
    }
    Ok(changes)
}
