use std::collections::BTreeSet;

use flow::search::CardIndex;

use super::*;
use crate::catalogue::{all, catalogue};

#[test]
fn the_tables_name_cards_of_the_palette() {
    let listed: BTreeSet<&str> = all()
        .iter()
        .filter(|card| card.listed)
        .map(|card| card.key)
        .collect();
    let following = FOLLOWING.lines().flat_map(|line| line.split(' '));
    let keywords = KEYWORDS.lines().filter_map(|line| line.split(' ').next());
    let keys = following
        .chain(keywords)
        .chain(usage::all().map(|(key, _)| *key));
    let unknown: BTreeSet<&str> = keys.filter(|key| !listed.contains(key)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_card_shows_what_it_does_by_example_call_or_event() {
    for language in [Language::En, Language::Ja] {
        let bare: Vec<&str> = catalogue(language)
            .cards()
            .filter(|card| card.listed)
            .filter(|card| {
                let guide = &card.guide;
                card.examples.is_empty() && guide.usage.is_empty() && guide.calls.is_empty()
            })
            .map(|card| card.key.as_str())
            .collect();
        assert!(bare.is_empty(), "{language:?}: {bare:?}");
    }
}

#[test]
fn usages_are_whole_sentences() {
    for (key, words) in usage::all() {
        assert!(words.en.ends_with('.'), "{key}: {}", words.en);
        assert!(words.ja.ends_with('。'), "{key}: {}", words.ja);
    }
}

#[test]
fn okta_cards_name_their_calls_and_events() {
    let calls = |key: &str| {
        let key = CardKey::parse(key).unwrap();
        catalogue(Language::En)
            .card(&key)
            .unwrap()
            .guide
            .calls
            .clone()
    };
    assert_eq!(
        calls("okta:suspendUser"),
        ["POST /api/v1/users/{id}/lifecycle/suspend"]
    );
    assert!(calls("okta:userSuspended").contains(&"user.lifecycle.suspend".to_owned()));
}

#[test]
fn every_japanese_name_can_be_typed_by_its_reading() {
    let is_kanji = |letter: char| ('\u{3400}'..='\u{9fff}').contains(&letter);
    let unread: Vec<String> = all()
        .iter()
        .filter_map(|card| {
            let name = card.name.ja;
            let read = flow::search::reading(name).unwrap_or_else(|| name.to_owned());
            read.contains(is_kanji).then(|| format!("{name}: {read}"))
        })
        .collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

/// Asserts that the first cards found are these.
#[track_caller]
fn first(language: Language, typed: &str, expected: &[&str]) {
    let index = CardIndex::new(catalogue(language));
    let found = index.find(typed, &[]);
    let keys: Vec<&str> = found.iter().map(|card| card.key.as_str()).collect();
    let first: Vec<&str> = keys.iter().take(expected.len()).copied().collect();
    assert_eq!(first, expected, "{typed}: {keys:?}");
}

#[test]
fn cards_are_found_by_name_in_both_languages() {
    for language in [Language::En, Language::Ja] {
        first(language, "Read User", &["okta:readUser"]);
        first(language, "ユーザーの読み取り", &["okta:readUser"]);
        first(language, "ゆーざーのよみとり", &["okta:readUser"]);
        first(language, "ﾕｰｻﾞｰﾉﾖﾐﾄﾘ", &["okta:readUser"]);
        first(language, "suspned user", &["okta:suspendUser"]);
        first(language, "user suspend", &["okta:userSuspended"]);
        first(language, "compose", &["string:compose"]);
        first(language, "こうせい", &["string:compose"]);
    }
}

#[test]
fn cards_are_found_by_what_they_do() {
    for language in [Language::En, Language::Ja] {
        first(language, "if", &["control:if"]);
        first(language, "json parse", &["json:parse"]);
        first(language, "parse json", &["json:parse"]);
        first(language, "delay", &["control:wait"]);
        first(language, "uuid", &["string:uniqueId"]);
        first(language, "webhook", &["http:accept"]);
        first(language, "regex", &["string:match"]);
        first(language, "capia", &["okta:hTTPRequest"]);
        first(language, "user.lifecycle.suspend", &["okta:userSuspended"]);
        first(language, "乱数", &["math:random"]);
        first(language, "待つ", &["control:wait"]);
    }
    let loops = CardIndex::new(catalogue(Language::En)).find("loop", &[]);
    let loops: Vec<&str> = loops.iter().map(|card| card.key.as_str()).collect();
    for key in ["list:each", "list:asyncEach", "control:times"] {
        assert!(loops.contains(&key), "{loops:?}");
    }
    let none = CardIndex::new(catalogue(Language::En)).find("blockchain", &[]);
    assert!(none.is_empty(), "{none:?}");
}

#[test]
fn cards_of_recent_use_come_first_among_equals() {
    let index = CardIndex::new(catalogue(Language::En));
    let recent = [CardKey::new("list", "findBy")];
    let found = index.find("find", &recent);
    assert_eq!(found[0].key, recent[0]);
    assert_ne!(index.find("find", &[])[0].key, recent[0]);
}
