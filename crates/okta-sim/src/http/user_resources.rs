//! What hangs on a user: groups, application links, sessions, clients, factors, roles.

use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::groups::GROUP_SIZE;
use super::paging;
use super::users::id_in_path;
use crate::log::{Note, kinds};
use crate::state::Org;

pub(super) fn groups(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let groups = org.groups_of(&id);
    paging::by_seq(
        call,
        groups,
        |group| group.seq,
        GROUP_SIZE,
        |group| group.shown(&call.base),
    )
}

pub(super) fn app_links(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let links: Vec<Value> = org
        .apps
        .values()
        .filter(|app| app.is_active)
        .filter_map(|app| app.users.get(&id).map(|assigned| (app, assigned)))
        .enumerate()
        .map(|(order, (app, assigned))| {
            json!({
                "id": id,
                "label": app.label,
                "linkUrl": format!("{}/home/{}/{}/{order}", call.base, app.name, app.id),
                "logoUrl": format!("{}/img/logos/{}.png", call.base, app.name),
                "appName": app.name,
                "appInstanceId": app.id,
                "appAssignmentId": assigned.link_id,
                "credentialsSetup": false,
                "hidden": false,
                "sortOrder": order,
            })
        })
        .collect();
    Ok(Reply::ok(Value::Array(links)))
}

pub(super) fn end_sessions(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let ends_tokens = call.flag("oauthTokens", false)?;
    org.grants.end_sessions(&id);
    if ends_tokens {
        org.grants.end_tokens(|token| token.user_id == id);
    }
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::SESSION_CLEAR).to(org.user_party(&id)));
    Ok(Reply::empty(204))
}

/// Nobody in this org is blocked from unknown devices.
pub(super) fn blocks(org: &mut Org, call: &Call) -> Answer {
    id_in_path(org, call, "id")?;
    Ok(Reply::ok(json!([])))
}

/// Nobody in this org has enrolled a factor besides the password.
pub(super) fn factors(org: &mut Org, call: &Call) -> Answer {
    id_in_path(org, call, "id")?;
    Ok(Reply::ok(json!([])))
}

pub(super) fn roles(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let Some(user) = org.users.get(&id).filter(|user| user.is_admin) else {
        return Ok(Reply::ok(json!([])));
    };
    Ok(Reply::ok(json!([{
        "id": format!("ra1{}", user.id.trim_start_matches("00u")),
        "label": "Super Administrator",
        "type": "SUPER_ADMIN",
        "status": "ACTIVE",
        "created": crate::state::stamp(user.created),
        "lastUpdated": crate::state::stamp(user.created),
        "assignmentType": "USER",
        "_links": {"assignee": {"href": format!("{}/api/v1/users/{id}", call.base)}},
    }])))
}

/// The OAuth clients that hold live tokens of the user.
pub(super) fn clients(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let clients: Vec<Value> = org
        .apps
        .values()
        .filter_map(|app| app.client.as_ref().map(|client| (app, client)))
        .filter(|(_, client)| {
            org.grants
                .has_token(|token| token.user_id == id && token.client_id == client.id)
        })
        .map(|(app, client)| {
            json!({
                "client_id": client.id,
                "client_name": app.label,
                "client_uri": null,
                "logo_uri": null,
                "_links": {
                    "tokens": {"href": format!("{}/api/v1/users/{id}/clients/{}/tokens", call.base, client.id)},
                },
            })
        })
        .collect();
    Ok(Reply::ok(Value::Array(clients)))
}

pub(super) fn revoke_tokens(org: &mut Org, call: &Call) -> Answer {
    let id = id_in_path(org, call, "id")?;
    let client_id = call.param("clientId");
    org.grants
        .end_tokens(|token| token.user_id == id && token.client_id == client_id);
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::OAUTH_REVOKE).to(org.user_party(&id)));
    Ok(Reply::empty(204))
}
