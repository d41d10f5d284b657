//! Linked objects: relations between users, such as manager and report.

use super::declare::{Action, List, Take, To, action, keys, last_segment, put, status, text_at};
use super::guidance;
use crate::declare::{text, words};
use crate::web::Method;

const ASSOCIATED: [Take; 2] = [
    last_segment("ID", "_links.self.href"),
    text_at("Self Link", "_links.self.href"),
];

pub(super) static ACTIONS: [Action; 4] = [
    action(
        "okta:setLinkedObjectValueForPrimary",
        words("Set Linked Object Value for Primary", "プライマリ用のリンクされたオブジェクト値の設定"),
        words(
            "Links a user to a primary user, for instance to a manager. An earlier link is replaced.",
            "Oktaのプライマリー名によって指定された関係に対して、IDによって指定された関連ユーザーとプライマリーユーザーを設定します。",
        ),
        Method::Put,
        "/api/v1/users/{userId}/linkedObjects/{relationship}/{primaryUserId}",
    )
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("primaryName").label("Primary Name").option(), To::Path("relationship")), put(text("primaryName").of("Linked Object").label("Primary Name").more(), To::Path("relationship")), put(text("primaryUserId").of("User").label("Primary User ID").required(), To::Path("primaryUserId")), put(text("associatedUserId").of("User").label("Associated User ID").required(), To::Path("userId"))])
    .outputs(&[status("Result", "statusCode", "Status Code")])
    .unconfirmed(),
    action(
        "okta:deleteLinkedObjectValue",
        words("Delete Linked Object Value", "リンクされたオブジェクト値の削除"),
        words(
            "Removes the link of a user to a primary user.",
            "Oktaで、IDで指定された関連ユーザーとプライマリ名で指定された関係について、その関連ユーザーとプライマリユーザーの間に存在するすべての関係を削除します。",
        ),
        Method::Delete,
        "/api/v1/users/{userId}/linkedObjects/{relationship}",
    )
    .notes(&[guidance::DELETE_LINK])
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("primaryName").label("Primary Name").option(), To::Path("relationship")), put(text("primaryName").of("Linked Object").label("Primary Name").more(), To::Path("relationship")), put(text("associatedUserId").of("User").label("Associated User ID").required(), To::Path("userId"))])
    .outputs(&[status("Result", "statusCode", "Status Code")])
    .unconfirmed(),
    action(
        "okta:getPrimaryLinkedObjectValue",
        words("Get Primary Linked Object Value", "プライマリのリンクされたオブジェクト値の取得"),
        words(
            "Gives the primary user that a user is linked to, for instance the manager.",
            "関連ユーザーの指定されたIDについて、Oktaでのプライマリ名との関係によって定義されるプライマリユーザーIDとセルフリンクを返します。",
        ),
        Method::Get,
        "/api/v1/users/{userId}/linkedObjects/{relationship}",
    )
    .notes(&[guidance::NO_LINK])
    .scopes(&["okta.users.read"])
    .inputs(&[put(text("primaryName").label("Primary Name").option(), To::Path("relationship")), put(text("primaryName").of("Linked Object").label("Primary Name").more(), To::Path("relationship")), put(text("associatedUserId").of("User").label("Associated User ID").required(), To::Path("userId"))])
    .outputs(&[last_segment("Primary User ID", "0._links.self.href").of("Result"), text_at("Self Link", "0._links.self.href").of("Result")])
    .unconfirmed(),
    action(
        "okta:getAssociatedLinkedObjectValues",
        words("Get Associated Linked Object Values", "関連するリンクされたオブジェクト値の取得"),
        words(
            "Lists the users that are linked to a primary user, for instance the reports of a manager.",
            "Oktaで、指定されたIDについて、プライマリユーザーと関連名の間の関係に基づいて関連ユーザーIDとセルフリンクのリストを返します。",
        ),
        Method::Get,
        "/api/v1/users/{userId}/linkedObjects/{relationship}",
    )
    .scopes(&["okta.users.read"])
    .inputs(&[put(text("associatedName").label("Associated Name").option(), To::Path("relationship")), put(text("associatedName").of("Linked Object").label("Associated Name").more(), To::Path("relationship")), put(text("primaryUserId").of("User").label("Primary User ID").required(), To::Path("userId"))])
    .list(List::new("Result", "Associated Users", &ASSOCIATED, &keys(ASSOCIATED)).page(0))
    .unconfirmed(),
];
