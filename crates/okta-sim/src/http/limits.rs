//! Rate limits: one bucket per family of endpoints, counted per minute from its first request.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};

/// How a bucket stands after a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset: i64,
    pub(crate) is_exceeded: bool,
    /// This request was the first one too many of its window.
    pub(crate) is_first_violation: bool,
    /// This request was the one that used up 60 percent of its window.
    pub(crate) is_warning: bool,
}

/// All buckets of the org.
#[derive(Debug)]
pub(crate) struct Limits {
    windows: HashMap<&'static str, (DateTime<Utc>, u32)>,
    /// Multiplies every limit, as Okta's dynamic scale does.
    pub(crate) factor: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            windows: HashMap::new(),
            factor: 1,
        }
    }
}

impl Limits {
    /// Counts one request.
    pub(crate) fn take(&mut self, method: &str, path: &str, now: DateTime<Utc>) -> Standing {
        let (name, limit) = bucket(method, path);
        let limit = limit.saturating_mul(self.factor);
        let window = self.windows.entry(name).or_insert((now, 0));
        if now - window.0 >= Duration::seconds(60) {
            *window = (now, 0);
        }
        window.1 = window.1.saturating_add(1);
        Standing {
            limit,
            remaining: limit.saturating_sub(window.1),
            reset: (window.0 + Duration::seconds(60)).timestamp(),
            is_exceeded: window.1 > limit,
            is_first_violation: window.1 == limit.saturating_add(1),
            is_warning: u64::from(window.1) * 10 / 6 == u64::from(limit),
        }
    }
}

/// Name and requests per minute of the bucket that a request falls into.
fn bucket(method: &str, path: &str) -> (&'static str, u32) {
    let mut parts = path.trim_matches('/').split('/').skip(2);
    let (resource, id, rest) = (
        parts.next().unwrap_or_default(),
        parts.next(),
        parts.next().is_some(),
    );
    if !path.starts_with("/api/v1/") {
        return ("oauth", 1200);
    }
    match (resource, id, rest) {
        ("apps", Some(_), false) => ("apps/{id}", 500),
        ("apps", _, _) => ("apps", 100),
        ("groups", None, _) => ("groups", 500),
        ("groups", Some(_), false) => ("groups/{id}", 1000),
        ("users", None, _) => ("users", 600),
        ("users", Some(_), false) if method == "GET" => ("users/{id} read", 2000),
        ("users", Some(_), false) => ("users/{id} write", 600),
        ("logs", _, _) => ("logs", 120),
        _ => ("api", 1200),
    }
}
