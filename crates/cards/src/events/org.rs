//! The org: tokens, rights, access governance, rate limits.

use super::declare::{Event, event, shapes};
use crate::declare::words;

pub(super) const ICON: &str = "building-2";

pub(super) static EVENTS: [Event; 8] = [
    event(
        "okta:accessCertificationDecisionSubmitted",
        words(
            "Access Certification Decision Submitted",
            "アクセス認定決定の送信",
        ),
        words(
            "Starts when a reviewer's decision about an item of an access certification is recorded.",
            "Oktaでリソースへのアクセスに関する決定が行われるとOktaフローをトリガーします。",
        ),
        &["certification.campaign.item.decide"],
        &shapes::ACTOR_AND_REVIEW_ITEM,
    ),
    event(
        "okta:accessRequestCreated",
        words("Access Request Created", "アクセスリクエストの作成"),
        words(
            "Starts when someone requests access.",
            "Oktaでアクセスリクエストが作成されたときにフローをトリガーします。",
        ),
        &["access.request.create"],
        &shapes::ADMIN_AND_ACCESS_REQUEST,
    )
    .unconfirmed(),
    event(
        "okta:accessRequestResolved",
        words("Access Request Resolved", "アクセスリクエストの解決"),
        words(
            "Starts when an access request is approved, denied or otherwise closed.",
            "Oktaでアクセスリクエストが解決されたときにフローをトリガーします。",
        ),
        &["access.request.resolve"],
        &shapes::ADMIN_AND_ACCESS_REQUEST,
    )
    .unconfirmed(),
    event(
        "okta:aPITokenCreated",
        words("API Token Created", "APIトークンの作成"),
        words(
            "Starts when an API token is created in the org.",
            "OktaのAPIトークンが作成されるとフローをトリガーします。",
        ),
        &["system.api_token.create"],
        &shapes::ADMIN_AND_TOKEN,
    )
    .unconfirmed(),
    event(
        "okta:aPITokenRevoked",
        words("API Token Revoked", "APIトークンの無効化"),
        words(
            "Starts when an API token of the org is revoked.",
            "OktaのAPIトークンが取り消されるとフローをトリガーします。",
        ),
        &["system.api_token.revoke"],
        &shapes::ADMIN_AND_TOKEN,
    )
    .unconfirmed(),
    event(
        "okta:oAuth2AppConsentGranted",
        words("OAuth2 App Consent Granted", "OAuth2アプリ同意の付与"),
        words(
            "Starts when consent is given to an OAuth 2.0 application.",
            "OktaのユーザーがOAuth2アプリに同意を付与したときにフローをトリガーします。",
        ),
        &["app.oauth2.as.consent.grant"],
        &shapes::ACTOR_AND_TARGET,
    )
    .unconfirmed(),
    event(
        "okta:orgRateLimitWarning",
        words("Org Rate Limit Warning", "組織レート制限警告"),
        words(
            "Starts when calls to an endpoint of the org come close to its rate limit.",
            "Oktaでorg規模のレート制限が最大制限値に近づくとフローをトリガーします。",
        ),
        &["system.org.rate_limit.warning"],
        &shapes::ACTOR_AND_ENDPOINT,
    )
    .unconfirmed(),
    event(
        "okta:orgRateLimitViolation",
        words("Org Rate Limit Violation", "組織レート制限違反"),
        words(
            "Starts when calls to an endpoint of the org exceed its rate limit.",
            "Oktaでorg規模のレート制限を超過するとフローをトリガーします。",
        ),
        &["system.org.rate_limit.violation"],
        &shapes::ACTOR_AND_ENDPOINT,
    )
    .unconfirmed(),
];
