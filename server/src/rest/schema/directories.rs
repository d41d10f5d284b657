//! Directories, their mappings and their imports.

mod imports;
mod mapping;
mod people;
mod person;

use serde_json::{Value as Json, json};

use super::{
    Named, many, map, name, number_within, object, of, one_of, or_null, text, time, truth, whole,
    words,
};

pub(super) fn schemas() -> Named {
    let mut all = vec![
        ("Directory", directory()),
        ("SaveDirectory", save()),
        ("ImportSettings", settings()),
        ("ImportTimetable", timetable()),
        ("DirectoryTest", test()),
        ("DirectoryUnit", unit()),
    ];
    all.extend(mapping::schemas());
    all.extend(people::schemas());
    all.extend(person::schemas());
    all.extend(imports::schemas());
    all.extend(imports::waiting());
    all
}

fn door() -> Vec<(&'static str, Json)> {
    vec![
        ("name", name("What it is called.")),
        (
            "host",
            text("The domain controller: a host name or an IP address, as its certificate has it."),
        ),
        (
            "account",
            name(
                "The account that reads: a distinguished name, a user principal name or DOMAIN\\name.",
            ),
        ),
    ]
}

fn more() -> Vec<(&'static str, Json)> {
    vec![
        ("port", or_null(number_within(1, 65_535))),
        (
            "security",
            words(
                "TLS from the first byte, or a connection that becomes TLS.",
                &["ldaps", "start_tls"],
            ),
        ),
        (
            "authorities",
            or_null(text(
                "Certificates to trust, in PEM; the machine's own where there are none.",
            )),
        ),
        ("connection", or_null(text("The connection to the org."))),
        (
            "settings",
            of("ImportSettings", "What is imported, and how."),
        ),
        (
            "timetable",
            of("ImportTimetable", "When imports begin by themselves."),
        ),
    ]
}

fn directory() -> Json {
    let mut required = vec![("id", text("Its id."))];
    required.extend(door());
    required.extend(more());
    required.extend([
        ("next_at", or_null(time("When the next import begins."))),
        (
            "users",
            map("Users that are known from imports, by what a person said of them."),
        ),
        (
            "newest",
            or_null(of("DirectoryImport", "The newest import.")),
        ),
        ("revision", whole("Counts its changes.")),
    ]);
    object("A directory that users are imported from.", &required, &[])
}

fn save() -> Json {
    let mut optional = vec![
        (
            "id",
            or_null(text("The directory to change; a new one where absent.")),
        ),
        (
            "revision",
            whole("The revision that was edited; not for a new one."),
        ),
        (
            "password",
            or_null(text(
                "The account's password; needed for a new directory and whenever the place or the account changes.",
            )),
        ),
    ];
    optional.extend(more());
    object("Makes or changes a directory.", &door(), &optional)
}

fn settings() -> Json {
    let properties = |about: &str| {
        json!({ "type": "object", "description": about, "required": ["properties"], "additionalProperties": false,
            "properties": { "properties": { "type": "array", "items": { "type": "string" } } } })
    };
    let custom = json!({ "type": "object", "required": ["custom"], "additionalProperties": false,
        "properties": { "custom": { "type": "string", "description": "An expression over appuser." } } });
    let sessions = json!({ "type": "object", "required": ["sessions"], "additionalProperties": false,
        "properties": { "sessions": { "type": "string", "description": "The id of a custom identity source." } } });
    object(
        "What is imported, and how.",
        &[],
        &[
            (
                "username",
                one_of(
                    "What the user name in the org is made of.",
                    vec![words("", &["upn", "email", "sam_account_name"]), custom],
                ),
            ),
            (
                "naming_context",
                or_null(text(
                    "The DNS name of the domain for sAMAccountName@domain.",
                )),
            ),
            (
                "units",
                or_null(many(
                    "The units whose users are imported; all where absent.",
                    text("A distinguished name."),
                )),
            ),
            (
                "is_just_in_time",
                truth("Users are read again when they sign in."),
            ),
            (
                "matching",
                object(
                    "When two users are the same.",
                    &[],
                    &[
                        (
                            "exact",
                            one_of(
                                "What makes an exact match.",
                                vec![
                                    words("", &["username", "email"]),
                                    properties("All of these properties."),
                                ],
                            ),
                        ),
                        (
                            "is_partial_allowed",
                            truth("The same first and last name makes a partial match."),
                        ),
                    ],
                ),
            ),
            (
                "confirmation",
                object(
                    "What needs no person.",
                    &[],
                    &[
                        ("exact", truth("Exact matches.")),
                        ("partial", truth("Partial matches.")),
                        ("new", truth("New users.")),
                        ("activates_new", truth("New users are also activated.")),
                    ],
                ),
            ),
            (
                "removal",
                words(
                    "What happens to a user who counts as deleted.",
                    &["deactivate", "suspend", "keep"],
                ),
            ),
            (
                "reactivates_suspended",
                truth("A suspended user is woken when the account is enabled again."),
            ),
            (
                "reactivates_deactivated",
                truth("A deactivated user is woken when the account is enabled again."),
            ),
            (
                "safeguard",
                object(
                    "How much may go in one import, in percent; null switches a level off.",
                    &[],
                    &[
                        ("app_percent", or_null(number_within(0, 100))),
                        ("org_percent", or_null(number_within(0, 100))),
                    ],
                ),
            ),
            (
                "road",
                one_of(
                    "How users get into the org: by a call for each, or by sessions of an identity source.",
                    vec![words("", &["users"]), sessions],
                ),
            ),
        ],
    )
}

fn timetable() -> Json {
    object(
        "When imports begin by themselves.",
        &[],
        &[
            (
                "changes",
                or_null(of("Schedule", "Imports of what changed.")),
            ),
            ("full", or_null(of("Schedule", "Imports of everything."))),
        ],
    )
}

fn test() -> Json {
    object(
        "What a directory said when it was tried.",
        &[
            ("is_ok", truth("It can be read.")),
            ("message", or_null(text("What is wrong, and what to do."))),
            ("controller", or_null(text("The controller that answered."))),
            (
                "domain",
                or_null(text("The domain, as a distinguished name.")),
            ),
            (
                "users",
                whole("Users that can be read, as far as they were counted."),
            ),
            ("has_more", truth("There are more users than were counted.")),
            ("took_ms", whole("How long it took, in milliseconds.")),
        ],
        &[],
    )
}

fn unit() -> Json {
    object(
        "An organizational unit.",
        &[
            ("name", text("Its distinguished name.")),
            ("parent", or_null(text("The name of the unit around it."))),
            ("label", text("What it is called.")),
        ],
        &[],
    )
}
