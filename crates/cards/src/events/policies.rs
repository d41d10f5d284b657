//! Policies and their rules.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "file-text";

pub(super) static EVENTS: [Event; 8] = [
    event(
        "okta:policyActivated",
        words("Policy Activated", "ポリシーのアクティブ化"),
        words(
            "Starts when a policy is activated.",
            "Oktaのポリシーがアクティブ化されるとフローをトリガーします。",
        ),
        &["policy.lifecycle.activate"],
        &shapes::ADMIN_AND_POLICY,
    )
    .unconfirmed(),
    event(
        "okta:policyDeactivated",
        words("Policy Deactivated", "非アクティブ化"),
        words(
            "Starts when a policy is deactivated.",
            "Oktaのポリシーが非アクティブ化されるとフローをトリガーします。",
        ),
        &["policy.lifecycle.deactivate"],
        &shapes::ADMIN_AND_POLICY,
    )
    .unconfirmed(),
    event(
        "okta:policyRuleActivated",
        words("Policy Rule Activated", "ポリシールールのアクティブ化"),
        words(
            "Starts when a rule of a policy is activated.",
            "Oktaでポリシールールがアクティブ化されるとフローをトリガーします。",
        ),
        &["policy.rule.activate"],
        &shapes::ADMIN_POLICY_POLICY_RULE,
    )
    .unconfirmed(),
    event(
        "okta:policyRuleAdded",
        words("Policy Rule Added", "ポリシールールの追加"),
        words(
            "Starts when a rule is added to a policy.",
            "Oktaでポリシールールが追加されるとフローをトリガーします。",
        ),
        &["policy.rule.add"],
        &shapes::ADMIN_POLICY_POLICY_RULE,
    )
    .unconfirmed(),
    event(
        "okta:policyRuleDeactivated",
        words("Policy Rule Deactivated", "ポリシールールの非アクティブ化"),
        words(
            "Starts when a rule of a policy is deactivated.",
            "Oktaでポリシールールが非アクティブ化されるとフローをトリガーします。",
        ),
        &["policy.rule.deactivate"],
        &shapes::ADMIN_POLICY_POLICY_RULE,
    )
    .unconfirmed(),
    event(
        "okta:policyRuleDeleted",
        words("Policy Rule Deleted", "ポリシールールの削除"),
        words(
            "Starts when a rule of a policy is deleted.",
            "Oktaのポリシールールが削除されるとフローをトリガーします。",
        ),
        &["policy.rule.delete"],
        &shapes::ADMIN_POLICY_POLICY_RULE,
    )
    .unconfirmed(),
    event(
        "okta:policyRuleUpdated",
        words("Policy Rule Updated", "ポリシールールの更新"),
        words(
            "Starts when a rule of a policy changes.",
            "Oktaでポリシールールが更新されるとフローをトリガーします。",
        ),
        &["policy.rule.update"],
        &shapes::ADMIN_POLICY_POLICY_RULE,
    )
    .unconfirmed(),
    event(
        "okta:policyUpdated",
        words("Policy Updated", "ポリシーの更新"),
        words(
            "Starts when a policy changes.",
            "Oktaでポリシールールが更新されるとフローをトリガーします。",
        ),
        &["policy.lifecycle.update"],
        &shapes::ADMIN_AND_POLICY,
    )
    .unconfirmed(),
];
