//! Tables: the list, and the rows of one.

use flow::TableId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

pub mod carry;
pub mod cell;
pub mod column_forms;
pub mod column_menu;
pub mod filter;
pub mod grid;
pub mod keys;
pub mod new_table;
pub mod row_form;
pub mod rows;
pub mod state;
pub mod typing;

use crate::i18n::texts::TableText;
use crate::i18n::{count, t};
use crate::kit::{Button, ButtonKind, EmptyState, Icon, loaded};
use crate::rpc;
use crate::shell::Page;
use cell::column_type;
use new_table::NewTable;
use rows::Rows;

/// The list of tables.
#[component]
pub fn TablesPage() -> impl IntoView {
    let tables = Resource::new(|| (), |()| rpc::list_tables());
    let is_making = RwSignal::new(false);
    view! {
        <Page
            title=t(TableText::Title)
            actions=move || {
                view! {
                    <Button kind=ButtonKind::Primary icon="plus" on_press=move || is_making.set(true)>
                        {t(TableText::New)}
                    </Button>
                }
            }
        >
            {loaded(tables, draw_tables)}
            <NewTable open=is_making/>
        </Page>
    }
}

fn draw_tables(tables: Vec<api::TableView>) -> AnyView {
    if tables.is_empty() {
        return view! {
            <div class="panel">
                <EmptyState icon="table-2" text=t(TableText::Empty)/>
            </div>
        }
        .into_any();
    }
    let rows = tables.into_iter().map(|table| {
        let columns = table.columns.into_iter().map(|column| {
            view! {
                <span class="column-tag">
                    {column.name}
                    <span class="muted">{t(column_type(column.base))}</span>
                </span>
            }
        });
        view! {
            <tr>
                <td class="cell-main">
                    <div class="cell-row">
                        <span class="tile tile-small" data-family="table"><Icon name="table-2"/></span>
                        <a href=format!("/tables/{}", table.id)>{table.name}</a>
                    </div>
                </td>
                <td><div class="column-tags">{columns.collect_view()}</div></td>
                <td class="cell-number">{count(table.rows)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t(TableText::Name)}</th>
                        <th scope="col">{t(TableText::Columns)}</th>
                        <th scope="col" class="cell-number">{t(TableText::Rows)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The rows of one table.
#[component]
pub fn TablePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| TableId::new(params.read().get("id").unwrap_or_default()));
    view! { <Rows table=id/> }
}
