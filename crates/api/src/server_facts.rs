//! What the server says about itself on the settings page, and the test of its public address.

use serde::{Deserialize, Serialize};

/// How this server was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerFacts {
    /// Version of the program.
    pub version: String,
    /// Address under which browsers and orgs reach it.
    pub public_url: String,
    /// The address was given when it was started; else it is where the server listens.
    pub is_address_given: bool,
    /// `sqlite` or `postgresql`.
    pub database: String,
    /// Runs under way at once.
    pub runs_at_once: usize,
    /// How often the System Log of each org is asked for events, in milliseconds.
    pub poll_ms: u64,
    /// Orgs may deliver events.
    pub takes_hooks: bool,
    /// Days that files of runs are kept; runs themselves are kept until somebody deletes the database.
    pub file_days: u32,
    /// Days that runs which tried a flow out are kept, with the drafts that ran.
    #[serde(default)]
    pub trial_days: u32,
    /// The simulated org beside a demo; for those who may connect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demo: Option<DemoOrg>,
}

/// How to connect the simulated org of a demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoOrg {
    /// Its address.
    pub domain: String,
    /// OAuth client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// Who can grant access on its consent page.
    pub login: String,
    /// With this password.
    pub password: String,
}

/// What became of the test of the public address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressTest {
    /// The address.
    pub url: String,
    /// What was found.
    pub state: AddressState,
}

/// Who answers at the public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressState {
    /// This server.
    Reached,
    /// This server, but the address is one of this machine only.
    Local,
    /// Nobody within some seconds.
    Lost,
    /// Something else.
    Other,
}
