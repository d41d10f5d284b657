//! Configuration: from the command line or the environment, with defaults that start at once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

/// Options of `serve` and `demo`.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Address to listen on; port 0 lets the system pick one.
    #[arg(long, env = "NAGARE_LISTEN", default_value = DEFAULT_LISTEN)]
    pub listen: SocketAddr,
    /// Folder for the database and the key file.
    #[arg(long, env = "NAGARE_DATA", default_value = DEFAULT_DATA)]
    pub data: PathBuf,
    /// Database: `postgres://…`; an SQLite file in the data folder where absent.
    #[arg(long, env = "NAGARE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Address under which browsers and orgs reach this server, for instance `https://nagare.example.com`.
    #[arg(long, env = "NAGARE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// File with the keys that seal secrets; made on first start where absent.
    #[arg(long, env = "NAGARE_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// Hosts that HTTP cards may call although they are not public.
    #[arg(long, env = "NAGARE_ALLOW_HTTP_TO", value_delimiter = ',')]
    pub allow_http_to: Vec<String>,
    /// Whether orgs deliver events to this server: `auto` where they can reach its public address, or `off`.
    #[arg(long, env = "NAGARE_EVENT_HOOKS", value_enum, default_value_t = EventHooks::Auto)]
    pub event_hooks: EventHooks,
    /// How often the System Log of each org is asked for new events, in milliseconds.
    #[arg(long, env = "NAGARE_POLL_MS", default_value_t = DEFAULT_POLL_MS)]
    pub poll_ms: u64,
    /// Runs under way at once.
    #[arg(long, env = "NAGARE_RUNS_AT_ONCE", default_value_t = DEFAULT_RUNS)]
    pub runs_at_once: usize,
    /// A server that does not renew its hold on its runs for this long is taken for dead, in milliseconds.
    #[arg(long, env = "NAGARE_LEASE_MS", default_value_t = DEFAULT_LEASE_MS, hide = true)]
    pub lease_ms: i64,
    /// The simulated org that runs beside this server.
    #[arg(skip)]
    pub demo: Option<api::DemoOrg>,
}

/// Whether orgs deliver events to this server, beside its reading of their logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EventHooks {
    /// Where an org can reach this server: the public address begins with `https://`, or both are on this machine.
    #[default]
    Auto,
    /// Never; events are read from the log.
    Off,
}

const DEFAULT_LISTEN: &str = "127.0.0.1:3000";
const DEFAULT_DATA: &str = "data";
const DEFAULT_POLL_MS: u64 = 5_000;
const DEFAULT_RUNS: usize = 256;
const DEFAULT_LEASE_MS: i64 = 30_000;

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: PathBuf::from(DEFAULT_DATA),
            database: None,
            public_url: None,
            key_file: None,
            allow_http_to: Vec::new(),
            event_hooks: EventHooks::Auto,
            poll_ms: DEFAULT_POLL_MS,
            runs_at_once: DEFAULT_RUNS,
            lease_ms: DEFAULT_LEASE_MS,
            demo: None,
        }
    }
}

impl Options {
    /// Returns the address of the database.
    pub fn database_url(&self) -> String {
        match &self.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data.join("nagare.sqlite").display()),
        }
    }

    /// Returns where the key file is.
    pub fn key_path(&self) -> PathBuf {
        self.key_file
            .clone()
            .unwrap_or_else(|| self.data.join("keys"))
    }
}

/// Returns the folder with the browser part: `NAGARE_SITE`, or `site` beside the program, or `target/site`.
pub fn site_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("NAGARE_SITE") {
        return PathBuf::from(folder);
    }
    let beside = std::env::current_exe().ok().and_then(|program| {
        let folder = program.parent()?;
        [folder.join("site"), folder.join("../site")]
            .into_iter()
            .find(|site| site.is_dir())
    });
    beside.unwrap_or_else(|| Path::new("target/site").to_path_buf())
}
