//! How deep and how large a value may be. Values share their parts, so a few cards can make one that is huge when it is
//! written out; the engine measures what cards give before it keeps it.

use super::{MAX_DEPTH, Value};

/// A value may be this large: the bytes of its texts and keys, and 32 for each value in it.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;
/// What each value counts beside its text.
const EACH: usize = 32;

/// A value that is too deep or too large to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oversized {
    /// Lists and objects are nested deeper than [`MAX_DEPTH`].
    #[error(
        "The value is nested more than {MAX_DEPTH} levels deep. Look for a loop that puts its result into itself."
    )]
    Deep,
    /// It is larger than [`MAX_BYTES`].
    #[error(
        "The value is larger than 100 MB. Work in smaller parts: stream the records, or write them to a table or a file."
    )]
    Large,
}

impl Value {
    /// Refuses a value that is nested too deep or is too large when it is written out. Takes time for at most
    /// [`MAX_BYTES`], however large the value is.
    pub fn check_size(&self) -> Result<(), Oversized> {
        let mut left = MAX_BYTES;
        weigh(self, MAX_DEPTH, &mut left)
    }
}

fn weigh(value: &Value, depth: usize, left: &mut usize) -> Result<(), Oversized> {
    take(EACH, left)?;
    match value {
        Value::Text(text) => take(text.len(), left),
        Value::List(items) => {
            let depth = depth.checked_sub(1).ok_or(Oversized::Deep)?;
            items.iter().try_for_each(|item| weigh(item, depth, left))
        }
        Value::Object(fields) => {
            let depth = depth.checked_sub(1).ok_or(Oversized::Deep)?;
            fields.iter().try_for_each(|(key, value)| {
                take(key.len(), left)?;
                weigh(value, depth, left)
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Date(_) | Value::File(_) => Ok(()),
    }
}

fn take(bytes: usize, left: &mut usize) -> Result<(), Oversized> {
    *left = left.checked_sub(bytes).ok_or(Oversized::Large)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_doubles_itself_is_refused_in_time() {
        let mut value = Value::text("x");
        for _ in 0..60 {
            value = Value::list(vec![value.clone(), value]);
        }
        assert_eq!(value.check_size(), Err(Oversized::Large));
    }

    #[test]
    fn depth_is_counted_like_that_of_json() {
        let nested = |levels: usize| {
            (0..levels).fold(Value::Null, |inner, _| Value::from_pairs([("a", inner)]))
        };
        assert_eq!(nested(MAX_DEPTH).check_size(), Ok(()));
        assert_eq!(nested(MAX_DEPTH + 1).check_size(), Err(Oversized::Deep));
        assert!(Value::from_json(&nested(MAX_DEPTH).to_json()).is_ok());
    }
}
