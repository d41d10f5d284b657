//! The benchmark: how fast an API endpoint flow of four function cards and one HTTP call runs, against its floor, a bare
//! handler with the same call and one group-committed row. Both in the same run on the same machine, each as a process
//! of its own that this program starts from itself. Writes what it measured into `docs/performance.md`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

mod job;
mod load;

mod directory;
mod org;
mod stream;

mod floor;
mod measure;

mod echo;
mod process;
mod report;

/// Measures Nagare on this machine.
#[derive(Parser, Debug)]
#[command(name = "nagare-bench")]
struct Bench {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    part: Option<Part>,
}

/// How long and how hard to measure.
#[derive(clap::Args, Clone, Debug)]
struct Settings {
    /// Seconds for each of the four measurements.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Connections of the second pair of measurements.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(2..=1024))]
    connections: u16,
    /// Only prints; leaves the page as it is.
    #[arg(long)]
    dry: bool,
    /// The page to write into.
    #[arg(long)]
    page: Option<PathBuf>,
}

/// What else is measured, and the processes that are.
#[derive(Subcommand, Debug)]
enum Part {
    /// Streams the users of a large simulated org through a helper flow.
    Stream(stream::Stream),
    /// Imports the users of a large generated directory into a simulated org, and again without a change.
    Directory(directory::Directory),
    /// Serves the floor.
    #[command(hide = true)]
    Floor {
        /// Where the HTTP call goes.
        #[arg(long)]
        echo: SocketAddr,
        /// Folder for the database.
        #[arg(long)]
        data: PathBuf,
    },
    /// Is the program `nagare`.
    #[command(hide = true)]
    Nagare {
        /// Its command line.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let bench = Bench::parse();
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        return server::cli::fail("The TLS library was set up twice.");
    }
    let cores = match bench.part {
        Some(Part::Nagare { .. } | Part::Floor { .. }) => None,
        Some(Part::Stream(_) | Part::Directory(_)) | None => process::Cores::split(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return server::cli::fail(&format!("The runtime cannot start: {error}")),
    };
    let ended = match bench.part {
        Some(Part::Nagare { arguments }) => return runtime.block_on(nagare(arguments)),
        Some(Part::Floor { echo, data }) => runtime.block_on(floor::serve(echo, &data)),
        Some(Part::Directory(settings)) => runtime.block_on(directory::run(&settings, cores)),
        Some(Part::Stream(settings)) => runtime.block_on(stream::run(&settings, cores)),
        None => runtime.block_on(run(&bench.settings, cores)),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => server::cli::fail(&format!("{error:#}")),
    }
}

async fn nagare(arguments: Vec<OsString>) -> ExitCode {
    let line = std::iter::once(OsString::from("nagare")).chain(arguments);
    match server::cli::Nagare::parse_from(line).command {
        Some(command) => server::cli::run(command).await,
        None => server::cli::fail("Say which command of nagare."),
    }
}

async fn run(settings: &Settings, cores: Option<process::Cores>) -> Result<()> {
    let started = chrono::Utc::now();
    let folder = process::Folder::make(&format!("nagare-bench-{}", std::process::id()))?;
    let echo = echo::start().await?;
    let time = Duration::from_secs(settings.seconds.clamp(1, 600));

    let floor = process::Process::start_floor(echo, &folder.inner("floor")?, cores).await?;
    let nagare = process::Process::start_nagare(&folder.inner("nagare")?, cores).await?;
    let idle = nagare.memory()?;
    let flow = job::set_up(&nagare, echo)
        .await
        .context("The flow could not be set up")?;

    let of_floor = load::Request::post("/run", floor.address, &job::body());
    let of_nagare = load::Request::post(&flow.path, nagare.address, &job::body());
    flow.check_once(&of_nagare).await?;

    let mut pairs = Vec::new();
    for connections in [1, usize::from(settings.connections)] {
        server::cli::say(&format!(
            "Measuring with {connections} connection(s), twice {} s …",
            time.as_secs()
        ));
        pairs.push(measure::Pair {
            connections,
            floor: measure::measure(&floor, &of_floor, connections, time).await?,
            nagare: measure::measure(&nagare, &of_nagare, connections, time).await?,
        });
    }
    flow.check_history().await?;
    let report = report::Report {
        started,
        pinned: cores.is_some(),
        seconds: time.as_secs(),
        first_answer: nagare.first_answer,
        idle,
        busy: nagare.memory()?,
        pairs,
    };
    nagare.stop().await?;
    floor.stop().await?;
    let text = report.text();
    server::cli::say(&text);
    if settings.dry {
        return Ok(());
    }
    report::write(
        &settings.page.clone().unwrap_or_else(report::page),
        "measured",
        &text,
    )
}
