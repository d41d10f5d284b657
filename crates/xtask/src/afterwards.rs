//! Cleaning up whatever happens: a shell that waits for this program to end, even by a signal.

use std::ffi::OsStr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// Runs a script when dropped, or when this process is gone.
///
/// The shell reads from a pipe that only this process holds open, and ignores the signals that a terminal
/// sends to the whole group. The pipe closes however this process ends.
pub(crate) struct Afterwards {
    shell: Child,
}

impl Afterwards {
    /// Promises to run `script` with `args` as `$1`, `$2` and so on.
    pub(crate) fn run<A: AsRef<OsStr>>(script: &str, args: &[A]) -> Result<Self> {
        let shell = Command::new("sh")
            .arg("-c")
            .arg(format!("trap '' HUP INT TERM; cat >/dev/null; {script}"))
            .arg("sh")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("`sh` cannot be started")?;
        Ok(Self { shell })
    }
}

impl Drop for Afterwards {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        if let Err(error) = self.shell.wait() {
            eprintln!("cleaning up failed: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_run_once_the_promise_is_dropped() {
        let file = std::env::temp_dir().join(format!("xtask-afterwards-{}", std::process::id()));
        let promise = Afterwards::run("echo done > \"$1\"", &[&file]).unwrap();
        assert!(!file.exists());
        drop(promise);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "done\n");
        std::fs::remove_file(&file).unwrap();
    }
}
