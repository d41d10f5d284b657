//! The life of a user: activating, suspending, deactivating, deleting, sessions and passwords.

use flow::{Args, CardError};

use super::declare::{Action, To, action, put, status, text_at};
use super::fields::{USER_ID_OR_LOGIN, YES_NO};
use super::guidance;
use super::send::{is_yes, request};
use crate::declare::{boolean, text, words};
use crate::read::flag_of;
use crate::web::{HttpRequest, Method};

pub(super) static ACTIONS: [Action; 7] = [
    action(
        "okta:activateUser",
        words("Activate User", "ユーザーのアクティブ化"),
        words(
            "Activates a user. The user gets an email when you choose so.",
            "IDまたはユーザー名によってOktaユーザーをアクティブ化します。",
        ),
        Method::Post,
        "/api/v1/users/{id}/lifecycle/activate",
    )
    .notes(&[guidance::ACTIVATE_USER])
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("sendEmail").label("Send Email?").option().choices(&YES_NO).starts_as("\"No\""), To::YesNo("sendEmail")), USER_ID_OR_LOGIN])
    .outputs(&[status("Response", "statusCode", "Status Code")])
    .repeatable(),
    action(
        "okta:deactivateUser",
        words("Deactivate User", "ユーザーの非アクティブ化"),
        words(
            "Deactivates a user, who loses access to all applications.",
            "Oktaでユーザーを非アクティブ化します。",
        ),
        Method::Post,
        "/api/v1/users/{id}/lifecycle/deactivate",
    )
    .notes(&[guidance::DEACTIVATE_USER])
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("sendEmail").label("Send Email?").option().choices(&YES_NO).starts_as("\"No\""), To::YesNo("sendEmail")), USER_ID_OR_LOGIN, put(boolean("asynchronousDeactivation").of("User").label("Asynchronous Deactivation").more(), To::Nowhere)])
    .outputs(&[status("Response", "statusCode", "Status Code")])
    .custom(deactivate)
    .repeatable(),
    action(
        "okta:suspendUser",
        words("Suspend User", "ユーザーの一時停止"),
        words(
            "Suspends an active user: nobody can sign in with the account until it is unsuspended.",
            "IDまたはユーザー名によってOktaユーザーを一時停止します。",
        ),
        Method::Post,
        "/api/v1/users/{id}/lifecycle/suspend",
    )
    .scopes(&["okta.users.manage"])
    .inputs(&[USER_ID_OR_LOGIN])
    .outputs(&[status("Response", "statusCode", "Status Code")])
    .repeatable(),
    action(
        "okta:unsuspendUser",
        words("Unsuspend User", "ユーザーの一時停止解除"),
        words(
            "Lifts the suspension of a user.",
            "IDまたはユーザー名によってOktaユーザーの一時停止を解除します。",
        ),
        Method::Post,
        "/api/v1/users/{id}/lifecycle/unsuspend",
    )
    .scopes(&["okta.users.manage"])
    .inputs(&[USER_ID_OR_LOGIN])
    .outputs(&[status("Response", "statusCode", "Status Code")])
    .repeatable()
    .unconfirmed(),
    action(
        "okta:resetPassword",
        words("Reset Password", "パスワードのリセット"),
        words(
            "Starts the reset of a password: Okta mails the user a link, or the card gives the link.",
            "Oktaでユーザーのパスワードをリセットします。",
        ),
        Method::Post,
        "/api/v1/users/{id}/lifecycle/reset_password",
    )
    .notes(&[guidance::RESET_PASSWORD])
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("convert").label("Convert to Federated User").option().choices(&YES_NO).starts_as("\"No\""), To::Nowhere), put(boolean("email").label("Send Email").option().starts_as("true"), To::Nowhere), put(text("userID").of("User").label("ID or Username").required(), To::Path("id"))])
    .outputs(&[status("Response", "Status Code", "Status Code"), text_at("URL", "resetPasswordUrl").of("Reset Password")])
    .custom(reset_password)
    .unconfirmed(),
    action(
        "okta:clearUserSessions",
        words("Clear User Sessions", "ユーザーセッションの削除"),
        words(
            "Ends all Okta sessions of a user, and revokes their OAuth tokens when you choose so.",
            "アクティブなすべてのIDプロバイダーセッションを削除します。",
        ),
        Method::Delete,
        "/api/v1/users/{userId}/sessions",
    )
    .notes(&[guidance::CLEAR_SESSIONS])
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("ID").of("User").required(), To::Path("userId")), put(boolean("Revoke oauthTokens?").of("User"), To::Query("oauthTokens"))])
    .outputs(&[status("Output", "Status Code", "Status Code")]),
    action(
        "okta:deleteUser",
        words("Delete User", "ユーザーの削除"),
        words(
            "Deletes a deactivated user for good.",
            "IDによって、非アクティブ化されたOktaユーザーを削除します。",
        ),
        Method::Delete,
        "/api/v1/users/{id}",
    )
    .notes(&[guidance::DELETE_USER])
    .scopes(&["okta.users.manage"])
    .inputs(&[put(text("ID").of("User").required(), To::Path("id")), put(boolean("Send Email?").of("User"), To::Query("sendEmail"))])
    .outputs(&[status("Output", "Status Code", "Status Code")])
    // The first call deactivates, and a second one deletes for good.
    .once(),
];

/// A deactivation can be answered before it is done.
fn deactivate(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let mut request = request(action, args)?;
    if flag_of(args, "User", "asynchronousDeactivation")? {
        request
            .headers
            .push(("prefer".into(), "respond-async".into()));
    }
    Ok(request)
}

/// The API insists on `sendEmail`. A user who becomes federated has no password, so no mail goes out.
fn reset_password(action: &Action, args: &Args) -> Result<HttpRequest, CardError> {
    let mut request = request(action, args)?;
    let federated = is_yes(&args.get("parameters", "convert").to_text());
    let mails = !federated && is_yes(&args.get("parameters", "email").to_text());
    if federated {
        request.query.push(("provider".into(), "FEDERATION".into()));
    }
    request.query.push(("sendEmail".into(), mails.to_string()));
    Ok(request)
}
