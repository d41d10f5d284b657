//! `nagare okta-sim`: the simulated org alone, for scripts and for trying out another server against it.

use std::process::ExitCode;

use okta_sim::{OktaSim, People, SimConfig};

use super::{fail, say};
use crate::clock;

/// Starts the org, says how to reach it and serves until the process is told to stop.
pub async fn run(port: u16, empty: bool, crowd: u32) -> ExitCode {
    let people = if empty {
        People::Empty
    } else {
        People::Believable
    };
    let config = SimConfig {
        people,
        crowd: usize::try_from(crowd).unwrap_or(usize::MAX),
        port,
        ..SimConfig::new(clock::now())
    };
    let sim = match OktaSim::start(config).await {
        Ok(sim) => sim,
        Err(error) => return fail(&error.to_string()),
    };
    introduce(&sim);
    if let Err(error) = stop_asked().await {
        return fail(&format!(
            "The signals of the system cannot be heard: {error}"
        ));
    }
    sim.stop().await;
    ExitCode::SUCCESS
}

/// Prints how to reach the org and who may enter.
pub fn introduce(sim: &OktaSim) {
    say(&format!("Simulated Okta org: {}", sim.url()));
    say(&format!("Okta API token (SSWS): {}", sim.api_token()));
    say(&format!(
        "OAuth client: {} / {}",
        sim.client_id(),
        sim.client_secret()
    ));
    say(&format!("Public OAuth client: {}", sim.public_client_id()));
    say(&format!(
        "Okta administrator: {} / {}",
        sim.admin_login(),
        sim.admin_password()
    ));
}

/// Resolves when the process is asked to stop: ctrl-c, or SIGTERM where there is one.
pub(crate) async fn stop_asked() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
