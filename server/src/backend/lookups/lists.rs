//! The lists of an org: where each is read and what of an item is shown and stored.

use std::sync::Arc;

use api::{ApiError, Choices, LookUp, OrgChoice};
use flow::Lookup;
use serde_json::Value as Json;

use super::ask::Asker;
use super::cache::Answer;
use crate::error::invalid;

/// Lists are read up to here; who has more finds the rest by search.
const PAGES: usize = 5;
const PAGE: &str = "200";
/// Groups are many: they are searched by the org and come in pages of this.
const GROUPS: &str = "50";

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) name: String,
    /// The kind of an application.
    pub(super) kind: String,
}

impl Item {
    pub(super) fn choice(&self) -> OrgChoice {
        OrgChoice {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }
}

/// A list as it is kept.
pub(super) struct Kept {
    pub(super) items: Arc<[Item]>,
    /// The org has more.
    pub(super) is_cut: bool,
    pub(super) asked_at: i64,
}

/// Where a list is read.
struct Source {
    scope: &'static str,
    path: &'static str,
    query: &'static [(&'static str, &'static str)],
    /// The parameter that searches.
    search: &'static str,
    read: fn(&Json) -> Option<Item>,
}

const ACTIVE_APPS: Source = Source {
    scope: "okta.apps.read",
    path: "/api/v1/apps",
    query: &[("filter", "status eq \"ACTIVE\""), ("limit", PAGE)],
    search: "q",
    read: app,
};

fn source(what: Lookup) -> Option<Source> {
    Some(match what {
        Lookup::Apps | Lookup::AppInstances | Lookup::IdentitySources => ACTIVE_APPS,
        Lookup::AppNames => Source {
            read: app_name,
            ..ACTIVE_APPS
        },
        Lookup::GroupRules => Source {
            scope: "okta.groups.read",
            path: "/api/v1/groups/rules",
            query: &[("limit", PAGE)],
            search: "search",
            read: |rule| item(rule, "/id", "/name"),
        },
        Lookup::PrimaryNames => Source {
            scope: "okta.linkedObjects.read",
            path: "/api/v1/meta/schemas/user/linkedObjects",
            query: &[],
            search: "",
            read: |link| item(link, "/primary/name", "/primary/title"),
        },
        Lookup::AssociatedNames => Source {
            scope: "okta.linkedObjects.read",
            path: "/api/v1/meta/schemas/user/linkedObjects",
            query: &[],
            search: "",
            read: |link| item(link, "/associated/name", "/associated/title"),
        },
        Lookup::Flows | Lookup::Tables | Lookup::Groups => return None,
    })
}

fn app(app: &Json) -> Option<Item> {
    Some(Item {
        kind: text(app, "/name")?,
        ..item(app, "/id", "/label")?
    })
}

fn app_name(app: &Json) -> Option<Item> {
    item(app, "/name", "/name")
}

fn item(json: &Json, id: &str, name: &str) -> Option<Item> {
    let id = text(json, id)?;
    Some(Item {
        name: text(json, name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| id.clone()),
        id,
        kind: String::new(),
    })
}

fn text(json: &Json, pointer: &str) -> Option<String> {
    json.pointer(pointer)?.as_str().map(str::to_owned)
}

/// Okta documents no mark of such applications; their name in the catalogue is the only thing to go by.
pub(super) fn is_identity_source(kind: &str) -> bool {
    let kind = kind.to_lowercase().replace(['_', '-'], "");
    kind.contains("identitysource")
}

/// Returns a list; with a text, what the org finds for it.
pub(super) async fn all(asker: &Asker<'_>, what: Lookup, text: &str) -> Result<Kept, ApiError> {
    let source = source(what).ok_or_else(|| invalid("This list is not one of an org."))?;
    let question = format!("{what:?} {text}");
    let known = asker
        .known(&question, async || {
            let mut query = source.query.to_vec();
            if !source.search.is_empty() {
                query.push((source.search, text));
            }
            let (found, next) = asker.list(source.scope, source.path, &query, PAGES).await?;
            Ok(Answer::Items {
                items: found.iter().filter_map(source.read).collect(),
                next,
            })
        })
        .await?;
    match known.answer {
        Answer::Items { items, next } => Ok(Kept {
            items,
            is_cut: next.is_some(),
            asked_at: known.asked_at,
        }),
        Answer::Attributes(_) => Err(invalid("This list is not one of an org.")),
    }
}

/// Returns a page of groups.
pub(super) async fn groups(asker: &Asker<'_>, request: &LookUp) -> Result<Choices, ApiError> {
    let search = group_search(request);
    let after = request.after.clone().unwrap_or_default();
    let question = format!("Groups {search} {after}");
    let known = asker
        .known(&question, async || {
            let query = [
                ("search", search.as_str()),
                ("sortBy", "profile.name"),
                ("sortOrder", "asc"),
                ("limit", GROUPS),
                ("after", after.as_str()),
            ];
            let (found, next) = asker
                .list("okta.groups.read", "/api/v1/groups", &query, 1)
                .await?;
            let items = found
                .iter()
                .filter_map(|group| item(group, "/id", "/profile/name"))
                .collect();
            Ok(Answer::Items { items, next })
        })
        .await?;
    match known.answer {
        Answer::Items { items, next } => Ok(Choices {
            choices: items.iter().map(Item::choice).collect(),
            next,
            asked_at: known.asked_at,
        }),
        Answer::Attributes(_) => Err(invalid("This list is not one of groups.")),
    }
}

/// Okta sorts only what was searched for, so all groups are a search as well.
fn group_search(request: &LookUp) -> String {
    let is = |id: &String| format!("id eq {}", quoted(id));
    if !request.ids.is_empty() {
        let ids: Vec<String> = request.ids.iter().map(is).collect();
        return ids.join(" or ");
    }
    let text = request.search.trim();
    if text.is_empty() {
        return ["OKTA_GROUP", "APP_GROUP", "BUILT_IN"]
            .map(|kind| format!("type eq \"{kind}\""))
            .join(" or ");
    }
    let text = text.to_owned();
    format!("profile.name co {} or {}", quoted(&text), is(&text))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flow::ConnectionId;

    #[test]
    fn groups_are_searched_by_name_or_id_and_no_text_leaves_its_quotes() {
        let request = |search: &str, ids: &[&str]| LookUp {
            connection: ConnectionId::from("c"),
            what: Lookup::Groups,
            search: search.to_owned(),
            parent: None,
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            after: None,
            fresh: false,
        };
        assert_eq!(
            group_search(&request("IT \"x\" or id pr", &[])),
            r#"profile.name co "IT \"x\" or id pr" or id eq "IT \"x\" or id pr""#
        );
        assert_eq!(
            group_search(&request("", &["00g1", "00g2"])),
            r#"id eq "00g1" or id eq "00g2""#
        );
    }
}
