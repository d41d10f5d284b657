//! Installing a Debian package where that is possible without asking: as root, with apt-get.

use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::{on_path, output, run};

/// Whether this process may do everything.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// Installs `packages`, or fails with the line that a person can type instead.
pub(crate) fn install(packages: &[&str], otherwise: &str) -> Result<()> {
    let list = packages.join(" ");
    if on_path("apt-get").is_none() || !is_root() {
        bail!("{list} missing; {otherwise}");
    }
    eprintln!("installing {list} with apt-get");
    run(apt_get().arg("update"))?;
    run(apt_get()
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command
        .args(["--quiet", "--quiet", "-o", "DPkg::Lock::Timeout=300"])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(std::process::Stdio::null());
    command
}
