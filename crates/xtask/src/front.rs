//! The browser part: `app` as a cdylib for wasm, bound to JavaScript, beside the stylesheet and the icons.
//!
//! The binding tool is a library pinned by Cargo.lock together with `wasm-bindgen` itself, so that nothing
//! has to be installed besides rustup and the two can never disagree.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use wasm_bindgen_cli_support::Bindgen;

use crate::style;
use crate::workspace::{Workspace, on_path, output, run};

/// The target of the browser part.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// How hard the compiler tries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Builds everything the browser loads into the site folder.
pub(crate) fn build(workspace: &Workspace, profile: Profile) -> Result<()> {
    ensure_target(workspace)?;
    run(&mut workspace.cargo([
        "rustc",
        "--package",
        "app",
        "--lib",
        "--features",
        "hydrate",
        "--target",
        WASM,
        "--crate-type",
        "cdylib",
        "--profile",
        profile.name(),
    ]))?;
    bind(workspace, profile)?;
    style::publish(&workspace.root().join("style"), &workspace.site())?;
    pack(&workspace.site().join("pkg/app_bg.wasm"), profile)
}

/// Adds the wasm target to the toolchain where it is missing; rustup does so by itself only when it may.
pub(crate) fn ensure_target(workspace: &Workspace) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut ask = workspace.command(rustc);
    ask.args(["--print", "target-libdir", "--target", WASM]);
    if Path::new(&output(&mut ask)?).is_dir() {
        return Ok(());
    }
    on_path("rustup").with_context(|| {
        format!("the Rust toolchain has no {WASM} target and there is no rustup to add it")
    })?;
    run(workspace.command("rustup").args(["target", "add", WASM]))
}

/// Writes `pkg/app.js` and `pkg/app_bg.wasm`, unless they were made from this very file already.
fn bind(workspace: &Workspace, profile: Profile) -> Result<()> {
    let wasm = workspace
        .target()
        .join(WASM)
        .join(profile.name())
        .join("app.wasm");
    let pkg = workspace.site().join("pkg");
    let stamp = workspace.target().join("site-bound-from");
    let mark = mark(&wasm, profile)?;
    let is_current = fs::read_to_string(&stamp).is_ok_and(|old| old == mark)
        && pkg.join("app.js").is_file()
        && pkg.join("app_bg.wasm").is_file();
    if is_current {
        return Ok(());
    }
    let is_release = profile == Profile::Release;
    Bindgen::new()
        .input_path(&wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .remove_name_section(is_release)
        .remove_producers_section(is_release)
        .generate(&pkg)
        .context("the browser part cannot be bound to JavaScript")?;
    fs::write(&stamp, mark).with_context(|| format!("{} cannot be written", stamp.display()))
}

/// Identifies one compiled file: switching profiles or rebuilding gives another mark.
fn mark(wasm: &Path, profile: Profile) -> Result<String> {
    let facts = fs::metadata(wasm).with_context(|| format!("{} is missing", wasm.display()))?;
    let modified = facts.modified()?.duration_since(UNIX_EPOCH)?;
    Ok(format!(
        "{} {} {}",
        profile.name(),
        facts.len(),
        modified.as_nanos()
    ))
}

/// The program packed once, so that no server packs megabytes for every browser. A build for development has none: it
/// would be served in the place of what was built since.
fn pack(wasm: &Path, profile: Profile) -> Result<()> {
    let packed = wasm.with_extension("wasm.br");
    if profile == Profile::Dev {
        return match fs::remove_file(&packed) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} is in the way", packed.display()))
            }
            _ => Ok(()),
        };
    }
    let program = fs::read(wasm).with_context(|| format!("{} is missing", wasm.display()))?;
    let mut small = Vec::new();
    let settings = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: program.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut program.as_slice(), &mut small, &settings)
        .context("the program cannot be packed")?;
    fs::write(&packed, &small)
        .with_context(|| format!("{} cannot be written", packed.display()))?;
    eprintln!(
        "wasm {} KB, {} KB packed",
        program.len() / 1000,
        small.len() / 1000
    );
    Ok(())
}
