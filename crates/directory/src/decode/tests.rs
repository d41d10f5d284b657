//! Identifiers, times, flags and names: what is known of real directories, what must not be accepted, and round trips over
//! generated values.

use chrono::{DateTime, Utc};

use super::account_control::AccountControl;
use super::guid::{Guid, NotAGuid};
use super::name::{Name, escaped, outermost};
use super::sid::Sid;
use super::{file_time, general_time};

/// A small generator of its own (xorshift), so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let count = usize::from(self.byte()) % (most + 1);
        (0..count).map(|_| self.byte()).collect()
    }

    fn text(&mut self, letters: &str, most: usize) -> String {
        let letters: Vec<char> = letters.chars().collect();
        let bytes = self.bytes(most);
        let letter = |byte: &u8| letters[usize::from(*byte) % letters.len()];
        bytes.iter().map(letter).collect()
    }
}

#[test]
fn a_guid_is_read_in_all_its_forms() {
    for (given, text) in [
        (
            "uHWGAcjG20qMUbYp1kT0sQ==",
            "018675b8-c6c8-4adb-8c51-b629d644f4b1",
        ),
        (
            "b8758601c8c6db4a8c51b629d644f4b1",
            "018675b8-c6c8-4adb-8c51-b629d644f4b1",
        ),
        (
            "018675B8-C6C8-4ADB-8C51-B629D644F4B1",
            "018675b8-c6c8-4adb-8c51-b629d644f4b1",
        ),
        (
            "{018675b8-c6c8-4adb-8c51-b629d644f4b1}",
            "018675b8-c6c8-4adb-8c51-b629d644f4b1",
        ),
        (
            "sxBCcxQbdEWnIUkmLlNsQg==",
            "734210b3-1b14-4574-a721-49262e536c42",
        ),
        (
            "33221100554477668899aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeeff",
        ),
    ] {
        assert_eq!(given.parse::<Guid>().unwrap().to_string(), text, "{given}");
    }
    let ascii = Guid::from_bytes(b"ABCDEFGHIJKLMNOP").unwrap();
    assert_eq!(ascii.to_string(), "44434241-4645-4847-494a-4b4c4d4e4f50");
    assert!(ascii.for_filter().starts_with("\\41\\42"));
    assert_eq!(Guid::from_bytes(b"short"), Err(NotAGuid::Length(5)));
    for wrong in [
        "",
        "x",
        "018675b8-c6c8-4adb-8c51-b629d644f4b",
        "018675b8-c6c8-4adb-8c51-b629d644f4bg",
        "018675b8c-6c8-4adb-8c51-b629d644f4b1",
        "+18675b8-c6c8-4adb-8c51-b629d644f4b1",
        "日本日本日本日本日本日本",
        "uHWGAcjG20qMUbYp1kT0sQ",
        "------------------------------------",
    ] {
        assert!(wrong.parse::<Guid>().is_err(), "{wrong}");
    }
}

#[test]
fn a_security_identifier_is_read_in_all_its_forms() {
    for (given, text) in [
        (
            "AQUAAAAAAAUVAAAAyYyk2dsIVeTVt/TYTgQAAA==",
            "S-1-5-21-3651439817-3830778075-3639916501-1102",
        ),
        ("01020000000000052000000020020000", "S-1-5-32-544"),
        ("010100000000000100000000", "S-1-1-0"),
        ("010100000000000512000000", "S-1-5-18"),
        (
            "010500000000000515000000dcf4dc3b833d2b46828ba62800020000",
            "S-1-5-21-1004336348-1177238915-682003330-512",
        ),
        ("S-1-5-32-544", "S-1-5-32-544"),
        ("S-1-0x1FFFFFFFFFF-1", "S-1-0x01ffffffffff-1"),
    ] {
        assert_eq!(given.parse::<Sid>().unwrap().to_string(), text, "{given}");
    }
    for wrong in [
        "",
        "S-1",
        "S-2-5-18",
        "S-1-5-4294967296",
        "S-1-5--1",
        "S-1-5-+1",
        "S-1-281474976710656",
        "0101000000000005120000",
        "02010000000000051200000000",
        "01ff00000000000512000000",
        "S-1-5-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
        "日本",
    ] {
        assert!(wrong.parse::<Sid>().is_err(), "{wrong}");
    }
    let user: Sid = "S-1-5-21-1-2-3-1102".parse().unwrap();
    assert_eq!(user.relative_id(), Some(1102));
    assert_eq!(user.sibling(513).to_string(), "S-1-5-21-1-2-3-513");
}

#[test]
fn identifiers_survive_a_round_trip_and_any_bytes() {
    let mut chance = Chance(0x1234_5678_9abc_def1);
    for _ in 0..20_000 {
        let bytes = chance.bytes(70);
        if let Ok(sid) = Sid::from_bytes(&bytes) {
            assert_eq!(sid.to_bytes(), bytes);
            assert_eq!(sid.to_string().parse::<Sid>().as_ref(), Ok(&sid));
        }
        if let Ok(guid) = Guid::from_bytes(&bytes) {
            assert_eq!(guid.bytes().as_slice(), bytes);
            assert_eq!(guid.to_string().parse::<Guid>(), Ok(guid));
        }
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.parse::<Guid>().is_err() || text.len() >= 24);
        drop(text.parse::<Sid>());
    }
    for count in 0..=15_u8 {
        let mut bytes = vec![1, count, 0, 0, 0, 0, 0, 5];
        bytes.extend(
            (0..count).flat_map(|_| [chance.byte(), chance.byte(), chance.byte(), chance.byte()]),
        );
        let sid = Sid::from_bytes(&bytes).unwrap();
        assert_eq!(sid.to_bytes(), bytes);
        assert_eq!(sid.to_string().parse::<Sid>(), Ok(sid));
    }
    for _ in 0..1_000 {
        let bytes: Vec<u8> = (0..16).map(|_| chance.byte()).collect();
        let guid = Guid::from_bytes(&bytes).unwrap();
        assert_eq!(guid.to_string().parse::<Guid>(), Ok(guid));
    }
}

#[test]
fn times_of_windows() {
    let text = |steps| file_time::instant(steps).map(|at| at.to_rfc3339());
    assert_eq!(
        text(132_223_104_000_000_000).as_deref(),
        Some("2020-01-01T00:00:00+00:00")
    );
    assert_eq!(text(0).as_deref(), Some("1601-01-01T00:00:00+00:00"));
    let now = DateTime::<Utc>::from_timestamp(1_600_000_000, 0).unwrap();
    for (expires, has_passed) in [
        ("0", false),
        ("9223372036854775807", false),
        ("132223104000000000", true),
        ("133500000000000000", false),
        ("", false),
        ("never", false),
        ("-1", true),
    ] {
        assert_eq!(file_time::has_passed(expires, now), has_passed, "{expires}");
    }
    let mut chance = Chance(77);
    for _ in 0..10_000 {
        let steps = chance.next().cast_signed();
        if let Some(at) = file_time::instant(steps) {
            assert_eq!(file_time::ticks(at), Some(steps));
        }
    }
    for extreme in [i64::MIN, i64::MAX, -1, 1] {
        assert_ne!(file_time::instant(extreme), DateTime::from_timestamp(0, 0));
    }
}

#[test]
fn generalized_times() {
    let text = |given| general_time::read(given).map(|at| at.to_rfc3339());
    for (given, expected) in [
        ("20261121233306.0Z", "2026-11-21T23:33:06+00:00"),
        ("20261121233306Z", "2026-11-21T23:33:06+00:00"),
        ("20261121233306.5Z", "2026-11-21T23:33:06.500+00:00"),
        ("20261121233306,25Z", "2026-11-21T23:33:06.250+00:00"),
        ("202611212333Z", "2026-11-21T23:33:00+00:00"),
        ("2026112123.5Z", "2026-11-21T23:30:00+00:00"),
        ("20261122083306.0+0900", "2026-11-21T23:33:06+00:00"),
        ("20261121183306-05", "2026-11-21T23:33:06+00:00"),
    ] {
        assert_eq!(text(given).as_deref(), Some(expected), "{given}");
    }
    for wrong in [
        "",
        "Z",
        "20261121",
        "20261121233306",
        "20261321233306Z",
        "20260230000000Z",
        "20261121243306Z",
        "20261121233306.Z",
        "20261121233306.0",
        "20261121233306+9",
        "20261121233306+0960",
        "20261121233306+2500",
        "2026112123330６Z",
        "20261121233306ZZ",
    ] {
        assert_eq!(text(wrong), None, "{wrong}");
    }
    let mut chance = Chance(99);
    for _ in 0..20_000 {
        let any = general_time::read(&chance.text("0123456789.,Z+-é", 24));
        assert!(any.is_none_or(|at| at.timestamp() > -62_200_000_000));
        let at = DateTime::from_timestamp(i64::from(chance.byte()) * 8_000_000, 0).unwrap();
        assert_eq!(general_time::read(&general_time::write(at)), Some(at));
    }
}

#[test]
fn flags_of_accounts() {
    for (given, is_disabled) in [
        ("512", false),
        ("544", false),
        ("66048", false),
        ("262656", false),
        ("514", true),
        ("546", true),
        ("66050", true),
        ("66082", true),
        ("262658", true),
        ("-2147483646", true),
    ] {
        let flags: AccountControl = given.parse().unwrap();
        assert_eq!(flags.is_disabled(), is_disabled, "{given}");
    }
    let flags: AccountControl = "66050".parse().unwrap();
    assert_eq!(
        flags.names(),
        ["ACCOUNTDISABLE", "NORMAL_ACCOUNT", "DONT_EXPIRE_PASSWORD"]
    );
    assert_eq!(flags.disabled(false).bits(), 66_048);
    assert_eq!(flags.disabled(false).disabled(true), flags);
    for wrong in ["", "x", "4294967296", "5.0"] {
        assert!(wrong.parse::<AccountControl>().is_err(), "{wrong}");
    }
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

#[test]
fn names_are_taken_apart() {
    let read = name(r"CN=Smith\, John,OU=Staff+L=Tokyo,DC=corp,DC=example");
    assert_eq!(
        read.parts()[0].pairs(),
        [("CN".to_owned(), "Smith, John".to_owned())]
    );
    assert_eq!(read.parts()[1].pairs().len(), 2);
    assert_eq!(read.domain().as_deref(), Some("corp.example"));
    assert_eq!(
        read.parent().unwrap().to_string(),
        "OU=Staff+L=Tokyo,DC=corp,DC=example"
    );
    for (text, value) in [
        (r"CN=a\2Cb", "a,b"),
        (r"CN=a\\b", r"a\b"),
        (r"CN=\20a\20", " a "),
        (r"CN=\ a\ ", " a "),
        ("CN=  a b  ", "a b"),
        (r"CN=\E5\B1\B1", "山"),
        ("CN=山田 花子", "山田 花子"),
        (r"CN=\#1", "#1"),
        ("CN=#0102", "#0102"),
        ("CN=a=b", "a=b"),
        (r#"CN="a, b""#, "a, b"),
        (r"CN=x\0ADEL:018675b8", "x\nDEL:018675b8"),
        ("CN=", ""),
        ("2.5.4.3=a", "a"),
    ] {
        assert_eq!(name(text).parts()[0].pairs()[0].1, value, "{text}");
    }
    assert!(name("").parts().is_empty());
    for wrong in [
        "CN",
        "=a",
        "CN=a,",
        "CN=a,,DC=b",
        ",CN=a",
        "CN=a\\",
        r"CN=a\2",
        r"CN=a\zz",
        r"CN=\ff",
        "CN=a+",
        "CN=\"a",
        "CN=a\"b",
        "boss@corp.example.test",
        "CN=<a>",
        "日本=a",
        "C N=a",
    ] {
        assert!(wrong.parse::<Name>().is_err(), "{wrong}");
    }
    assert!("CN=a,".repeat(10_000).parse::<Name>().is_err());
}

#[test]
fn names_are_compared_by_their_parts() {
    let staff = name("OU=Staff,DC=corp,DC=example");
    for inside in [
        "cn=a,ou=STAFF,dc=Corp,dc=EXAMPLE",
        "CN=a, OU=Staff, DC=corp, DC=example",
        "CN=a,OU=x,OU=Staff,DC=corp,DC=example",
        r"CN=a\,OU\=Other,OU=\53taff,DC=corp,DC=example",
    ] {
        assert!(name(inside).is_within(&staff), "{inside}");
    }
    for outside in [
        "CN=a,OU=StaffX,DC=corp,DC=example",
        r"CN=a\,OU=Staff,DC=corp,DC=example",
        "DC=corp,DC=example",
        "OU=Staff,DC=corp,DC=example,DC=test",
        "",
    ] {
        assert!(!name(outside).is_within(&staff), "{outside}");
    }
    assert!(name("CN=a+OU=b").is_same(&name("ou=B+cn=A")));
    assert!(!name("CN=a").is_same(&name("CN=a+OU=b")));
    assert_eq!(name(r"CN=A\,b").key(), name(r"cn=a\2cB").key());
    assert_ne!(name(r"CN=a\,CN\=b").key(), name("CN=a,CN=b").key());
}

#[test]
fn a_unit_within_another_needs_no_search_of_its_own() {
    let units = ["OU=a,OU=b,DC=c", "OU=b,DC=c", "OU=d,DC=c", "ou=B,dc=c"].map(name);
    let kept: Vec<String> = outermost(&units).iter().map(Name::to_string).collect();
    assert_eq!(kept, ["OU=b,DC=c", "OU=d,DC=c"]);
}

#[test]
fn names_survive_a_round_trip_and_any_text() {
    let mut chance = Chance(4711);
    for _ in 0..20_000 {
        let value = chance.text("ab ,+\"\\<>;=#\n\u{0}日é😀", 12);
        let written = format!("CN={},OU={}", escaped(&value), escaped("x"));
        let read = name(&written);
        assert_eq!(read.parts()[0].pairs()[0].1, value, "{written:?}");
        assert!(read.is_same(&name(&read.to_string())));
        drop(chance.text("CNou=,+\\\"#2é ;", 40).parse::<Name>());
    }
}
