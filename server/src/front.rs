//! In a debug build started by cargo, builds the browser part first, so that `cargo run` alone is enough.

/// Builds the browser part where this is a debug build under cargo and nobody said otherwise.
///
/// # Errors
/// A sentence, when the build failed.
pub(crate) async fn build_if_wanted() -> Result<(), String> {
    let under_cargo =
        std::env::var_os("CARGO").is_some() && std::env::var_os("NAGARE_SKIP_FRONT").is_none();
    if !cfg!(debug_assertions) || !under_cargo {
        return Ok(());
    }
    let status = tokio::process::Command::new(std::env::var_os("CARGO").unwrap_or_default())
        .args(["xtask", "front"])
        .status()
        .await
        .map_err(|error| format!("The browser part cannot be built: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("The browser part could not be built; its errors are above.".to_owned())
    }
}
