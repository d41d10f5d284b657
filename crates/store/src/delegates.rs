//! Who may run which delegated flow.

use flow::{FlowId, PersonId};

use crate::row::Columns;
use crate::{Store, StoreError};

/// Returns the people who were granted a flow, by id.
pub async fn list_of_flow(store: &Store, flow: &FlowId) -> Result<Vec<PersonId>, StoreError> {
    let rows = sqlx::query("select person from flow_grant where flow = $1 order by person")
        .bind(flow.as_str())
        .fetch_all(store.pool())
        .await?;
    rows.iter().map(|row| row.id("person")).collect()
}

/// Returns the flows that a person was granted, by id.
pub async fn list_of_person(store: &Store, person: &PersonId) -> Result<Vec<FlowId>, StoreError> {
    let rows = sqlx::query("select flow from flow_grant where person = $1 order by flow")
        .bind(person.as_str())
        .fetch_all(store.pool())
        .await?;
    rows.iter().map(|row| row.id("flow")).collect()
}

/// Tells whether a person was granted a flow.
pub async fn has(store: &Store, flow: &FlowId, person: &PersonId) -> Result<bool, StoreError> {
    let found = sqlx::query("select flow from flow_grant where flow = $1 and person = $2")
        .bind(flow.as_str())
        .bind(person.as_str())
        .fetch_optional(store.pool())
        .await?;
    Ok(found.is_some())
}

/// Grants a flow to these people and to nobody else.
pub async fn save(store: &Store, flow: &FlowId, people: &[PersonId]) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    sqlx::query("delete from flow_grant where flow = $1")
        .bind(flow.as_str())
        .execute(&mut *change)
        .await?;
    for person in people {
        sqlx::query(
            "insert into flow_grant (flow, person) values ($1, $2) on conflict (flow, person) do nothing",
        )
        .bind(flow.as_str())
        .bind(person.as_str())
        .execute(&mut *change)
        .await?;
    }
    change.commit().await
}
