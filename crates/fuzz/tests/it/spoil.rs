//! Small harm to good input: what a broken upload, another version of a format, or an attacker does to it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What readers stumble over.
const WORDS: [&str; 30] = [
    "null",
    "true",
    "\"\"",
    "[]",
    "{}",
    "-1",
    "1e999",
    "99999999999999999999",
    "0.1",
    "\"\\u0000\"",
    "\\",
    "\"",
    "{{{",
    "}}}",
    "{{{a}}}",
    "((((((((",
    ")",
    "^",
    "!!!!!!!!",
    "%",
    "9^9^9^9",
    "(a+)+$",
    "[^",
    "\u{202e}",
    "🏳️‍🌈",
    "\u{0}",
    "İ",
    "YYYY-MM-DD[T",
    "2026-02-30T25:61:61Z",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
];

#[derive(Clone, Debug)]
pub(crate) enum Harm {
    /// One byte becomes another.
    Flip(Index, u8),
    /// A stretch is lost.
    Cut(Index, usize),
    /// A stretch comes again elsewhere.
    Copy(Index, usize, Index),
    /// The rest is lost.
    Stop(Index),
    /// A word stands where it should not.
    Insert(Index, &'static str),
    /// A value of JSON becomes a word.
    Replace(Index, &'static str),
    /// The same, very often.
    Repeat(Index, &'static str, usize),
}

pub(crate) fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let at = any::<Index>;
    let word = || select(&WORDS[..]);
    let harm = prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Harm::Flip(at, byte)),
        (at(), 1_usize..200).prop_map(|(at, length)| Harm::Cut(at, length)),
        (at(), 1_usize..400, at()).prop_map(|(at, length, to)| Harm::Copy(at, length, to)),
        at().prop_map(Harm::Stop),
        (at(), word()).prop_map(|(at, word)| Harm::Insert(at, word)),
        (at(), word(), 1_usize..20_000).prop_map(|(at, word, times)| Harm::Repeat(at, word, times)),
    ];
    let replaced = (at(), word()).prop_map(|(at, word)| Harm::Replace(at, word));
    // A value of another kind in its place gets past the parser most often.
    let harm = prop_oneof![1 => harm, 1 => replaced];
    vec(harm, 1..6)
}

pub(crate) fn spoil(mut bytes: Vec<u8>, harms: &[Harm]) -> Vec<u8> {
    for harm in harms {
        if bytes.is_empty() {
            break;
        }
        match harm {
            Harm::Flip(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Harm::Cut(at, length) => {
                let from = at.index(bytes.len());
                bytes.drain(from..(from + length).min(bytes.len()));
            }
            Harm::Copy(at, length, to) => {
                let from = at.index(bytes.len());
                let part = bytes[from..(from + length).min(bytes.len())].to_vec();
                let to = to.index(bytes.len());
                bytes.splice(to..to, part);
            }
            Harm::Stop(at) => bytes.truncate(at.index(bytes.len())),
            Harm::Insert(at, word) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, word.bytes());
            }
            Harm::Replace(at, word) => {
                let (from, to) = value_near(&bytes, at.index(bytes.len()));
                bytes.splice(from..to, word.bytes());
            }
            Harm::Repeat(at, word, times) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, word.repeat(*times).into_bytes());
            }
        }
    }
    bytes
}

/// Returns where the value behind the next colon or comma begins and ends, roughly.
fn value_near(bytes: &[u8], at: usize) -> (usize, usize) {
    let begins = |byte: &u8| matches!(byte, b':' | b',' | b'[');
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']');
    let from = bytes[at..]
        .iter()
        .position(begins)
        .map_or(at, |found| at + found + 1);
    let to = bytes[from..]
        .iter()
        .position(ends)
        .map_or(bytes.len(), |found| from + found);
    (from, to)
}
