//! What was chosen for the names in packs, so that the next pack finds it.

use crate::row::Columns;
use crate::sql::{Sql, bind};
use crate::word::words;
use crate::{Store, StoreError, Word};

words! {
    /// What was chosen.
    pub enum ChoiceKind {
        /// One of our connections for a connection of a pack.
        Connection = "connection",
        /// One of our tables for a table of a pack.
        Table = "table",
    }
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What was chosen.
    pub kind: ChoiceKind,
    /// The connector, for a connection; empty for a table.
    pub module: String,
    /// The name in the pack.
    pub name: String,
    /// The id here.
    pub target: String,
    /// When.
    pub chosen_at: i64,
}

/// So many are kept; older ones go first.
const MOST: i64 = 2_000;

/// Returns all choices, the latest first.
pub async fn list(store: &Store) -> Result<Vec<Choice>, StoreError> {
    let mut sql = Sql::new(
        "select kind, module, name, target, chosen_at from import_choice order by chosen_at desc, name limit ",
    );
    sql.bind(MOST);
    let rows = sql.all(store.pool()).await?;
    rows.iter()
        .map(|row| {
            Ok(Choice {
                kind: row.word("kind")?,
                module: row.text("module")?,
                name: row.text("name")?,
                target: row.text("target")?,
                chosen_at: row.number("chosen_at")?,
            })
        })
        .collect()
}

/// Keeps choices, in place of earlier ones for the same names.
pub async fn save(store: &Store, choices: &[Choice]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    for choice in choices {
        let mut sql =
            Sql::new("insert into import_choice (kind, module, name, target, chosen_at) values (");
        bind!(
            sql,
            choice.kind.word(),
            choice.module.as_str(),
            choice.name.as_str(),
            choice.target.as_str(),
            choice.chosen_at,
        );
        sql.push(
            ") on conflict (kind, module, name) do update set target = excluded.target, chosen_at = excluded.chosen_at",
        );
        sql.run(&mut *change).await?;
    }
    change.commit().await
}
