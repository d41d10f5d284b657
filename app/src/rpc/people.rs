//! Set-up, sign-in, the person who is there.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Refusal;
#[cfg(feature = "ssr")]
use super::{backend, refused};

/// Returns who is there.
#[server(endpoint = "session", prefix = "/rpc", input = Json)]
pub async fn session() -> Result<api::Session, Refusal> {
    backend()?.session().await.map_err(refused)
}

/// Ends the session.
#[server(endpoint = "sign_out", prefix = "/rpc", input = Json)]
pub async fn sign_out() -> Result<(), Refusal> {
    backend()?.sign_out().await.map_err(refused)
}

/// Makes the first administrator, signs him in and goes home. A flat form, so that it works without script too.
#[server(endpoint = "set_up", prefix = "/rpc")]
pub async fn set_up(
    code: String,
    name: String,
    login: String,
    password: String,
) -> Result<api::Signed, Refusal> {
    let request = api::SetUp {
        code,
        name,
        login,
        password,
    };
    let signed = backend()?.set_up(request).await.map_err(refused)?;
    leptos_axum::redirect("/");
    Ok(signed)
}

/// Signs a person in and goes home; whoever may only run delegated flows goes there.
#[server(endpoint = "sign_in", prefix = "/rpc")]
pub async fn sign_in(login: String, password: String) -> Result<api::Signed, Refusal> {
    let request = api::SignIn { login, password };
    let signed = backend()?.sign_in(request).await.map_err(refused)?;
    leptos_axum::redirect(match signed.role {
        api::Role::Member => "/delegated",
        _ => "/",
    });
    Ok(signed)
}

/// Lists everyone who can sign in.
#[server(endpoint = "list_people", prefix = "/rpc", input = Json)]
pub async fn list_people() -> Result<Vec<api::PersonRow>, Refusal> {
    backend()?.list_people().await.map_err(refused)
}

/// Deletes a person and revokes the tokens of their connections.
#[server(endpoint = "delete_person", prefix = "/rpc", input = Json)]
pub async fn delete_person(id: flow::PersonId) -> Result<api::PersonDeletion, Refusal> {
    backend()?.delete_person(id).await.map_err(refused)
}
