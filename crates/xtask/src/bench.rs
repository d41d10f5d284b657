//! The benchmark program, always built for release.

use anyhow::Result;

use crate::workspace::{Workspace, run};

/// Builds and runs `nagare-bench`, passing `args` through.
pub(crate) fn run_benchmark(workspace: &Workspace, args: &[&str]) -> Result<()> {
    let cargo = [
        "run",
        "--release",
        "--package",
        "server",
        "--bin",
        "nagare-bench",
        "--",
    ];
    run(workspace.cargo(cargo).args(args))
}
