//! What the tests against a domain controller need. They start it themselves, in a network of its own.

use anyhow::{Result, bail};

use crate::debian;
use crate::workspace::on_path;

const TOOLS: [&str; 4] = ["samba", "samba-tool", "ldapmodify", "unshare"];
const PACKAGES: [&str; 8] = [
    "samba",
    "samba-ad-dc",
    "samba-ad-provision",
    "samba-dsdb-modules",
    "winbind",
    "ldb-tools",
    "ldap-utils",
    "attr",
];

/// Installs Samba's domain controller where it is missing and may be installed. Fails where the tests cannot run.
pub(crate) fn ensure() -> Result<()> {
    if TOOLS.iter().any(|tool| on_path(tool).is_none()) {
        debian::install(
            &PACKAGES,
            "install Samba's domain controller and ldap-utils",
        )?;
    }
    if !debian::is_root() {
        bail!("a network namespace and the domain's folders need root");
    }
    Ok(())
}
