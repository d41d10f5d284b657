//! Files that cards make: written part by part as they come, read the same way, removed with the history of their run.

use std::sync::Arc;
use std::time::Duration;

use flow::{CardError, FileRef, RunId, Value};
use store::files::{self, StoredFile};
use store::{StoreError, pauses};

use crate::clock;
use crate::state::Server;

/// The largest file.
pub(crate) const MAX_FILE: u64 = 100 << 20;
/// All files together.
const MAX_ALL: i64 = 20 << 30;
/// Content in one row.
const PART: usize = 256 << 10;
/// Files are kept as long as Okta keeps them.
const KEPT_MS: i64 = 30 * 86_400_000;
/// A run is on disk this long after it made a file, if it ever will be.
const SETTLED_MS: i64 = 15 * 60_000;
const LONGEST_NAME: usize = 255;

/// The run that a file belongs to.
pub(crate) struct Owner {
    pub(crate) run: RunId,
    pub(crate) root_run: RunId,
}

/// A file under construction. What is never finished is swept away.
pub(crate) struct NewFile {
    server: Arc<Server>,
    file: StoredFile,
    part: Vec<u8>,
    seq: i64,
    size: u64,
}

impl NewFile {
    /// Begins a file.
    pub(crate) async fn begin(
        server: &Arc<Server>,
        owner: &Owner,
        name: &str,
        media_type: &str,
    ) -> Result<Self, CardError> {
        let used = files::total(&server.store)
            .await
            .map_err(|error| failed(&error))?;
        if used >= MAX_ALL {
            return Err(CardError::new(
                "file.full",
                "The files of all runs take 20 GB, which is the limit. Delete files that are not needed any more.",
            ));
        }
        let now = clock::now_ms();
        let file = StoredFile {
            id: clock::new_id(),
            run: owner.run.clone(),
            root_run: owner.root_run.clone(),
            name: safe_name(name),
            media_type: media_type.chars().take(LONGEST_NAME).collect(),
            size: 0,
            created_at: now,
            updated_at: now,
            expires_at: now + KEPT_MS,
        };
        files::insert(&server.store, &file)
            .await
            .map_err(|error| failed(&error))?;
        Ok(Self {
            server: Arc::clone(server),
            file,
            part: Vec::new(),
            seq: 0,
            size: 0,
        })
    }

    /// Adds content.
    pub(crate) async fn write(&mut self, mut bytes: &[u8]) -> Result<(), CardError> {
        self.size += bytes.len() as u64;
        if self.size > MAX_FILE {
            return Err(too_large());
        }
        while !bytes.is_empty() {
            let room = PART - self.part.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.part.extend_from_slice(now);
            bytes = later;
            if self.part.len() == PART {
                self.flush().await?;
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), CardError> {
        files::append(&self.server.store, &self.file.id, self.seq, &self.part)
            .await
            .map_err(|error| failed(&error))?;
        self.seq += 1;
        self.part.clear();
        Ok(())
    }

    /// Ends the file and returns the value that refers to it.
    pub(crate) async fn finish(mut self) -> Result<Value, CardError> {
        if !self.part.is_empty() {
            self.flush().await?;
        }
        let size = i64::try_from(self.size).unwrap_or(i64::MAX);
        files::complete(&self.server.store, &self.file.id, size, clock::now_ms())
            .await
            .map_err(|error| failed(&error))?;
        Ok(Value::File(Arc::new(FileRef {
            key: self.file.id,
            name: self.file.name,
            media_type: self.file.media_type,
            size: self.size,
        })))
    }
}

/// Returns a file that is still there.
pub(crate) async fn get(server: &Server, key: &str) -> Result<StoredFile, CardError> {
    files::find(&server.store, key)
        .await
        .map_err(|error| failed(&error))?
        .ok_or_else(|| {
            CardError::new(
                "file.gone",
                "The file is not there any more. Files are kept for 30 days, and no longer than the history of their run.",
            )
        })
}

/// Returns the content of a file of at most `most` bytes.
pub(crate) async fn content(
    server: &Server,
    file: &StoredFile,
    most: u64,
) -> Result<Vec<u8>, CardError> {
    if u64::try_from(file.size).unwrap_or(u64::MAX) > most {
        return Err(CardError::new(
            "file.too_large",
            format!(
                "The file has {} bytes; this card takes {most} at most.",
                file.size
            ),
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(file.size).unwrap_or(0));
    let mut seq = 0;
    while let Some(part) = files::part(&server.store, &file.id, seq)
        .await
        .map_err(|error| failed(&error))?
    {
        bytes.extend_from_slice(&part);
        seq += 1;
    }
    Ok(bytes)
}

/// Says that a file would be larger than a file may be.
pub(crate) fn too_large() -> CardError {
    CardError::new(
        "file.too_large",
        "The file is larger than 100 MB. Take a smaller part of it.",
    )
}

/// Says that the store failed.
pub(crate) fn failed(error: &StoreError) -> CardError {
    tracing::error!(%error, "a file could not be stored or read");
    CardError::new(
        "server.storage",
        "The server could not store or read the file.",
    )
}

/// A name without folders and without signs that nobody sees.
fn safe_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    match name.trim() {
        "" | "." | ".." => "file".to_owned(),
        name => name.to_owned(),
    }
}

/// Removes files whose time is over or whose run is gone, and pauses of runs that are over, for ever.
pub(crate) async fn keep_sweeping(server: Arc<Server>) {
    loop {
        if let Err(error) = sweep(&server).await {
            tracing::error!(%error, "files could not be removed");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

async fn sweep(server: &Server) -> Result<(), StoreError> {
    loop {
        let now = clock::now_ms();
        let gone = files::gone(&server.store, now, now - SETTLED_MS, 100).await?;
        if gone.is_empty() {
            break;
        }
        for id in &gone {
            files::delete(&server.store, id).await?;
        }
    }
    pauses::delete_ended(&server.store).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_folders() {
        for (given, kept) in [
            ("report.csv", "report.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\流れ.txt", "流れ.txt"),
            ("a\r\nb", "ab"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(safe_name(given), kept);
        }
        assert_eq!(safe_name(&"x".repeat(900)).len(), LONGEST_NAME);
    }
}
