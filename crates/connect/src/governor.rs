//! One governor per org: caps calls under way and waits where a rate-limit bucket is used up, so that a run gets
//! slower rather than fails. Limits are read from the org's `X-Rate-Limit-*` headers.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::reply::Reply;

/// Calls under way at once to one org; Okta's own connector keeps to 30.
const UNDER_WAY: usize = 30;

/// Paces the calls to one org.
#[derive(Debug)]
pub(crate) struct Governor {
    slots: Semaphore,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    remaining: u64,
    reset_at_ms: i64,
}

impl Governor {
    pub(crate) fn new() -> Self {
        Self {
            slots: Semaphore::new(UNDER_WAY),
            buckets: Mutex::new(HashMap::new()),
        }
    }

    /// Waits for a free place. Nothing only if the governor was closed, which never happens.
    pub(crate) async fn enter(&self) -> Option<SemaphorePermit<'_>> {
        self.slots.acquire().await.ok()
    }

    /// Returns until when a call of this kind must wait, in milliseconds since 1970; takes one call off the budget otherwise.
    pub(crate) fn wait_until(&self, method: &str, path: &str, now_ms: i64) -> Option<i64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.get_mut(&bucket_name(method, path))?;
        if bucket.reset_at_ms <= now_ms {
            return None;
        }
        match bucket.remaining.checked_sub(1) {
            Some(left) => {
                bucket.remaining = left;
                None
            }
            None => Some(bucket.reset_at_ms),
        }
    }

    /// Takes note of what the org said about its limits.
    pub(crate) fn learn(&self, method: &str, path: &str, reply: &Reply, now_ms: i64) {
        let number = |name: &str| {
            reply
                .header(name)
                .and_then(|text| text.trim().parse::<i64>().ok())
        };
        let (Some(remaining), Some(reset)) = (
            number("x-rate-limit-remaining"),
            number("x-rate-limit-reset"),
        ) else {
            return;
        };
        let remaining = if reply.status == 429 {
            0
        } else {
            u64::try_from(remaining).unwrap_or(0)
        };
        let bucket = Bucket {
            remaining,
            reset_at_ms: reset * 1000 + clock_difference(reply, now_ms),
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let name = bucket_name(method, path);
        match buckets.get_mut(&name) {
            Some(known) if known.reset_at_ms == bucket.reset_at_ms => {
                known.remaining = known.remaining.min(bucket.remaining)
            }
            _ => {
                buckets.insert(name, bucket);
            }
        }
    }
}

/// How far our clock is ahead of the org's, in milliseconds. Differences below two seconds are the way of the answer.
fn clock_difference(reply: &Reply, now_ms: i64) -> i64 {
    let date = reply
        .header("date")
        .and_then(|text| chrono::DateTime::parse_from_rfc2822(text).ok());
    date.map_or(0, |date| (now_ms - date.timestamp_millis()) / 2_000 * 2_000)
}

/// Okta counts by endpoint; ids in the path do not make another bucket.
fn bucket_name(method: &str, path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| {
            if part.len() >= 17 || part.contains('@') {
                "*"
            } else {
                part
            }
        })
        .collect();
    format!("{method} {}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, remaining: u32, reset: u32) -> Reply {
        let headers = vec![
            ("x-rate-limit-remaining".to_owned(), remaining.to_string()),
            ("x-rate-limit-reset".to_owned(), reset.to_string()),
        ];
        Reply {
            status,
            headers,
            body: serde_json::Value::Null,
        }
    }

    #[test]
    fn a_used_up_bucket_waits_for_its_reset_and_others_do_not() {
        let governor = Governor::new();
        let one = "/api/v1/users/00u1a2b3c4d5e6f7g8h9";
        governor.learn("GET", one, &reply(200, 1, 100), 50_000);
        assert_eq!(
            governor.wait_until("GET", "/api/v1/users/00u9h8g7f6e5d4c3b2a1", 50_000),
            None
        );
        assert_eq!(governor.wait_until("GET", one, 50_000), Some(100_000));
        assert_eq!(governor.wait_until("GET", "/api/v1/groups", 50_000), None);
        assert_eq!(governor.wait_until("GET", one, 100_000), None);
    }

    #[test]
    fn a_429_empties_the_bucket_whatever_it_says() {
        let governor = Governor::new();
        governor.learn("GET", "/api/v1/logs", &reply(429, 5, 100), 1);
        assert_eq!(governor.wait_until("GET", "/api/v1/logs", 1), Some(100_000));
    }
}
