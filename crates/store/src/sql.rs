//! Statements that are put together at run time. Values are always bound, never written into the text.

use sqlx::any::{AnyArguments, AnyQueryResult, AnyRow};
use sqlx::{Any, Arguments, AssertSqlSafe, Encode, Executor, Type};

use crate::StoreError;

/// A statement under construction, with numbered parameters (the form that both databases read).
#[derive(Default)]
pub(crate) struct Sql {
    text: String,
    values: AnyArguments,
    refused: Option<sqlx::error::BoxDynError>,
}

impl Sql {
    /// Begins a statement.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// Adds text; never a value.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a parameter with its value.
    pub(crate) fn bind<'v, T>(&mut self, value: T) -> &mut Self
    where
        T: Encode<'v, Any> + Type<Any>,
    {
        if let Err(refused) = self.values.add(value) {
            self.refused.get_or_insert(refused);
        }
        let number = self.values.len();
        self.text.push('$');
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds parameters separated by commas, without brackets.
    pub(crate) fn bind_all<'v, T>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self
    where
        T: Encode<'v, Any> + Type<Any>,
    {
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self
    }

    /// Adds `(…), (…)`: one bracket for each item, which `columns` fills.
    pub(crate) fn rows<T>(&mut self, items: &[T], columns: impl Fn(&mut Self, &T)) -> &mut Self {
        for (index, item) in items.iter().enumerate() {
            self.push(if index > 0 { ", (" } else { "(" });
            columns(self, item);
            self.push(")");
        }
        self
    }

    /// Runs it and returns how many rows it changed.
    pub(crate) async fn run(
        self,
        on: impl Executor<'_, Database = Any>,
    ) -> Result<u64, StoreError> {
        let (text, values) = self.finish()?;
        let done: AnyQueryResult = sqlx::query_with(AssertSqlSafe(text), values)
            .execute(on)
            .await?;
        Ok(done.rows_affected())
    }

    /// Runs it and returns its rows.
    pub(crate) async fn all(
        self,
        on: impl Executor<'_, Database = Any>,
    ) -> Result<Vec<AnyRow>, StoreError> {
        let (text, values) = self.finish()?;
        Ok(sqlx::query_with(AssertSqlSafe(text), values)
            .fetch_all(on)
            .await?)
    }

    /// Runs it and returns its first row.
    pub(crate) async fn first(
        self,
        on: impl Executor<'_, Database = Any>,
    ) -> Result<Option<AnyRow>, StoreError> {
        let (text, values) = self.finish()?;
        Ok(sqlx::query_with(AssertSqlSafe(text), values)
            .fetch_optional(on)
            .await?)
    }

    fn finish(self) -> Result<(String, AnyArguments), StoreError> {
        match self.refused {
            Some(refused) => Err(StoreError::from(sqlx::Error::Encode(refused))),
            None => Ok((self.text, self.values)),
        }
    }
}

/// Binds each value in turn, separated by commas.
macro_rules! bind {
    ($sql:expr, $first:expr $(, $value:expr)* $(,)?) => {{
        $sql.bind($first);
        $($sql.push(", ").bind($value);)*
    }};
}

pub(crate) use bind;

/// Returns `text` as a literal of SQL, for the few places where a parameter cannot stand: the expression of an index and
/// the rows that it covers. U+0000, which no database takes, is left out.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "''"))
}

/// Returns the pattern that finds `text` anywhere; `%`, `_` and `\` in it mean themselves (with `escape '\'`).
pub(crate) fn anywhere(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::{anywhere, quoted};

    #[test]
    fn a_quote_in_a_literal_is_doubled() {
        assert_eq!(quoted("o'clock"), "'o''clock'");
    }

    #[test]
    fn wildcards_in_a_search_text_mean_themselves() {
        assert_eq!(anywhere(r"50%_a\b"), r"%50\%\_a\\b%");
    }
}
