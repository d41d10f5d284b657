//! Reading the columns of a row, with errors that name the column.

use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{StoreError, Word};

/// The columns of a row by name.
pub(crate) trait Columns {
    fn text(&self, name: &str) -> Result<String, StoreError>;
    fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError>;
    fn number(&self, name: &str) -> Result<i64, StoreError>;
    fn maybe_number(&self, name: &str) -> Result<Option<i64>, StoreError>;
    fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError>;

    fn flag(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.number(name)? != 0)
    }

    fn id<T: From<String>>(&self, name: &str) -> Result<T, StoreError> {
        Ok(T::from(self.text(name)?))
    }

    fn maybe_id<T: From<String>>(&self, name: &str) -> Result<Option<T>, StoreError> {
        Ok(self.maybe_text(name)?.map(T::from))
    }

    fn word<T: Word + Copy>(&self, name: &str) -> Result<T, StoreError> {
        let word = self.text(name)?;
        T::of_word(&word).ok_or_else(|| {
            StoreError::Corrupt(format!("column {name} holds the unknown word {word}"))
        })
    }

    fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, StoreError> {
        parse(name, &self.text(name)?)
    }
}

impl Columns for AnyRow {
    fn text(&self, name: &str) -> Result<String, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn number(&self, name: &str) -> Result<i64, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn maybe_number(&self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(name)?)
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.try_get(name)?)
    }
}

/// Reads stored JSON.
pub(crate) fn parse<T: DeserializeOwned>(column: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Corrupt(format!("column {column}: {error}")))
}

/// Writes JSON to store.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Corrupt(format!("cannot be written as JSON: {error}")))
}
