//! Import sessions of custom identity sources.

use serde_json::{Value as Json, json};

use super::{Case, case};
use crate::given::Given::{Loaded, Session, Source};

const CHOSEN: &str = "parameters/application";
const ENTERED: &str = "Application/applicationID";
const SESSION: &str = "Application/sessionId";

fn person(n: usize) -> Json {
    let login = format!("import{n}@aozora.example");
    json!({"externalId": format!("e{n}"), "profile": {
        "userName": login, "email": login, "firstName": "Im", "lastName": "Port",
    }})
}

pub(super) fn cases() -> Vec<Case> {
    let chosen = json!({CHOSEN: "{source}"});
    let later = json!({ENTERED: "{source}"});
    let in_chosen = json!({CHOSEN: "{source}", SESSION: "{session}"});
    let in_later = json!({ENTERED: "{source}", SESSION: "{session}"});
    let many: Vec<Json> = (0..450).map(person).collect();
    vec![
        case("createAnImportSession", &[Source], chosen.clone()),
        case("createAnImportSession", &[Source], later.clone()),
        case("readImportSession", &[Source, Session], in_chosen.clone()),
        case(
            "readImportSession",
            &[Source, Session, Loaded],
            in_later.clone(),
        ),
        case("listImportSessions", &[Source, Session], chosen),
        case("listImportSessions", &[Source], later),
        case(
            "triggerImportSession",
            &[Source, Session, Loaded],
            in_chosen.clone(),
        ),
        case(
            "triggerImportSession",
            &[Source, Session, Loaded],
            in_later.clone(),
        ),
        case("deleteImportSession", &[Source, Session], in_chosen),
        case("deleteImportSession", &[Source, Session, Loaded], in_later),
        case(
            "bulkUserImport",
            &[Source, Session],
            json!({
                CHOSEN: "{source}", SESSION: "{session}", "parameters/importOperation": "upsert", "Data/Users": many,
            }),
        ),
        case(
            "bulkUserImport",
            &[Source, Session],
            json!({
                ENTERED: "{source}", SESSION: "{session}", "parameters/importOperation": "delete",
                "Data/Users": [{"externalId": "e1"}, {"externalId": "e2"}, {"externalId": "e3"}],
                "Bulk Import/usersPerPage": 2,
            }),
        ),
    ]
}
