//! When a call is tried again, and after how long.

use crate::governor::retry_after_ms;
use crate::reply::Reply;

/// A call is tried this often at most; a 429 is no try.
const TRIES: u32 = 5;
/// Longer than this no `Retry-After` makes a run wait.
const LONGEST_MS: i64 = 5 * 60_000;

/// What to do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It is what the caller wanted.
    Give,
    /// The token was refused: another may be taken.
    Renew,
    /// The limit is used up: the call waits in line once more, as often as that takes.
    InLine,
    /// Try again after so many milliseconds.
    After(i64),
    /// The caller gets the error.
    Fail,
}

/// Decides about an answer after `tries` tries, this one included. `roll` is a random number below one thousand.
pub(super) fn after_reply(reply: &Reply, is_repeatable: bool, tries: u32, roll: i64) -> Next {
    match reply.status {
        ..=399 => Next::Give,
        401 => Next::Renew,
        // The org refused before it did anything: this harms no call.
        429 => Next::InLine,
        // 501 will not change.
        408 | 500 | 502..=599 if is_repeatable && tries < TRIES => {
            let asked = retry_after_ms(reply).unwrap_or(0).min(LONGEST_MS);
            Next::After(pause_ms(tries, roll).max(asked))
        }
        _ => Next::Fail,
    }
}

/// Decides about a call without an answer; `is_harmless` says that it never arrived, or may be repeated.
pub(super) fn after_silence(is_harmless: bool, tries: u32, roll: i64) -> Next {
    if is_harmless && tries < TRIES {
        Next::After(pause_ms(tries, roll))
    } else {
        Next::Fail
    }
}

/// The pause before the next try: about 0.25 s, 0.5 s, 1 s, 2 s, each up to half shorter or longer.
fn pause_ms(tries: u32, roll: i64) -> i64 {
    let base = 250_i64 << tries.saturating_sub(1).min(5);
    base / 2 + base * roll.clamp(0, 999) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::bare as reply;

    fn after(status: u16, is_repeatable: bool, tries: u32) -> Next {
        after_reply(&reply(status, &[]), is_repeatable, tries, 500)
    }

    #[test]
    fn what_may_be_repeated_is_tried_five_times() {
        for status in [408, 500, 502, 503, 504, 520] {
            assert_eq!(after(status, true, 1), Next::After(250), "{status}");
            assert_eq!(after(status, true, 4), Next::After(2_000), "{status}");
            assert_eq!(after(status, true, 5), Next::Fail, "{status}");
        }
    }

    #[test]
    fn what_may_not_be_repeated_is_only_repeated_after_a_429() {
        for status in [408, 500, 502, 503, 504] {
            assert_eq!(after(status, false, 1), Next::Fail, "{status}");
        }
        assert_eq!(after(429, false, 1_000), Next::InLine);
        assert_eq!(after(429, true, 1_000), Next::InLine);
    }

    #[test]
    fn refusals_are_final_and_answers_are_given() {
        for status in [400, 403, 404, 409, 501] {
            assert_eq!(after(status, true, 1), Next::Fail, "{status}");
        }
        assert_eq!(after(204, false, 1), Next::Give);
        assert_eq!(after(401, false, 1), Next::Renew);
    }

    #[test]
    fn retry_after_is_respected_within_bounds() {
        for (asked, wait) in [("3", 3_000), ("0", 250), ("86400", LONGEST_MS)] {
            let reply = reply(503, &[("retry-after", asked)]);
            assert_eq!(after_reply(&reply, true, 1, 500), Next::After(wait));
        }
    }

    #[test]
    fn silence_is_repeated_where_that_is_harmless() {
        assert_eq!(after_silence(true, 1, 0), Next::After(125));
        assert_eq!(after_silence(true, 1, 999), Next::After(374));
        assert_eq!(after_silence(true, 5, 0), Next::Fail);
        assert_eq!(after_silence(false, 1, 0), Next::Fail);
    }
}
