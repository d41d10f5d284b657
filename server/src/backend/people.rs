//! First start, signing in and out, and deleting people.

use api::{ApiError, ErrorCode, PersonDeletion, PersonRow, SetUp, SignIn, Signed};
use flow::PersonId;
use serde_json::json;
use store::connections;
use store::people::{self, Person, Removal, Role};

use super::{Caller, Right};
use crate::clock;
use crate::error::{from_store, internal, invalid};
use crate::http::PERSON;
use crate::passwords::{NotChecked, SHORTEST};

/// Argon2id reads the whole password: a bound keeps that cheap.
const MAX_PASSWORD: usize = 512;

pub(super) async fn session(caller: &Caller) -> Result<api::Session, ApiError> {
    let nobody = people::count(&caller.server.store)
        .await
        .map_err(from_store)?
        == 0;
    Ok(api::Session {
        needs_set_up: nobody,
        person: caller.person.as_ref().map(signed),
    })
}

pub(super) async fn set_up(caller: &Caller, request: SetUp) -> Result<Signed, ApiError> {
    let server = &caller.server;
    if people::count(&server.store).await.map_err(from_store)? > 0 {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "This server already has an administrator. Sign in instead.",
        ));
    }
    let login = request.login.trim().to_owned();
    let name = request.name.trim().to_owned();
    if login.is_empty() || name.is_empty() || login.len() > 200 || name.len() > 200 {
        return Err(invalid(
            "Enter a name and a login, of at most 200 characters each.",
        ));
    }
    if request.password.chars().count() < SHORTEST || request.password.len() > MAX_PASSWORD {
        return Err(invalid("Choose a password of at least 12 characters."));
    }
    if !server.set_up.is(&request.code) {
        return Err(ApiError::new(
            ErrorCode::WrongCredentials,
            "This is not the set-up code. The server printed it when it started; after ten wrong tries restart it for a new one.",
        ));
    }
    let hash = server
        .passwords
        .hash(request.password)
        .await
        .map_err(not_checked)?;
    let person = Person {
        id: PersonId::new(clock::new_id()),
        login,
        name,
        password_hash: Some(hash),
        role: Role::Administrator,
        created_at: clock::now_ms(),
        language: None,
        theme: None,
    };
    if !people::insert_first(&server.store, &person)
        .await
        .map_err(from_store)?
    {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "This server already has an administrator. Sign in instead.",
        ));
    }
    server.set_up.forget();
    caller
        .audit("person.set_up", "person", person.id.as_str(), None, None)
        .await?;
    enter(caller, &person).await
}

pub(super) async fn sign_in(caller: &Caller, request: SignIn) -> Result<Signed, ApiError> {
    let wrong = || ApiError::new(ErrorCode::WrongCredentials, "Login or password is wrong.");
    if request.password.len() > MAX_PASSWORD || request.login.len() > 200 {
        return Err(wrong());
    }
    let found = people::find_by_login(&caller.server.store, request.login.trim())
        .await
        .map_err(from_store)?;
    let hash = found
        .as_ref()
        .and_then(|person| person.password_hash.clone());
    // An unknown login costs as much time as a known one.
    let right = caller
        .server
        .passwords
        .verify(
            request.login.trim(),
            request.password,
            hash.unwrap_or_else(|| NOBODY.to_owned()),
            clock::now_ms(),
        )
        .await
        .map_err(not_checked)?;
    match found {
        Some(person) if right => enter(caller, &person).await,
        _ => {
            tracing::info!("a sign-in was refused");
            Err(wrong())
        }
    }
}

fn not_checked(reason: NotChecked) -> ApiError {
    match reason {
        NotChecked::TooMany => ApiError::new(
            ErrorCode::TooMany,
            "Too many tries. Wait a while, then try again.",
        ),
        NotChecked::Fault => internal(&reason),
    }
}

/// The hash of a password that nobody has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$3mLz0pZb7Yy8yPp9l0e5p1J6X0oWk0m2mCwq3m0k1pY";

pub(super) async fn sign_out(caller: &Caller) -> Result<(), ApiError> {
    match &caller.session {
        Some(session) => session.flush().await.map_err(|error| internal(&error)),
        None => Ok(()),
    }
}

/// Returns everyone who can sign in.
pub(super) async fn list(caller: &Caller) -> Result<Vec<PersonRow>, ApiError> {
    caller.need(Right::Administer)?;
    let store = &caller.server.store;
    let everyone = people::list(store).await.map_err(from_store)?;
    let is_administrator = |person: &&Person| person.role == Role::Administrator;
    let administrators = everyone.iter().filter(is_administrator).count();
    let mut rows = Vec::new();
    for person in everyone {
        let connections = connections::list_of_owner(store, &person.id)
            .await
            .map_err(from_store)?;
        rows.push(PersonRow {
            is_last_administrator: is_administrator(&&person) && administrators == 1,
            role: role(person.role),
            connections: connections.into_iter().map(|row| row.name).collect(),
            id: person.id,
            name: person.name,
            login: person.login,
            created_at: person.created_at,
        });
    }
    Ok(rows)
}

fn role(role: Role) -> api::Role {
    match role {
        Role::Administrator => api::Role::Administrator,
        Role::Auditor => api::Role::Auditor,
        Role::ConnectionManager => api::Role::ConnectionManager,
        Role::Member => api::Role::Member,
    }
}

/// Deletes a person. Their sessions and API tokens end with them, and the tokens of their connections are revoked.
pub(super) async fn delete(caller: &Caller, id: PersonId) -> Result<PersonDeletion, ApiError> {
    let by = caller.need(Right::Administer)?.id.clone();
    let server = &caller.server;
    let gone = people::find(&server.store, &id)
        .await
        .map_err(from_store)?
        .ok_or_else(|| from_store(store::StoreError::NotFound { what: "person" }))?;
    let leaving = || crate::work::revocation::leaving(None);
    let removal = people::remove(&server.store, &id, &leaving, Some(&by))
        .await
        .map_err(from_store)?;
    let Removal::Done(revocations) = removal else {
        return Err(ApiError::new(
            ErrorCode::Conflict,
            "Nobody else administers this server. Add another administrator first.",
        ));
    };
    caller
        .audit(
            "person.delete",
            "person",
            id.as_str(),
            Some(json!({ "login": gone.login, "name": gone.name })),
            Some(json!({ "connections": revocations.len() })),
        )
        .await?;
    let mut deletion = PersonDeletion {
        connections: revocations.len(),
        revoked: 0,
        pending: 0,
    };
    for revocation in &revocations {
        let (revoked, pending) = crate::work::revocation::begin(server, revocation).await?;
        deletion.revoked += revoked;
        deletion.pending += pending;
    }
    Ok(deletion)
}

/// Binds the session to the person, under a new session id (OWASP session fixation).
async fn enter(caller: &Caller, person: &Person) -> Result<Signed, ApiError> {
    let session = caller
        .session
        .as_ref()
        .ok_or_else(|| invalid("Sign in with a browser; scripts use a token."))?;
    session.cycle_id().await.map_err(|error| internal(&error))?;
    session
        .insert(PERSON, person.id.as_str())
        .await
        .map_err(|error| internal(&error))?;
    Ok(signed(person))
}

fn signed(person: &Person) -> Signed {
    Signed {
        id: person.id.clone(),
        name: person.name.clone(),
        login: person.login.clone(),
        role: role(person.role),
    }
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::phc::PasswordHash;

    #[test]
    fn an_unknown_login_costs_as_much_as_a_known_one() {
        let hash = PasswordHash::new(super::NOBODY).unwrap();
        assert_eq!(hash.algorithm.as_str(), "argon2id");
        assert!(hash.hash.is_some_and(|output| output.len() == 32));
    }
}
