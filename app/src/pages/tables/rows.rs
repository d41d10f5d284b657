//! One table with its rows.

use api::{RowPage, RowQuery, TableRow};
use flow::TableId;
use leptos::prelude::*;
use leptos_meta::Title;

use super::cell::{column_type, shown};
use super::remove_row::RemoveRow;
use super::row_form::RowForm;
use crate::i18n::texts::{KitText, TableText};
use crate::i18n::{Moment, t, use_speech};
use crate::kit::{Button, ButtonKind, Crumb, Crumbs, EmptyState, loaded};
use crate::rpc;

/// How many rows one more press shows.
const STEP: i64 = 200;

/// What is asked about a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A new row.
    New,
    /// Other values for this one.
    Edit(TableRow),
    /// To delete this one.
    Remove(TableRow),
}

/// The table's page.
#[component]
pub fn Rows(
    /// The table.
    table: Memo<TableId>,
) -> impl IntoView {
    let limit = RwSignal::new(STEP);
    let asked = RwSignal::new(None::<Asked>);
    let rows = Resource::new(
        move || (table.get(), limit.get()),
        |(table, limit)| {
            let limit = Some(limit);
            rpc::list_rows(table, RowQuery { offset: 0, limit })
        },
    );
    let draw = move |page: RowPage| {
        let name = page.table.name.clone();
        let above = vec![Crumb {
            name: t(TableText::Title),
            href: "/tables".to_owned(),
        }];
        let (columns, id) = (page.table.columns.clone(), page.table.id.clone());
        view! {
            <Title text=format!("{name} · Nagare")/>
            <header class="page-header">
                <Crumbs above here=Signal::stored(name)/>
                <div class="actions">
                    <span class="muted">{t(TableText::RowCount { n: page.table.rows })}</span>
                    <Button
                        kind=ButtonKind::Primary
                        icon="plus"
                        on_press=move || asked.set(Some(Asked::New))
                    >
                        {t(TableText::AddRow)}
                    </Button>
                </div>
            </header>
            <div class="page">
                <Grid page asked/>
                <More rows limit/>
            </div>
            <RowForm table=id.clone() columns asked on_saved=move || rows.refetch()/>
            <RemoveRow table=id asked on_removed=move || rows.refetch()/>
        }
    };
    loaded(rows, draw)
}

#[component]
fn Grid(page: RowPage, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    if page.rows.is_empty() {
        return view! {
            <div class="panel"><EmptyState icon="rows-3" text=t(TableText::EmptyRows)/></div>
        }
        .into_any();
    }
    let speech = use_speech();
    let heads = page.table.columns.iter().map(|column| {
        view! {
            <th scope="col">
                {column.name.clone()}
                <span class="column-type">{t(column_type(column.base))}</span>
            </th>
        }
    });
    let heads = heads.collect_view();
    let columns = page.table.columns;
    let rows = page.rows.into_iter().map(|row| {
        let cells = columns.iter().map(|column| {
            let cell = row.cells.get(&column.name).cloned();
            view! { <td>{move || shown(cell.as_ref(), speech.language())}</td> }
        });
        let cells = cells.collect_view();
        let (edited, removed) = (row.clone(), row.clone());
        view! {
            <tr>
                {cells}
                <td class="cell-tight"><Moment at=row.updated_at/></td>
                <td class="cell-tight">
                    <div class="actions">
                        <Button
                            kind=ButtonKind::Bare
                            icon="pencil"
                            label=t(TableText::EditRow)
                            on_press=move || asked.set(Some(Asked::Edit(edited.clone())))
                        />
                        <Button
                            kind=ButtonKind::Bare
                            icon="trash-2"
                            label=t(TableText::DeleteRow)
                            on_press=move || asked.set(Some(Asked::Remove(removed.clone())))
                        />
                    </div>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        {heads}
                        <th scope="col">{t(TableText::Changed)}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t(TableText::Actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Says how many rows are shown and offers more, up to what the server gives at once.
#[component]
fn More(rows: Resource<Result<RowPage, rpc::Refusal>>, limit: RwSignal<i64>) -> impl IntoView {
    move || {
        let page = rows.get().and_then(Result::ok)?;
        let (n, all) = (page.rows.len(), page.table.rows);
        (i64::try_from(n).unwrap_or(i64::MAX) < all).then(|| {
            view! {
                <div class="pager">
                    <span class="muted">{t(TableText::ShownOf { n, all })}</span>
                    {(limit.get() < 1_000)
                        .then(|| {
                            view! {
                                <Button on_press=move || limit.update(|limit| *limit += STEP)>
                                    {t(KitText::More)}
                                </Button>
                            }
                        })}
                </div>
            }
        })
    }
}
