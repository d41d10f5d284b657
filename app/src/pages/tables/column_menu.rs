//! What can be done with a column: sorting is the head's own; here are renaming and deleting.

use leptos::prelude::*;

use crate::i18n::t;
use crate::i18n::texts::TableText;
use crate::kit::{Icon, Menu, MenuItem};

/// What is to happen to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another name or default.
    Edit,
    /// It goes.
    Delete,
}

/// The menu in the head of a column.
#[component]
pub fn ColumnMenu(
    /// The column.
    name: String,
    /// Asks for a change.
    on_change: Callback<(String, Change)>,
) -> impl IntoView {
    let name = StoredValue::new(name);
    let ask = move |change| on_change.run((name.get_value(), change));
    view! {
        <Menu
            label=t(TableText::ColumnMenu { column: name.get_value() })
            face=move || view! { <Icon name="chevron-down"/> }
        >
            <MenuItem on_press=move || ask(Change::Edit)>{t(TableText::ChangeColumn)}</MenuItem>
            <MenuItem danger=true on_press=move || ask(Change::Delete)>
                {t(TableText::DeleteColumn)}
            </MenuItem>
        </Menu>
    }
}
