//! What the server says about itself, and the test of its public address.

use std::time::Duration;

use api::{AddressState, AddressTest, ApiError, ServerFacts};
use url::{Host, Url};

use super::{Caller, Right};
use crate::config::EventHooks;
use crate::error::internal;

/// An address that is silent for so long answers nobody.
const PATIENCE: Duration = Duration::from_secs(5);
/// What `GET /health` says.
const HEALTHY: &str = "ok";
/// Days that files of runs are kept.
const FILE_DAYS: u32 = 30;

pub(super) fn facts(caller: &Caller) -> Result<ServerFacts, ApiError> {
    if caller.need(Right::Read).is_err() {
        caller.need(Right::Connect)?;
    }
    let options = &caller.server.options;
    let is_postgres = options.database_url().starts_with("postgres");
    Ok(ServerFacts {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        public_url: caller.server.public_url.clone(),
        is_address_given: options.public_url.is_some(),
        database: if is_postgres { "postgresql" } else { "sqlite" }.to_owned(),
        runs_at_once: options.runs_at_once,
        poll_ms: options.poll_ms,
        takes_hooks: options.event_hooks == EventHooks::Auto,
        file_days: FILE_DAYS,
        trial_days: crate::work::tried::TRIAL_DAYS,
        demo: options
            .demo
            .clone()
            .filter(|_| caller.need(Right::Connect).is_ok()),
    })
}

pub(super) async fn test_address(caller: &Caller) -> Result<AddressTest, ApiError> {
    caller.need(Right::Connect)?;
    let address = &caller.server.public_url;
    let known = Url::parse(address).map_err(|error| internal(&error))?;
    let asked = caller
        .server
        .http
        .get(format!("{address}/health"))
        .timeout(PATIENCE)
        .send()
        .await;
    let state = match asked {
        Err(_) => AddressState::Lost,
        Ok(answer) => match answer.text().await {
            Ok(text) if text.trim() == HEALTHY && is_local(&known) => AddressState::Local,
            Ok(text) if text.trim() == HEALTHY => AddressState::Reached,
            _ => AddressState::Other,
        },
    };
    Ok(AddressTest {
        url: address.clone(),
        state,
    })
}

/// Only this machine knows the address.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_knows_a_local_address() {
        let local = |text: &str| is_local(&Url::parse(text).unwrap());
        for address in [
            "http://127.0.0.1:3000",
            "http://[::1]",
            "http://localhost",
            "http://0.0.0.0:1",
        ] {
            assert!(local(address), "{address}");
        }
        assert!(!local("https://nagare.example.com") && !local("http://10.0.0.4"));
    }
}
