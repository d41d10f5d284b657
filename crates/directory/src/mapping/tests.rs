//! The table as data, what is wrong with an edited one, and values through it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

use super::*;
use crate::entry::Entry;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

fn entry(changes: Json) -> Entry {
    let mut user = json!({
        "dn": "CN=Hanako,OU=Staff,DC=corp,DC=test", "objectGUID": "uHWGAcjG20qMUbYp1kT0sQ==", "objectSid": "S-1-5-21-1-2-3-1102",
        "primaryGroupID": "513", "givenName": "Hanako", "sn": "山田", "mail": "hanako@example.test",
        "userPrincipalName": "hanako@corp.test", "sAMAccountName": "hyamada",
    });
    let Json::Object(changes) = changes else {
        panic!("changes are an object");
    };
    for (name, value) in changes {
        user[name] = value;
    }
    Entry::from_json(user.as_object().unwrap())
}

fn profile_of(mapping: &Mapping, entry: &Entry) -> Mapped {
    let compiled = mapping.compiled();
    let boss =
        |name: &str| (name == "CN=Boss,DC=corp,DC=test").then(|| "boss@corp.test".to_owned());
    compiled.to_okta(&app_user(compiled.rows(), entry, &boss), now())
}

#[test]
fn the_published_table_has_no_flaw_but_one_shared_property() {
    let mapping = Mapping::published();
    assert_eq!(mapping.rows.len(), 32);
    let flaws = mapping.check();
    let kinds: Vec<(&str, &FlawKind)> = flaws
        .iter()
        .map(|flaw| (flaw.ad.as_str(), &flaw.kind))
        .collect();
    let shared = FlawKind::Shared {
        property: "countryCode".to_owned(),
        with: "c".to_owned(),
    };
    assert_eq!(kinds, [("countryCode", &shared)]);
}

#[test]
fn a_mapping_is_kept_as_json_and_put_back() {
    let mut mapping = Mapping::published();
    mapping.add_custom("badgeId", "badge", "badgeNumber");
    mapping.rows[1].to_okta.expression = "String.toUpperCase(appuser.firstName)".to_owned();
    mapping.rows[2].to_ad.is_on = false;
    let text = serde_json::to_string(&mapping).unwrap();
    let mut read: Mapping = serde_json::from_str(&text).unwrap();
    assert_eq!(read, mapping);
    assert!(read.reset_row("GIVENNAME"));
    assert_eq!(read.rows[1], Mapping::published().rows[1]);
    assert!(!read.rows[2].to_ad.is_on);
    assert!(read.reset_row("badgeId"));
    assert!(read.row("badgeId").is_none());
    assert!(!read.reset_row("badgeId"));
    read.reset();
    assert_eq!(read, Mapping::published());
}

#[test]
fn what_is_wrong_is_said() {
    let wrong = |edit: fn(&mut Mapping)| {
        let mut mapping = Mapping::published();
        edit(&mut mapping);
        let flaws = mapping.check();
        flaws
            .into_iter()
            .filter(|flaw| flaw.ad != "countryCode")
            .map(|flaw| (flaw.ad, flaw.side, flaw.kind))
            .collect::<Vec<_>>()
    };
    let found = wrong(|mapping| mapping.rows[1].to_okta.expression = "appuser.".to_owned());
    assert!(
        matches!(&found[..], [(ad, Side::ToOkta, FlawKind::Expression { problem })] if ad == "givenName" && problem.position == 9)
    );
    let found = wrong(|mapping| mapping.rows[1].to_okta.expression = "user.firstName".to_owned());
    assert_eq!(
        found,
        [(
            "givenName".to_owned(),
            Side::ToOkta,
            FlawKind::WrongRoot {
                root: "user".to_owned()
            }
        )]
    );
    let found = wrong(|mapping| mapping.rows[1].to_ad.expression = "appuser.firstName".to_owned());
    assert!(matches!(
        &found[..],
        [(_, Side::ToAd, FlawKind::WrongRoot { .. })]
    ));
    assert!(
        wrong(|mapping| mapping.rows[1].to_ad.expression = "source.firstName".to_owned())
            .is_empty()
    );
    let found = wrong(|mapping| drop(mapping.rows.remove(7)));
    assert_eq!(
        found,
        [("sn".to_owned(), Side::Row, FlawKind::BaseIsMissing)]
    );
    let found = wrong(|mapping| mapping.add_custom("TITLE", "title2", "title2"));
    assert!(matches!(&found[..], [(_, _, FlawKind::Repeated { name })] if name == "TITLE"));
    let found = wrong(|mapping| mapping.add_custom("bad name", "x1", "x1"));
    assert!(
        found
            .iter()
            .any(|(_, _, kind)| matches!(kind, FlawKind::BadName { .. }))
    );
    let found = wrong(|mapping| {
        (0..600).for_each(|n| mapping.add_custom(&format!("a{n}"), &format!("a{n}"), "b"))
    });
    assert!(found.iter().any(|(_, _, kind)| *kind == FlawKind::TooMany));
}

#[test]
fn values_go_to_okta() {
    let mapped = profile_of(
        &Mapping::published(),
        &entry(json!({
            "manager": "CN=Boss,DC=corp,DC=test", "departmentNumber": ["42", "43"], "l": "東京", "c": "JP", "countryCode": 392, "st": "",
        })),
    );
    let values = json!(mapped.values);
    for (name, value) in [
        ("firstName", "Hanako"),
        ("lastName", "山田"),
        ("email", "hanako@example.test"),
        ("externalId", "018675b8-c6c8-4adb-8c51-b629d644f4b1"),
        ("managerDN", "CN=Boss,DC=corp,DC=test"),
        ("managerUpn", "boss@corp.test"),
        ("departmentNumber", "42"),
        ("city", "東京"),
        ("countryCode", "JP"),
        ("primaryGroupID", "513"),
    ] {
        assert_eq!(values[name], value, "{name}");
    }
    for absent in ["state", "sAMAccountName", "cn", "userName", "login"] {
        assert!(values.get(absent).is_none(), "{absent}");
    }
    assert_eq!(mapped.troubles.len(), 1);
    assert_eq!(mapped.troubles[0].kind, TroubleKind::NotOneValue);
}

#[test]
fn the_app_user_has_several_names() {
    for source in [
        "source.firstName",
        "appUser.firstName",
        "active_directory.firstName",
        "findDirectoryUser().firstName",
    ] {
        let mut mapping = Mapping::published();
        mapping.rows[1].to_okta.expression = source.to_owned();
        let mapped = profile_of(&mapping, &entry(json!({})));
        assert_eq!(mapped.values["firstName"], "Hanako", "{source}");
    }
}

#[test]
fn one_bad_value_spoils_no_other() {
    let mut mapping = Mapping::published();
    mapping.rows[1].to_okta.expression = "String.substring(appuser.firstName, 0, 99)".to_owned();
    let mapped = profile_of(&mapping, &entry(json!({ "l": "x".repeat(129) })));
    assert!(!mapped.values.contains_key("firstName"));
    assert_eq!(mapped.values["lastName"], "山田");
    let troubles: Vec<&str> = mapped
        .troubles
        .iter()
        .map(|trouble| trouble.name.as_str())
        .collect();
    assert_eq!(troubles, ["givenName", "city"]);
}

#[test]
fn values_go_to_the_directory() {
    let profile = json!({ "login": "jdoe@example.test", "firstName": "John", "lastName": "Doe", "city": "", "countryCode": "DE", "title": "x".repeat(200) });
    let compiled = Mapping::published().compiled();
    let mapped = compiled.to_ad(profile.as_object().unwrap(), now());
    assert_eq!(mapped.values["sAMAccountName"], "jdoe");
    assert_eq!(mapped.values["cn"], "John Doe");
    assert_eq!(mapped.values["userPrincipalName"], "jdoe@example.test");
    assert_eq!(mapped.values["countryCode"], "276");
    assert_eq!(mapped.values["l"], "");
    assert!(!mapped.values.contains_key("department"));
    assert_eq!(mapped.troubles.len(), 1);
    let written = crate::write_back::compare(
        &compiled,
        profile.as_object().unwrap(),
        &entry(json!({ "cn": "John Doe", "l": "Berlin" })),
        now(),
    );
    let names: Vec<&str> = written
        .writes
        .iter()
        .map(|write| write.attribute.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "c",
            "countryCode",
            "givenName",
            "l",
            "sAMAccountName",
            "sn",
            "title",
            "userPrincipalName"
        ]
    );
    assert!(written.refused.is_empty());
}

#[test]
fn what_the_directory_sets_itself_is_refused() {
    let profile = json!({ "objectSid": "S-1-5-18", "managerDN": "CN=Boss,DC=corp,DC=test" });
    let written = crate::write_back::compare(
        &Mapping::published().compiled(),
        profile.as_object().unwrap(),
        &entry(json!({})),
        now(),
    );
    assert_eq!(written.refused.len(), 1);
    assert_eq!(written.refused[0].attribute, "objectSid");
    let manager = written
        .writes
        .iter()
        .find(|write| write.attribute == "manager")
        .unwrap();
    assert_eq!(manager.writing, Writing::ManagerName);
}

#[test]
fn limits_are_those_of_both_sides() {
    assert!(limits::for_okta("firstName", &"x".repeat(50)).is_ok());
    assert!(limits::for_okta("firstName", &"山".repeat(51)).is_err());
    assert!(limits::for_okta("login", "abcd").is_err());
    assert!(limits::for_okta("somethingElse", &"x".repeat(9_999)).is_ok());
    assert!(limits::for_ad("givenName", &"x".repeat(64)).is_ok());
    assert!(limits::for_ad("GIVENNAME", &"x".repeat(65)).is_err());
    assert!(limits::for_ad("countryCode", "65536").is_err());
    assert!(limits::for_ad("countryCode", "x").is_err());
    assert!(limits::for_ad("employeeID", &"1".repeat(17)).is_err());
    assert!(limits::for_ad("primaryGroupID", "513").is_ok());
    assert!(limits::for_ad("unknown", "x").is_ok());
}

#[test]
fn an_import_reads_each_attribute_once_and_none_that_does_not_exist() {
    let mut mapping = Mapping::published();
    mapping.add_custom("badgeId", "badge", "badge");
    let names = mapping.attributes_to_read();
    for name in [
        "manager",
        "userAccountControl",
        "badgeId",
        "objectGUID",
        "c",
    ] {
        assert_eq!(
            names
                .iter()
                .filter(|known| known.eq_ignore_ascii_case(name))
                .count(),
            1,
            "{name}"
        );
    }
    assert!(
        !names
            .iter()
            .any(|name| name.eq_ignore_ascii_case("managerDN")
                || name.eq_ignore_ascii_case("managerUPN"))
    );
    assert_eq!(
        app_user(&mapping.rows, &entry(json!({ "extra": "1" })), &|_| None)["extra"],
        "1"
    );
    assert_eq!(app_user(&[], &Entry::default(), &|_| None), Map::new());
}

#[test]
fn a_person_is_previewed_side_by_side() {
    let mut mapping = Mapping::published();
    mapping.rows[1].to_okta.expression = "appuser.".to_owned();
    let person =
        entry(json!({ "c": "JP", "countryCode": 840, "title": "Boss", "l": "x".repeat(200) }));
    let profile = json!({ "lastName": "山田", "title": "Clerk", "city": "Tokyo" });
    let lines = mapping.preview_to_okta(&person, profile.as_object().unwrap(), &|_| None, now());
    assert_eq!(
        lines.len(),
        32,
        "one row has three properties, two have none"
    );
    let line = |ad: &str| lines.iter().find(|line| line.ad == ad).unwrap();
    assert!(matches!(
        line("givenName").troubles[0].kind,
        TroubleKind::Expression { .. }
    ));
    assert!(!line("sn").differs && line("sn").now.as_deref() == Some("山田"));
    assert!(line("title").differs && line("title").before == ["Boss"]);
    assert!(matches!(
        line("l").troubles[0].kind,
        TroubleKind::Length { .. }
    ));
    assert!(line("countryCode").is_overruled && !line("countryCode").differs);
    assert!(!line("userPrincipalName").is_on && line("userPrincipalName").value.is_none());
    let lines = mapping.preview_to_ad(profile.as_object().unwrap(), &person, now());
    assert_eq!(lines.len(), 32);
    let line = |ad: &str| lines.iter().find(|line| line.ad == ad).unwrap();
    assert!(line("title").differs && line("title").value.as_deref() == Some("Clerk"));
    assert!(!line("sn").differs);
    assert!(!line("department").differs && line("department").value.is_none());
}
