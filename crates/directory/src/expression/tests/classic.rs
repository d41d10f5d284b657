//! Functions of the classic dialect.

use super::*;

#[track_caller]
fn classic(rows: &[(&str, &str)]) {
    check(Dialect::Classic, rows);
}

#[test]
fn published_examples() {
    classic(&[
        (r#"substringBefore(user.login, "@")"#, r#""hanako.yamada""#),
        (
            r#"user.firstName + " " + user.lastName"#,
            r#""Hanako Yamada""#,
        ),
        (
            "substring(user.firstName, 0, 1) + substring(user.lastName, 0, 6)",
            r#""HYamada""#,
        ),
        (
            r#"toUpperCase(substringBefore(substringAfter(user.login, "@"), ".")) + "\" + substringBefore(user.login, "@")"#,
            r#""CORP\\hanako.yamada""#,
        ),
        (r#"String.substringAfter("no-at-sign", "@")"#, r#""""#),
        (
            r#"String.stringSwitch("Sales East", "Other", "West", "w", "East", "e")"#,
            r#""e""#,
        ),
        (
            "appuser.email != null ? appuser.email : appuser.userName",
            r#""hanako.yamada@corp.example.test""#,
        ),
        (
            r#"String.substringAfter(String.substringBefore(appuser.managerDn, ",OU"), "CN=")"#,
            r#""Hanako Yamada""#,
        ),
        (
            r#"String.substringAfter(String.substringBefore(appuser.otherDn, ",OU"), "CN=")"#,
            r#""Smith\\, John""#,
        ),
        (r#"Iso3166Convert.toAlpha2("392")"#, r#""JP""#),
        ("Arrays.isEmpty(NULL)", "true"),
        ("Arrays.size(NULL)", "0"),
        (
            "hasDirectoryUser() ? findDirectoryUser().managerUpn : null",
            r#""boss@corp.example.test""#,
        ),
        ("user.nickName ?: user.firstName", r#""Hanako""#),
        (
            r#""XDOMAIN\" + toLowerCase(substring( user.firstName, 0, 1)) + toLowerCase(user.lastName)"#,
            r#""XDOMAIN\\hyamada""#,
        ),
        (
            r#"user.firstName + " " + (String.len(user.middleName) == 0 ? "" : (String.substring(user.middleName, 0, 1) + ". ")) + user.lastName"#,
            r#""Hanako Yamada""#,
        ),
    ]);
}

#[test]
fn texts() {
    classic(&[
        ("String.append('a','b')", r#""ab""#),
        ("String.append('This is', ' a test')", r#""This is a test""#),
        ("String.append('a', 1)", r#""a1""#),
        ("String.append(null, 'b')", "null"),
        (
            "String.append('a')",
            "!String.append() takes 2 arguments, and 1 are given",
        ),
        ("String.join(',', 'This', 'is')", r#""This,is""#),
        (
            "String.join('', 'This', 'is', 'a', 'test')",
            r#""Thisisatest""#,
        ),
        ("String.join(',')", r#""""#),
        ("String.join()", "!takes at least 1 arguments"),
        ("String.join('-', 1, true)", r#""1-true""#),
        ("String.len('This')", "4"),
        ("String.len('')", "0"),
        ("String.len(null)", "0"),
        ("String.len(user.middleName)", "0"),
        ("String.len('山田花子')", "4"),
        ("String.len(12345)", "5"),
        ("String.len({1,2})", "3"),
        ("String.removeSpaces('This is a test')", r#""Thisisatest""#),
        ("String.removeSpaces(user.displayName)", r#""山田花子""#),
        ("String.removeSpaces('  ')", r#""""#),
        ("String.removeSpaces(null)", "null"),
        (
            "String.replace('This is a test','is','at')",
            r#""That at a test""#,
        ),
        ("String.replace('a.b.c','.','')", r#""abc""#),
        ("String.replace('aaa','b','c')", r#""aaa""#),
        ("String.replace('a$1b','$1','\\0')", r#""a\\0b""#),
        ("String.replace('山田','山','川')", r#""川田""#),
        ("String.replace(null,'a','b')", "null"),
        (
            "String.replaceFirst('This is a test','is','at')",
            r#""That is a test""#,
        ),
        ("String.replaceFirst('a.b','.','-')", r#""a-b""#),
        ("String.replaceFirst('abc','x','y')", r#""abc""#),
        ("String.startsWith('This is','This')", "true"),
        ("String.startsWith('This is','this')", "false"),
        ("String.startsWith(null,'x')", "false"),
        ("String.startsWith('x','')", "true"),
        ("String.stringContains('This is a test','test')", "true"),
        ("String.stringContains('This is a test','Test')", "false"),
        (
            r#"String.stringContains("This is a test", "doesn'tExist")"#,
            "false",
        ),
        ("String.stringContains(null,'x')", "false"),
        ("String.stringContains('x',null)", "false"),
        (
            "String.stringSwitch('This is a test','default','key1','value1')",
            r#""default""#,
        ),
        (
            "String.stringSwitch('This is a test','default','test','value1')",
            r#""value1""#,
        ),
        (
            "String.stringSwitch('First match wins','default','absent','value1','wins','value2','match','value3')",
            r#""value2""#,
        ),
        (
            "String.stringSwitch('Substrings count','default','ring','value1')",
            r#""value1""#,
        ),
        ("String.stringSwitch('x','default')", r#""default""#),
        (
            "String.stringSwitch('x','default','k')",
            "!takes a value after every key",
        ),
        ("String.stringSwitch('x')", "!takes at least 2 arguments"),
        ("String.stringSwitch(null,'default','a','b')", "null"),
        ("String.substring('This is a test',2,9)", r#""is is a""#),
        ("String.substring('abc',0,0)", r#""""#),
        ("String.substring('abc',0,3)", r#""abc""#),
        ("String.substring('abc',3,3)", r#""""#),
        ("String.substring('abc',1)", r#""bc""#),
        (
            "String.substring('abc',0,4)",
            "!not within a text of 3 characters",
        ),
        ("String.substring('abc',-1,2)", "!not within"),
        ("String.substring('abc',2,1)", "!not within"),
        ("String.substring('abc',4,4)", "!not within"),
        ("String.substring('',0,1)", "!not within a text of 0"),
        ("String.substring('abc','0','2')", r#""ab""#),
        ("String.substring('abc','x',2)", "!not a whole number"),
        ("String.substring('abc',0.5,2)", "!A whole number is needed"),
        ("String.substring(null,0,1)", "null"),
        ("String.substring('山田花子',0,2)", r#""山田""#),
        ("String.substring(user.face,1,2)", r#""😀""#),
        ("String.substring(12345,1,3)", r#""23""#),
        ("String.substringAfter('abc@okta.com','@')", r#""okta.com""#),
        ("String.substringAfter('a@b@c','@')", r#""b@c""#),
        ("String.substringAfter('abc','')", r#""abc""#),
        ("String.substringAfter(null,'@')", "null"),
        ("String.substringBefore('abc@okta.com','@')", r#""abc""#),
        ("String.substringBefore('a@b@c','@')", r#""a""#),
        ("String.substringBefore('abc','@')", r#""abc""#),
        ("String.substringBefore('@abc','@')", r#""""#),
        ("String.substringBefore(null,'@')", "null"),
        ("String.toUpperCase('This')", r#""THIS""#),
        ("String.toUpperCase('straße')", r#""STRASSE""#),
        ("String.toUpperCase(null)", "null"),
        ("String.toLowerCase('ThiS')", r#""this""#),
        ("String.toLowerCase('ÄÖÜ')", r#""äöü""#),
        ("String.toUpperCase(user)", "!An object has no text"),
        (
            "string.toUpperCase('a')",
            "!belongs to the Identity Engine dialect",
        ),
        ("String.touppercase('a')", "!String.toUpperCase() is one"),
        ("String.toUpperCase(\n 'a' )", r#""A""#),
    ]);
    classic(&[
        ("toUpperCase(source.firstName)", r#""ALEXANDER""#),
        ("toLowerCase('AlexANDER')", r#""alexander""#),
        ("substringBefore(user.email, '@')", r#""john.doe""#),
        ("substringAfter(user.email, '@')", r#""okta.com""#),
        ("substring(source.firstName, 1, 4)", r#""lex""#),
        (
            "user.firstName.toUpperCase()",
            "!belongs to the Identity Engine dialect",
        ),
        ("DateTime.now()", "!belongs to the Identity Engine dialect"),
    ]);
}

#[test]
fn lists() {
    classic(&[
        ("Arrays.add({10, 20, 30}, 40)", "[10,20,30,40]"),
        ("Arrays.add(null, 1)", "[1]"),
        ("Arrays.add('10, 20', '30')", r#"["10","20","30"]"#),
        ("Arrays.remove({10, 20, 30}, 20)", "[10,30]"),
        ("Arrays.remove({10, 20, 30}, 50)", "[10,20,30]"),
        ("Arrays.remove(null, 1)", "[]"),
        ("Arrays.clear({10, 20, 30})", "[]"),
        ("Arrays.get({0, 1, 2}, 0)", "0"),
        ("Arrays.get({0, 1, 2}, 2)", "2"),
        ("Arrays.get({0, 1, 2}, 3)", "!none at position 3"),
        ("Arrays.get('a,b,c', 1)", r#""b""#),
        ("Arrays.get(null, 0)", "null"),
        ("Arrays.flatten(10, {20, 30}, 40)", "[10,20,30,40]"),
        ("Arrays.flatten({10, {20, {30}}}, 40)", "[10,20,30,40]"),
        (
            "Arrays.flatten('10, 20, 30, 40')",
            r#"["10","20","30","40"]"#,
        ),
        ("Arrays.flatten()", "[]"),
        ("Arrays.contains({10, 20, 30}, 10)", "true"),
        ("Arrays.contains({10, 20, 30}, 50)", "false"),
        ("Arrays.contains({'admin','user'}, 'Admin')", "false"),
        ("Arrays.contains({'administrator'}, 'admin')", "false"),
        ("Arrays.contains('10, 20', '20')", "true"),
        ("Arrays.contains('10, 20', 20)", "true"),
        ("Arrays.contains(user.csv, '20')", "true"),
        ("Arrays.contains(null, 1)", "false"),
        ("Arrays.contains(user.strArray, 'one')", "true"),
        (
            "Arrays.contains(session.amr, 'mfa') ? 'strong' : 'weak'",
            r#""strong""#,
        ),
        ("Arrays.size({10, 20, 30})", "3"),
        ("Arrays.size({})", "0"),
        ("Arrays.size('')", "0"),
        ("Arrays.size(user.csv)", "3"),
        ("Arrays.isEmpty({10, 20})", "false"),
        ("Arrays.isEmpty({})", "true"),
        ("Arrays.isEmpty(user.noSuchThing)", "true"),
        (
            r#"Arrays.toCsvString({"This", "is", " a ", "test"})"#,
            r#""This,is, a ,test""#,
        ),
        ("Arrays.toCsvString({1, 2.5, true})", r#""1,2.5,true""#),
        ("Arrays.toCsvString({})", r#""""#),
        ("Arrays.toCsvString(null)", r#""""#),
        ("Arrays.size()", "!takes one argument, and 0 are given"),
    ]);
}

#[test]
fn conversions() {
    classic(&[
        ("Convert.toInt('1234')", "1234"),
        ("Convert.toInt(123.4)", "123"),
        ("Convert.toInt(123.6)", "124"),
        ("Convert.toInt(123.5)", "124"),
        ("Convert.toInt(-1.5)", "-1"),
        ("Convert.toInt('-1.5')", "-1"),
        ("Convert.toInt('12.5')", "13"),
        ("Convert.toInt(' 7 ')", "7"),
        ("Convert.toInt('abc')", "!is not a number"),
        ("Convert.toInt('')", "!is not a number"),
        ("Convert.toInt('NaN')", "!is not a number"),
        ("Convert.toInt(null)", "null"),
        ("Convert.toInt(true)", "!cannot be made of true or false"),
        ("Convert.toInt('2147483648')", "-2147483648"),
        ("Convert.toNum('3.141')", "3.141"),
        ("Convert.toNum('3')", "3.0"),
        ("Convert.toNum('3') + 'x'", r#""3.0x""#),
        ("Convert.toNum('x')", "!is not a number"),
        ("Convert.toNum(null)", "null"),
        (r#"Iso3166Convert.toAlpha2("IND")"#, r#""IN""#),
        (r#"Iso3166Convert.toAlpha3("840")"#, r#""USA""#),
        (r#"Iso3166Convert.toNumeric("USA")"#, r#""840""#),
        (r#"Iso3166Convert.toName("IN")"#, r#""India""#),
        ("Iso3166Convert.toName('JP')", r#""Japan""#),
        ("Iso3166Convert.toAlpha2('jp')", r#""JP""#),
        ("Iso3166Convert.toAlpha2(appuser.adCountryCode)", r#""JP""#),
        ("Iso3166Convert.toAlpha2(392)", r#""JP""#),
        ("Iso3166Convert.toNumeric('AF')", r#""004""#),
        ("Iso3166Convert.toAlpha2('4')", r#""AF""#),
        ("Iso3166Convert.toAlpha2('XX')", "null"),
        ("Iso3166Convert.toAlpha2('0')", "null"),
        ("Iso3166Convert.toAlpha2('')", "null"),
        ("Iso3166Convert.toAlpha2(null)", "null"),
        ("Iso3166Convert.toAlpha2('Japan')", "null"),
    ]);
}

#[test]
fn times() {
    classic(&[
        ("Time.now()", r#""2015-07-31T17:18:37.979Z""#),
        ("Time.now('EST')", r#""2015-07-31T12:18:37.979-05:00""#),
        (
            "Time.now('Asia/Tokyo')",
            r#""2015-08-01T02:18:37.979+09:00""#,
        ),
        ("Time.now('Japan')", r#""2015-08-01T02:18:37.979+09:00""#),
        (
            "Time.now('America/New_York')",
            r#""2015-07-31T13:18:37.979-04:00""#,
        ),
        ("Time.now('Nowhere/Land')", "!is no time zone"),
        (
            "Time.now('EST', 'YYYY-MM-dd HH:mm:ss')",
            r#""2015-07-31 12:18:37""#,
        ),
        ("Time.now('UTC', 'MM/dd/yyyy')", r#""07/31/2015""#),
        (
            "Time.now('Asia/Tokyo', \"yyyyMMdd'T'HHmmssZ\")",
            r#""20150801T021837+0900""#,
        ),
        (
            "Time.now('UTC', 'EEE, d MMM yy h:mm a')",
            r#""Fri, 31 Jul 15 5:18 PM""#,
        ),
        (
            "Time.now('UTC', 'EEEE MMMM DDD SSS')",
            r#""Friday July 212 979""#,
        ),
        ("Time.now('UTC', 'qqq')", "!no field for `q`"),
        ("Time.now('UTC', \"yyyy'\")", "!not closed"),
        (
            "Time.fromWindowsToIso8601('130827743120000000')",
            r#""2015-07-30T23:58:32Z""#,
        ),
        (
            "Time.fromWindowsToIso8601(130827743120000000)",
            r#""2015-07-30T23:58:32Z""#,
        ),
        (
            "Time.fromWindowsToIso8601('130828367179790000')",
            r#""2015-07-31T17:18:37.979Z""#,
        ),
        (
            "Time.fromIso8601ToWindows('2015-07-30T23:58:32Z')",
            r#""130827743120000000""#,
        ),
        (
            "Time.fromIso8601ToWindows('2015-07-31T08:58:32+09:00')",
            r#""130827743120000000""#,
        ),
        (
            "Time.fromUnixToIso8601('1438363117979')",
            r#""2015-07-31T17:18:37.979Z""#,
        ),
        ("Time.fromUnixToIso8601('0')", r#""1970-01-01T00:00:00Z""#),
        (
            "Time.fromUnixToIso8601('-1000')",
            r#""1969-12-31T23:59:59Z""#,
        ),
        ("Time.fromUnixToIso8601('x')", "!is not a whole number"),
        (
            "Time.fromUnixToIso8601('9223372036854775807')",
            "!out of range",
        ),
        (
            "Time.fromIso8601ToUnix('2015-07-31T17:18:37.979Z')",
            r#""1438363117979""#,
        ),
        ("Time.fromIso8601ToUnix('2015-07-31')", r#""1438300800000""#),
        (
            "Time.fromIso8601ToUnix('yesterday')",
            "!is no point in time",
        ),
        (
            "Time.fromStringToIso8601('2015-06-17 00:23', 'yyyy-MM-dd HH:mm')",
            r#""2015-06-17T00:23:00Z""#,
        ),
        (
            "Time.fromStringToIso8601('07/04/2015', 'MM/dd/yyyy')",
            r#""2015-07-04T00:00:00Z""#,
        ),
        (
            "Time.fromStringToIso8601('20261121233306', 'yyyyMMddHHmmss')",
            r#""2026-11-21T23:33:06Z""#,
        ),
        (
            "Time.fromStringToIso8601('17 June 2015 00:23:19', 'dd MMMM yyyy HH:mm:ss')",
            r#""2015-06-17T00:23:19Z""#,
        ),
        (
            "Time.fromStringToIso8601('1 Jan 15 12:05 AM', 'd MMM yy h:mm a')",
            r#""2015-01-01T00:05:00Z""#,
        ),
        (
            "Time.fromStringToIso8601('2015-06-17T09:23:19+0900', \"yyyy-MM-dd'T'HH:mm:ssZ\")",
            r#""2015-06-17T00:23:19Z""#,
        ),
        (
            "Time.fromStringToIso8601('2015-02-30', 'yyyy-MM-dd')",
            "!cannot be read by the pattern",
        ),
        (
            "Time.fromStringToIso8601('2015', 'yyyy-MM-dd')",
            "!cannot be read by the pattern",
        ),
        (
            "Time.fromStringToIso8601('2015-01-01x', 'yyyy-MM-dd')",
            "!cannot be read by the pattern",
        ),
        ("Time.fromStringToIso8601('', 'yyyy-MM-dd')", r#""""#),
        ("Time.fromStringToIso8601(null, 'yyyy-MM-dd')", "null"),
        (
            "Time.fromIso8601ToString('2015-07-31T17:18:37.979Z', 'MM/dd/yyyy HH:mm')",
            r#""07/31/2015 17:18""#,
        ),
        ("Time.fromIso8601ToString('', 'MM')", r#""""#),
        ("Time.fromIso8601ToString(null, 'MM')", "null"),
        (
            "Time.fromIso8601ToString(user.created, 'yyyy')",
            r#""2015""#,
        ),
    ]);
}

#[test]
fn groups_and_people() {
    classic(&[
        ("isMemberOfGroup('00g1emaKYZTWRYYRRTSK')", "true"),
        ("isMemberOfGroup('00gX')", "false"),
        ("isMemberOfGroup(null)", "false"),
        ("isMemberOfAnyGroup('00gX', '00gjitX9HqABSoqTB0g3')", "true"),
        ("isMemberOfAnyGroup('00gX', '00gY')", "false"),
        ("isMemberOfGroupName('West Coast Users')", "true"),
        ("isMemberOfGroupName('west coast users')", "false"),
        ("isMemberOfGroupName('West')", "false"),
        ("isMemberOfGroupNameStartsWith('West')", "true"),
        ("isMemberOfGroupNameStartsWith('Coast')", "false"),
        ("isMemberOfGroupNameContains('Admin')", "true"),
        ("isMemberOfGroupNameContains('admin')", "false"),
        ("isMemberOfGroupNameRegex('/.*Admin.*')", "true"),
        ("isMemberOfGroupNameRegex('West.*')", "true"),
        ("isMemberOfGroupNameRegex('West')", "false"),
        ("isMemberOfGroupNameRegex('(?i)everyone')", "true"),
        ("isMemberOfGroupNameRegex('(')", "!pattern cannot be read"),
        (
            "isMemberOfGroupName('Everyone') AND user.title == 'Engineer'",
            "true",
        ),
        (
            "user.getGroups({'group.profile.name': 'West Coast'}).![name]",
            r#"["West Coast Users","West Coast Admins"]"#,
        ),
        (
            "user.getGroups({'group.profile.name': 'West Coast'}).![profile.name]",
            r#"["West Coast Users","West Coast Admins"]"#,
        ),
        (
            "user.getGroups({'group.profile.name': 'West Coast', 'operator': 'EXACT'})",
            "[]",
        ),
        (
            "user.getGroups({'group.profile.name': 'Everyone', 'operator': 'EXACT'}).![id]",
            r#"["00gak46y5hydV6NdM0g4"]"#,
        ),
        (
            "user.getGroups({'group.id': {'00gjitX9HqABSoqTB0g3'}}, {'group.profile.name': 'West Coast.*'})",
            "[]",
        ),
        (
            "user.getGroups({'group.type': {'OKTA_GROUP'}}, {'group.profile.name': {'Everyone', 'West Coast Admins'}}).![id]",
            r#"["00garwpuyxHaWOkdV0g4"]"#,
        ),
        (
            "user.getGroups({'group.type': {'OKTA_GROUP', 'APP_GROUP'}}).![id]",
            r#"["00g1emaKYZTWRYYRRTSK","00garwpuyxHaWOkdV0g4","00gjitX9HqABSoqTB0g3"]"#,
        ),
        (
            "user.getGroups({'group.source.id': '0oa1'}).![name]",
            r#"["Engineering Users"]"#,
        ),
        ("user.getGroups({'group.size': 3})", "!is no criterion"),
        (
            "user.getGroups({'group.id': 'a', 'operator': 'EXACT'})",
            "!An operator goes with",
        ),
        (
            "user.getGroups({'group.profile.name': 'a', 'operator': 'LIKE'})",
            "!is no operator",
        ),
        ("user.getGroups('West')", "!Groups are searched with"),
        (
            "Arrays.size(user.getGroups({'group.type': 'BUILT_IN'}))",
            "1",
        ),
        (
            "getFilteredGroups({'00g1emaKYZTWRYYRRTSK', '00gX'}, 'group.name', 40)",
            r#"["West Coast Users"]"#,
        ),
        (
            "getFilteredGroups({'00g1emaKYZTWRYYRRTSK', '00garwpuyxHaWOkdV0g4'}, 'group.name', 1)",
            r#"["West Coast Users"]"#,
        ),
        (
            "getFilteredGroups({'00g1emaKYZTWRYYRRTSK'}, 'group.color', 1)",
            "!is not a part of a group",
        ),
        (
            "Groups.startsWith('OKTA', 'West', 10)",
            r#"["West Coast Users","West Coast Admins"]"#,
        ),
        (
            "Groups.contains('OKTA', 'Users', 10)",
            r#"["West Coast Users"]"#,
        ),
        (
            "Groups.endsWith('OKTA', 'Admins', 10)",
            r#"["West Coast Admins"]"#,
        ),
        (
            "Groups.contains('0oa1', 'Users', 10)",
            r#"["Engineering Users"]"#,
        ),
        ("Groups.contains('OKTA', 'Users', -1)", "!below 0"),
        ("getManagerUser('active_directory').firstName", r#""Taro""#),
        ("getManagerUser('active_directory').noSuchThing", "null"),
        (
            "getManagerUser('workday').firstName",
            "!Only \"active_directory\"",
        ),
        (
            "getManagerAppUser('active_directory', 'google').firstName",
            r#""T.""#,
        ),
        (
            "getManagerAppUser('active_directory', 'slack').firstName",
            "null",
        ),
        ("getAssistantUser('active_directory').firstName", "null"),
        (
            "getAssistantAppUser('active_directory', 'google').firstName",
            "null",
        ),
        ("hasDirectoryUser()", "true"),
        ("hasWorkdayUser()", "false"),
        ("findWorkdayUser()", "null"),
        ("user.getLinkedObject('manager').lastName", r#""Gates""#),
        ("user.getLinkedObject('pet').lastName", "null"),
        ("user.getInternalProperty('id')", r#""00u1""#),
        ("user.getInternalProperty('status')", r#""ACTIVE""#),
    ]);
}

#[test]
fn two_assignments_to_a_directory_are_as_good_as_none() {
    for roots in [
        json!({ "directoryUsers": [{ "managerUpn": "a" }, { "managerUpn": "b" }] }),
        json!({ "active_directory": [{ "managerUpn": "a" }, { "managerUpn": "b" }] }),
        json!({ "active_directory": { "managerUpn": "a" }, "active_directory_1": { "managerUpn": "b" } }),
        json!({ "directoryUsers": [] }),
        json!({}),
    ] {
        let value = |source| evaluate_in(&roots, source, Dialect::Classic).unwrap().value;
        assert_eq!(value("hasDirectoryUser()"), json!(false), "{roots}");
        assert_eq!(value("findDirectoryUser()"), json!(null), "{roots}");
        let source = "hasDirectoryUser() ? findDirectoryUser().managerUpn : null";
        assert_eq!(value(source), json!(null), "{roots}");
    }
}

#[test]
fn groups_may_be_plain_names_under_the_user() {
    let roots = json!({ "user": { "groups": ["Everyone", "Sales"] } });
    let value = |source| evaluate_in(&roots, source, Dialect::Classic).unwrap().value;
    assert_eq!(value("isMemberOfGroupName('Sales')"), json!(true));
    assert_eq!(value("isMemberOfGroup('Sales')"), json!(true));
    assert_eq!(
        value("user.getGroups({'group.profile.name': 'Sal'})"),
        json!(["Sales"])
    );
}
