//! Looks for input that breaks a target of `crates/fuzz`, with libFuzzer.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, on_path, output, run};

/// One input may take this long, in seconds.
const TIMEOUT_S: u32 = 10;

/// The fuzzer may use this much memory, in MB.
const MEMORY_MB: u32 = 2_048;

/// What rustc weaves into the code so that libFuzzer sees which branches an input reaches. All of it is stable.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks";

/// Fuzzes `target` for `seconds`. What it learns is kept in `target/fuzz/corpus`, what broke it in `target/fuzz/broken`.
pub(crate) fn fuzz(workspace: &Workspace, target: &str, seconds: &str) -> Result<()> {
    if seconds.parse::<u32>().is_err() {
        bail!("{seconds} is not a number of seconds");
    }
    if on_path("c++").is_none() {
        bail!("libFuzzer needs a C++ compiler: apt-get install g++");
    }
    // Apart from everything else: these flags must never reach another build.
    let home = workspace.target().join("fuzz");
    let corpus = home.join("corpus");
    let broken = home.join("broken");
    fs::create_dir_all(&broken).with_context(|| format!("{} cannot be made", broken.display()))?;
    let seeds = [
        "run",
        "--package",
        "fuzz",
        "--bin",
        "nagare-fuzz-seeds",
        "--",
    ];
    run(workspace.cargo(seeds).arg(&corpus))?;

    // With a target named, cargo leaves build scripts and macros without the flags.
    let host = host(workspace)?;
    let build = [
        "build",
        "--release",
        "--package",
        "fuzz",
        "--bin",
        "nagare-fuzz",
        "--features",
        "libfuzzer",
        "--target",
        &host,
    ];
    run(workspace
        .cargo(build)
        .env("CARGO_TARGET_DIR", &home)
        .env("RUSTFLAGS", COVERAGE))?;
    let program = home.join(&host).join("release").join("nagare-fuzz");
    run(workspace
        .command(program)
        .arg(corpus.join(target))
        .arg(format!("-artifact_prefix={}/{target}-", broken.display()))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={TIMEOUT_S}"))
        .arg(format!("-rss_limit_mb={MEMORY_MB}"))
        .arg("-max_len=200000")
        .env("NAGARE_FUZZ_TARGET", target))
}

/// Returns the triple of this machine, as rustc calls it.
fn host(workspace: &Workspace) -> Result<String> {
    let about = output(workspace.command("rustc").arg("-vV"))?;
    let line = about.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line
        .context("rustc does not say what machine this is")?
        .to_owned())
}
