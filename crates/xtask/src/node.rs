//! What the browser stories need: Node, their packages, a Chromium, and a font that has Japanese.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::debian;
use crate::workspace::{Workspace, on_path, output, run};

/// The variable that names the browser to use; the stories read it.
pub(crate) const BROWSER_VARIABLE: &str = "E2E_CHROMIUM";

const OLDEST_NODE: u32 = 20;
const DEBIAN_CHROMIUM: &str = "/usr/bin/chromium";
const JAPANESE_FONT: &str = "fonts-noto-cjk";

/// Installs the packages of `end2end` where they are missing or older than the lock file.
pub(crate) fn install_packages(workspace: &Workspace) -> Result<()> {
    let version = output(Command::new("node").arg("--version"))
        .with_context(|| format!("the browser stories need Node.js {OLDEST_NODE} or newer"))?;
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node.js {OLDEST_NODE} or newer is needed, this is {version}");
    }
    let folder = workspace.end2end();
    let locked = changed_at(&folder.join("package-lock.json"))
        .context("end2end/package-lock.json is missing")?;
    let is_current = changed_at(&folder.join("node_modules/.package-lock.json"))
        .is_some_and(|installed| installed >= locked);
    if is_current {
        return Ok(());
    }
    run(workspace
        .command("npm")
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"]))
}

/// The browser to name in [`BROWSER_VARIABLE`], or `None` where Playwright has its own.
pub(crate) fn browser(workspace: &Workspace) -> Result<Option<PathBuf>> {
    if let Some(chosen) = env::var_os(BROWSER_VARIABLE) {
        let chosen = PathBuf::from(chosen);
        if !chosen.is_file() {
            bail!(
                "{BROWSER_VARIABLE} names {}, which is not there",
                chosen.display()
            );
        }
        return Ok(Some(chosen));
    }
    let debian = PathBuf::from(DEBIAN_CHROMIUM);
    if debian.is_file() {
        return Ok(Some(debian));
    }
    if playwright_has_browser(workspace) {
        return Ok(None);
    }
    debian::install(
        &["chromium", JAPANESE_FONT],
        "run `npx playwright install chromium` in end2end, or set E2E_CHROMIUM to a Chromium",
    )?;
    Ok(Some(debian))
}

/// Makes Japanese readable in pictures where a package can do so; otherwise says what to expect.
pub(crate) fn ensure_japanese_font() {
    if has_japanese_font() {
        return;
    }
    if let Err(error) = debian::install(&[JAPANESE_FONT], "install any Japanese font") {
        eprintln!("note: screenshots will show boxes for Japanese text: {error:#}");
    }
}

fn has_japanese_font() -> bool {
    if on_path("fc-list").is_some() {
        return output(Command::new("fc-list").args([":lang=ja", "family"]))
            .is_ok_and(|fonts| !fonts.is_empty());
    }
    // Without fontconfig's tool there is no way to ask; only Debian's place is known.
    !Path::new("/etc/debian_version").is_file()
        || Path::new("/usr/share/fonts/opentype/noto").is_dir()
}

/// Whether `npx playwright install chromium` was run here.
fn playwright_has_browser(workspace: &Workspace) -> bool {
    let script = "const { chromium } = require('@playwright/test');\
        process.exit(require('node:fs').existsSync(chromium.executablePath()) ? 0 : 1)";
    output(
        workspace
            .command("node")
            .current_dir(workspace.end2end())
            .args(["-e", script]),
    )
    .is_ok()
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn changed_at(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0-pre"), Some(8));
        assert_eq!(major("twenty"), None);
    }
}
