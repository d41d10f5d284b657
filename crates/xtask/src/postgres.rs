//! A throw-away PostgreSQL for one test run: own data folder, own port, no durability, gone at the end.

use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::afterwards::Afterwards;
use crate::debian;
use crate::workspace::{on_path, output, run};

/// Set by a person who has a server already; tests read the same variable.
pub(crate) const URL_VARIABLE: &str = "TEST_POSTGRES_URL";

/// Everything off that only matters when the machine loses power.
const SETTINGS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c max_connections=300 -c listen_addresses=127.0.0.1";

/// Stops the server, if it was started, and removes its folder.
const STOP: &str =
    "$3 \"$1/pg_ctl\" -D \"$2/data\" -m immediate -w stop >/dev/null 2>&1; rm -rf \"$2\"";

/// Another process can take the chosen port between asking for it and using it.
const ATTEMPTS: usize = 3;

/// A server for tests. It stops when this value is dropped, or when this process ends in any other way.
pub(crate) struct Postgres {
    url: String,
    _stop: Option<Afterwards>,
}

impl Postgres {
    /// Uses the server of `TEST_POSTGRES_URL`, or starts one, installing PostgreSQL where that is possible.
    pub(crate) fn start() -> Result<Self> {
        if let Ok(url) = env::var(URL_VARIABLE) {
            return Ok(Self { url, _stop: None });
        }
        let programs = match programs() {
            Some(found) => found,
            None => {
                debian::install(
                    &["postgresql"],
                    "install PostgreSQL (on Debian: `sudo apt-get install postgresql`) or set TEST_POSTGRES_URL",
                )?;
                programs()
                    .context("PostgreSQL was installed, but `initdb` is nowhere to be found")?
            }
        };
        Cluster::create(programs)?.start()
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// The folder that holds `initdb` and `pg_ctl`: on `PATH`, or Debian's newest version folder.
fn programs() -> Option<PathBuf> {
    if let Some(initdb) = on_path("initdb") {
        let real = fs::canonicalize(initdb).ok()?;
        return real.parent().map(Path::to_path_buf);
    }
    let mut folders: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let folder = entry.ok()?.path();
            let version = folder.file_name()?.to_str()?.parse().ok()?;
            Some((version, folder.join("bin")))
        })
        .collect();
    folders.sort();
    if let Ok(folder) = output(Command::new("pg_config").arg("--bindir")) {
        folders.insert(0, (0, PathBuf::from(folder)));
    }
    folders
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .find(|folder| folder.join("initdb").is_file())
}

/// A data folder and the account that owns it: PostgreSQL refuses to run as root.
struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    account: Option<&'static str>,
    stop: Afterwards,
}

impl Cluster {
    fn create(programs: PathBuf) -> Result<Self> {
        let folder = env::temp_dir().join(format!("nagare-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let account = debian::is_root().then(service_account);
        if let Some(account) = account {
            run(Command::new("chown").arg(account).arg(&folder))?;
        }
        let stop = Afterwards::run(
            STOP,
            &[
                programs.as_os_str(),
                folder.as_os_str(),
                run_as(account).join(" ").as_ref(),
            ],
        )?;
        let cluster = Self {
            programs,
            folder,
            account,
            stop,
        };
        output(
            cluster
                .program("initdb")
                .args(["--auth=trust", "--no-sync", "--username=postgres"])
                .args(["--encoding=UTF8", "--locale=C"]),
        )?;
        Ok(cluster)
    }

    fn start(self) -> Result<Postgres> {
        let mut complaint = None;
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let options = format!("{SETTINGS} -p {port} -k {}", self.folder.display());
            let log = self.folder.join("log");
            let started = run(self
                .program("pg_ctl")
                .args(["-w", "-s", "-o", &options, "-l"])
                .arg(log)
                .arg("start"));
            match started {
                Ok(()) => {
                    return Ok(Postgres {
                        url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
                        _stop: Some(self.stop),
                    });
                }
                Err(error) => complaint = Some(error),
            }
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        match complaint {
            Some(error) => Err(error.context(format!("PostgreSQL does not start:\n{log}"))),
            None => bail!("PostgreSQL was not tried"),
        }
    }

    /// One of PostgreSQL's programs, on this data folder, under the right account.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut words = run_as(self.account).into_iter();
        let mut command = match words.next() {
            Some(first) => {
                let mut command = Command::new(first);
                command.args(words).arg(path);
                command
            }
            None => Command::new(path),
        };
        command
            .current_dir(&self.folder)
            .arg("-D")
            .arg(self.folder.join("data"));
        command
    }
}

/// The words to put before a command so that `account` runs it.
fn run_as(account: Option<&'static str>) -> Vec<&'static str> {
    match account {
        Some(account) => vec!["runuser", "-u", account, "--"],
        None => Vec::new(),
    }
}

/// The account of Debian's package, or the one every Unix has.
fn service_account() -> &'static str {
    if output(Command::new("id").args(["-u", "postgres"])).is_ok() {
        "postgres"
    } else {
        "nobody"
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port is free on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}
