//! Applications, their users and their imports.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "app-window";

pub(super) static EVENTS: [Event; 14] = [
    event(
        "okta:applicationActivated",
        words("Application Activated", "アプリケーションのアクティブ化"),
        words(
            "Starts when an application is activated.",
            "Oktaでアプリケーションがアクティブ化されるとフローをトリガーします。",
        ),
        &["application.lifecycle.activate"],
        &shapes::ADMIN_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:applicationCreated",
        words("Application Created", "アプリケーションの作成"),
        words(
            "Starts when an application is added to the org.",
            "Oktaでアプリケーションが作成されるとフローをトリガーします。",
        ),
        &["application.lifecycle.create"],
        &shapes::ADMIN_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:applicationDeactivated",
        words("Application Deactivated", "アプリケーションの非アクティブ化"),
        words(
            "Starts when an application is deactivated.",
            "Oktaでアプリケーションが非アクティブ化されるとフローをトリガーします。",
        ),
        &["application.lifecycle.deactivate"],
        &shapes::ADMIN_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:applicationDeleted",
        words("Application Deleted", "アプリケーションの削除"),
        words(
            "Starts when an application is deleted from the org.",
            "Oktaのアプリケーションが削除されるとフローをトリガーします。",
        ),
        &["application.lifecycle.delete"],
        &shapes::ADMIN_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:applicationUpdated",
        words("Application Updated", "アプリケーションの更新"),
        words(
            "Starts when the settings of an application change.",
            "Oktaのアプリケーションが更新されるとフローをトリガーします。",
        ),
        &["application.lifecycle.update"],
        &shapes::ADMIN_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:importGroupCreated",
        words("Import Group Created", "インポートグループの作成"),
        words(
            "Starts when an import creates a group.",
            "Oktaでインポートプロセスによってグループが作成されるとフローをトリガーします。",
        ),
        &["system.import.group.create"],
        &shapes::ADMIN_APPLICATION_GROUP,
    )
    .unconfirmed(),
    event(
        "okta:importGroupDeleted",
        words("Import Group Deleted", "インポートグループの削除"),
        words(
            "Starts when an import deletes a group.",
            "Oktaでインポートプロセスによってグループが削除されたときにフローをトリガーします。",
        ),
        &["system.import.group.delete"],
        &shapes::ADMIN_APPLICATION_GROUP,
    )
    .unconfirmed(),
    event(
        "okta:importProcessCompleted",
        words("Import Process Completed", "インポート処理の完了"),
        words(
            "Starts when an import from an application or a directory is complete.",
            "Oktaでインポート処理が完了したときにフローをトリガーします。",
        ),
        &["system.import.complete"],
        &shapes::ACTOR_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:importRoadblock",
        words("Import Roadblock", "インポート障害"),
        words(
            "Starts when an import stops at its safeguard because it would unassign too many users.",
            "Oktaでユーザーのインポート中に、未割り当てアプリケーションの割合が指定のセーフガードしきい値を超えるとフローをトリガーします。",
        ),
        &["system.import.roadblock"],
        &shapes::ACTOR_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:importStarted",
        words("Import Started", "インポートの開始"),
        words(
            "Starts when an import from an application or a directory starts.",
            "Oktaでインポート処理が開始されるとフローをトリガーします。",
        ),
        &["system.import.start"],
        &shapes::ACTOR_AND_APPLICATION,
    )
    .unconfirmed(),
    event(
        "okta:userAppPasswordChanged",
        words("User App Password Changed", "ユーザーのアプリパスワードの変更"),
        words(
            "Starts when the password of a user for an application changes.",
            "ユーザーのアプリパスワードが変更されるとフローをトリガーします。",
        ),
        &["application.user_membership.change_password"],
        &shapes::ADMIN_OKTA_USER_APPLICATION_USER_APPLICATION,
    )
    .narrowed_to_an_app()
    .unconfirmed(),
    event(
        "okta:userAddedToApplicationMembership",
        words("User Assigned to Application", "アプリケーションへのユーザーの割り当て"),
        words(
            "Starts when a user is assigned to an application.",
            "Oktaでアプリケーションにユーザーが割り当てられるとフローをトリガーします。",
        ),
        &["application.user_membership.add"],
        &shapes::ADMIN_OKTA_USER_APPLICATION_USER_APPLICATION,
    )
    .narrowed_to_an_app(),
    event(
        "okta:syncUserInExternalApplication",
        words("User Synced in External Application", "外部アプリケーションでのユーザーの同期"),
        words(
            "Starts when a user is synchronized with an outside application.",
            "管理者が外部アプリケーションのユーザーをOktaに同期するとフローをトリガーします。",
        ),
        &["application.provision.user.sync"],
        &shapes::ADMIN_OKTA_USER_APPLICATION_USER_APPLICATION,
    )
    .narrowed_to_an_app()
    .unconfirmed(),
    event(
        "okta:userRemovedFromApplicationMembership",
        words("User Unassigned from Application", "アプリケーションのユーザー割り当て解除"),
        words(
            "Starts when a user is no longer assigned to an application.",
            "Oktaでユーザーがアプリケーションから割り当てが解除されるとフローをトリガーします。",
        ),
        &["application.user_membership.remove"],
        &shapes::ADMIN_OKTA_USER_APPLICATION_USER_APPLICATION,
    )
    .narrowed_to_an_app()
    .unconfirmed(),
];
