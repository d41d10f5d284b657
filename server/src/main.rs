//! The program `nagare`: reads the command line and hands over.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::{Command, Nagare};

fn main() -> ExitCode {
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        return server::cli::fail("The TLS library was set up twice.");
    }
    let nagare = Nagare::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return server::cli::fail(&format!("The runtime cannot start: {error}")),
    };
    let command = nagare
        .command
        .unwrap_or(Command::Serve(server::config::Options::default()));
    runtime.block_on(server::cli::run(command))
}
