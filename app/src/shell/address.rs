//! Addresses with a query: filters and choices live in the address, so that they can be sent to somebody.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

/// Returns `path` with the parameters that have a value.
pub fn address(path: &str, query: &ParamsMap) -> String {
    let text = query.to_query_string();
    format!("{path}{text}")
}

/// Returns a parameter of the query as a signal; empty counts as absent.
pub fn use_query_value(name: &'static str) -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.read().get(name).filter(|value| !value.is_empty()))
}

/// Returns a function that sets or removes one parameter and stays on the page; the position in a list is forgotten.
pub fn use_set_query() -> impl Fn(&str, Option<String>) + Clone + Send + Sync + 'static {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = use_navigate();
    move |name, value| {
        let mut changed = query.get_untracked();
        changed.remove(name);
        changed.remove("after");
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            changed.insert(name.to_owned(), value);
        }
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&address(&path.get_untracked(), &changed), options);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_in_the_address() {
        let mut query = ParamsMap::new();
        assert_eq!(address("/runs", &query), "/runs");
        query.insert("status", "failed".to_owned());
        assert_eq!(address("/runs", &query), "/runs?status=failed");
    }
}
