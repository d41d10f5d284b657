//! Looking at rows before they are saved, and for people in a directory and in its org.

use api::{CheckMapping, DirectoryPerson, FindOrgUsers, FindPeople, MappingCheck, OrgUser};
use axum::Json;

use super::OK;
use crate::rest::answer::Answer;
use crate::rest::ask::{Asked, Caller, Named, Sent};
use crate::rest::route::Shape::{Many, One};
use crate::rest::route::{Route, get, post};
use crate::rest::schema::text;

pub(super) fn routes() -> [Route; 3] {
    [
        post(
            "/directories/{id}/mapping/check",
            "checkMapping",
            "Says what is wrong with rows of a mapping, without saving them.",
            check,
        )
        .takes("CheckMapping")
        .answers(OK, One("MappingCheck")),
        get(
            "/directories/{id}/people",
            "findPeople",
            "Lists people of a directory, 20 at most.",
            find,
        )
        .asks("text", text(""), "The beginning of a name.")
        .answers(OK, Many("DirectoryPerson")),
        get(
            "/directories/{id}/org-users",
            "findOrgUsers",
            "Lists users of the org of a directory, 20 at most.",
            find_in_org,
        )
        .asks(
            "ids",
            text(""),
            "Ids with commas between them, at most ten.",
        )
        .asks("text", text(""), "The beginning of a name or email.")
        .answers(OK, Many("OrgUser")),
    ]
}

async fn check(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Sent(request): Sent<CheckMapping>,
) -> Answer<Json<MappingCheck>> {
    Ok(Json(backend.check_mapping(id, request).await?))
}

async fn find(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Asked(request): Asked<FindPeople>,
) -> Answer<Json<Vec<DirectoryPerson>>> {
    Ok(Json(backend.find_people(id, request).await?))
}

async fn find_in_org(
    Caller(backend): Caller,
    Named(id): Named<String>,
    Asked(request): Asked<FindOrgUsers>,
) -> Answer<Json<Vec<OrgUser>>> {
    Ok(Json(backend.find_org_users(id, request).await?))
}
