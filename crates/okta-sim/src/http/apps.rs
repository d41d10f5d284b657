//! Applications: list, read, create, replace, turn on and off, delete.

use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::errors::OktaError;
use super::paging::{self, PageSize};
use crate::filter::{self, Case, Op, matches};
use crate::log::{Note, kinds};
use crate::state::app::{App, Client, Proof};
use crate::state::{Org, secret};

const SIZE: PageSize = PageSize {
    default: 20,
    most: 200,
};

pub(super) fn app<'a>(org: &'a mut Org, id: &str) -> Result<&'a mut App, OktaError> {
    org.apps
        .get_mut(id)
        .ok_or_else(|| OktaError::not_found(id, "AppInstance"))
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let expr = call
        .asked("filter")
        .map(|source| {
            let expr = filter::parse(source).map_err(OktaError::search)?;
            expr.check(&is_filterable).map_err(OktaError::search)?;
            Ok(expr)
        })
        .transpose()?;
    let q = call.asked("q").map(str::to_lowercase);
    let starts = |text: &str| {
        q.as_ref()
            .is_none_or(|q| text.to_lowercase().starts_with(q))
    };
    let found = org.apps.values().filter(|app| {
        (starts(&app.label) || starts(&app.name))
            && expr
                .as_ref()
                .is_none_or(|expr| matches(expr, *app, Case::Matters))
    });
    let user_id = embedded_user(call);
    paging::by_seq(
        call,
        found,
        |app| app.seq,
        SIZE,
        |app| {
            let mut shown = app.shown(&call.base);
            if let Some((id, user)) = user_id
                .as_ref()
                .and_then(|id| Some((id, app.users.get(id)?)))
            {
                shown["_embedded"] = json!({"user": app.user_shown(&call.base, id, user)});
            }
            shown
        },
    )
}

/// The user that `expand=user/{id}` names.
fn embedded_user(call: &Call) -> Option<String> {
    call.asked("expand")?
        .strip_prefix("user/")
        .map(str::to_owned)
}

fn is_filterable(path: &str, op: Op) -> bool {
    op == Op::Eq
        && matches!(
            path,
            "id" | "status" | "name" | "user.id" | "group.id" | "credentials.oauthClient.client_id"
        )
}

pub(super) fn read(org: &mut Org, call: &Call) -> Answer {
    let app = app(org, call.param("appId"))?;
    let mut shown = app.shown(&call.base);
    if let Some((id, user)) = embedded_user(call)
        .as_ref()
        .and_then(|id| Some((id, app.users.get(id)?)))
    {
        shown["_embedded"] = json!({"user": app.user_shown(&call.base, id, user)});
    }
    Ok(Reply::ok(shown))
}

const SIGN_ON_MODES: [&str; 10] = [
    "AUTO_LOGIN",
    "BASIC_AUTH",
    "BOOKMARK",
    "BROWSER_PLUGIN",
    "OPENID_CONNECT",
    "SAML_1_1",
    "SAML_2_0",
    "SECURE_PASSWORD_STORE",
    "WS_FEDERATION",
    "MFA_AS_SERVICE",
];

fn checked(org: &Org, body: &Value, of: Option<&str>) -> Result<(String, String), OktaError> {
    let blank = |field: &str| {
        OktaError::validation(field, format!("{field}: The field cannot be left blank"))
    };
    let label = body["label"]
        .as_str()
        .filter(|it| !it.trim().is_empty())
        .ok_or_else(|| blank("label"))?;
    if label.chars().count() > 100 {
        return Err(OktaError::validation(
            "label",
            "label: The field is too long",
        ));
    }
    let mode = body["signOnMode"]
        .as_str()
        .ok_or_else(|| blank("signOnMode"))?;
    if !SIGN_ON_MODES.contains(&mode) {
        return Err(OktaError::validation(
            "signOnMode",
            "signOnMode: The value is not supported",
        ));
    }
    if mode == "BOOKMARK" && body["settings"]["app"]["url"].as_str().is_none() {
        return Err(blank("url"));
    }
    let is_taken = org
        .apps
        .values()
        .any(|app| app.label == label && Some(app.id.as_str()) != of);
    if is_taken {
        return Err(OktaError::validation(
            "label",
            "label: An object with this field already exists in the current organization",
        ));
    }
    Ok((label.to_owned(), mode.to_owned()))
}

pub(super) fn create(org: &mut Org, call: &Call) -> Answer {
    let body = Value::Object(call.object()?);
    let activate = call.flag("activate", true)?;
    let (label, sign_on_mode) = checked(org, &body, None)?;
    let id = org.dice.id("0oa");
    let name = body["name"].as_str().map_or_else(
        || format!("sim_{}_1", label.to_lowercase().replace(' ', "")),
        str::to_owned,
    );
    let client = if sign_on_mode == "OPENID_CONNECT" {
        Some(oauth_client(&body, &id)?)
    } else {
        None
    };
    let app = App {
        seq: org.next_seq(),
        id: id.clone(),
        name,
        label,
        is_active: activate,
        sign_on_mode,
        created: call.at,
        last_updated: call.at,
        features: Vec::new(),
        visibility: body
            .get("visibility")
            .cloned()
            .unwrap_or_else(default_visibility),
        settings: body
            .get("settings")
            .cloned()
            .unwrap_or_else(|| json!({"app": {}})),
        profile: body.get("profile").cloned(),
        client,
        users: indexmap::IndexMap::new(),
        groups: indexmap::IndexMap::new(),
    };
    let mut shown = app.shown(&call.base);
    // The secret is shown in the answer to the creation only.
    if let Some(Proof::Secret(secret)) = app.client.as_ref().map(|client| &client.proof) {
        shown["credentials"]["oauthClient"]["client_secret"] = secret.clone().into();
    }
    org.apps.insert(id.clone(), app);
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::APP_CREATE).to(org.app_party(&id)));
    if activate {
        org.note(&by, Note::of(&kinds::APP_ACTIVATE).to(org.app_party(&id)));
    }
    Ok(Reply::ok(shown))
}

/// What an application is shown as to its users when nothing else is said.
pub(crate) fn default_visibility() -> Value {
    json!({"autoLaunch": false, "autoSubmitToolbar": false, "hide": {"iOS": false, "web": false}})
}

fn oauth_client(body: &Value, app_id: &str) -> Result<Client, OktaError> {
    let texts = |list: &Value| -> Vec<String> {
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let settings = &body["settings"]["oauthClient"];
    let redirect_uris = texts(&settings["redirect_uris"]);
    let mut grant_types = texts(&settings["grant_types"]);
    if grant_types.is_empty() {
        grant_types.push("authorization_code".to_owned());
    }
    if redirect_uris.is_empty() && grant_types.iter().any(|it| it == "authorization_code") {
        return Err(OktaError::validation(
            "redirect_uris",
            "redirect_uris: At least one redirect URI is required for this grant type",
        ));
    }
    let credentials = &body["credentials"]["oauthClient"];
    let own_secret = credentials["client_secret"].as_str().map(str::to_owned);
    let keys = settings["jwks"]["keys"].as_array().cloned();
    let proof = match credentials["token_endpoint_auth_method"].as_str() {
        Some("none") => Proof::Nothing,
        Some("private_key_jwt") => Proof::Keys(keys.unwrap_or_default()),
        _ => Proof::Secret(own_secret.unwrap_or_else(|| secret(64))),
    };
    if matches!(&proof, Proof::Keys(keys) if keys.is_empty()) {
        return Err(OktaError::validation(
            "jwks",
            "jwks: At least one key is required for private_key_jwt",
        ));
    }
    Ok(Client {
        id: app_id.to_owned(),
        proof,
        redirect_uris,
        accepts_loopback: false,
        grant_types,
        granted: Some(Vec::new()),
        requires_proof: settings["dpop_bound_access_tokens"] == true,
    })
}

pub(super) fn replace(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("appId").to_owned();
    app(org, &id)?;
    let body = Value::Object(call.object()?);
    let (label, sign_on_mode) = checked(org, &body, Some(&id))?;
    let app = app(org, &id)?;
    if app.sign_on_mode != sign_on_mode {
        return Err(OktaError::validation(
            "signOnMode",
            "signOnMode: The value cannot be changed",
        ));
    }
    app.label = label;
    app.last_updated = call.at;
    if let Some(settings) = body.get("settings") {
        app.settings = settings.clone();
        if let Some(client) = &mut app.client {
            let own = &settings["oauthClient"];
            client.requires_proof = own["dpop_bound_access_tokens"] == true;
            if let (Proof::Keys(keys), Some(new)) =
                (&mut client.proof, own["jwks"]["keys"].as_array())
            {
                keys.clone_from(new);
            }
        }
    }
    if let Some(visibility) = body.get("visibility") {
        app.visibility = visibility.clone();
    }
    app.profile = body.get("profile").filter(|it| !it.is_null()).cloned();
    let reply = Reply::ok(app.shown(&call.base));
    let by = call.by(org);
    org.note(&by, Note::of(&kinds::APP_UPDATE).to(org.app_party(&id)));
    Ok(reply)
}

pub(super) fn activate(org: &mut Org, call: &Call) -> Answer {
    turn(org, call, true, &kinds::APP_ACTIVATE)
}

pub(super) fn deactivate(org: &mut Org, call: &Call) -> Answer {
    turn(org, call, false, &kinds::APP_DEACTIVATE)
}

fn turn(org: &mut Org, call: &Call, on: bool, kind: &'static kinds::Kind) -> Answer {
    let id = call.param("appId").to_owned();
    let app = app(org, &id)?;
    let changes = app.is_active != on;
    app.is_active = on;
    if changes {
        app.last_updated = call.at;
        let by = call.by(org);
        org.note(&by, Note::of(kind).to(org.app_party(&id)));
    }
    Ok(Reply::ok(json!({})))
}

/// Only an inactive application can be deleted.
pub(super) fn delete(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("appId").to_owned();
    let app = app(org, &id)?;
    if app.is_active {
        return Err(
            OktaError::forbidden().because("Deactivate the application before you delete it")
        );
    }
    if let Some(client_id) = app.client.as_ref().map(|client| client.id.clone()) {
        org.grants.end_tokens(|token| token.client_id == client_id);
    }
    let by = call.by(org);
    let target = org.app_party(&id);
    org.apps.shift_remove(&id);
    org.note(&by, Note::of(&kinds::APP_DELETE).to(target));
    Ok(Reply::empty(204))
}

pub(super) fn revoke_tokens(org: &mut Org, call: &Call) -> Answer {
    let id = call.param("appId").to_owned();
    let client_id = app(org, &id)?
        .client
        .as_ref()
        .map(|client| client.id.clone());
    if let Some(client_id) = client_id {
        org.grants.end_tokens(|token| token.client_id == client_id);
        let by = call.by(org);
        org.note(&by, Note::of(&kinds::OAUTH_REVOKE).to(org.app_party(&id)));
    }
    Ok(Reply::empty(204))
}
