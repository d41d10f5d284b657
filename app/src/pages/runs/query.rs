//! The filters of the list of runs as they stand in the address.

use api::{Cause, RunFilter, RunStatus, Several};
use flow::{FlowId, FolderId, PersonId};
use leptos_router::params::ParamsMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// What may stand in the address, in the order of the chips.
pub const NAMES: [&str; 12] = [
    "text", "status", "flow", "folder", "cause", "about", "by", "version", "span", "from", "to",
    "helpers",
];

/// Presets of the span of time, in hours.
pub const SPANS: [(&str, i64); 4] = [("1h", 1), ("24h", 24), ("7d", 168), ("30d", 720)];

/// Reads a word as it is written in the address and on the wire.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Json::String(text.to_owned())).ok()
}

/// Returns the word of a status or a cause.
pub fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Json::String(name)) => name,
        _ => String::new(),
    }
}

/// Returns the words of one name, which stand in the address with commas between them.
pub fn several(query: &ParamsMap, name: &str) -> Vec<String> {
    let text = query.get(name).unwrap_or_default();
    let words = text.split(',').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Adds or removes one of several words.
pub fn toggled(words: &[String], word: &str) -> Option<String> {
    let mut words = words.to_vec();
    match words.iter().position(|known| known == word) {
        Some(place) => {
            words.remove(place);
        }
        None => words.push(word.to_owned()),
    }
    (!words.is_empty()).then(|| words.join(","))
}

/// Tells whether anything is filtered.
pub fn is_filtered(query: &ParamsMap) -> bool {
    NAMES
        .iter()
        .any(|name| query.get(name).is_some_and(|value| !value.is_empty()))
}

/// Returns what stands behind `?`, for a view that is saved: without the place in the list.
pub fn saved(query: &ParamsMap) -> String {
    let mut kept = ParamsMap::new();
    for name in NAMES {
        if let Some(value) = query.get(name).filter(|value| !value.is_empty()) {
            kept.insert(name, value);
        }
    }
    kept.to_query_string().trim_start_matches('?').to_owned()
}

/// Returns the filter of an address.
pub fn filter(query: &ParamsMap) -> RunFilter {
    let text = |name: &str| query.get(name).filter(|value| !value.is_empty());
    let number = |name: &str| text(name).and_then(|text| text.parse::<i64>().ok());
    let hours = text("span").and_then(|span| {
        SPANS
            .iter()
            .find(|(name, _)| *name == span)
            .map(|(_, hours)| *hours)
    });
    let statuses: Vec<RunStatus> = (several(query, "status").iter())
        .filter_map(|word| parse(word))
        .collect();
    let causes: Vec<Cause> = several(query, "cause")
        .iter()
        .filter_map(|word| parse(word))
        .collect();
    let flows: Vec<FlowId> = several(query, "flow")
        .into_iter()
        .map(FlowId::from)
        .collect();
    RunFilter {
        flows: Several(flows),
        folder: text("folder").map(FolderId::from),
        statuses: Several(statuses),
        causes: Several(causes),
        version: number("version"),
        person: text("by").map(PersonId::from),
        about: text("about"),
        text: text("text"),
        within_ms: hours.map(|hours| hours * 3_600_000),
        from: number("from"),
        to: number("to"),
        with_helpers: text("helpers").is_some(),
        after: text("after"),
        ..RunFilter::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> ParamsMap {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        query
    }

    #[test]
    fn the_address_says_what_is_shown() {
        let query = query(&[
            ("status", "failed,lost,outcome_unknown"),
            ("cause", "event"),
            ("flow", "a,b"),
            ("span", "24h"),
            ("version", "3"),
            ("text", "no route"),
            ("helpers", "1"),
            ("after", "x"),
        ]);
        let filter = filter(&query);
        assert_eq!(
            filter.statuses.0,
            [RunStatus::Failed, RunStatus::OutcomeUnknown]
        );
        assert_eq!(filter.causes.0, [Cause::Event]);
        assert_eq!(filter.flows.0.len(), 2);
        assert_eq!(filter.within_ms, Some(86_400_000));
        assert_eq!(
            (filter.version, filter.text.as_deref()),
            (Some(3), Some("no route"))
        );
        assert!(filter.with_helpers);
        assert_eq!(filter.after.as_deref(), Some("x"));
        assert!(is_filtered(&query));
        assert!(!saved(&query).contains("after"));
    }

    #[test]
    fn words_are_added_and_taken_away() {
        let words = ["failed".to_owned(), "canceled".to_owned()];
        assert_eq!(
            toggled(&words, "queued").as_deref(),
            Some("failed,canceled,queued")
        );
        assert_eq!(toggled(&words, "failed").as_deref(), Some("canceled"));
        assert_eq!(toggled(&words[..1], "failed"), None);
    }

    #[test]
    fn every_status_comes_back_from_the_address() {
        for status in super::super::STATUSES {
            assert_eq!(parse(&word(status)), Some(status));
        }
        assert_eq!(parse::<RunStatus>("lost"), None);
    }
}
