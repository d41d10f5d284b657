//! Methods of the Identity Engine dialect.

use super::*;

#[track_caller]
fn engine(rows: &[(&str, &str)]) {
    check(Dialect::Engine, rows);
}

#[test]
fn texts() {
    engine(&[
        ("'test'.toUpperCase()", r#""TEST""#),
        ("user.profile.firstName.toUpperCase()", r#""HANAKO""#),
        ("'TEST'.toLowerCase()", r#""test""#),
        ("'test'.substring(1)", r#""est""#),
        ("user.profile.firstName.substring(1,3)", r#""an""#),
        ("'test'.substring(5)", "!not within"),
        ("'test'.substring(0,5)", "!not within"),
        ("'test'.substring()", "!substring() takes 1 to 2 arguments"),
        ("'hello'.replace('l', 'p')", r#""heppo""#),
        ("'hello'.replaceFirst('l', 'p')", r#""heplo""#),
        ("'test'.length()", "4"),
        ("user.profile.middleName.length()", "0"),
        ("'This is a test'.removeSpaces()", r#""Thisisatest""#),
        ("'This is a test'.contains('test')", "true"),
        ("'This is a test'.contains('Test')", "false"),
        ("user.profile.middleName.contains('x')", "false"),
        ("user.profile.email.substringBefore('@')", r#""john.doe""#),
        ("user.profile.email.substringAfter('@')", r#""okta.com""#),
        (
            "user.profile.email.substringAfter('.')",
            r#""doe@okta.com""#,
        ),
        ("user.profile.email.substringAfter('#')", r#""""#),
        (
            "user.profile.email.substringBefore('#')",
            r#""john.doe@okta.com""#,
        ),
        ("user.profile.middleName.toUpperCase()", "null"),
        ("null.toUpperCase()", "null"),
        (
            "(user.profile.firstName + ' ' + user.profile.lastName).toUpperCase()",
            r#""HANAKO YAMADA""#,
        ),
        ("'a'.toUpperCase().toLowerCase().length() == 1", "true"),
        ("{1}.toUpperCase()", "!belongs to a text"),
        (
            "String.toUpperCase('a')",
            "!belongs to the classic dialect; here it is the method value.toUpperCase(…)",
        ),
        ("String.len('a')", "!value.length(…)"),
        (
            "isMemberOfGroupName('a')",
            "!belongs to the classic dialect",
        ),
    ]);
}

#[test]
fn lists() {
    engine(&[
        ("user.profile.intArray.contains(3)", "true"),
        ("{1, 2, 3}.contains('one')", "false"),
        ("{1, 2, 3}.contains('1')", "false"),
        ("user.profile.strArray.size()", "2"),
        ("user.profile.noSuchThing.size()", "0"),
        ("{}.isEmpty()", "true"),
        ("{1}.isEmpty()", "false"),
        ("user.profile.noSuchThing.isEmpty()", "true"),
        (
            "user.profile.strArray.add('zero')",
            r#"["one","two","zero"]"#,
        ),
        ("{'one', 'two'}.add('two')", r#"["one","two","two"]"#),
        ("user.profile.intArray.remove(1)", "[2,3]"),
        ("{2, 3}.remove(1)", "[2,3]"),
        ("{{1}, {2, 3}}.flatten()", "[1,2,3]"),
        ("user.profile.intArray.flatten()", "[1,2,3]"),
        ("'a'.size()", "!belongs to a list"),
        (
            "session.amr.contains('mfa') && user.status == 'ACTIVE'",
            "true",
        ),
    ]);
}

#[test]
fn numbers_and_countries() {
    engine(&[
        ("user.profile.stringDouble.toInteger()", "1"),
        ("user.profile.email.toInteger()", "!is not a number"),
        ("'-2147483649'.toInteger()", "2147483647"),
        ("'1.7'.toNumber()", "1.7"),
        ("user.profile.stringDouble.toNumber()", "1.1"),
        ("'123This is a test'.toNumber()", "!is not a number"),
        ("1.1.toInteger()", "1"),
        ("-1.6.toInteger()", "-2"),
        ("2147483647.7.toInteger()", "-2147483648"),
        ("(0.5).toInteger()", "1"),
        ("7.toNumber()", "7.0"),
        ("user.profile.country.parseCountryCode()", r#""US""#),
        ("'840'.parseCountryCode().toAlpha3()", r#""USA""#),
        ("'USA'.parseCountryCode().toAlpha2()", r#""US""#),
        ("'United States'.parseCountryCode().toNumeric()", r#""840""#),
        ("'united kingdom'.parseCountryCode().toAlpha2()", r#""GB""#),
        ("'South Korea'.parseCountryCode().toAlpha3()", r#""KOR""#),
        ("'US'.parseCountryCode().toName()", r#""United States""#),
        ("'Atlantis'.parseCountryCode().toName()", "null"),
        ("'US'.toName()", "!call parseCountryCode()"),
    ]);
}

#[test]
fn times() {
    engine(&[
        ("DateTime.now()", r#""2015-07-31T17:18:37.979Z""#),
        (
            "'130828367179790000'.parseWindowsTime()",
            r#""2015-07-31T17:18:37.979Z""#,
        ),
        (
            "'1438377580979'.parseUnixTime()",
            r#""2015-07-31T21:19:40.979Z""#,
        ),
        (
            "'2015-06-17T00:23:19.676Z'.parseStringTime()",
            r#""2015-06-17T00:23:19.676Z""#,
        ),
        (
            "'17 June 2015 00:23:19'.parseStringTime('dd MMMM yyyy HH:mm:ss')",
            r#""2015-06-17T00:23:19Z""#,
        ),
        ("'tomorrow'.parseStringTime()", "!is no point in time"),
        ("user.created.toWindows()", r#""130827743120000000""#),
        ("DateTime.now().toUnix()", r#""1438363117979""#),
        ("user.created.toString()", r#""2015-07-30T23:58:32Z""#),
        ("user.created.toString('MM/dd/yyyy')", r#""07/30/2015""#),
        (
            "Time.now().toZone('Asia/Tokyo')",
            r#""2015-08-01T02:18:37.979+09:00[Asia/Tokyo]""#,
        ),
        (
            "DateTime.now().toZone('Asia/Tokyo').toString('HH:mm')",
            r#""02:18""#,
        ),
        ("DateTime.now().toZone('Mars')", "!is no time zone"),
        ("user.created.plusDays(2)", r#""2015-08-01T23:58:32.000Z""#),
        (
            "user.created.plusHours(-1)",
            r#""2015-07-30T22:58:32.000Z""#,
        ),
        (
            "user.created.plusMinutes(0)",
            r#""2015-07-30T23:58:32.000Z""#,
        ),
        (
            "DateTime.now().minusDays(3)",
            r#""2015-07-28T17:18:37.979Z""#,
        ),
        (
            "DateTime.now().minusHours(100)",
            r#""2015-07-27T13:18:37.979Z""#,
        ),
        (
            "DateTime.now().minusMinutes(-1)",
            r#""2015-07-31T17:19:37.979Z""#,
        ),
        (
            "DateTime.now().minusSeconds(2)",
            r#""2015-07-31T17:18:35.979Z""#,
        ),
        ("DateTime.now().plusDays(99999999999)", "!out of range"),
        ("user.created.withinDays(1)", "true"),
        ("user.created.withinHours(100)", "true"),
        ("user.created.withinMinutes(2)", "false"),
        ("user.created.withinSeconds(100)", "false"),
        ("user.lastLogin.withinDays(1)", "false"),
        ("user.created < DateTime.now()", "true"),
        ("user.created.plusDays(1) > DateTime.now()", "true"),
        ("DateTime.now() == '2015-07-31T17:18:37.979Z'", "true"),
        ("'at ' + DateTime.now()", r#""at 2015-07-31T17:18:37.979Z""#),
        (
            "1.plusDays(1)",
            "!A point in time is needed here, not a number",
        ),
    ]);
}

#[test]
fn groups_and_people() {
    engine(&[
        (
            "user.isMemberOf({'group.id': {'00gjitX9HqABSoqTB0g3', '00garwpuyxHaWOkdV0g4'}}, {'group.type': 'APP_GROUP'})",
            "true",
        ),
        (
            "user.isMemberOf({'group.id': {'00gjitX9HqABSoqTB0g3', '00garwpuyxHaWOkdV0g4'}}, {'group.type': 'BUILT_IN'})",
            "false",
        ),
        (
            "user.isMemberOf({'group.profile.name': 'West Coast', 'operator': 'STARTS_WITH' })",
            "true",
        ),
        (
            "user.isMemberOf({'group.profile.name': 'West Coast', 'operator': 'EXACT' })",
            "false",
        ),
        (
            "user.isMemberOf({'group.profile.name': 'West Coast'})",
            "true",
        ),
        ("user.isMemberOf()", "!takes at least 1 arguments"),
        (
            "user.getGroups({'group.type': {'APP_GROUP'}}).![profile.name]",
            r#"["Engineering Users"]"#,
        ),
        ("user.getGroups().size()", "4"),
        ("user.getLinkedObject('manager').lastName", r#""Gates""#),
        (
            "user.getLinkedObject('manager').profile.lastName",
            r#""Gates""#,
        ),
        ("user.id", r#""00u1""#),
        (
            "user.status == 'ACTIVE' && !user.profile.isContractor",
            "true",
        ),
    ]);
}
