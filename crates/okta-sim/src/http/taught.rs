//! What the org was taught to answer: for parts of Okta's API that it does not have itself. Every request that such an
//! answer met is remembered with its body.

use std::collections::VecDeque;

use serde_json::Value;

use super::call::{Body, Call, Reply};
use crate::{Taught, TaughtCall};

/// Most answers that are known, and most requests remembered; the oldest are forgotten.
const MOST: usize = 1_000;

/// Taught answers, and what was asked of them.
#[derive(Debug, Default)]
pub(crate) struct Lessons {
    taught: VecDeque<Taught>,
    calls: VecDeque<TaughtCall>,
}

impl Lessons {
    /// Learns an answer; a later one for the same requests wins.
    pub(crate) fn learn(&mut self, taught: Taught) {
        if self.taught.len() >= MOST {
            self.taught.pop_back();
        }
        self.taught.push_front(taught);
    }

    pub(crate) fn forget(&mut self) {
        self.taught.clear();
        self.calls.clear();
    }

    pub(crate) fn calls(&self) -> Vec<TaughtCall> {
        self.calls.iter().cloned().collect()
    }

    /// Tells whether there is an answer to such a request.
    pub(crate) fn knows(&self, method: &str, path: &str) -> bool {
        self.find(method, path).is_some()
    }

    /// The answer to this request, which is remembered.
    pub(crate) fn answer(&mut self, call: &Call) -> Option<Reply> {
        let taught = self.find(&call.method, &call.path)?.clone();
        if self.calls.len() >= MOST {
            self.calls.pop_front();
        }
        self.calls.push_back(TaughtCall {
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            body: serde_json::from_slice(&call.body)
                .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&call.body))),
        });
        Some(match taught.body {
            Value::Null => Reply::empty(taught.status),
            body => Reply {
                body: Body::Json(body),
                ..Reply::empty(taught.status)
            },
        })
    }

    fn find(&self, method: &str, path: &str) -> Option<&Taught> {
        self.taught
            .iter()
            .find(|taught| taught.method.eq_ignore_ascii_case(method) && fits(&taught.path, path))
    }
}

/// A part of the pattern in braces stands for any one part of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.trim_matches('/').split('/');
    let all = pattern.trim_matches('/').split('/').all(|wanted| {
        parts
            .next()
            .is_some_and(|part| wanted == part || wanted.starts_with('{') && !part.is_empty())
    });
    all && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_pattern_fits_paths_of_its_length() {
        assert!(fits("/api/v1/policies", "/api/v1/policies"));
        assert!(fits("/api/v1/users/{id}/roles", "/api/v1/users/00u1/roles"));
        assert!(!fits("/api/v1/users/{id}", "/api/v1/users"));
        assert!(!fits("/api/v1/users/{id}", "/api/v1/users/1/roles"));
        assert!(!fits("/api/v1/users/{id}", "/api/v1/users//"));
    }
}
