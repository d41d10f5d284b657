//! `nagare demo`: the server with a simulated Okta org beside it.

use std::process::ExitCode;
use std::sync::Arc;

use okta_sim::{OktaSim, SimConfig};

use crate::cli::{fail, okta_sim as org};
use crate::clock;
use crate::config::Options;

/// Starts both and runs until the process is told to stop. The simulated org takes the port it had the last time, so that
/// connections of an earlier demo find it; its people are made anew.
pub(crate) async fn run(options: Options) -> ExitCode {
    let port_file = options.data.join("demo-org-port");
    let known: u16 = std::fs::read_to_string(&port_file)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0);
    let begun = match OktaSim::start(SimConfig {
        port: known,
        ..SimConfig::new(clock::now())
    })
    .await
    {
        Ok(sim) => Ok(sim),
        Err(_) if known != 0 => OktaSim::start(SimConfig::new(clock::now())).await,
        Err(error) => Err(error),
    };
    let sim = match begun {
        Ok(sim) => sim,
        Err(error) => return fail(&format!("The simulated org cannot start: {error}")),
    };
    let port = sim.url().rsplit(':').next().unwrap_or_default().to_owned();
    let kept =
        std::fs::create_dir_all(&options.data).and_then(|()| std::fs::write(&port_file, port));
    if let Err(error) = kept {
        return fail(&format!("The data folder cannot be written: {error}"));
    }
    let options = Options {
        poll_ms: options.poll_ms.min(1_000),
        ..options
    };
    // The org lives as long as its value: the introduction gets a share of it, the rest stays here until the end.
    let sim = Arc::new(sim);
    let introduced = Arc::clone(&sim);
    let code =
        crate::serve::run(options, Some(Box::new(move || org::introduce(&introduced)))).await;
    drop(sim);
    code
}
