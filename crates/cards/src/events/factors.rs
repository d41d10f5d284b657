//! Factors, phones and authenticators.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "smartphone";

pub(super) static EVENTS: [Event; 10] = [
    event(
        "okta:authenticatorActivated",
        words("Authenticator Activated", "Authenticatorのアクティブ化"),
        words(
            "Starts when an authenticator is activated for the org.",
            "OktaのAuthenticatorがアクティブ化されるとフローをトリガーします。",
        ),
        &["security.authenticator.lifecycle.activate"],
        &shapes::ADMIN_AND_AUTHENTICATOR,
    )
    .unconfirmed(),
    event(
        "okta:authenticatorDeactivated",
        words("Authenticator Deactivated", "Authenticatorの非アクティブ化"),
        words(
            "Starts when an authenticator is deactivated for the org.",
            "OktaのAuthenticatorが非アクティブ化されるとフローをトリガーします。",
        ),
        &["security.authenticator.lifecycle.deactivate"],
        &shapes::ADMIN_AND_AUTHENTICATOR,
    )
    .unconfirmed(),
    event(
        "okta:phoneVerificationCallSent",
        words("Phone Verification Call Sent", "電話検証通話の送信"),
        words(
            "Starts when a user is called with a verification code.",
            "Oktaでユーザーがログインし、電話検証通話が送信されるとフローをトリガーします。",
        ),
        &["system.voice.send_phone_verification_call"],
        &shapes::ACTOR_OKTA_USER_PHONE,
    )
    .unconfirmed(),
    event(
        "okta:phoneVerificationSMSSent",
        words("Phone Verification SMS Sent", "電話検証SMSの送信"),
        words(
            "Starts when a verification code is sent to a user by SMS.",
            "Oktaでユーザーがログインし、検証SMSが送信されるとフローをトリガーします。",
        ),
        &["system.sms.send_phone_verification_message"],
        &shapes::ACTOR_OKTA_USER_PHONE,
    )
    .unconfirmed(),
    event(
        "okta:userMFA",
        words("User MFA", "ユーザーMFA"),
        words(
            "Starts when a user proves their identity with a further factor.",
            "ユーザーが多要素認証 (MFA) で認証されたときにフローをトリガーします。",
        ),
        &["user.authentication.auth_via_mfa"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userMFAFactorActivated",
        words("User MFA Factor Activated", "ユーザーのMFA要素のアクティブ化"),
        words(
            "Starts when a user enrolls a factor.",
            "ユーザーが新しい多要素認証 (MFA) 要素をアクティブ化するとフローをトリガーします。",
        ),
        &["user.mfa.factor.activate"],
        &shapes::ADMIN_OKTA_USER_REASON,
    )
    .unconfirmed(),
    event(
        "okta:userMFAFactorDeactivated",
        words("User MFA Factor Deactivated", "ユーザーのMFA要素の非アクティブ化"),
        words(
            "Starts when a factor of a user is removed.",
            "ユーザーが多要素認証 (MFA) 要素を非アクティブ化するとフローをトリガーします。",
        ),
        &["user.mfa.factor.deactivate"],
        &shapes::ADMIN_OKTA_USER_REASON,
    )
    .unconfirmed(),
    event(
        "okta:userMFAFactorResetAll",
        words("User MFA Factor Reset All", "ユーザーの全MFA要素のリセット"),
        words(
            "Starts when all factors of a user are reset.",
            "ユーザーの多要素認証(MFA)要素がすべてリセットされるとフローをトリガーします。",
        ),
        &["user.mfa.factor.reset_all"],
        &shapes::ADMIN_AND_OKTA_USER,
    )
    .unconfirmed(),
    event(
        "okta:userMFAFactorSuspended",
        words("User MFA Factor Suspended", "ユーザーのMFA要素の一時停止"),
        words(
            "Starts when a factor of a user is suspended.",
            "Oktaでユーザーが多要素認証 (MFA) 要素を一時停止するとフローをトリガーします。",
        ),
        &["user.mfa.factor.suspend"],
        &shapes::ADMIN_OKTA_USER_REASON,
    )
    .unconfirmed(),
    event(
        "okta:userMFAFactorUnsuspended",
        words("User MFA Factor Unsuspended", "ユーザーのMFA要素の一時停止解除"),
        words(
            "Starts when the suspension of a factor of a user is lifted.",
            "Oktaでユーザーが多要素認証 (MFA) 要素の一時停止を解除したときにフローをトリガーします。",
        ),
        &["user.mfa.factor.unsuspend"],
        &shapes::ADMIN_OKTA_USER_REASON,
    )
    .unconfirmed(),
];
