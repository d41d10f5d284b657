//! How much of a list a card gives.

use flow::{Args, CardError};

use super::declare::Action;
use super::fields::RESULT_SET_KEY;
use crate::read::as_number;

/// How much of a list a card gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultSet {
    /// The card is not about a list.
    One,
    /// The first record, as fields.
    First,
    /// Up to so many records, as one list.
    Block {
        /// At most so many.
        max: usize,
    },
    /// Every record goes to a helper flow.
    Stream,
}

/// A stream reads at most this many records.
pub const MAX_RECORDS: u64 = 1_000_000;

/// "All Matching Records" of older cards stops here, so that one card cannot take all memory.
const ALL: usize = 10_000;

pub(super) fn result_set(action: &Action, args: &Args) -> ResultSet {
    let option = |key| args.get("parameters", key).to_text();
    if option("requestType") == "GET(Streaming)" {
        return ResultSet::Stream;
    }
    let Some(list) = &action.list else {
        return ResultSet::One;
    };
    match option(RESULT_SET_KEY).as_str() {
        "First Matching Record" => ResultSet::First,
        "All Matching Records" => ResultSet::Block { max: ALL },
        chosen if chosen.starts_with("Stream") => ResultSet::Stream,
        _ => ResultSet::Block {
            max: if list.page == 500 { 500 } else { 200 },
        },
    }
}

pub(super) fn record_limit(args: &Args) -> Result<u64, CardError> {
    for (group, key) in [
        ("Search Criteria", "Limit"),
        ("List Criteria", "Limit"),
        ("Streaming", "Record Limit"),
        ("Streaming", "Limit"),
    ] {
        let Some(limit) = as_number(args.get(group, key), "Record Limit")? else {
            continue;
        };
        if limit.as_f64() < 0.0 {
            return Err(CardError::new(
                "out_of_range",
                "The Record Limit must not be below 0. Leave it empty to read all records.",
            ));
        }
        let limit = limit.as_i64().and_then(|limit| u64::try_from(limit).ok());
        return Ok(limit.unwrap_or(MAX_RECORDS).min(MAX_RECORDS));
    }
    Ok(MAX_RECORDS)
}
