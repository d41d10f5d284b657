//! What an answer says about limits: `X-Rate-Limit-Limit`, `-Remaining`, `-Reset`, `Retry-After` (RFC 9110, 10.2.3), and
//! the org's own time, by which its clock is compared with ours.

use chrono::DateTime;

use crate::reply::Reply;

/// The figures of one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) status: u16,
    /// Requests in a window.
    pub(super) limit: Option<i64>,
    /// Requests left.
    pub(super) remaining: Option<i64>,
    /// When the window ends, in seconds since 1970 by the org's clock.
    pub(super) reset_s: Option<i64>,
    /// When it was written, by the org's clock, in milliseconds since 1970.
    pub(super) date_ms: Option<i64>,
    /// How long to wait, in milliseconds.
    pub(super) retry_after_ms: Option<i64>,
}

impl Said {
    /// Reads an answer.
    pub(super) fn of(reply: &Reply) -> Self {
        let number = |name: &str| {
            let text = reply.header(name)?.split(',').next()?;
            text.trim()
                .parse::<i64>()
                .ok()
                .filter(|number| *number >= 0)
        };
        Self {
            status: reply.status,
            limit: number("x-rate-limit-limit"),
            remaining: number("x-rate-limit-remaining"),
            reset_s: number("x-rate-limit-reset"),
            date_ms: reply.header("date").and_then(date_ms),
            retry_after_ms: retry_after_ms(reply),
        }
    }

    /// Too many calls at once, rather than in a minute: the limit is named as 0, or not at all.
    pub(super) fn is_about_concurrency(&self) -> bool {
        self.status == 429 && (self.limit.unwrap_or(0) == 0 || self.reset_s.is_none())
    }
}

/// Returns how long `Retry-After` asks to wait, in milliseconds: seconds, or a date by the org's clock.
pub(crate) fn retry_after_ms(reply: &Reply) -> Option<i64> {
    let text = reply.header("retry-after")?.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds.max(0).saturating_mul(1_000));
    }
    let until = date_ms(text)?;
    let now = reply.header("date").and_then(date_ms)?;
    Some((until - now).max(0))
}

fn date_ms(text: &str) -> Option<i64> {
    let date = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(date.timestamp_millis())
}

/// How far our clock is ahead of the org's. A `Date` is cut to the second and the answer takes its time, so the smallest
/// of the latest differences comes nearest.
#[derive(Debug, Default)]
pub(super) struct Skew {
    now: Option<i64>,
    next: Option<i64>,
    seen: u32,
}

/// Differences of so many answers are compared.
const COMPARED: u32 = 64;

impl Skew {
    /// Takes note of an answer that came at `now`.
    pub(super) fn learn(&mut self, date_ms: Option<i64>, now: i64) {
        let Some(ahead) = date_ms.map(|date| now - date) else {
            return;
        };
        let least = |known: Option<i64>| Some(known.map_or(ahead, |known| known.min(ahead)));
        self.now = least(self.now);
        self.next = least(self.next);
        self.seen += 1;
        if self.seen.is_multiple_of(COMPARED) {
            self.now = self.next.take();
        }
    }

    /// Returns when a window is over by our clock: the org cuts its end to the second.
    pub(super) fn end_of(&self, reset_s: i64) -> i64 {
        reset_s
            .saturating_add(1)
            .saturating_mul(1_000)
            .saturating_add(self.now.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::bare as reply;

    #[test]
    fn headers_are_read_and_nonsense_is_left_out() {
        let said = Said::of(&reply(
            200,
            &[
                ("x-rate-limit-limit", "600"),
                ("x-rate-limit-remaining", " 12 "),
                ("x-rate-limit-reset", "soon"),
                ("date", "Thu, 01 Jan 1970 00:00:05 GMT"),
            ],
        ));
        let expected = Said {
            status: 200,
            limit: Some(600),
            remaining: Some(12),
            date_ms: Some(5_000),
            ..Said::default()
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let date = ("date", "Thu, 01 Jan 1970 00:00:05 GMT");
        let until = ("retry-after", "Thu, 01 Jan 1970 00:01:05 GMT");
        assert_eq!(retry_after_ms(&reply(503, &[date, until])), Some(60_000));
        assert_eq!(
            retry_after_ms(&reply(503, &[("retry-after", "7")])),
            Some(7_000)
        );
        assert_eq!(retry_after_ms(&reply(503, &[until])), None);
        assert_eq!(retry_after_ms(&reply(503, &[])), None);
    }

    #[test]
    fn a_429_without_limit_or_reset_is_about_concurrency() {
        for (headers, is_concurrency) in [
            (vec![], true),
            (
                vec![("x-rate-limit-limit", "0"), ("x-rate-limit-reset", "9")],
                true,
            ),
            (
                vec![("x-rate-limit-limit", "600"), ("x-rate-limit-reset", "9")],
                false,
            ),
        ] {
            assert_eq!(
                Said::of(&reply(429, &headers)).is_about_concurrency(),
                is_concurrency,
                "{headers:?}"
            );
        }
    }

    #[test]
    fn the_nearest_clock_difference_counts_and_old_ones_are_forgotten() {
        let mut skew = Skew::default();
        skew.learn(Some(1_000), 4_900);
        skew.learn(Some(2_000), 5_100);
        assert_eq!(skew.end_of(10), 14_100);
        for _ in 0..2 * COMPARED {
            skew.learn(Some(0), 60_000);
        }
        assert_eq!(skew.end_of(10), 71_000);
    }
}
