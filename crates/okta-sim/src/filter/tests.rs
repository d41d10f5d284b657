use serde_json::{Value, json};

use super::*;

struct Doc(Value);
impl Fields for Doc {
    fn values(&self, path: &str) -> Vec<Scalar> {
        json_values(&self.0, path)
    }
}

#[track_caller]
fn check(source: &str, holds: bool) {
    let doc = Doc(json!({
        "id": "00u1", "status": "ACTIVE", "lastUpdated": "2026-03-01T10:00:00.000Z",
        "profile": {"department": "Sales", "level": 7, "vip": true, "tags": ["red", "blue"], "nick": null},
        "target": [{"id": "00u1", "type": "User"}, {"id": "00g9", "type": "UserGroup"}],
    }));
    let expr = parse(source).unwrap();
    assert_eq!(matches(&expr, &doc, Case::Ignored), holds, "{source}");
}

#[test]
fn operators_compare_as_okta_does() {
    check(r#"profile.department eq "sales""#, true);
    check(r#"profile.department EQ "Salesmen""#, false);
    check(r#"profile.department sw "sa""#, true);
    check(r#"profile.department co "ale""#, true);
    check(r#"profile.department ew "les""#, true);
    check(r#"profile.department ne "IT""#, true);
    check(r#"profile.level gt 6"#, true);
    check(r#"profile.level le "6""#, false);
    check(r#"profile.vip eq true"#, true);
    check(r#"profile.tags eq "blue""#, true);
    check(r#"profile.nick pr"#, false);
    check(r#"profile.department pr"#, true);
    check(r#"target.id eq "00g9""#, true);
}

#[test]
fn times_compare_as_times() {
    check(r#"lastUpdated gt "2026-02-28T23:59:59Z""#, true);
    check(r#"lastUpdated lt "2026-03-01T19:00:00+09:00""#, false);
    check(r#"lastUpdated ge "2026-03-01""#, true);
}

#[test]
fn and_binds_tighter_than_or() {
    check(r#"id eq "x" and id eq "x" or status eq "ACTIVE""#, true);
    check(r#"id eq "x" and (id eq "x" or status eq "ACTIVE")"#, false);
    check(r#"not (status eq "ACTIVE") or id eq "00u1""#, true);
    check(r#"(status lt "STAGED" or status gt "STAGED")"#, true);
}

#[test]
fn broken_expressions_are_refused() {
    for source in [
        "",
        "status",
        "status eq",
        "status is \"A\"",
        "status eq ACTIVE",
        "(status eq \"A\"",
        "status eq \"A\" status",
        "status eq \"A",
        "target[type eq \"User\"].id pr",
    ] {
        assert!(parse(source).is_err(), "{source}");
    }
    assert!(parse(&"(".repeat(10_000)).is_err());
    assert!(parse(&format!("{}status pr", "not ".repeat(100))).is_err());
}
