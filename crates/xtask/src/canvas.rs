//! Measures the editor's canvas in a browser.

use anyhow::Result;

use crate::front::{self, Profile};
use crate::node;
use crate::workspace::{Workspace, run};

/// Measures flows of these sizes as users get them: the browser part built for release. The server is that of development.
pub(crate) fn measure(workspace: &Workspace, sizes: &str) -> Result<()> {
    front::build(workspace, Profile::Release)?;
    let server = ["build", "--package", "server", "--bin", "nagare"];
    run(&mut workspace.cargo(server))?;
    node::install_packages(workspace)?;
    let mut measure = workspace.command("npm");
    measure
        .current_dir(workspace.end2end())
        .args(["run", "measure"])
        .env("MEASURE_SIZES", sizes);
    if let Some(browser) = node::browser(workspace)? {
        measure.env(node::BROWSER_VARIABLE, browser);
    }
    run(&mut measure)
}
