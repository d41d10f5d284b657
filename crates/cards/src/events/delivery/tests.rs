use flow::{Binding, CardKey};
use serde_json::json;

use super::*;
use crate::events::{event_matches, event_outputs};

fn get(outputs: &Outputs, group: &str, key: &str) -> Value {
    outputs
        .iter()
        .find(|(field, _)| field.is(group, key))
        .map(|(_, value)| value.clone())
        .unwrap()
}

fn membership() -> EventDelivery {
    EventDelivery {
        log_event: json!({
            "uuid": "u-1", "published": "2026-01-02T03:04:05.678Z", "eventType": "group.user_membership.add",
            "version": "0", "displayMessage": "Add user to group membership",
            "actor": {"id": "00uadmin", "type": "User", "alternateId": "root@x", "displayName": "Root"},
            "target": [
                {"id": "00g1", "type": "UserGroup", "alternateId": "unknown", "displayName": "Staff"},
                {"id": "00u1", "type": "User", "alternateId": "ada@x", "displayName": "Ada"}
            ],
            "debugContext": {"debugData": {"requestUri": "/api"}}
        }),
        event_id: "delivery-1".into(),
        event_time: "2026-01-02T03:04:06.000Z".into(),
        source: "https://acme.okta.com/api/v1/eventHooks/who1".into(),
        headers: vec![("User-Agent".into(), "Okta".into())],
    }
}

#[test]
fn targets_are_picked_by_type_and_named_as_in_packs() {
    let outputs = event_outputs(
        &CardKey::new("okta", "userAddedToGroupMembership"),
        &membership(),
    );
    assert_eq!(
        get(&outputs, "Output", "Okta User").to_json(),
        json!({"ID": "00u1", "Alternate ID": "ada@x", "Display Name": "Ada", "Type": "User"})
    );
    assert_eq!(get(&outputs, "Okta User", "ID"), "00u1".into());
    assert_eq!(get(&outputs, "Output", "Group").at(&["ID"]), "00g1".into());
    assert_eq!(
        get(&outputs, "Output", "Admin").at(&["ID"]),
        "00uadmin".into()
    );
    assert_eq!(get(&outputs, "Output", "Event ID"), "delivery-1".into());
    assert_eq!(get(&outputs, "Output", "UUID"), "u-1".into());
    assert_eq!(
        get(&outputs, "Output", "Debug Context").to_json(),
        json!({"Debug Data": {"requestUri": "/api"}})
    );
    assert_eq!(
        get(&outputs, "Output", "Full Details").at(&["data", "events", "0", "uuid"]),
        "u-1".into()
    );
}

#[test]
fn an_event_without_actor_and_targets_gives_nulls() {
    let event = EventDelivery {
        log_event: json!({"uuid": "u-2", "published": "p", "actor": null, "target": null, "debugContext": null}),
        ..EventDelivery::default()
    };
    for card in crate::events::cards() {
        let key = CardKey::parse(card.key).unwrap();
        let outputs = event_outputs(&key, &event);
        for field in card.outputs.iter().filter(|field| field.group == "Output") {
            get(&outputs, "Output", field.key);
        }
    }
    let outputs = event_outputs(&CardKey::new("okta", "userSuspended"), &event);
    assert_eq!(get(&outputs, "Output", "Okta User"), Value::Null);
    assert_eq!(get(&outputs, "Output", "Event ID"), "u-2".into());
    assert_eq!(get(&outputs, "Output", "Event Time"), "p".into());
    assert_eq!(get(&outputs, "Output", "Source"), Value::Null);
}

#[test]
fn an_app_event_can_be_narrowed_to_an_instance() {
    let event = EventDelivery {
        log_event: json!({
            "eventType": "application.user_membership.add",
            "target": [{"id": "0ua1", "type": "AppUser"}, {"id": "0oa1", "type": "AppInstance"}]
        }),
        ..EventDelivery::default()
    };
    let key = CardKey::new("okta", "userAddedToApplicationMembership");
    let spec = crate::catalogue(crate::Language::En).card(&key).unwrap();
    let start = |options: &[(&str, &str)]| {
        let mut step = spec.step("event".into());
        for (key, value) in options {
            let input = step
                .inputs
                .iter_mut()
                .find(|input| input.key.is("parameters", key))
                .unwrap();
            input.binding = Binding::constant(*value);
        }
        step
    };
    assert!(event_matches(&start(&[]), &event));
    let by_id = |id| start(&[("useId", "Yes"), ("appId", id)]);
    assert!(event_matches(&by_id("0oa1"), &event));
    assert!(!event_matches(&by_id("0oa2"), &event));
    assert!(!event_matches(&start(&[("instance", "0oa2")]), &event));
    assert!(!event_matches(&start(&[]), &membership()));
}
