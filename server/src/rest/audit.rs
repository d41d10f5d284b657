//! Who changed what.

use api::{AUDIT_KINDS, AuditPage, AuditSearch};
use axum::Json;
use axum::http::StatusCode;

use super::answer::Answer;
use super::ask::{Asked, Caller};
use super::route::Shape::One;
use super::route::{Route, get};
use super::schema::{number_within, text, whole, words};

/// Returns the route.
pub(super) fn route() -> Route {
    get(
        "/audit",
        "listAudit",
        "Lists what people changed, newest first. Entries are never changed.",
        list,
    )
    .asks(
        "kind",
        words("", AUDIT_KINDS),
        "Only about this kind of thing.",
    )
    .asks("object", text(""), "Only about the thing with this id.")
    .asks("person", text(""), "Only what this person did.")
    .asks(
        "since",
        whole(""),
        "Only since then, in milliseconds since 1970 in UTC.",
    )
    .asks("until", whole(""), "Only before then.")
    .asks("within_ms", whole(""), "Only so long ago, in milliseconds.")
    .asks("after", text(""), "The cursor `next` of the page before.")
    .asks(
        "limit",
        number_within(1, 200),
        "At most so many; 50 where absent.",
    )
    .answers(StatusCode::OK, One("AuditPage"))
}

async fn list(
    Caller(backend): Caller,
    Asked(search): Asked<AuditSearch>,
) -> Answer<Json<AuditPage>> {
    Ok(Json(backend.list_audit(search).await?))
}
