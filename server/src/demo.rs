//! `nagare demo`: the server with a simulated Okta org beside it.

use std::process::ExitCode;
use std::sync::Arc;

use okta_sim::{OktaSim, SimConfig};

use crate::cli::{fail, okta_sim as org};
use crate::clock;
use crate::config::Options;

mod memory;

use memory::Memory;

/// Starts both and runs until the process is told to stop.
pub(crate) async fn run(options: Options) -> ExitCode {
    let memory = Memory::in_folder(&options.data);
    let fresh = SimConfig::new(clock::now());
    let begun = match OktaSim::start(memory.recall(fresh.clone())).await {
        Ok(sim) => Ok(sim),
        // The port of the last time is taken, or what was remembered cannot be read.
        Err(_) => OktaSim::start(fresh).await,
    };
    let sim = match begun {
        Ok(sim) => Arc::new(sim),
        Err(error) => return fail(&format!("The simulated org cannot start: {error}")),
    };
    let kept = std::fs::create_dir_all(&options.data).and_then(|()| memory.keep_port(&sim));
    if let Err(error) = kept {
        return fail(&format!("The data folder cannot be written: {error}"));
    }
    let options = Options {
        poll_ms: options.poll_ms.min(1_000),
        demo: Some(api::DemoOrg {
            domain: sim.url(),
            client_id: sim.client_id().to_owned(),
            client_secret: sim.client_secret().to_owned(),
            login: sim.admin_login().to_owned(),
            password: sim.admin_password().to_owned(),
        }),
        ..options
    };
    let keeping = tokio::spawn(memory.keep_tokens(Arc::clone(&sim)));
    // The org lives as long as its value: the introduction gets a share of it, the rest stays here until the end.
    let introduced = Arc::clone(&sim);
    let code =
        crate::serve::run(options, Some(Box::new(move || org::introduce(&introduced)))).await;
    keeping.abort();
    drop(sim);
    code
}
