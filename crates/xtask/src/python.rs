//! Okta's own Python client, in an environment of its own below the target folder.
//!
//! The one tool that may be missing: where there is no Python, or the registry of its packages cannot be reached, the step
//! is left out and the summary says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, on_path, output};

const OLDEST: (u32, u32) = (3, 10);
const TESTS: &str = "crates/okta-sim/tests/python";
const PROGRAMS: [&str; 2] = ["python3", "python"];

/// Whether the client can be run here.
pub(crate) enum Client {
    /// This Python has it.
    Ready(PathBuf),
    /// Why it cannot.
    Missing(String),
}

/// Makes the environment where it is missing or its list of packages has changed.
pub(crate) fn client(workspace: &Workspace) -> Result<Client> {
    let Some(python) = PROGRAMS.into_iter().find_map(on_path) else {
        return Ok(Client::Missing("there is no Python".to_owned()));
    };
    let version = output(Command::new(&python).arg("--version")).unwrap_or_default();
    if number(&version).is_none_or(|version| version < OLDEST) {
        let (major, minor) = OLDEST;
        return Ok(Client::Missing(format!(
            "Python {major}.{minor} or newer is needed, this is {version}"
        )));
    }
    let list = workspace.root().join(TESTS).join("requirements.txt");
    let wanted = fs::read_to_string(&list).context("the list of Python packages is missing")?;
    let folder = workspace.target().join("okta-python");
    let inside = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && inside.is_file() {
        return Ok(Client::Ready(inside));
    }
    match install(&python, &folder, &inside, &list) {
        Ok(()) => {
            fs::write(&stamp, wanted)?;
            Ok(Client::Ready(inside))
        }
        Err(error) => Ok(Client::Missing(format!("{error:#}"))),
    }
}

fn install(python: &Path, folder: &Path, inside: &Path, list: &Path) -> Result<()> {
    output(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(folder),
    )
    .context("no environment for Python packages could be made")?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--requirement",
    ];
    output(Command::new(inside).args(pip).arg(list))
        .context("its packages could not be installed")?;
    Ok(())
}

/// The tests, run by `python` against the program in the target folder.
pub(crate) fn tests(workspace: &Workspace, python: &Path) -> Command {
    let mut command = workspace.command(python);
    command
        .current_dir(workspace.root().join(TESTS))
        .args(["-B", "-m", "unittest", "--verbose", "test_okta_sdk"])
        .env("NAGARE", workspace.target().join("debug").join(program()));
    command
}

fn program() -> String {
    format!("nagare{}", std::env::consts::EXE_SUFFIX)
}

fn number(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_python_is_read() {
        assert_eq!(number("Python 3.11.7"), Some((3, 11)));
        assert_eq!(number("Python 2.7.18"), Some((2, 7)));
        assert_eq!(number("Pypy"), None);
        assert!(number("Python 3.9.1") < Some(OLDEST));
    }
}
