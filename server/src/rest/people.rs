//! People who can sign in.

use api::{PersonDeletion, PersonRow};
use axum::Json;
use flow::PersonId;

use super::answer::Answer;
use super::ask::{Caller, Named};

pub(super) async fn list(Caller(backend): Caller) -> Answer<Json<Vec<PersonRow>>> {
    Ok(Json(backend.list_people().await?))
}

pub(super) async fn delete(
    Caller(backend): Caller,
    Named(id): Named<PersonId>,
) -> Answer<Json<PersonDeletion>> {
    Ok(Json(backend.delete_person(id).await?))
}
