//! People who can sign in.

use api::{PersonDeletion, PersonRow};
use axum::Json;
use axum::http::StatusCode;
use flow::PersonId;

use super::answer::Answer;
use super::ask::{Caller, Named};
use super::route::Shape::{Many, One};
use super::route::{Route, delete as deletes, get};

/// Returns the routes about people.
pub(super) fn routes() -> [Route; 2] {
    [
        get("/people", "listPeople", "Lists who can sign in.", list)
            .answers(StatusCode::OK, Many("Person")),
        deletes("/people/{id}", "deletePerson", DELETE, delete)
            .answers(StatusCode::OK, One("PersonDeletion")),
    ]
}

const DELETE: &str = "Deletes a person and revokes the tokens of the connections that they made.";

async fn list(Caller(backend): Caller) -> Answer<Json<Vec<PersonRow>>> {
    Ok(Json(backend.list_people().await?))
}

async fn delete(
    Caller(backend): Caller,
    Named(id): Named<PersonId>,
) -> Answer<Json<PersonDeletion>> {
    Ok(Json(backend.delete_person(id).await?))
}
