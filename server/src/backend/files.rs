//! Files that cards made.

use api::{ApiError, ErrorCode};
use store::files::StoredFile;

use super::{Caller, Right};
use crate::error::from_store;

impl Caller {
    /// Returns a file that this person may read, as they may read the run that made it.
    pub(crate) async fn file(&self, id: &str) -> Result<StoredFile, ApiError> {
        self.need(Right::Read)?;
        store::files::find(&self.server.store, id)
            .await
            .map_err(from_store)?
            .ok_or_else(|| {
                ApiError::new(
                    ErrorCode::NotFound,
                    "The file is not there any more. Files are kept for 30 days.",
                )
            })
    }
}
