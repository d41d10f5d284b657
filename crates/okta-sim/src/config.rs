//! What a simulated org is started with, and what it tells about itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who is in the org when it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// Only the administrator who signs in.
    Empty,
    /// About 300 invented people with groups, rules, applications and a year of System Log; the
    /// same at every start with the same `now`.
    Believable,
}

/// What the org calls itself under its custom domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// The name under which it is asked.
    Followed,
    /// Always its own name.
    Fixed,
}

/// How to start an org.
#[derive(Clone, Debug)]
pub struct SimConfig {
    /// Who is in the org.
    pub people: People,
    /// This many people more, who are made when a list comes to them: for orgs of any size. They are in no group.
    pub crowd: usize,
    /// Where the org's clock starts; the believable org is built around this day.
    pub now: DateTime<Utc>,
    /// The port on 127.0.0.1; 0 lets the system pick one.
    pub port: u16,
    /// How long access tokens live.
    pub token_lifetime_s: u64,
    /// The tokens of an earlier life of this org, from [`crate::OktaSim::tokens`].
    pub tokens: Option<String>,
}

impl SimConfig {
    /// The believable org at `now`, on a port that the system picks, with tokens of one hour.
    pub fn new(now: DateTime<Utc>) -> SimConfig {
        SimConfig {
            people: People::Believable,
            crowd: 0,
            now,
            port: 0,
            token_lifetime_s: 3_600,
            tokens: None,
        }
    }
}

/// Why an org could not be started.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// The port is taken or not allowed.
    #[error(
        "the simulated org cannot listen on 127.0.0.1:{port}; choose another port, or 0 for any"
    )]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The tokens of an earlier life are not what this version wrote.
    #[error("the tokens of the simulated org's earlier life cannot be read; start without them")]
    Tokens(#[source] serde_json::Error),
    /// The client that delivers event hooks cannot be built.
    #[error("the simulated org cannot prepare its event hook deliveries")]
    Client(#[source] reqwest::Error),
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fault {
    /// Answers with this status and an Okta error object.
    Status(u16),
    /// Answers 429 with rate-limit headers that promise a reset after so many seconds.
    #[serde(rename_all = "snake_case")]
    TooManyRequests {
        /// Seconds until `X-Rate-Limit-Reset`.
        reset_in_s: u64,
    },
    /// Answers 429 as for too many requests at once: the rate-limit headers name 0.
    TooManyAtOnce,
    /// Drops the connection without an answer and without doing anything.
    Reset,
    /// Answers as usual, but later.
    Slow {
        /// How much later.
        ms: u64,
    },
}

/// Which requests meet a fault, and how many of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// The HTTP method; none means any.
    #[serde(default)]
    pub method: Option<String>,
    /// Part of the path with query; empty means any.
    #[serde(default)]
    pub path_contains: String,
    /// How many requests meet the fault before it is over.
    pub times: u32,
    /// What goes wrong.
    pub fault: Fault,
}

/// How a delivery of an event hook goes wrong, as deliveries over networks do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryFault {
    /// It is made twice, with the same id.
    Twice,
    /// Its events come in the reverse order.
    Reversed,
    /// It never arrives.
    Lost,
}

/// How many deliveries go wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryFaultRule {
    /// How many deliveries meet the fault before it is over.
    pub times: u32,
    /// How they go wrong.
    pub fault: DeliveryFault,
}

/// What the org answers to requests that it does not know by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taught {
    /// The HTTP method.
    pub method: String,
    /// The path without its query; a part in braces stands for any, as in `/api/v1/users/{id}/classification`.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// Its body; null for none.
    #[serde(default)]
    pub body: serde_json::Value,
}

/// A request that met a taught answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaughtCall {
    /// The HTTP method.
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The body; a text where it is no JSON.
    pub body: serde_json::Value,
}

/// A request that the org has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallSeen {
    /// The HTTP method.
    pub method: String,
    /// The path with its query.
    pub path_and_query: String,
    /// The status of the answer.
    pub status: u16,
    /// `SSWS`, `Bearer`, `DPoP`, `Basic`, `session`, `other` or `none`; never the secret itself.
    pub authorization: String,
}
