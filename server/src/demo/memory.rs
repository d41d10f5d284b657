//! What the simulated org of a demo remembers from one start to the next: its port and the tokens it gave, so that
//! connections go on working. Its people are made anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use okta_sim::{OktaSim, SimConfig};

/// How often the tokens are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// The files of the demo's org.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    port: PathBuf,
    tokens: PathBuf,
}

impl Memory {
    pub(super) fn in_folder(data: &Path) -> Self {
        Self {
            port: data.join("demo-org-port"),
            tokens: data.join("demo-org-tokens"),
        }
    }

    /// Adds what is remembered to `config`.
    pub(super) fn recall(&self, config: SimConfig) -> SimConfig {
        let read = |path: &Path| std::fs::read_to_string(path).ok();
        let port = read(&self.port).and_then(|text| text.trim().parse().ok());
        match port {
            Some(port) => SimConfig {
                port,
                tokens: read(&self.tokens),
                ..config
            },
            None => config,
        }
    }

    /// Remembers the port.
    pub(super) fn keep_port(&self, sim: &OktaSim) -> std::io::Result<()> {
        let url = sim.url();
        let port = url.rsplit(':').next().unwrap_or_default();
        write_private(&self.port, port)
    }

    /// Remembers the tokens whenever they change, for ever.
    pub(super) async fn keep_tokens(self, sim: Arc<OktaSim>) {
        let mut kept = String::new();
        loop {
            match sim.tokens() {
                Ok(tokens) if tokens != kept => {
                    let path = self.tokens.clone();
                    let text = tokens.clone();
                    let written = tokio::task::spawn_blocking(move || write_private(&path, &text));
                    match written.await {
                        Ok(Ok(())) => kept = tokens,
                        Ok(Err(error)) => {
                            tracing::warn!(%error, "the tokens of the simulated org could not be kept");
                        }
                        Err(error) => tracing::error!(%error, "keeping tokens broke off"),
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the tokens of the simulated org cannot be read")
                }
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

/// Replaces a file that only its owner can read, whole or not at all.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    std::io::Write::write_all(&mut file.open(&fresh)?, text.as_bytes())?;
    std::fs::rename(&fresh, path)
}
