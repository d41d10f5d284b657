//! The processes that are measured: starting them from this program, and reading their meters in `/proc`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};

/// A process may take this long to be ready.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which core loads and which is measured, where the system lets us choose (`taskset`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cores {
    measured: usize,
}

impl Cores {
    /// Keeps this process and its threads to come on the first core; nothing where there is only one.
    pub(crate) fn split() -> Option<Self> {
        let count = std::thread::available_parallelism().ok()?.get();
        let this = std::process::id().to_string();
        let mut command = Command::new("taskset");
        command
            .args(["-acp", "0", &this])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let is_pinned = count > 1 && command.status().is_ok_and(|status| status.success());
        is_pinned.then_some(Self {
            measured: count - 1,
        })
    }
}

/// A folder that is removed in the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes a folder for temporary files.
    pub(crate) fn make(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Makes a folder inside.
    pub(crate) fn inner(&self, name: &str) -> Result<PathBuf> {
        let path = self.0.join(name);
        std::fs::create_dir_all(&path)?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "a temporary folder stays");
        }
    }
}

/// Memory of a process.
#[derive(Clone, Copy)]
pub(crate) struct Memory {
    /// Resident now, in MB.
    pub(crate) now_mb: f64,
    /// Most that was resident, in MB.
    pub(crate) peak_mb: f64,
}

/// A process that serves. It is killed when dropped.
pub(crate) struct Process {
    child: Child,
    id: u32,
    pub(crate) address: SocketAddr,
    /// Time from its start to its first answer.
    pub(crate) first_answer: Duration,
    pub(crate) data: PathBuf,
    client: reqwest::Client,
}

impl Process {
    /// Starts the floor.
    pub(crate) async fn start_floor(
        echo: SocketAddr,
        data: &Path,
        cores: Option<Cores>,
    ) -> Result<Self> {
        let echo = echo.to_string();
        let arguments = ["floor", "--echo", &echo, "--data"].map(OsString::from);
        let arguments = arguments.into_iter().chain([data.into()]);
        Self::start(arguments.collect(), data, cores).await
    }

    /// Starts the server as `nagare serve`.
    pub(crate) async fn start_nagare(data: &Path, cores: Option<Cores>) -> Result<Self> {
        let arguments = [
            "nagare",
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--allow-http-to",
            "127.0.0.1",
            "--data",
        ];
        let arguments = arguments
            .map(OsString::from)
            .into_iter()
            .chain([data.into()]);
        Self::start(arguments.collect(), data, cores).await
    }

    async fn start(arguments: Vec<OsString>, data: &Path, cores: Option<Cores>) -> Result<Self> {
        let begun = Instant::now();
        let mut child = tokio::process::Command::from(command(cores)?)
            .args(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let id = child.id().context("the process ended at once")?;
        let out = child.stdout.take().context("the process has no output")?;
        let mut lines = BufReader::new(out).lines();
        let address = tokio::time::timeout(PATIENCE, ready(&mut lines))
            .await
            .context("it did not get ready")??;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let client = reqwest::Client::builder().build()?;
        client
            .get(format!("http://{address}/health"))
            .send()
            .await?
            .error_for_status()?;
        let first_answer = begun.elapsed();
        Ok(Self {
            child,
            id,
            address,
            first_answer,
            data: data.to_owned(),
            client,
        })
    }

    /// Returns the CPU time that it took so far, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.id))?;
        let (_, after_name) = text
            .rsplit_once(')')
            .context("/proc/…/stat has another form")?;
        // proc_pid_stat(5): utime and stime are the fields 14 and 15; the first one after the name is the third.
        let ticks: u64 = after_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Ok(ticks as f64 * 1_000.0 / ticks_a_second())
    }

    /// Returns its memory.
    pub(crate) fn memory(&self) -> Result<Memory> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let mb = |name: &str| -> Result<f64> {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let kb = line
                .and_then(|line| line.split_whitespace().next())
                .context("/proc/…/status has another form")?;
            Ok(kb.parse::<f64>()? / 1_024.0)
        };
        Ok(Memory {
            now_mb: mb("VmRSS:")?,
            peak_mb: mb("VmHWM:")?,
        })
    }

    /// Returns how many commits it made so far.
    pub(crate) async fn commits(&self) -> Result<f64> {
        let url = format!("http://{}/metrics", self.address);
        let text = self
            .client
            .get(url)
            .send()
            .await?
            .error_for_status()?
            .text()
            .await?;
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("nagare_commits_total "));
        Ok(line
            .context("/metrics does not count commits")?
            .trim()
            .parse()?)
    }

    /// Runs a command of `nagare` beside it, on the same data, and returns what that printed.
    pub(crate) async fn beside(&self, arguments: &[&str]) -> Result<String> {
        let mut command = tokio::process::Command::from(command(None)?);
        command
            .arg("nagare")
            .args(arguments)
            .arg("--data")
            .arg(&self.data);
        let output = command.stderr(Stdio::inherit()).output().await?;
        if !output.status.success() {
            bail!("nagare {} failed", arguments.join(" "));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Ends it.
    pub(crate) async fn stop(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// This program again, on the measured core, without what configures another server on this machine.
fn command(cores: Option<Cores>) -> Result<Command> {
    let program = std::env::current_exe()?;
    let mut command = match cores {
        Some(cores) => {
            let mut command = Command::new("taskset");
            command
                .args(["-c", &cores.measured.to_string()])
                .arg(program);
            command
        }
        None => Command::new(program),
    };
    let names = std::env::vars_os().map(|(name, _)| name);
    for name in names.filter(|name| name.to_string_lossy().starts_with("NAGARE_")) {
        command.env_remove(name);
    }
    command
        .env("NAGARE_LOG", "warn")
        .env("NAGARE_SKIP_FRONT", "1");
    Ok(command)
}

/// Waits for the line that names the address.
async fn ready(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<SocketAddr> {
    while let Some(line) = lines.next_line().await? {
        if let Some((_, address)) = line.split_once(" is ready at http://") {
            return address
                .trim()
                .trim_end_matches('/')
                .parse()
                .with_context(|| format!("{line:?} names no address"));
        }
    }
    bail!("it ended before it was ready")
}

fn ticks_a_second() -> f64 {
    const USUAL: f64 = 100.0;
    let output = Command::new("getconf").arg("CLK_TCK").output().ok();
    let text = output.and_then(|output| String::from_utf8(output.stdout).ok());
    text.and_then(|text| text.trim().parse().ok())
        .unwrap_or(USUAL)
}
