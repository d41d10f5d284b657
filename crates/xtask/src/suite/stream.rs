//! Runs a command so that its output is seen at once and read as well.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::workspace::shown;

/// Runs `command`, passes both of its streams through, and returns them: first stdout, then stderr.
pub(super) fn run(command: &mut Command) -> Result<(ExitStatus, String)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` cannot be started", shown(command)))?;
    let errors = child.stderr.take().context("stderr was not piped")?;
    let output = child.stdout.take().context("stdout was not piped")?;
    let errors = thread::spawn(move || pass_through(errors, &mut std::io::stderr()));
    let mut text = pass_through(output, &mut std::io::stdout())?;
    let errors = errors
        .join()
        .map_err(|_| anyhow!("the reader of stderr died"))??;
    text.push_str(&errors);
    let status = child.wait()?;
    Ok((status, text))
}

fn pass_through(from: impl Read, to: &mut impl Write) -> Result<String> {
    let mut from = BufReader::new(from);
    let mut text = String::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(text)
}
