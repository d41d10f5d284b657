//! The command line.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Options;

pub mod ad;
pub mod catalogue;
pub mod check;
pub mod eval;
pub mod okta_sim;
pub mod token;
pub mod user;

/// Nagare: a self-hosted flow designer for Okta orgs.
#[derive(Parser, Debug)]
#[command(name = "nagare", version, about)]
pub struct Nagare {
    /// What to do; `serve` where left out.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Starts the server.
    Serve(Options),
    /// Starts the server with a simulated Okta org beside it.
    Demo(Options),
    /// Reads packs and says what of them runs here.
    Check {
        /// Pack files.
        #[arg(required = true)]
        packs: Vec<PathBuf>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Lists every card.
    Catalogue {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Active Directory.
    Ad {
        /// What to do.
        #[command(subcommand)]
        command: ad::AdCommand,
    },
    /// Evaluates an Okta expression and prints its value as JSON.
    Eval {
        /// The expression, as in `String.toUpperCase(user.firstName)`.
        #[arg(allow_hyphen_values = true)]
        expression: String,
        /// A file with the roots as one JSON object: `user`, `appuser`, `source`, `org`, …
        #[arg(long)]
        context: Option<PathBuf>,
        /// The language of mappings and group rules, or that of Identity Engine policies.
        #[arg(long, value_enum, default_value_t = eval::Dialect::Classic)]
        dialect: eval::Dialect,
    },
    /// Runs the simulated Okta org alone.
    OktaSim {
        /// Port on 127.0.0.1; 0 lets the system pick one.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Starts without people, groups and apps.
        #[arg(long)]
        empty: bool,
        /// This many people more, up to 10,000,000.
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=10_000_000))]
        crowd: u32,
    },
    /// People who can sign in.
    User {
        /// What to do with people.
        #[command(subcommand)]
        command: user::UserCommand,
    },
    /// Tokens for `/api/v1`.
    Token {
        /// What to do with tokens.
        #[command(subcommand)]
        command: token::TokenCommand,
    },
}

/// Runs a command to its end.
pub async fn run(command: Command) -> ExitCode {
    match command {
        Command::Serve(options) => crate::serve::run(options, None).await,
        Command::Demo(options) => crate::demo::run(options).await,
        Command::Check { packs, json } => check::run(&packs, json),
        Command::Catalogue { json } => catalogue::run(json),
        Command::Ad { command } => ad::run(&command),
        Command::Eval {
            expression,
            context,
            dialect,
        } => eval::run(&expression, context.as_deref(), dialect),
        Command::OktaSim { port, empty, crowd } => okta_sim::run(port, empty, crowd).await,
        Command::User { command } => user::run(command).await,
        Command::Token { command } => token::run(command).await,
    }
}

/// Prints one line on standard output; a reader that went away is no error.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        tracing::debug!("nobody reads standard output");
    }
}

/// Prints one line on standard error and returns the exit code of a failure.
pub fn fail(line: &str) -> ExitCode {
    if writeln!(std::io::stderr().lock(), "{line}").is_err() {
        tracing::debug!("nobody reads standard error");
    }
    ExitCode::FAILURE
}
