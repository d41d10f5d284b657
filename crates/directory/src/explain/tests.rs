//! Vectors: the published ones where their file is at hand, and more of the same shape.

use std::path::Path;

use super::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

/// Beside the project's folder, not in it.
fn published() -> Option<Json> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference");
    let text = std::fs::read_to_string(folder.join("ad-okta-mapping.json")).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn all_published_vectors_agree() {
    let Some(file) = published() else {
        eprintln!(
            "\nNOT TESTED: the published vectors are not at hand, so none of the 32 was compared.\n"
        );
        return;
    };
    let answers = all(&file, now()).unwrap();
    assert_eq!(answers.len(), 32);
    let wrong: Vec<&Json> = answers
        .iter()
        .filter(|answer| answer["ok"] != true)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (vector, answer) in file["test_vectors"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&answers)
    {
        let rules = answer["rules"].as_array().unwrap();
        for rule in vector["rule"].as_array().unwrap() {
            assert!(
                rules.contains(rule),
                "{} lacks {rule}: {answer}",
                vector["id"]
            );
        }
    }
}

#[test]
fn the_table_is_the_published_one() {
    let Some(file) = published() else {
        eprintln!(
            "\nNOT TESTED: the published table is not at hand, so none of its rows was compared.\n"
        );
        return;
    };
    let rows = file["rows"].as_array().unwrap();
    let ours = &crate::mapping::published::ROWS;
    assert_eq!(rows.len(), ours.len());
    for (row, ours) in rows.iter().zip(ours) {
        assert_eq!(row["native_ad_attribute"], ours.ad);
        assert_eq!(row["okta_ad_app_attribute"], ours.app);
        assert_eq!(row["required_by_okta"], ours.is_required);
        assert_eq!(row["ad_to_okta"], json!(ours.to_okta), "{}", ours.ad);
        assert_eq!(row["okta_to_ad"], json!(ours.to_ad), "{}", ours.ad);
        let targets = row["native_okta_attribute"].as_array().unwrap();
        let properties: Vec<&Json> = targets
            .iter()
            .filter(|target| target["kind"] == "attribute")
            .map(|target| &target["value"])
            .collect();
        assert_eq!(json!(properties), json!(ours.okta), "{}", ours.ad);
        for target in targets
            .iter()
            .filter(|target| target["kind"] == "expression")
        {
            assert_eq!(target["value"], json!(ours.ad_value));
        }
        for target in targets
            .iter()
            .filter(|target| target["kind"] == "attribute")
        {
            let is_base = crate::mapping::limits::is_okta_base(target["value"].as_str().unwrap());
            assert_eq!(target["okta_base_profile_attribute"], is_base);
        }
        let schema = &row["ad_schema"];
        if !schema.is_null() {
            assert_eq!(
                schema["range_lower"],
                json!(ours.shape.least),
                "{}",
                ours.ad
            );
            assert_eq!(schema["range_upper"], json!(ours.shape.most), "{}", ours.ad);
            assert_eq!(
                schema["single_valued"],
                json!(ours.shape.is_single),
                "{}",
                ours.ad
            );
        }
    }
}

/// A complete user, with changes; null takes an attribute away.
fn user(changes: Json) -> Json {
    let mut user = json!({
        "dn": "CN=Ichiro Sato,OU=Staff,DC=corp,DC=example,DC=test",
        "objectGUID": "734210b3-1b14-4574-a721-49262e536c42", "objectSid": "S-1-5-21-1-2-3-1107", "primaryGroupID": "513",
        "givenName": "Ichiro", "sn": "Sato", "mail": "ichiro@example.test",
        "userPrincipalName": "ichiro.sato@corp.example.test", "sAMAccountName": "isato", "userAccountControl": "512",
    });
    let Json::Object(changes) = changes else {
        panic!("changes are an object");
    };
    for (name, value) in changes {
        user[name] = value;
    }
    user
}

#[track_caller]
fn agrees(given: Json, expect: Json) {
    let mut vector = json!({ "id": "x" });
    vector["given"] = given;
    vector["expect"] = expect;
    let answer = one(&vector, now());
    assert_eq!(answer["ok"], true, "{answer:#}");
}

#[test]
fn scope_comes_before_everything() {
    let units = json!(["OU=Contractors,DC=corp,DC=example,DC=test"]);
    let out = |import, known, changes| json!({ "import": import, "known": known, "selected_ous": units, "ad_user": user(changes) });
    agrees(
        out("full", false, json!({})),
        json!({ "outcome": "skipped", "reason": "out_of_ou_selection", "rules": ["AD-R12"] }),
    );
    agrees(
        out("full", true, json!({ "userAccountControl": "514" })),
        json!({ "outcome": "deactivate", "reason": "out_of_ou_selection" }),
    );
    agrees(
        out("incremental", true, json!({ "userAccountControl": "514" })),
        json!({ "outcome": "unchanged" }),
    );
    let inside = json!({ "import": "full", "known": true, "ad_user": user(json!({})), "selected_ous": ["ou=staff, dc=CORP, dc=example, dc=test"] });
    agrees(inside, json!({ "outcome": "update_or_unchanged" }));
    let trick = json!({ "dn": "CN=x\\,OU=Contractors,OU=Staff,DC=corp,DC=example,DC=test" });
    agrees(out("full", true, trick), json!({ "outcome": "deactivate" }));
    agrees(
        json!({ "import": "full", "known": true, "okta_user": null, "selected_ous": [], "ad_user": user(json!({})) }),
        json!({ "outcome": "forget_import_record", "okta_call": null }),
    );
}

#[test]
fn a_disabled_account_is_never_only_ignored() {
    for import in ["full", "incremental"] {
        let given = |known: bool, changes| json!({ "import": import, "known": known, "ad_user": user(changes), "required_custom": ["badgeId"] });
        let disabled = json!({ "userAccountControl": "514", "sn": null });
        agrees(
            given(true, disabled.clone()),
            json!({ "outcome": "deactivate", "reason": "account_disabled", "rules": ["AD-R10"] }),
        );
        agrees(
            given(false, disabled),
            json!({ "outcome": "skipped", "rules": ["AD-R14"] }),
        );
        let critical = json!({ "userAccountControl": "514", "isCriticalSystemObject": true });
        agrees(
            given(true, critical),
            json!({ "outcome": "skipped", "reason": "critical_system_object" }),
        );
    }
    let already =
        json!({ "import": "full", "known": true, "okta_status": "DEPROVISIONED", "ad_user": null });
    agrees(
        already,
        json!({ "outcome": "unchanged", "okta_call": null }),
    );
}

#[test]
fn missing_attributes() {
    let new = |changes| json!({ "import": "full", "known": false, "ad_user": user(changes) });
    for name in [
        "givenName",
        "sn",
        "objectSid",
        "primaryGroupID",
        "userPrincipalName",
        "objectGUID",
    ] {
        let mut changes = Map::new();
        changes.insert(name.to_owned(), Json::Null);
        agrees(
            new(Json::Object(changes)),
            json!({ "outcome": "ignored", "missing": [name] }),
        );
    }
    agrees(
        new(json!({ "dn": null })),
        json!({ "outcome": "ignored", "missing": ["distinguishedName"] }),
    );
    agrees(
        new(json!({ "sn": "", "givenName": " " })),
        json!({ "outcome": "ignored", "missing": ["sn", "givenName"], "rules": ["AD-R1", "AD-R3"] }),
    );
    agrees(
        new(json!({ "mail": null, "userPrincipalName": null })),
        json!({ "outcome": "ignored", "missing": ["userPrincipalName"], "rules": ["AD-R1", "AD-R2"] }),
    );
    agrees(
        new(json!({ "mail": "" })),
        json!({ "outcome": "import", "profile": { "email": "ichiro.sato@corp.example.test" } }),
    );
    let custom = |known: bool, import| json!({ "import": import, "known": known, "required_custom": ["badgeId"], "ad_user": user(json!({})) });
    agrees(
        custom(true, "full"),
        json!({ "outcome": "deprovision", "missing": ["badgeId"] }),
    );
    agrees(
        custom(false, "full"),
        json!({ "outcome": "not_imported", "missing": ["badgeId"] }),
    );
    let has = json!({ "import": "full", "known": true, "required_custom": ["badgeId"], "ad_user": user(json!({ "BADGEID": "7" })) });
    agrees(
        has,
        json!({ "outcome": "update_or_unchanged", "profile": { "badgeId": "7" } }),
    );
    let both = json!({ "import": "full", "known": true, "required_custom": ["badgeId"], "ad_user": user(json!({ "sn": null })) });
    agrees(
        both,
        json!({ "outcome": "deactivate", "reason": "ignored_user_absent_from_full_import" }),
    );
}

#[test]
fn sign_ins() {
    let given = |is_on: bool, known: bool, user: Json| json!({ "jit_sign_in": true, "jit_enabled": is_on, "known": known, "ad_user": user });
    agrees(
        given(true, false, user(json!({}))),
        json!({ "outcome": "import", "sign_in": "allowed" }),
    );
    agrees(
        given(true, true, user(json!({}))),
        json!({ "outcome": "update", "sign_in": "allowed" }),
    );
    agrees(
        given(true, false, user(json!({ "sn": null }))),
        json!({ "outcome": "ignored", "sign_in": "denied" }),
    );
    agrees(
        given(true, true, Json::Null),
        json!({ "outcome": "unchanged", "sign_in": "denied" }),
    );
    agrees(
        given(false, true, user(json!({ "userAccountControl": "514" }))),
        json!({ "outcome": "unchanged", "sign_in": "denied" }),
    );
    agrees(
        given(false, true, user(json!({}))),
        json!({ "outcome": "unchanged", "sign_in": "allowed" }),
    );
    let expired = user(json!({ "accountExpires": "132223104000000000" }));
    agrees(
        given(true, true, expired),
        json!({ "outcome": "update_or_unchanged", "sign_in": "denied", }),
    );
    let mut outside = given(true, true, user(json!({})));
    outside["selected_ous"] = json!(["OU=x,DC=corp,DC=example,DC=test"]);
    agrees(
        outside,
        json!({ "outcome": "unchanged", "sign_in": "denied" }),
    );
}

#[test]
fn user_names() {
    let given =
        |format: &str, changes| json!({ "username_format": format, "ad_user": user(changes) });
    agrees(
        given("upn", json!({})),
        json!({ "login": "ichiro.sato@corp.example.test" }),
    );
    agrees(
        given("sam_account_name", json!({})),
        json!({ "login": "isato@corp.example.test" }),
    );
    agrees(
        given("email", json!({ "mail": "" })),
        json!({ "login": "ichiro.sato@corp.example.test" }),
    );
    let mut named = given("sam_account_name", json!({}));
    named["naming_context"] = json!("dc=Other,dc=Test");
    agrees(named.clone(), json!({ "login": "isato@other.test" }));
    named["naming_context"] = json!("other.test");
    agrees(named, json!({ "login": "isato@other.test" }));
    let mut short = given("custom", json!({}));
    short["expression"] = json!("'abc'");
    short["import"] = json!("full");
    agrees(
        short,
        json!({ "outcome": "skipped", "reason": "invalid_username", "rules": ["AD-R6"] }),
    );
}

#[test]
fn managers() {
    let given = |mapping: &str, value: Json, changes: Json| {
        let mut given = json!({ "direction": "okta_to_ad", "mapping": mapping, "value": value, "user_domain": "corp.example.test",
            "manager_domain": "corp.example.test", "manager_found": true });
        for (name, value) in changes.as_object().unwrap() {
            given[name] = value.clone();
        }
        given
    };
    let set = json!({ "outcome": "set_manager" });
    let failed = |reason: &str| json!({ "outcome": "manager_update_failed", "reason": reason, "other_attributes": "written" });
    agrees(
        given(
            "managerUpn",
            json!("boss@corp.example.test"),
            json!({ "manager_domain": "CORP.example.test." }),
        ),
        set.clone(),
    );
    agrees(
        given(
            "managerUpn",
            json!("boss@x"),
            json!({ "manager_found": false }),
        ),
        failed("not_found"),
    );
    agrees(
        given("managerUpn", json!("CN=Boss,DC=corp"), json!({})),
        failed("not_a_principal"),
    );
    agrees(
        given(
            "managerUpn",
            json!("boss@y"),
            json!({ "manager_domain": "y" }),
        ),
        failed("other_domain"),
    );
    agrees(
        given(
            "managerDn",
            json!("CN=Boss,OU=HQ,DC=y"),
            json!({ "manager_domain": "y" }),
        ),
        set,
    );
    agrees(
        given(
            "managerDN",
            json!("CN=Boss,OU=HQ,DC=y"),
            json!({ "manager_found": false }),
        ),
        failed("not_found"),
    );
    agrees(
        given("managerDn", json!("boss@corp.example.test"), json!({})),
        failed("not_a_name"),
    );
    agrees(
        given("managerDn", json!(""), json!({})),
        json!({ "outcome": "clear_manager" }),
    );
    agrees(
        given("managerDn", json!(null), json!({})),
        json!({ "outcome": "unchanged" }),
    );
}

#[test]
fn directions() {
    let given = json!({ "direction": "okta_to_ad", "okta_user": { "login": "a.b@example.test", "firstName": "A", "lastName": "B", "countryCode": "JP", "city": "東京" } });
    agrees(
        given,
        json!({ "ad": { "sAMAccountName": "a.b", "cn": "A B", "userPrincipalName": "a.b@example.test", "l": "東京", "c": "JP", "countryCode": "392" } }),
    );
    let from = |changes| json!({ "direction": "ad_to_okta", "ad_user": user(changes) });
    agrees(
        from(json!({ "countryCode": 392 })),
        json!({ "profile": { "countryCode": "JP", "firstName": "Ichiro" } }),
    );
    agrees(
        from(json!({ "countryCode": 0, "c": "US" })),
        json!({ "profile": { "countryCode": "US" } }),
    );
    agrees(
        from(json!({ "departmentNumber": ["42", "43"] })),
        json!({ "profile": { "departmentNumber": "42" } }),
    );
    let answer = one(
        &json!({ "given": from(json!({ "countryCode": 0 })) }),
        now(),
    );
    assert!(answer["profile"].get("countryCode").is_none(), "{answer:#}");
    assert!(
        answer["profile"].get("sAMAccountName").is_none(),
        "{answer:#}"
    );
    assert!(answer["profile"].get("userName").is_none(), "{answer:#}");
}

#[test]
fn a_wrong_expectation_is_found() {
    let vector = |expect: Json| json!({ "id": 1, "given": { "import": "full", "known": false, "ad_user": user(json!({})) }, "expect": expect });
    for wrong in [
        json!({ "outcome": "ignored" }),
        json!({ "outcome": "import", "missing": ["sn"] }),
        json!({ "outcome": "import", "login": "x" }),
        json!({ "outcome": "import", "profile": { "email": "x" } }),
        json!({ "something": true }),
    ] {
        let answer = one(&vector(wrong), now());
        assert_eq!(answer["ok"], false, "{answer:#}");
        assert_eq!(answer["differences"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn nonsense_is_explained_too() {
    for vector in [
        json!(null),
        json!([]),
        json!({}),
        json!({ "given": 1 }),
        json!({ "given": { "import": "sideways" }, "expect": {} }),
        json!({ "given": { "ad_user": 7, "import": "full" }, "expect": {} }),
        json!({ "given": { "direction": "okta_to_ad" }, "expect": {} }),
        json!({ "given": { "direction": "okta_to_ad", "mapping": "x" }, "expect": {} }),
        json!({ "given": { "username_format": "custom", "ad_user": {} }, "expect": {} }),
        json!({ "given": { "selected_ous": ["nonsense"], "import": "full", "ad_user": {} }, "expect": {} }),
    ] {
        let answer = one(&vector, now());
        assert!(
            answer["ok"] == false || vector["expect"] == json!({}),
            "{answer}"
        );
    }
    assert_eq!(all(&json!({ "vectors": [] }), now()).unwrap().len(), 0);
    assert!(all(&json!("x"), now()).is_none());
}
