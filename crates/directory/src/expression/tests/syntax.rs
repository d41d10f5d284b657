//! Literals, operators, precedence, names and null, in both dialects.

use super::*;

/// Rows that mean the same in both dialects.
#[track_caller]
fn both(rows: &[(&str, &str)]) {
    check(Dialect::Classic, rows);
    check(Dialect::Engine, rows);
}

#[test]
fn literals() {
    both(&[
        ("'x'", r#""x""#),
        (r#""x""#, r#""x""#),
        ("''", r#""""#),
        ("'It''s'", r#""It's""#),
        (r#""say ""hi""""#, r#""say \"hi\"""#),
        (r#""it's""#, r#""it's""#),
        (r#"'a "b" c'"#, r#""a \"b\" c""#),
        (r#""\""#, r#""\\""#),
        (r"'a\nb'", r#""a\\nb""#),
        (r"'\'", r#""\\""#),
        ("'日本語'", r#""日本語""#),
        ("'😀'", r#""😀""#),
        ("1234", "1234"),
        ("0", "0"),
        ("007", "7"),
        ("3.141", "3.141"),
        ("1.5e3", "1500.0"),
        ("2E-2", "0.02"),
        ("12L", "12"),
        ("1.5f", "1.5"),
        ("0xFF", "255"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "!too large"),
        ("1e999", "!too large"),
        ("true", "true"),
        ("TRUE", "true"),
        ("False", "false"),
        ("null", "null"),
        ("NULL", "null"),
        ("Null", "null"),
        ("{}", "[]"),
        ("{1, 2, 3}", "[1,2,3]"),
        ("{1, 'a', null, {true}}", r#"[1,"a",null,[true]]"#),
        ("{1,2,3}[0]", "1"),
        ("{1,2,3}[2]", "3"),
        ("{1,2,3}[3]", "!no"),
        ("{1,2,3}[-1]", "!none at position -1"),
        ("{{1,2},{3}}[0][1]", "2"),
        ("{'a': 1, b: 2}", r#"{"a":1,"b":2}"#),
        ("{'a': 1}['a']", "1"),
        ("{'a': 1}.a", "1"),
        ("{:}", "{}"),
        ("'abc'[1]", r#""b""#),
        ("'abc'[3]", "!no character 3"),
    ]);
}

#[test]
fn operators_and_their_precedence() {
    both(&[
        ("1 + 2", "3"),
        ("1+2*3", "7"),
        ("(1+2)*3", "9"),
        ("7/2", "3"),
        ("7.0/2", "3.5"),
        ("7%4", "3"),
        ("7 mod 4", "3"),
        ("8 div 2", "4"),
        ("2^10", "1024"),
        ("2^3*2", "16"),
        ("5-3-1", "1"),
        ("-3", "-3"),
        ("1 - -1", "2"),
        ("+4", "4"),
        ("1 + 0.5", "1.5"),
        ("1/0", "!divided by 0"),
        ("1%0", "!divided by 0"),
        ("1.0/0", "!no number"),
        ("9223372036854775807 + 1", "!too large"),
        ("'a' + 'b'", r#""ab""#),
        ("'a' + 1", r#""a1""#),
        ("1 + 'a'", r#""1a""#),
        ("1 + 2 + 'a'", r#""3a""#),
        ("'a' + 1 + 2", r#""a12""#),
        ("'a' + (1 + 2)", r#""a3""#),
        ("'a' + true", r#""atrue""#),
        ("'a' + 1.5", r#""a1.5""#),
        ("'x' + {1,2}", r#""x1,2""#),
        ("'a' - 'b'", "!calculates with two numbers"),
        ("'a' * 2", "!calculates with two numbers"),
        ("-'a'", "!A minus stands before a number"),
        ("1 == 1", "true"),
        ("1 == 1.0", "true"),
        ("1 != 2", "true"),
        ("1 < 2", "true"),
        ("2 <= 2", "true"),
        ("3 > 2", "true"),
        ("2 >= 3", "false"),
        ("1.5 > 1", "true"),
        ("1 eq 1", "true"),
        ("1 NE 1", "false"),
        ("1 lt 2", "true"),
        ("1 GE 2", "false"),
        ("'a' == 'a'", "true"),
        ("'a' == 'A'", "false"),
        ("'a' < 'b'", "true"),
        ("'Z' < 'a'", "true"),
        ("'123' == 123", "false"),
        ("'123' != 123", "true"),
        ("'a' < 1", "!This cannot be compared: a text and a number"),
        ("true == true", "true"),
        ("true == 'true'", "false"),
        ("{1,2} == {1,2}", "true"),
        ("{1,2} == {2,1}", "false"),
        ("null == null", "true"),
        ("null == ''", "false"),
        ("null != ''", "true"),
        ("null == 0", "false"),
        ("null < 1", "true"),
        ("1 > null", "true"),
        ("1 < 2 == true", "!do not chain"),
        ("(1 < 2) == true", "true"),
        ("true AND false", "false"),
        ("true and true", "true"),
        ("true OR false", "true"),
        ("false or false", "false"),
        ("true && true", "true"),
        ("true || false", "true"),
        ("!true", "false"),
        ("not false", "true"),
        ("NOT true", "false"),
        ("!!true", "true"),
        ("! (1 == 2)", "true"),
        ("!true || true", "true"),
        ("!(true || true)", "false"),
        ("true || false && false", "true"),
        ("(true || false) && false", "false"),
        ("1 < 2 AND 2 < 3", "true"),
        ("1 + 1 == 2", "true"),
        ("false && (1/0 == 1)", "false"),
        ("true || (1/0 == 1)", "true"),
        ("true && 1", "!A condition is true or false, not a number"),
        ("!null", "!A condition is true or false, not null"),
        ("!'true'", "!A condition is true or false, not a text"),
        ("true ? 'a' : 'b'", r#""a""#),
        ("false ? 'a' : 'b'", r#""b""#),
        ("true ? 1 : 1/0", "1"),
        ("1 == 1 ? 'x' : 'y'", r#""x""#),
        ("false ? 1 : true ? 2 : 3", "2"),
        ("false ? 1 : false ? 2 : 3", "3"),
        ("true ? false ? 1 : 2 : 3", "2"),
        ("true ? 'a' + 'b' : 'c'", r#""ab""#),
        ("true ? null : 1", "null"),
        ("null ? 1 : 2", "!A condition is true or false, not null"),
        ("'x' ? 1 : 2", "!A condition is true or false, not a text"),
        ("1 ? 2 : 3", "!A condition is true or false, not a number"),
        ("null ?: 'b'", r#""b""#),
        ("'' ?: 'b'", r#""b""#),
        ("' ' ?: 'b'", r#"" ""#),
        ("'a' ?: 'b'", r#""a""#),
        ("0 ?: 1", "0"),
        ("false ?: true", "false"),
        ("null ?: null ?: 3", "3"),
        ("null ?: true ? 1 : 2", "1"),
        ("'a' ?: (1/0)", r#""a""#),
        ("'abc' matches 'a.c'", "true"),
        ("'abcd' matches 'a.c'", "false"),
        ("user.title matches '(?i)engineer'", "true"),
        ("'Senior Engineer' matches '(?i)engineer'", "false"),
        ("null matches 'a'", "false"),
        ("'a' matches '('", "!pattern cannot be read"),
    ]);
}

#[test]
fn what_is_refused() {
    both(&[
        ("", "!The expression is empty"),
        ("   ", "!The expression is empty"),
        ("1 +", "!At character 4: The expression ends"),
        ("1 2", "!At character 3: the number 2 does not belong here"),
        ("(1", "!`)` is expected, not the end"),
        ("1)", "!`)` does not belong here"),
        ("{1", "!`}` is expected"),
        ("{1,2", "!`}` is expected"),
        ("{'a': 1, 2}", "!all parts have a key"),
        (
            "'abc",
            "!At character 1: The text that begins here has no closing '",
        ),
        ("\"abc'", "!no closing \""),
        ("user.", "!The name of a property"),
        ("user..x", "!The name of a property"),
        ("user.'x'", "!The name of a property"),
        (".5", "!A value is expected, not `.`"),
        ("a = 1", "!cannot assign"),
        (
            "user.x = 'a'",
            "!At character 8: An expression cannot assign",
        ),
        ("user.x++", "!`++` is not allowed"),
        ("--user.x", "!`--` is not allowed"),
        ("1--1", "!`--` is not allowed"),
        ("T(java.lang.Runtime).getRuntime()", "!types"),
        ("new java.lang.String('a')", "!Constructors"),
        ("@bean.x", "!beans"),
        ("#root", "!Variables"),
        ("1 between {0, 2}", "!`between` is not allowed"),
        ("'a' instanceof 'b'", "!`instanceof` is not allowed"),
        ("{1,2}.?[#this > 1]", "!selection"),
        ("true & false", "!single `&`"),
        ("true | false", "!single `|`"),
        ("“a”", "!typographic quote"),
        ("a ; b", "!has no meaning"),
        ("true ? 1", "!`:` is expected, not the end"),
        ("true ? : 2", "!A value is expected"),
        ("? 1 : 2", "!A value is expected"),
        ("user.firstName.foo()", "!There is no method foo()"),
        ("foo(1)", "!There is no function foo()"),
        ("String.foo(1)", "!There is no function String.foo()"),
        ("String", "!There is nothing called `String`"),
        ("foo", "!There is nothing called `foo`"),
        ("fistName + 'x'", "!user.fistName"),
        (
            "user.title + nothing.x",
            "!At character 14: There is nothing called `nothing`",
        ),
    ]);
}

#[test]
fn names_and_null() {
    both(&[
        ("user.firstName", r#""Hanako""#),
        ("user.profile.firstName", r#""Hanako""#),
        ("user['firstName']", r#""Hanako""#),
        ("user . firstName", r#""Hanako""#),
        ("user?.firstName", r#""Hanako""#),
        ("user.middleName", "null"),
        ("user.noSuchThing", "null"),
        ("user.noSuchThing.deeper.still", "null"),
        ("user.noSuchThing[0]", "null"),
        ("user.firstname", "null"),
        ("user.salary", "1200000"),
        ("user.ratio", "0.5"),
        ("user.isContractor", "false"),
        ("user.strArray", r#"["one","two"]"#),
        ("user.strArray[1]", r#""two""#),
        ("user.displayName", r#""山田 花子""#),
        ("user.firstName.x", "!cannot be read from a text"),
        ("appuser.userName", r#""hanako.yamada@corp.example.test""#),
        ("appUser.userName", r#""hanako.yamada@corp.example.test""#),
        ("appuser.username", r#""hanako.yamada@corp.example.test""#),
        ("appuser.managerDN == appuser.managerDn", "true"),
        ("appuser.email", "null"),
        (
            "appuser.email != null ? appuser.email : appuser.userName",
            r#""hanako.yamada@corp.example.test""#,
        ),
        ("active_directory.managerUpn", r#""boss@corp.example.test""#),
        ("active_directory_2.managerUpn", "null"),
        ("zendesk_app.companySubDomain", r#""acme""#),
        ("source.firstName", r#""Alexander""#),
        ("idpuser.firstName", "null"),
        ("org.name + '/' + org.subDomain", r#""acme/acme-dev""#),
        ("session.amr", r#"["pwd","mfa"]"#),
        ("session.id", "null"),
        ("user.firstName + ' ' + user.lastName", r#""Hanako Yamada""#),
        (
            "user.firstName + user.middleName + user.lastName",
            r#""HanakoYamada""#,
        ),
        ("null + null", r#""""#),
        ("user.nickName == ''", "true"),
        ("user.nickName == null", "false"),
        ("user.nickName ?: user.firstName", r#""Hanako""#),
        ("user.middleName ?: user.firstName", r#""Hanako""#),
        (
            "user.noSuchThing != '' AND user.noSuchThing != null ? user.noSuchThing : user.title",
            r#""Engineer""#,
        ),
        ("user.groupCode == 123 ? 'Sales' : 'Other'", r#""Sales""#),
        ("user.codeText == 123 ? 'Sales' : 'Other'", r#""Other""#),
        ("user.salary >= 1000000", "true"),
        ("!user.isContractor", "true"),
        ("user.salary > 1000000 AND !user.isContractor", "true"),
        ("user.city == \"San Francisco\"", "true"),
        ("groups.![profile.name][0]", r#""Everyone""#),
        ("user.strArray.![1]", "[1,1]"),
        ("null.![x]", "null"),
        ("'a'.![x]", "!goes through a list"),
        ("user + 'x'", "!An object has no text"),
        ("\n user.firstName\t", r#""Hanako""#),
    ]);
}

#[test]
fn a_null_that_is_joined_leaves_a_note() {
    let found = evaluate_in(&roots(), "user.middleName + 'x'", Dialect::Classic).unwrap();
    assert_eq!(found.value, json!("x"));
    assert_eq!(found.notes.len(), 1);
    assert_eq!(found.notes[0].position, 17);
    let roots = roots();
    let scene = Scene {
        roots: roots.as_object().unwrap(),
        now: now(),
        null_join: NullJoin::Literal,
    };
    let read = Expression::read("user.middleName + 'x'", Dialect::Classic).unwrap();
    assert_eq!(read.evaluate(&scene).unwrap().value, json!("nullx"));
}

#[test]
fn an_expression_names_its_roots() {
    let source = "appuser.email != null ? String.len(user.login) : groups.![profile.name]";
    let read = Expression::read(source, Dialect::Classic).unwrap();
    assert_eq!(read.roots(), ["appuser", "user", "groups"]);
    assert_eq!(read.source(), source);
}

#[test]
fn okta_does_not_take_every_function_everywhere() {
    let misplaced = |source: &str, place| {
        let read = Expression::read(source, Dialect::Classic).unwrap();
        let problems = read.misplaced(place);
        problems
            .iter()
            .map(|problem| problem.position)
            .collect::<Vec<_>>()
    };
    let claim = "user.x == 'a' ? Groups.contains('OKTA', 'x', 9) : getFilteredGroups({'a'}, 'group.name', 9)";
    assert!(misplaced(claim, Place::Claim).is_empty());
    assert_eq!(misplaced(claim, Place::Mapping), [17, 51]);
    let rule = "String.len(user.x) > 1 AND Arrays.contains(user.y, 'a') AND isMemberOfGroupName('b') OR toUpperCase(user.z) == 'C'";
    assert!(misplaced(rule, Place::GroupRule).is_empty());
    assert_eq!(
        misplaced(
            "Convert.toInt(user.x) == 1 OR Time.now() == hasDirectoryUser()",
            Place::GroupRule
        ),
        [1, 31, 45]
    );
}
