//! Outputs of the cards: users of the directory, imports, a sign-in, a mapping, what was written.

use directory::entry::Entry;
use flow::{Base, FieldKey, Fields, Outputs, Value};
use serde_json::Value as Json;

use crate::declare::{Field, Key, boolean, key, number, object, text};

/// What is known of a user, whatever else was asked for.
pub(super) static USER_KEYS: [Key; 13] = [
    key("objectGUID", Base::Text),
    key("distinguishedName", Base::Text),
    key("userPrincipalName", Base::Text),
    key("sAMAccountName", Base::Text),
    key("mail", Base::Text),
    key("givenName", Base::Text),
    key("sn", Base::Text),
    key("displayName", Base::Text),
    key("department", Base::Text),
    key("title", Base::Text),
    key("manager", Base::Text),
    key("whenChanged", Base::Text),
    key("isEnabled", Base::Boolean),
];

pub(super) static DIFFERENCE_KEYS: [Key; 5] = [
    key("direction", Base::Text),
    key("attribute", Base::Text),
    key("property", Base::Text),
    key("before", Base::Text),
    key("after", Base::Text),
];

pub(super) static FAILED_KEYS: [Key; 2] = [key("attribute", Base::Text), key("error", Base::Text)];

/// Fields of a user that have outputs of their own, with their attributes.
const OWN: [(&str, &str); 8] = [
    ("Object GUID", "objectGUID"),
    ("Distinguished Name", "distinguishedName"),
    ("User Principal Name", "userPrincipalName"),
    ("Account Name", "sAMAccountName"),
    ("Email", "mail"),
    ("First Name", "givenName"),
    ("Last Name", "sn"),
    ("Display Name", "displayName"),
];

pub(super) static USER_FIELDS: [Field; 10] = [
    text(OWN[0].0).of("User"),
    text(OWN[1].0).of("User"),
    text(OWN[2].0).of("User"),
    text(OWN[3].0).of("User"),
    text(OWN[4].0).of("User"),
    text(OWN[5].0).of("User"),
    text(OWN[6].0).of("User"),
    text(OWN[7].0).of("User").more(),
    boolean("Enabled").of("User"),
    crate::declare::shape("Attributes", &USER_KEYS).of("User"),
];

/// What is known of an import; events give it too.
pub(super) static IMPORT_FIELDS: [Field; 13] = IMPORT;

pub(super) const IMPORT: [Field; 13] = [
    text("ID").of("Import"),
    text("Status").of("Import"),
    boolean("Full").of("Import"),
    text("Cause").of("Import").more(),
    number("Users Read").of("Import"),
    number("Created").of("Import").label("Users Created"),
    number("Updated").of("Import").label("Users Updated"),
    number("Removed").of("Import").label("Users Removed"),
    number("Awaiting")
        .of("Import")
        .label("Users Awaiting")
        .more(),
    number("Left Out")
        .of("Import")
        .label("Users Left Out")
        .more(),
    number("Unchanged")
        .of("Import")
        .label("Users Unchanged")
        .more(),
    number("Failed").of("Import").label("Users Failed"),
    object("Roadblock").of("Import").more(),
];

const COUNTS: [(&str, &str); 7] = [
    ("Users Read", "seen"),
    ("Created", "created"),
    ("Updated", "updated"),
    ("Removed", "removed"),
    ("Awaiting", "awaiting"),
    ("Left Out", "left"),
    ("Unchanged", "unchanged"),
];

fn field(group: &str, key: &str, value: Value) -> (FieldKey, Value) {
    (FieldKey::in_group(group, key), value)
}

fn value(json: &Json) -> Value {
    Value::from_json(json).unwrap_or_default()
}

/// Returns a user as an object by attribute: a text for one value, a list for several; `isEnabled` says whether the account is.
pub fn user(entry: &Entry) -> Value {
    let of = |values: &[String]| match values {
        [one] => Value::text(one.as_str()),
        several => Value::list(
            several
                .iter()
                .map(|one| Value::text(one.as_str()))
                .collect(),
        ),
    };
    let mut fields: Fields = USER_KEYS
        .iter()
        .filter(|known| known.base == Base::Text)
        .map(|known| (known.key.into(), Value::Null))
        .collect();
    for (name, values) in entry.attributes() {
        let known = USER_KEYS
            .iter()
            .find(|known| known.key.eq_ignore_ascii_case(name));
        fields.insert(known.map_or(name, |known| known.key).into(), of(values));
    }
    fields.insert("isEnabled".into(), Value::from(!entry.is_disabled()));
    Value::object(fields)
}

/// Returns the outputs of a search that is not handed over one by one.
pub fn found(users: Vec<Value>) -> Outputs {
    vec![
        field("Result", "User", users.first().cloned().unwrap_or_default()),
        field("Result", "Users", Value::list(users)),
    ]
}

/// Returns the outputs of Read User.
pub fn read_user(entry: &Entry) -> Outputs {
    let own = OWN.iter().map(|(name, attribute)| {
        let text = entry.first(attribute).map_or(Value::Null, Value::text);
        field("User", name, text)
    });
    let rest = [
        field("User", "Enabled", Value::from(!entry.is_disabled())),
        field("User", "Attributes", user(entry)),
    ];
    own.chain(rest).collect()
}

/// Returns the outputs of an import card from an import as REST shows it.
pub fn import(import: &Json) -> Outputs {
    let number = |json: &Json| Value::from(json.as_i64().unwrap_or(0));
    let mut outputs = vec![
        field("Import", "ID", value(&import["id"])),
        field("Import", "Status", value(&import["status"])),
        field("Import", "Full", value(&import["is_full"])),
        field("Import", "Cause", value(&import["cause"])),
        field("Import", "Failed", number(&import["lines"]["failed"])),
        field("Import", "Roadblock", value(&import["roadblock"])),
    ];
    let counts = &import["counts"];
    outputs.extend(
        COUNTS
            .iter()
            .map(|(name, count)| field("Import", name, number(&counts[*count]))),
    );
    outputs
}

/// Returns the outputs of a sign-in as REST shows it.
pub fn signed_in(result: &Json) -> Outputs {
    [
        ("Signed In", "is_signed_in"),
        ("Reason", "reason"),
        ("Outcome", "outcome"),
        ("Okta User ID", "okta_user"),
        ("Login", "login"),
        ("Rules", "rules"),
        ("Missing Attributes", "missing"),
    ]
    .map(|(name, key)| field("Result", name, value(&result[key])))
    .into()
}

/// Returns the outputs of Map Attributes from a preview as REST shows it.
pub fn mapped(preview: &Json) -> Outputs {
    let lines = |way: &str| preview[way].as_array().cloned().unwrap_or_default();
    let goes = |line: &Json| {
        line["is_on"] == true && line["is_overruled"] != true && !line["value"].is_null()
    };
    let side = |way: &str, name: &str| {
        let lines = lines(way);
        let pairs = lines.iter().filter(|line| goes(line)).map(|line| {
            let name = line[name].as_str().unwrap_or_default().to_owned();
            (name, value(&line["value"]))
        });
        Value::from_pairs(pairs)
    };
    let mut differences = Vec::new();
    let mut problems = Vec::new();
    for (way, direction) in [("to_okta", "AD to Okta"), ("to_ad", "Okta to AD")] {
        for line in lines(way) {
            if line["differs"] == true {
                differences.push(Value::from_pairs([
                    ("direction", Value::text(direction)),
                    ("attribute", value(&line["ad"])),
                    ("property", value(&line["okta"])),
                    ("before", value(&line["now"])),
                    ("after", value(&line["value"])),
                ]));
            }
            problems.extend(line["troubles"].as_array().into_iter().flatten().map(value));
        }
    }
    vec![
        field("Result", "Login", value(&preview["login"])),
        field("Result", "To Okta", side("to_okta", "okta")),
        field("Result", "To Active Directory", side("to_ad", "ad")),
        field("Result", "Differences", Value::list(differences)),
        field("Result", "Problems", Value::list(problems)),
        field("Result", "Outcome", value(&preview["verdict"]["outcome"])),
    ]
}

/// Returns the outputs of Update User as REST shows what was written.
pub fn written(result: &Json) -> Outputs {
    [
        ("All Written", "is_all_written"),
        ("Written", "written"),
        ("Failed", "failed"),
    ]
    .map(|(name, key)| field("Result", name, value(&result[key])))
    .into()
}
