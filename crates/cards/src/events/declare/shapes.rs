//! The shapes of events: the fields of their own, and the shapes made of them.

use super::{
    DEVICE_KEYS, ENDPOINT_KEYS, ENTITY, HEAD, POLICY_KEYS, Part, Shape, Source, TAIL, TARGET_KEYS,
    around,
};
use crate::declare::{Key, object, shape, text};

const fn entity(key: &'static str, keys: &'static [Key], source: Source) -> Part {
    Part {
        field: shape(key, keys).of("Output"),
        source,
    }
}

const fn text_at(key: &'static str, path: &'static [&'static str]) -> Part {
    Part {
        field: text(key).of("Output"),
        source: Source::Path(path),
    }
}

const fn object_at(key: &'static str, path: &'static [&'static str]) -> Part {
    Part {
        field: object(key).of("Output"),
        source: Source::Path(path),
    }
}

const ACTOR_PART: Part = entity("Actor", &ENTITY, Source::Actor);
const ADMIN_PART: Part = entity("Admin", &ENTITY, Source::Actor);
const REVIEW_ITEM_PART: Part = entity("Review Item", &ENTITY, Source::TargetOrFirst(&[]));
const ACCESS_REQUEST_PART: Part = entity("Access Request", &ENTITY, Source::TargetOrFirst(&[]));
const TOKEN_PART: Part = entity("Token", &ENTITY, Source::TargetOrFirst(&["Token"]));
const APPLICATION_PART: Part = entity("Application", &ENTITY, Source::Target(&["AppInstance"]));
const AUTHENTICATOR_PART: Part = entity(
    "Authenticator",
    &ENTITY,
    Source::TargetOrFirst(&["Authenticator"]),
);
const DEVICE_PART: Part = entity(
    "Device",
    &DEVICE_KEYS,
    Source::Target(&["Device", "UDDevice"]),
);
const GROUP_PART: Part = entity("Group", &ENTITY, Source::Target(&["UserGroup"]));
const OKTA_APPLICATION_PART: Part = entity(
    "Okta Application",
    &ENTITY,
    Source::Target(&["AppInstance"]),
);
const GROUP_PUSH_MAPPING_PART: Part = entity("Group Push Mapping", &ENTITY, Source::Other);
const POLICY_PART: Part = entity("Policy", &POLICY_KEYS, Source::Target(&["PolicyEntity"]));
const OKTA_USER_PART: Part = entity("Okta User", &ENTITY, Source::Target(&["User"]));
const USER_PART: Part = entity("User", &ENTITY, Source::Target(&["User"]));
const PHONE_PART: Part = entity("Phone", &ENTITY, Source::Other);
const POLICY_RULE_PART: Part = entity("Policy Rule", &ENTITY, Source::Target(&["PolicyRule"]));
const TARGET_PART: Part = entity("Target", &TARGET_KEYS, Source::TargetOrFirst(&[]));
const ENDPOINT_PART: Part = entity("Endpoint", &ENDPOINT_KEYS, Source::TargetOrFirst(&[]));
const APPLICATION_USER_PART: Part =
    entity("Application User", &ENTITY, Source::Target(&["AppUser"]));
const CHANGED_ATTRIBUTES_PART: Part = text_at(
    "Changed Attributes",
    &["debugContext", "debugData", "changedAttributes"],
);
const NAME_PART: Part = text_at("Name", &["actor", "displayName"]);
const EMAIL_PART: Part = text_at("Email", &["actor", "alternateId"]);
const USER_ID_PART: Part = text_at("User ID", &["actor", "id"]);
const SUSPICIOUS_ACTIVITY_DETAILS_PART: Part = text_at(
    "Suspicious Activity Details",
    &["debugContext", "debugData"],
);
const REASON_PART: Part = text_at("Reason", &["outcome", "reason"]);
const LEGACY_EVENT_TYPE_PART: Part = text_at("Legacy Event Type", &["legacyEventType"]);
const SEVERITY_PART: Part = text_at("Severity", &["severity"]);
const RESULT_PART: Part = text_at("Result", &["outcome", "result"]);
const CLIENT_PART: Part = object_at("Client", &["client"]);
const TRANSACTION_PART: Part = object_at("Transaction", &["transaction"]);
const AUTHENTICATION_CONTEXT_PART: Part =
    object_at("Authentication Context", &["authenticationContext"]);
const SECURITY_CONTEXT_PART: Part = object_at("Security Context", &["securityContext"]);

pub(in super::super) static ACTOR_AND_REVIEW_ITEM: Shape = Shape {
    parts: &[ACTOR_PART, REVIEW_ITEM_PART],
    outputs: &around::<2, 15>([ACTOR_PART, REVIEW_ITEM_PART]),
};
pub(in super::super) static ADMIN_AND_ACCESS_REQUEST: Shape = Shape {
    parts: &[ADMIN_PART, ACCESS_REQUEST_PART],
    outputs: &around::<2, 15>([ADMIN_PART, ACCESS_REQUEST_PART]),
};
pub(in super::super) static ADMIN_AND_TOKEN: Shape = Shape {
    parts: &[ADMIN_PART, TOKEN_PART],
    outputs: &around::<2, 15>([ADMIN_PART, TOKEN_PART]),
};
pub(in super::super) static ADMIN_AND_APPLICATION: Shape = Shape {
    parts: &[ADMIN_PART, APPLICATION_PART],
    outputs: &around::<2, 15>([ADMIN_PART, APPLICATION_PART]),
};
pub(in super::super) static ADMIN_AND_AUTHENTICATOR: Shape = Shape {
    parts: &[ADMIN_PART, AUTHENTICATOR_PART],
    outputs: &around::<2, 15>([ADMIN_PART, AUTHENTICATOR_PART]),
};
pub(in super::super) static ACTOR_AND_DEVICE: Shape = Shape {
    parts: &[ACTOR_PART, DEVICE_PART],
    outputs: &around::<2, 15>([ACTOR_PART, DEVICE_PART]),
};
pub(in super::super) static ACTOR_AND_GROUP: Shape = Shape {
    parts: &[ACTOR_PART, GROUP_PART],
    outputs: &around::<2, 15>([ACTOR_PART, GROUP_PART]),
};
pub(in super::super) static CHANGED_ATTRIBUTES_ACTOR_GROUP: Shape = Shape {
    parts: &[CHANGED_ATTRIBUTES_PART, ACTOR_PART, GROUP_PART],
    outputs: &around::<3, 16>([CHANGED_ATTRIBUTES_PART, ACTOR_PART, GROUP_PART]),
};
pub(in super::super) static ACTOR_OKTA_APPLICATION_GROUP_GROUP_PUSH_MAPPING: Shape = Shape {
    parts: &[
        ACTOR_PART,
        OKTA_APPLICATION_PART,
        GROUP_PART,
        GROUP_PUSH_MAPPING_PART,
    ],
    outputs: &around::<4, 17>([
        ACTOR_PART,
        OKTA_APPLICATION_PART,
        GROUP_PART,
        GROUP_PUSH_MAPPING_PART,
    ]),
};
pub(in super::super) static ADMIN_APPLICATION_GROUP: Shape = Shape {
    parts: &[ADMIN_PART, APPLICATION_PART, GROUP_PART],
    outputs: &around::<3, 16>([ADMIN_PART, APPLICATION_PART, GROUP_PART]),
};
pub(in super::super) static ACTOR_AND_APPLICATION: Shape = Shape {
    parts: &[ACTOR_PART, APPLICATION_PART],
    outputs: &around::<2, 15>([ACTOR_PART, APPLICATION_PART]),
};
pub(in super::super) static ADMIN_AND_POLICY: Shape = Shape {
    parts: &[ADMIN_PART, POLICY_PART],
    outputs: &around::<2, 15>([ADMIN_PART, POLICY_PART]),
};
pub(in super::super) static ACTOR_OKTA_USER_PHONE: Shape = Shape {
    parts: &[ACTOR_PART, OKTA_USER_PART, PHONE_PART],
    outputs: &around::<3, 16>([ACTOR_PART, OKTA_USER_PART, PHONE_PART]),
};
pub(in super::super) static ADMIN_POLICY_POLICY_RULE: Shape = Shape {
    parts: &[ADMIN_PART, POLICY_PART, POLICY_RULE_PART],
    outputs: &around::<3, 16>([ADMIN_PART, POLICY_PART, POLICY_RULE_PART]),
};
pub(in super::super) static ACTOR_AND_TARGET: Shape = Shape {
    parts: &[ACTOR_PART, TARGET_PART],
    outputs: &around::<2, 15>([ACTOR_PART, TARGET_PART]),
};
pub(in super::super) static ACTOR_AND_ENDPOINT: Shape = Shape {
    parts: &[ACTOR_PART, ENDPOINT_PART],
    outputs: &around::<2, 15>([ACTOR_PART, ENDPOINT_PART]),
};
/// What a user reports has less around it than other events.
pub(in super::super) static REPORT: Shape = Shape {
    parts: &[
        NAME_PART,
        EMAIL_PART,
        USER_ID_PART,
        SUSPICIOUS_ACTIVITY_DETAILS_PART,
    ],
    outputs: &[
        HEAD[0],
        NAME_PART.field,
        EMAIL_PART.field,
        USER_ID_PART.field,
        SUSPICIOUS_ACTIVITY_DETAILS_PART.field,
        TAIL[1],
        TAIL[2],
        TAIL[3],
        TAIL[4],
        TAIL[5],
        TAIL[6],
    ],
};
pub(in super::super) static ADMIN_AND_OKTA_USER: Shape = Shape {
    parts: &[ADMIN_PART, OKTA_USER_PART],
    outputs: &around::<2, 15>([ADMIN_PART, OKTA_USER_PART]),
};
pub(in super::super) static ADMIN_OKTA_USER_GROUP: Shape = Shape {
    parts: &[ADMIN_PART, OKTA_USER_PART, GROUP_PART],
    outputs: &around::<3, 16>([ADMIN_PART, OKTA_USER_PART, GROUP_PART]),
};
pub(in super::super) static ADMIN_OKTA_USER_APPLICATION_USER_APPLICATION: Shape = Shape {
    parts: &[
        ADMIN_PART,
        OKTA_USER_PART,
        APPLICATION_USER_PART,
        APPLICATION_PART,
    ],
    outputs: &around::<4, 17>([
        ADMIN_PART,
        OKTA_USER_PART,
        APPLICATION_USER_PART,
        APPLICATION_PART,
    ]),
};
pub(in super::super) static ADMIN_OKTA_USER_REASON: Shape = Shape {
    parts: &[ADMIN_PART, OKTA_USER_PART, REASON_PART],
    outputs: &around::<3, 16>([ADMIN_PART, OKTA_USER_PART, REASON_PART]),
};
pub(in super::super) static ACTOR_AND_USER: Shape = Shape {
    parts: &[ACTOR_PART, USER_PART],
    outputs: &around::<2, 15>([ACTOR_PART, USER_PART]),
};
pub(in super::super) static ACTOR_AND_OKTA_USER: Shape = Shape {
    parts: &[ACTOR_PART, OKTA_USER_PART],
    outputs: &around::<2, 15>([ACTOR_PART, OKTA_USER_PART]),
};
/// What a change of a profile gives is in an order of its own.
pub(in super::super) static PROFILE_UPDATE: Shape = Shape {
    parts: &[
        LEGACY_EVENT_TYPE_PART,
        SEVERITY_PART,
        RESULT_PART,
        CHANGED_ATTRIBUTES_PART,
        ACTOR_PART,
        OKTA_USER_PART,
        CLIENT_PART,
        TRANSACTION_PART,
        AUTHENTICATION_CONTEXT_PART,
        SECURITY_CONTEXT_PART,
    ],
    outputs: &[
        HEAD[0],
        HEAD[1],
        HEAD[2],
        HEAD[3],
        LEGACY_EVENT_TYPE_PART.field,
        HEAD[4],
        HEAD[5],
        TAIL[0],
        SEVERITY_PART.field,
        RESULT_PART.field,
        CHANGED_ATTRIBUTES_PART.field,
        ACTOR_PART.field,
        OKTA_USER_PART.field,
        CLIENT_PART.field,
        TRANSACTION_PART.field,
        TAIL[4],
        AUTHENTICATION_CONTEXT_PART.field,
        SECURITY_CONTEXT_PART.field,
        TAIL[1],
        TAIL[2],
        TAIL[3],
        TAIL[5],
        TAIL[6],
    ],
};
pub(in super::super) static ACTOR: Shape = Shape {
    parts: &[ACTOR_PART],
    outputs: &around::<1, 14>([ACTOR_PART]),
};
