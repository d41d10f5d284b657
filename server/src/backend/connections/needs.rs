//! What the cards that use a connection need of it: their scopes, in drafts and in the versions that are on.

use std::collections::{BTreeMap, BTreeSet};

use api::{ApiError, CardName, ConnectionCards, Need, ScopeState};
use cards::Language;
use flow::{CardKind, CardSpec, ConnectionId, Flow, Granted};
use store::directories::DirectoryRow;
use store::uses::UserFlow;
use store::{Store, connections, directories, flows, triggers, uses, versions};

use crate::directories::choices::settings_of;
use crate::directories::scopes;
use crate::error::from_store;

/// What signing in and renewing need; always asked for where a person consents.
const SIGN_IN: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// What the editor reads to offer fields and choices.
const FOR_THE_EDITOR: [&str; 2] = ["okta.schemas.read", "okta.linkedObjects.read"];

/// What the cards of a connection need.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub(super) scopes: BTreeMap<String, BTreeSet<CardName>>,
    pub(super) optional: BTreeMap<String, BTreeSet<CardName>>,
    /// What directories need whose users go through the connection.
    pub(super) imports: BTreeMap<String, BTreeSet<CardName>>,
    pub(super) uses: Vec<ConnectionCards>,
}

/// Reads the flows that use a connection.
pub(super) async fn of_connection(store: &Store, id: &ConnectionId) -> Result<Needs, ApiError> {
    let mut needs = Needs::default();
    for user in uses::of_connection(store, id).await.map_err(from_store)? {
        let documents = documents(store, &user).await?;
        let mut cards = BTreeSet::new();
        for document in &documents {
            needs.take(document, id, &mut cards);
        }
        needs.uses.push(ConnectionCards {
            flow: user.id,
            name: user.name,
            is_on: user.is_on,
            cards: cards.into_iter().collect(),
        });
    }
    for row in directories::list(store).await.map_err(from_store)? {
        if row.connection.as_ref() == Some(id) {
            needs.take_directory(&row);
        }
    }
    Ok(needs)
}

/// The draft of a flow, and the version that is on.
async fn documents(store: &Store, user: &UserFlow) -> Result<Vec<Flow>, ApiError> {
    let mut documents = vec![flows::get(store, &user.id).await.map_err(from_store)?.draft];
    if let Some(active) = triggers::find(store, &user.id).await.map_err(from_store)? {
        let version = versions::get(store, &user.id, active.version)
            .await
            .map_err(from_store)?;
        documents.push(version.document);
    }
    Ok(documents)
}

impl Needs {
    fn take(&mut self, document: &Flow, id: &ConnectionId, cards: &mut BTreeSet<CardName>) {
        let catalogue = cards::catalogue(Language::En);
        for step in document.all_steps() {
            if step.connection.as_ref() != Some(id) {
                continue;
            }
            let Some(spec) = catalogue.card(&step.card) else {
                continue;
            };
            let name = name(spec);
            for scope in flow::needed_scopes(step, spec) {
                self.scopes.entry(scope).or_default().insert(name.clone());
            }
            for scope in &spec.optional_scopes {
                let cards = self.optional.entry(scope.clone()).or_default();
                cards.insert(name.clone());
            }
            cards.insert(name);
        }
    }

    /// Imports of a directory into the org need scopes too.
    fn take_directory(&mut self, row: &DirectoryRow) {
        let settings = match settings_of(row) {
            Ok(settings) => settings,
            Err(error) => {
                tracing::error!(directory.id = %row.id, %error, "the settings of a directory cannot be read");
                return;
            }
        };
        let name = CardName {
            en: format!("Directory “{}”", row.name),
            ja: format!("ディレクトリ「{}」", row.name),
        };
        for scope in scopes::needed(&settings) {
            let users = self.imports.entry(scope.to_owned()).or_default();
            users.insert(name.clone());
        }
    }

    /// Returns the scopes to ask for: what cards need, and what is useful and granted already. Before any card uses the
    /// connection, what all cards on offer need, so that the first flows can be made without authorizing again and again.
    pub(super) fn to_ask_for(&self, granted: &[String]) -> BTreeSet<String> {
        if self.scopes.is_empty() {
            return of_all_cards()
                .into_iter()
                .chain(self.imports.keys().cloned())
                .collect();
        }
        let useful = self.optional.keys().cloned();
        let useful = useful.chain(FOR_THE_EDITOR.map(str::to_owned));
        let kept = useful.filter(|scope| flow::covers(granted, scope));
        let needed = self.scopes.keys().chain(self.imports.keys()).cloned();
        let all = needed.chain(kept);
        // A scope that another one includes is not asked for.
        let every: BTreeSet<String> = all.collect();
        let is_included = |scope: &String| {
            scope.ends_with(".read")
                && flow::covers(
                    &every
                        .iter()
                        .filter(|other| *other != scope)
                        .cloned()
                        .collect::<Vec<_>>(),
                    scope,
                )
        };
        every
            .iter()
            .filter(|scope| !is_included(scope))
            .cloned()
            .collect()
    }

    /// Returns how it stands with each scope that was granted or that cards want.
    pub(super) fn states(&self, granted: &[String]) -> Vec<ScopeState> {
        let all: BTreeSet<&String> = self
            .scopes
            .keys()
            .chain(self.optional.keys())
            .chain(self.imports.keys())
            .chain(granted)
            .collect();
        all.into_iter()
            .map(|scope| {
                let needing = [self.scopes.get(scope), self.imports.get(scope)];
                let (need, cards) = match (needing, self.optional.get(scope)) {
                    ([None, None], Some(cards)) => (Need::Optional, vec![cards]),
                    ([None, None], None) => (Need::None, Vec::new()),
                    (needing, _) => (Need::Needed, needing.into_iter().flatten().collect()),
                };
                ScopeState {
                    scope: scope.clone(),
                    is_granted: flow::covers(granted, scope),
                    need,
                    cards: cards.into_iter().flatten().cloned().collect(),
                }
            })
            .collect()
    }
}

fn name(spec: &CardSpec) -> CardName {
    CardName {
        en: spec.name_en.clone(),
        ja: spec.name_ja.clone(),
    }
}

/// What all Okta cards on offer need, events included.
fn of_all_cards() -> BTreeSet<String> {
    cards::catalogue(Language::En)
        .cards()
        .filter(|card| {
            card.connector.as_deref() == Some("okta")
                && matches!(card.kind, CardKind::Action | CardKind::Event)
        })
        .flat_map(|card| card.scopes.iter().chain(&card.optional_scopes).cloned())
        .chain(FOR_THE_EDITOR.map(str::to_owned))
        .collect()
}

/// Adds what signing in needs.
pub(super) fn with_sign_in(scopes: BTreeSet<String>) -> BTreeSet<String> {
    let sign_in = SIGN_IN.into_iter().map(str::to_owned);
    scopes.into_iter().chain(sign_in).collect()
}

/// Leaves out what only makes sense for a person: a service app asks for scopes of the API alone.
pub(super) fn of_service(scopes: BTreeSet<String>) -> BTreeSet<String> {
    scopes
        .into_iter()
        .filter(|scope| scope.starts_with("okta."))
        .collect()
}

/// Returns the scopes of all connections, for the check of flows.
pub(crate) async fn granted(store: &Store) -> Result<Granted, ApiError> {
    let rows = connections::list(store).await.map_err(from_store)?;
    Ok(rows.into_iter().map(|row| (row.id, row.scopes)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOR_USERS: [&str; 2] = ["okta.users.manage", "okta.schemas.read"];

    #[test]
    fn a_directory_needs_scopes_beside_what_cards_need() {
        let mut needs = Needs {
            imports: FOR_USERS
                .map(|scope| (scope.to_owned(), BTreeSet::new()))
                .into(),
            ..Needs::default()
        };
        let all = needs.to_ask_for(&[]);
        assert!(all.len() > 10 && all.contains("okta.users.manage"));
        let card = "okta.groups.read".to_owned();
        needs.scopes.insert(card.clone(), BTreeSet::new());
        let asked: Vec<String> = needs.to_ask_for(&[]).into_iter().collect();
        assert_eq!(
            asked,
            [card.as_str(), "okta.schemas.read", "okta.users.manage"]
        );
        let states = needs.states(&["okta.users.manage".to_owned()]);
        let missing: Vec<&str> = states
            .iter()
            .filter(|state| state.need == Need::Needed && !state.is_granted)
            .map(|state| state.scope.as_str())
            .collect();
        assert_eq!(missing, [card.as_str(), "okta.schemas.read"]);
    }
}
