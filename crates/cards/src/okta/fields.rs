//! Fields and records that several actions share, with the keys that exported flows use.

use flow::Lookup;

use super::declare::{
    Put, Take, To, date_at, exists, keys, nested, number_at, object_at, objects_at, put, text_at,
    texts_at, whole,
};
use crate::declare::{Field, Key, Pick, flow_field, number, pick, text};

/// Key of the option that says how much of a list a card gives.
pub(super) const RESULT_SET_KEY: &str = "resultSet";

pub(super) static MATCHING: [Pick; 3] = [
    pick("First Matching Record"),
    pick("First 200 Matching Records"),
    pick("Stream Matching Records"),
];
pub(super) static RECORDS: [Pick; 2] = [pick("First 200 Records"), pick("Stream Records")];
pub(super) static YES_NO: [Pick; 2] = [pick("Yes"), pick("No")];

const RESULT_SET: Field = text(RESULT_SET_KEY).label("Result Set").option();

/// Result Set of a search.
pub(super) const MATCHING_SET: Put = put(
    RESULT_SET
        .choices(&MATCHING)
        .starts_as("\"First 200 Matching Records\""),
    To::Nowhere,
);
/// Result Set of a list.
pub(super) const RECORD_SET: Put = put(
    RESULT_SET
        .choices(&RECORDS)
        .starts_as("\"First 200 Records\""),
    To::Nowhere,
);
/// The helper flow of a stream.
pub(super) const STREAM_FLOW: Put = put(
    flow_field("Flow").of("Streaming").label("Flow").more(),
    To::Nowhere,
);
/// Record Limit of a search.
pub(super) const SEARCH_LIMIT: Put = put(
    number("Limit")
        .of("Search Criteria")
        .label("Record Limit")
        .more(),
    To::Nowhere,
);
/// Record Limit of a list.
pub(super) const LIST_LIMIT: Put = put(
    number("Limit")
        .of("List Criteria")
        .label("Record Limit")
        .more(),
    To::Nowhere,
);

/// The user of a call, by id or login.
pub(super) const USER_ID_OR_LOGIN: Put = put(
    text("id").of("User").label("ID or Login").required(),
    To::Path("id"),
);
/// The application that is chosen while designing.
pub(super) const APPLICATION: Put = put(
    text("application")
        .label("Application")
        .option()
        .lookup(Lookup::Apps),
    To::Path("appId"),
);
/// The application that is decided at run time.
pub(super) const APPLICATION_ID: Put = put(
    text("applicationID").of("Application").label("ID").more(),
    To::Path("appId"),
);
/// The user of an application or a group.
pub(super) const USER_ID: Put = put(
    text("id").of("User").label("User ID").required(),
    To::Path("userId"),
);

pub(super) const PROVIDER: [Take; 2] = [
    text_at("Name", "credentials.provider.name"),
    text_at("Type", "credentials.provider.type"),
];
pub(super) const PROVIDER_KEYS: &[Key] = &keys(PROVIDER);
const CREDENTIALS: [Take; 4] = [
    objects_at("Emails", "credentials.emails"),
    exists("Password", "credentials.password"),
    text_at(
        "Recovery Question",
        "credentials.recovery_question.question",
    ),
    nested("Provider", &PROVIDER, PROVIDER_KEYS),
];

/// What is known about a user beside the profile.
pub(super) const USER_SYSTEM: [Take; 9] = [
    text_at("ID", "id"),
    text_at("Status", "status"),
    text_at("Created", "created").more(),
    text_at("Activated", "activated").more(),
    text_at("Status Changed", "statusChanged").more(),
    text_at("Last Login", "lastLogin").more(),
    text_at("Last Updated", "lastUpdated").more(),
    text_at("Password Changed", "passwordChanged").more(),
    nested("Credentials", &CREDENTIALS, &keys(CREDENTIALS)).more(),
];

/// A user in a list.
pub(super) const USER_RECORD: [Take; 15] = [
    whole("Raw Output"),
    text_at("ID", "id"),
    text_at("Status", "status"),
    text_at("Created", "created"),
    text_at("Activated", "activated"),
    text_at("Status Changed", "statusChanged"),
    text_at("Last Login", "lastLogin"),
    text_at("Last Updated", "lastUpdated"),
    text_at("Password Changed", "passwordChanged"),
    text_at("First Name", "profile.firstName"),
    text_at("Last Name", "profile.lastName"),
    text_at("Mobile Phone", "profile.mobilePhone"),
    text_at("Second Email", "profile.secondEmail"),
    text_at("Login", "profile.login"),
    text_at("Email", "profile.email"),
];
pub(super) const USER_KEYS: &[Key] = &keys(USER_RECORD);

const GROUP_PROFILE: [Take; 2] = [
    text_at("Name", "profile.name"),
    text_at("Description", "profile.description"),
];

/// A group in a list.
pub(super) const GROUP_RECORD: [Take; 8] = [
    text_at("ID", "id"),
    text_at("Created", "created"),
    text_at("Last Updated", "lastUpdated"),
    text_at("Last Membership Updated", "lastMembershipUpdated"),
    texts_at("Object Class", "objectClass"),
    text_at("Type", "type"),
    nested("Profile", &GROUP_PROFILE, &keys(GROUP_PROFILE)),
    whole("Raw Object"),
];
pub(super) const GROUP_KEYS: &[Key] = &keys(GROUP_RECORD);

/// A group.
pub(super) const GROUP: [Take; 8] = [
    text_at("ID", "id"),
    date_at("Created", "created").more(),
    date_at("Last Updated", "lastUpdated").more(),
    date_at("Last Membership Updated", "lastMembershipUpdated").more(),
    texts_at("Object Class", "objectClass").more(),
    text_at("Type", "type"),
    nested("Profile", &GROUP_PROFILE, &keys(GROUP_PROFILE)),
    object_at("Links", "_links").more(),
];

/// An application.
pub(super) const APP_RECORD: [Take; 9] = [
    text_at("ID", "id"),
    text_at("Name", "name"),
    text_at("Label", "label"),
    text_at("Status", "status"),
    date_at("Created", "created"),
    date_at("Last Updated", "lastUpdated"),
    text_at("Sign On Mode", "signOnMode"),
    texts_at("Features", "features"),
    object_at("Settings", "settings"),
];
pub(super) const APP_KEYS: &[Key] = &keys(APP_RECORD);

/// The assignment of a group to an application.
pub(super) const APP_GROUP: [Take; 5] = [
    text_at("ID", "id"),
    date_at("Last Updated", "lastUpdated"),
    number_at("Priority", "priority"),
    object_at("Links", "_links"),
    object_at("Profile", "profile"),
];
pub(super) const APP_GROUP_KEYS: &[Key] = &keys(APP_GROUP);

const APP_CREDENTIALS: [Take; 2] = [
    text_at("Username", "credentials.userName"),
    exists("Password", "credentials.password"),
];

/// The assignment of a user to an application.
pub(super) const APP_USER: [Take; 11] = [
    text_at("User ID", "id"),
    text_at("External ID", "externalId"),
    text_at("Created", "created"),
    text_at("Last Updated", "lastUpdated"),
    text_at("Scope", "scope"),
    text_at("Status", "status"),
    text_at("Status Changed", "statusChanged"),
    text_at("Password Changed", "passwordChanged"),
    text_at("Sync State", "syncState"),
    text_at("Last Sync", "lastSync"),
    nested("Credentials", &APP_CREDENTIALS, &keys(APP_CREDENTIALS)),
];
pub(super) const APP_USER_KEYS: &[Key] = &keys(APP_USER);
