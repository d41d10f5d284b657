use serde_json::json;

use super::*;

#[track_caller]
fn check(source: &str, expected: bool) {
    let profile =
        json!({"department": "Sales", "title": "Account Manager", "level": 4, "tags": ["a", "b"]});
    let groups = [("00g1".to_owned(), "Tokyo office".to_owned())];
    let person = Person {
        profile: profile.as_object().unwrap(),
        groups: &groups,
    };
    assert_eq!(
        holds(&parse(source).unwrap(), &person),
        expected,
        "{source}"
    );
}

#[test]
fn rules_look_at_the_profile_and_the_groups() {
    check(r#"user.department=="Sales""#, true);
    check(r#"user.department != "Sales""#, false);
    check(r#"user.department == 'Sales' AND user.level >= 4"#, true);
    check(r#"String.stringContains(user.title, "Manager")"#, true);
    check(r#"!(user.department == "IT" || user.level < 2)"#, true);
    check(
        r#"String.startsWith(String.toLowerCase(user.title), "account")"#,
        true,
    );
    check(r#"isMemberOfGroupName("Tokyo office")"#, true);
    check(r#"isMemberOfAnyGroup("00g8", "00g1")"#, true);
    check(r#"isMemberOfGroupNameStartsWith("Osaka")"#, false);
    check(r#"Arrays.contains(user.tags, "b")"#, true);
    check(r#"user.missing == null"#, true);
    check("user.department", false);
}

#[test]
fn what_is_not_understood_is_refused() {
    for source in [
        "",
        "department == \"x\"",
        "user.",
        "Foo.bar(user.x)",
        "user.x ==",
        "(user.x == 1",
        "String.len()",
        "user.x == \"open",
    ] {
        assert!(parse(source).is_err(), "{source}");
    }
}
