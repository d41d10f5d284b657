//! Scopes of the API that are granted to an application.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::apps::app;
use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use crate::oauth::scopes;
use crate::state::app::{App, Client};
use crate::state::{Org, stamp};

/// The id of a grant, the same whenever it is shown.
fn grant_id(app: &App, scope: &str) -> String {
    let digest = Sha256::digest(format!("{} {scope}", app.id));
    let hex: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("oag{hex}0")
}

fn grant_shown(app: &App, call: &Call, scope: &str) -> Value {
    json!({
        "id": grant_id(app, scope),
        "issuer": call.base,
        "scopeId": scope,
        "clientId": app.client.as_ref().map(|client| client.id.clone()),
        "source": "ADMIN",
        "status": "ACTIVE",
        "created": stamp(app.created),
        "lastUpdated": stamp(app.last_updated),
        "_links": {"app": {"href": format!("{}/api/v1/apps/{}", call.base, app.id)}},
    })
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let app = app(org, call.param("appId"))?;
    let granted: Vec<String> = match &app.client {
        Some(Client {
            granted: Some(granted),
            ..
        }) => granted.clone(),
        Some(_) => scopes::all_okta(),
        None => Vec::new(),
    };
    Ok(Reply::ok(
        granted
            .iter()
            .map(|scope| grant_shown(app, call, scope))
            .collect(),
    ))
}

pub(super) fn grant(org: &mut Org, call: &Call) -> Answer {
    let body = Value::Object(call.object()?);
    let scope = body["scopeId"].as_str().unwrap_or_default().to_owned();
    if !scopes::is_okta(&scope) {
        return Err(OktaError::validation(
            "scopeId",
            "scopeId: The scope does not exist",
        ));
    }
    if body["issuer"].as_str() != Some(call.base.as_str()) {
        return Err(OktaError::validation(
            "issuer",
            "issuer: The value must be the URL of the org",
        ));
    }
    let app = app(org, call.param("appId"))?;
    let Some(client) = &mut app.client else {
        return Err(OktaError::validation(
            "appId",
            "The application is not an OAuth client",
        ));
    };
    if let Some(granted) = &mut client.granted
        && !granted.contains(&scope)
    {
        granted.push(scope.clone());
    }
    Ok(Reply::json(201, grant_shown(app, call, &scope)))
}

/// Takes a scope back: the application can no longer ask for it.
pub(super) fn revoke(org: &mut Org, call: &Call) -> Answer {
    let grant = call.param("grantId").to_owned();
    let app = app(org, call.param("appId"))?;
    let meant = app
        .client
        .as_ref()
        .and_then(|client| client.granted.as_ref())
        .and_then(|granted| {
            granted
                .iter()
                .position(|scope| grant_id(app, scope) == grant)
        });
    let granted = app
        .client
        .as_mut()
        .and_then(|client| client.granted.as_mut());
    match (meant, granted) {
        (Some(index), Some(granted)) => {
            granted.remove(index);
            Ok(Reply::empty(204))
        }
        _ => Err(OktaError::not_found(&grant, "OAuth2ScopeConsentGrant")),
    }
}
