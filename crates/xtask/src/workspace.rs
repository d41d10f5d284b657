//! Where things are, and how to call cargo from a program that cargo itself started.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Variables that cargo sets for the program it runs. A nested cargo must not inherit them: build scripts
/// watch some of them, and ring, sqlx and everything above would be rebuilt at every switch.
const LEAKING: [&str; 6] = [
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_CRATE_NAME",
    "CARGO_BIN_NAME",
    "CARGO_PRIMARY_PACKAGE",
    "OUT_DIR",
];

/// The root of the repository and its target directory.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds both at run time, so that a cached program works for another clone.
    pub(crate) fn find() -> Result<Self> {
        let here = env::current_dir().context("the current directory cannot be read")?;
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => here.clone(),
        };
        let root = start
            .ancestors()
            .find(|dir| dir.join("Cargo.lock").is_file())
            .with_context(|| format!("no Cargo.lock at or above {}", start.display()))?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => here.join(dir),
            None => own_target_dir().unwrap_or_else(|| root.join("target")),
        };
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What the server serves as static files.
    pub(crate) fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    pub(crate) fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// A cargo that behaves as if typed in a shell at the root.
    pub(crate) fn cargo<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = self.command(program);
        command.args(args);
        command
    }

    /// Any program, at the root, with a clean environment and the target directory settled.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("NAGARE_SKIP_FRONT", "1");
        for (name, _) in env::vars_os() {
            let leaks = name
                .to_str()
                .is_some_and(|name| LEAKING.iter().any(|prefix| name.starts_with(prefix)));
            if leaks {
                command.env_remove(&name);
            }
        }
        command
    }
}

/// The target directory this very program lies in (it may be set in a personal cargo configuration).
fn own_target_dir() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let profile = program.parent()?;
    if profile.file_name()? == "debug" {
        profile.parent().map(Path::to_path_buf)
    } else {
        None
    }
}

/// Runs `command` and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("`{}` cannot be started", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs `command` silently and returns what it printed, or fails with its complaint.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("`{}` cannot be started", shown(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}): {}",
            shown(command),
            output.status,
            complaint.trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as a person would type it, without paths.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let mut text = program.to_string_lossy().into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// Finds a program on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}
