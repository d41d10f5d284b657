//! What people write into mappings, and what a directory answers.

use directory::decode::account_control::AccountControl;
use directory::decode::guid::Guid;
use directory::decode::name::Name;
use directory::decode::sid::Sid;
use directory::decode::{file_time, general_time};
use directory::expression::{Dialect, Expression, NullJoin, Scene};
use directory::filter;
use serde_json::{Value as Json, json};

/// Reads the bytes as an expression and evaluates it in both dialects for one person.
pub fn expression(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let Json::Object(roots) = person() else {
        return;
    };
    let scene = Scene {
        roots: &roots,
        now: chrono::DateTime::UNIX_EPOCH,
        null_join: NullJoin::Empty,
    };
    for dialect in [Dialect::Classic, Dialect::Engine] {
        let read = Expression::read(&source, dialect);
        if let Err(problem) = read.and_then(|read| read.evaluate(&scene)) {
            let shown = problem.to_string();
            assert!(!shown.contains('\n'), "an error has several lines");
            assert!(shown.len() < 1_000, "an error is long");
            assert!(
                problem.position <= source.chars().count() + 1,
                "an error is elsewhere"
            );
        }
    }
}

fn person() -> Json {
    json!({
        "user": { "login": "hanako@corp.test", "firstName": "花子", "nickName": "", "list": [1, "two", null], "csv": "a, b",
            "created": "2015-07-30T23:58:32.000Z" },
        "appuser": { "managerDn": "CN=Smith\\, John,OU=Staff,DC=corp,DC=test" },
        "groups": [{ "id": "00g1", "type": "OKTA_GROUP", "profile": { "name": "Everyone" } }],
        "managerUser": { "email": "boss@corp.test" },
    })
}

/// Reads the bytes as every kind of value that a directory has; what is read must be written as it was.
pub fn attribute(bytes: &[u8]) {
    if let Ok(guid) = Guid::from_bytes(bytes) {
        assert_eq!(guid.to_string().parse(), Ok(guid), "an objectGUID is lost");
    }
    if let Ok(sid) = Sid::from_bytes(bytes) {
        assert_eq!(sid.to_bytes(), bytes, "an objectSid is lost");
        assert_eq!(
            sid.to_string().parse(),
            Ok(sid),
            "the text of an objectSid is lost"
        );
    }
    if let Some(steps) = bytes.first_chunk() {
        let steps = i64::from_le_bytes(*steps);
        if let Some(at) = file_time::instant(steps) {
            assert_eq!(file_time::ticks(at), Some(steps), "a Windows time is lost");
        }
    }
    let text = String::from_utf8_lossy(bytes);
    if let Ok(guid) = text.parse::<Guid>() {
        assert_eq!(guid.to_string().parse(), Ok(guid));
    }
    if let Ok(sid) = text.parse::<Sid>() {
        assert_eq!(Sid::from_bytes(&sid.to_bytes()), Ok(sid));
    }
    if let Ok(name) = text.parse::<Name>() {
        let again = name.to_string().parse::<Name>();
        assert!(
            again.is_ok_and(|again| again.is_same(&name)),
            "a distinguished name is lost"
        );
    }
    if let Ok(flags) = text.parse::<AccountControl>() {
        assert!(flags.disabled(true).is_disabled());
    }
    if let Some(at) = general_time::read(&text) {
        assert!(
            general_time::read(&general_time::write(at)).is_some(),
            "a time is lost"
        );
    }
}

/// Puts the bytes as a value into a filter, where they must stand for themselves, and reads them as a filter of their own.
pub fn search(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(condition) = filter::equals("cn", &text)
        && condition.len() <= filter::MAX_LENGTH
    {
        assert_eq!(
            filter::check(&condition),
            Ok(()),
            "a value is more than one"
        );
    }
    let value = |_: &str| Some(text.to_string());
    if let Ok(whole) = filter::filled("(&(cn=*{a}*)(sn={b}))", &value)
        && whole.len() <= filter::MAX_LENGTH
    {
        assert_eq!(filter::check(&whole), Ok(()), "a value is more than one");
        let inner = |letter: char| whole.chars().filter(|other| *other == letter).count();
        assert_eq!(
            (inner('('), inner(')')),
            (3, 3),
            "a value opens a condition"
        );
    }
    if let Err(problem) = filter::check(&text) {
        assert!(problem.to_string().len() < 400, "an error is long");
    }
    if let Ok(filled) = filter::filled(&text, &value) {
        assert!(
            filled.len() <= text.len() + filter::MAX_LENGTH * 2,
            "a filter grows"
        );
    }
}
