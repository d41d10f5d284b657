//! Users: their life and their sign-in.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "user";

pub(super) static EVENTS: [Event; 18] = [
    event(
        "okta:userReportedSuspiciousActivityBeta",
        words("Suspicious Activity Reported", "疑わしいアクティビティの報告"),
        words(
            "Starts when a user reports activity on their account that they do not recognize.",
            "Oktaの疑わしいアクティビティが報告されるとフローをトリガーします。",
        ),
        &["user.account.report_suspicious_activity_by_enduser"],
        &shapes::REPORT,
    ),
    event(
        "okta:userAccountLocked",
        words("User Account Locked", "ユーザーアカウントのロック"),
        words(
            "Starts when the account of a user is locked.",
            "Oktaでユーザーアカウントが自動的にロックされるとフローをトリガーします。",
        ),
        &["user.account.lock"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userAccountUnlocked",
        words("User Account Unlocked", "ユーザーアカウントのロック解除"),
        words(
            "Starts when the account of a user is unlocked.",
            "Oktaでユーザーアカウントが自動的にロック解除されるとフローをトリガーします。",
        ),
        &["user.account.unlock"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userActivated",
        words("User Activated", "ユーザーのアクティブ化"),
        words(
            "Starts when a user is activated.",
            "Oktaでユーザーがアクティブ化されるとフローをトリガーします。",
        ),
        &["user.lifecycle.activate"],
        &shapes::ADMIN_AND_OKTA_USER,
    ),
    event(
        "okta:userCreated",
        words("User Created", "ユーザーの作成"),
        words(
            "Starts when a user is created.",
            "Oktaでユーザーが作成されるとフローをトリガーします。",
        ),
        &["user.lifecycle.create"],
        &shapes::ADMIN_AND_OKTA_USER,
    ),
    event(
        "okta:userDeactivated",
        words("User Deactivated", "ユーザーの非アクティブ化"),
        words(
            "Starts when a user is deactivated.",
            "Oktaでユーザーが非アクティブ化されるとフローをトリガーします。",
        ),
        &["user.lifecycle.deactivate"],
        &shapes::ADMIN_AND_OKTA_USER,
    ),
    event(
        "okta:userDeleted",
        words("User Deleted", "ユーザーの削除"),
        words(
            "Starts when a user is deleted.",
            "Oktaでユーザーが削除されるとフローをトリガーします。",
        ),
        &["user.lifecycle.delete.initiated"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userPrivilegeGranted",
        words("User Privilege Granted", "ユーザー特権の付与"),
        words(
            "Starts when administrator rights are given to a user.",
            "Oktaでユーザーに管理者特権が付与されるとフローをトリガーします。",
        ),
        &["user.account.privilege.grant"],
        &shapes::ACTOR_AND_USER,
    )
    .unconfirmed(),
    event(
        "okta:userPrivilegeRevoked",
        words("User Privilege Revoked", "ユーザー特権の無効化"),
        words(
            "Starts when administrator rights are taken from a user.",
            "Oktaでユーザーの管理者特権が無効化されるとフローをトリガーします。",
        ),
        &["user.account.privilege.revoke"],
        &shapes::ACTOR_AND_USER,
    )
    .unconfirmed(),
    event(
        "okta:userOktaPasswordResetByAnAdmin",
        words("User Okta Password Reset by an Admin", "管理者によるユーザーのOktaパスワードのリセット"),
        words(
            "Starts when an administrator resets the Okta password of a user.",
            "Okta管理者によってユーザーのOktaパスワードがリセットされたときにフローをトリガーします。",
        ),
        &["user.account.reset_password"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:oktaUserPasswordUpdated",
        words("User Okta Password Updated", "ユーザーのOktaパスワードの更新"),
        words(
            "Starts when the Okta password of a user changes.",
            "ユーザーのOktaパスワードが更新されたときにフローをトリガーします。",
        ),
        &["user.account.update_password"],
        &shapes::ACTOR_AND_OKTA_USER,
    ),
    event(
        "okta:oktaUserProfileUpdated",
        words("User Okta Profile Updated", "ユーザーのOktaプロファイルの更新"),
        words(
            "Starts when the Okta profile of a user changes.",
            "ユーザーのOktaプロファイルが更新されたときにフローをトリガーします。",
        ),
        &["user.account.update_profile"],
        &shapes::PROFILE_UPDATE,
    ),
    event(
        "okta:userPasswordImported",
        words("User Password Imported", "ユーザーパスワードのインポート"),
        words(
            "Starts when the password of a user is imported.",
            "Oktaでユーザーパスワードがインポートされるとフローをトリガーします。",
        ),
        &["user.import.password"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userReactivated",
        words("User Reactivated", "ユーザーの再アクティブ化"),
        words(
            "Starts when a user is reactivated.",
            "Oktaでユーザーが再アクティブ化されるとフローをトリガーします。",
        ),
        &["user.lifecycle.reactivate"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userSignedInAttempt",
        words("User Signed In Attempt", "ユーザーのサインイン試行"),
        words(
            "Starts when someone tries to sign in to Okta, whether or not it works.",
            "ユーザーがOktaにサインインするとフローをトリガーします。",
        ),
        &["user.session.start"],
        &shapes::ACTOR,
    )
    .unconfirmed(),
    event(
        "okta:userSignedOut",
        words("User Signed Out", "ユーザーのサインアウト"),
        words(
            "Starts when a user signs out of Okta.",
            "ユーザーがOktaからサインアウトするとフローをトリガーします。",
        ),
        &["user.session.end"],
        &shapes::ACTOR,
    )
    .unconfirmed(),
    event(
        "okta:userSuspended",
        words("User Suspended", "ユーザーの一時停止"),
        words(
            "Starts when a user is suspended.",
            "Oktaでユーザーが一時停止されるとフローをトリガーします。",
        ),
        &["user.lifecycle.suspend"],
        &shapes::ADMIN_AND_OKTA_USER,
    ),
    event(
        "okta:userUnsuspended",
        words("User Unsuspended", "ユーザーの一時停止の解除"),
        words(
            "Starts when the suspension of a user is lifted.",
            "Oktaでユーザーの一時停止が解除されるとフローをトリガーします。",
        ),
        &["user.lifecycle.unsuspend"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
];
