use directory::entry::Entry;
use flow::{Arg, Args, CardKey, FieldKey, Value};
use serde_json::json;

use super::*;

fn args(inputs: &[(&str, &str, Value)]) -> Args {
    let inputs = inputs.iter().map(|(group, key, value)| Arg {
        key: FieldKey::in_group(*group, *key),
        value: value.clone(),
        custom: false,
    });
    Args {
        inputs: inputs.collect(),
        wanted: Vec::new(),
    }
}

#[test]
fn whatever_a_value_holds_it_stands_for_itself() {
    let asked = args(&[
        ("Inputs", "Attribute", "department".into()),
        ("Inputs", "Value", "R&D (Tokyo)*".into()),
        ("Inputs", "Filter", " (title=*{役職}*) ".into()),
        (
            "Inputs",
            "Filter Values",
            Value::from_pairs([("役職", "*)(uid=*".into())]),
        ),
    ]);
    assert_eq!(
        filter(&asked).unwrap().as_deref(),
        Some("(department=R&D \\28Tokyo\\29\\2a)(title=*\\2a\\29\\28uid=\\2a*)")
    );
    assert_eq!(filter(&args(&[])).unwrap(), None);
    for wrong in [
        args(&[("Inputs", "Attribute", "mail".into())]),
        args(&[
            ("Inputs", "Attribute", "a)(b".into()),
            ("Inputs", "Value", "x".into()),
        ]),
        args(&[("Inputs", "Filter", "mail=x".into())]),
        args(&[("Inputs", "Filter", "(mail={who})".into())]),
    ] {
        assert!(filter(&wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn attributes_are_names() {
    let names = Value::list(vec![
        "info".into(),
        " ".into(),
        "msDS-User-Account-Control-Computed".into(),
    ]);
    assert_eq!(
        attributes(&args(&[("User", "Attributes", names)]), "User").unwrap(),
        ["info", "msDS-User-Account-Control-Computed"]
    );
    let wrong = args(&[("User", "Attributes", "a b".into())]);
    assert_eq!(
        attributes(&wrong, "User").unwrap_err().code,
        "directory.attribute"
    );
}

#[test]
fn a_user_is_an_object_by_attribute() {
    let entry = Entry::new([
        ("userAccountControl".to_owned(), vec!["546".to_owned()]),
        ("displayName".to_owned(), vec!["山田 花子".to_owned()]),
        (
            "departmentNumber".to_owned(),
            vec!["1".to_owned(), "2".to_owned()],
        ),
    ]);
    let shown = user(&entry).to_json();
    assert_eq!(shown["displayName"], "山田 花子");
    assert_eq!(shown["departmentNumber"], json!(["1", "2"]));
    assert_eq!(
        (&shown["isEnabled"], &shown["mail"]),
        (&json!(false), &json!(null))
    );
}

#[test]
fn an_event_gives_what_its_card_declares() {
    let event = json!({
        "eventType": IMPORT_ROADBLOCK, "published": "2026-11-22T10:00:00.000Z", "displayMessage": "Stopped.",
        "directory": {"id": "D", "name": "本社"},
        "import": {"id": "I", "status": "roadblock", "is_full": true, "cause": "flow",
            "counts": {"seen": 9, "removed": 8}, "lines": {"failed": 1}, "roadblock": {"removed": 8}},
    });
    let key = CardKey::parse("active_directory:importRoadblock").unwrap();
    assert_eq!(event_types(&key), [IMPORT_ROADBLOCK]);
    let given = event_outputs(&key, &event);
    let of = |group: &str, name: &str| {
        let found = given.iter().find(|(key, _)| key.is(group, name));
        found
            .unwrap_or_else(|| panic!("{group} › {name}"))
            .1
            .to_json()
    };
    for card in events::cards() {
        for field in card.outputs.iter().filter(|field| field.group != "context") {
            of(field.group, field.key);
        }
    }
    assert_eq!(of("Directory", "Name"), "本社");
    assert_eq!(
        (of("Import", "Users Read"), of("Import", "Removed")),
        (json!(9), json!(8))
    );
    assert_eq!(
        (of("Import", "Failed"), of("Import", "Created")),
        (json!(1), json!(0))
    );
    let other = CardKey::parse("okta:readUser").unwrap();
    assert!(event_outputs(&other, &event).is_empty());
}
