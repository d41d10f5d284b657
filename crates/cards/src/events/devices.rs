//! Devices.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "monitor";

pub(super) static EVENTS: [Event; 7] = [
    event(
        "okta:deviceActivated",
        words("Device Activated", "デバイスのアクティブ化"),
        words(
            "Starts when a device is activated.",
            "Okta Verifyでデバイスがアクティブ化されるとフローをトリガーします。",
        ),
        &["device.lifecycle.activate"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
    event(
        "okta:deviceAddedToUser",
        words("Device Added to User", "ユーザーに追加されたデバイス"),
        words(
            "Starts when a device is linked to a user.",
            "Okta Verifyでユーザーにデバイスが追加されるとフローをトリガーします。",
        ),
        &["device.user.add"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
    event(
        "okta:deviceDeactivated",
        words("Device Deactivated", "デバイスの非アクティブ化"),
        words(
            "Starts when a device is deactivated.",
            "Okta Verifyでデバイスが非アクティブ化されるとフローをトリガーします。",
        ),
        &["device.lifecycle.deactivate"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
    event(
        "okta:deviceDeleted",
        words("Device Deleted", "デバイスの削除"),
        words(
            "Starts when a device is deleted.",
            "Okta Verifyからデバイスが削除されるとフローをトリガーします。",
        ),
        &["device.lifecycle.delete"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
    event(
        "okta:deviceEnrolled",
        words("Device Enrolled", "デバイスの登録"),
        words(
            "Starts when a device is enrolled.",
            "Okta Verifyで新しいデバイスが正しく登録されるとフローをトリガーします。",
        ),
        &["device.enrollment.create"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
    event(
        "okta:deviceSuspended",
        words("Device Suspended", "デバイスの一時停止"),
        words(
            "Starts when a device is suspended.",
            "Okta Verifyでデバイスが一時停止されるとフローをトリガーします。",
        ),
        &["device.lifecycle.suspend"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
    event(
        "okta:deviceUnsuspended",
        words("Device Unsuspended", "デバイスの一時停止解除"),
        words(
            "Starts when the suspension of a device is lifted.",
            "Okta Verifyでデバイスが一時停止を解除されるとフローをトリガーします。",
        ),
        &["device.lifecycle.unsuspend"],
        &shapes::ACTOR_AND_DEVICE,
    )
    .unconfirmed(),
];
