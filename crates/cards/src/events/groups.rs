//! Groups and their members.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "users";

pub(super) static EVENTS: [Event; 8] = [
    event(
        "okta:groupCreated",
        words("Group Created", "グループの作成"),
        words(
            "Starts when a group is created.",
            "Oktaでグループが正しく作成されるとフローをトリガーします。",
        ),
        &["group.lifecycle.create"],
        &shapes::ACTOR_AND_GROUP,
    )
    .unconfirmed(),
    event(
        "okta:groupDeleted",
        words("Group Deleted", "グループの削除"),
        words(
            "Starts when a group is deleted.",
            "Oktaのグループが正しく削除されるとフローをトリガーします。",
        ),
        &["group.lifecycle.delete"],
        &shapes::ACTOR_AND_GROUP,
    ),
    event(
        "okta:groupPrivilegeGranted",
        words("Group Privilege Granted", "グループ特権の付与"),
        words(
            "Starts when administrator rights are given to a group.",
            "Oktaでグループ管理者特権が付与されるとフローをトリガーします。",
        ),
        &["group.privilege.grant"],
        &shapes::ACTOR_AND_GROUP,
    )
    .unconfirmed(),
    event(
        "okta:groupPrivilegeRevoked",
        words("Group Privilege Revoked", "グループ特権の無効化"),
        words(
            "Starts when administrator rights are taken from a group.",
            "Oktaでグループ管理者特権が無効化されるとフローをトリガーします。",
        ),
        &["group.privilege.revoke"],
        &shapes::ACTOR_AND_GROUP,
    )
    .unconfirmed(),
    event(
        "okta:groupProfileUpdated",
        words("Group Profile Updated", "グループプロファイルの更新"),
        words(
            "Starts when the name, the description or another attribute of a group changes.",
            "Oktaグループプロファイルが更新されるとフローをトリガーします。",
        ),
        &["group.profile.update"],
        &shapes::CHANGED_ATTRIBUTES_ACTOR_GROUP,
    ),
    event(
        "okta:groupPushFailed",
        words("Group Push Failed", "グループプッシュの失敗"),
        words(
            "Starts when pushing a group to an application fails.",
            "Oktaでグループプッシュが失敗すると、フローをトリガーします。",
        ),
        &["application.provision.group_push.mapping.update.or.delete.failed.with.error"],
        &shapes::ACTOR_OKTA_APPLICATION_GROUP_GROUP_PUSH_MAPPING,
    )
    .unconfirmed(),
    event(
        "okta:userAddedToGroupMembership",
        words("User Added to Group", "グループへのユーザーの追加"),
        words(
            "Starts when a user becomes a member of a group.",
            "Oktaでグループにユーザーが割り当てられるとフローをトリガーします。",
        ),
        &["group.user_membership.add"],
        &shapes::ADMIN_OKTA_USER_GROUP,
    ),
    event(
        "okta:userRemovedFromGroupMembership",
        words("User Removed from Group", "グループからのユーザーの削除"),
        words(
            "Starts when a user is no longer a member of a group.",
            "Oktaのグループからユーザーが削除されるとフローをトリガーします。",
        ),
        &["group.user_membership.remove"],
        &shapes::ADMIN_OKTA_USER_GROUP,
    ),
];
