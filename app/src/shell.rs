//! What is around every page: the document, language and theme, the navigation.

pub mod address;
pub mod commands;
pub mod document;
pub mod frame;
pub mod keys;
pub mod navigation;
pub mod offline;
pub mod person;
pub mod preferences;
pub mod query_search;
pub mod regions;
pub mod rights;
pub mod theme;
pub mod width;

pub use address::{address, use_query_value, use_set_query};
pub(crate) use commands::remember_flow;
pub use commands::{CommandPalette, provide_commands, use_commands};
pub use document::shell;
pub use frame::{Frame, Page, RailPage, page_title};
pub use preferences::{provide_preferences, set_cookie};
pub use query_search::QuerySearch;
pub use rights::{may_change, provide_rights, use_may_change};
pub use theme::{Theme, ThemeChoice, use_theme};
pub use width::{Width, use_width};

/// Tells tests and style sheets that the page reacts now.
#[cfg(feature = "hydrate")]
pub(crate) fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        // An attribute with a valid name cannot be refused.
        if root.set_attribute("data-hydrated", "").is_err() {
            leptos::logging::warn!("the page cannot say that it is ready");
        }
    }
}

#[cfg(feature = "hydrate")]
use leptos::prelude::document;
