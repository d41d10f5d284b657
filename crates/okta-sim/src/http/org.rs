//! The org itself, and the session of whoever signed in to it by browser.

use serde_json::json;

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use crate::state::{ORG_ID, Org, stamp};

pub(super) fn settings(org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(json!({
        "id": ORG_ID,
        "subdomain": "simulated",
        "companyName": "Aozora Logistics",
        "status": "ACTIVE",
        "created": stamp(org.created),
        "lastUpdated": stamp(org.created),
        "expiresAt": null,
        "address1": "1-2-3 Kaigan",
        "address2": null,
        "city": "Tokyo",
        "state": "Tokyo",
        "postalCode": "105-0022",
        "country": "Japan",
        "phoneNumber": "+81-3-5550-0100",
        "supportPhoneNumber": null,
        "endUserSupportHelpURL": null,
        "website": "https://aozora.example",
        "_links": {
            "preferences": {"href": format!("{}/api/v1/org/preferences", call.base)},
            "contacts": {"href": format!("{}/api/v1/org/contacts", call.base)},
            "oktaSupport": {"href": format!("{}/api/v1/org/privacy/oktaSupport", call.base)},
        },
    })))
}

pub(super) fn well_known(_org: &mut Org, call: &Call) -> Answer {
    Ok(Reply::ok(json!({
        "id": ORG_ID,
        "pipeline": "idx",
        "settings": {
            "analyticsCollectionEnabled": false,
            "bugReportingEnabled": false,
            "omEnabled": false,
        },
        "_links": {
            "organization": {"href": call.base},
            "alternate": {"href": call.base},
        },
    })))
}

pub(super) fn session(org: &mut Org, call: &Call) -> Answer {
    let session = call
        .cookie("sid")
        .and_then(|sid| org.grants.session(sid, call.at))
        .ok_or_else(|| {
            OktaError::new(
                404,
                "E0000007",
                "Not found: Resource not found: me (Session)",
            )
        })?;
    let login = org
        .users
        .get(&session.user_id)
        .map(|user| user.login().to_owned());
    Ok(Reply::ok(json!({
        "id": session.id,
        "userId": session.user_id,
        "login": login,
        "createdAt": stamp(session.started),
        "expiresAt": stamp(session.expires),
        "status": "ACTIVE",
        "amr": ["pwd"],
    })))
}
