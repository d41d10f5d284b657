//! One table: its rows in a grid, and what can be done with rows, columns, keys and files.

use api::{RowIds, RowPage, TableKey};
use flow::TableId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::carry::{Upload, download_address};
use super::column_forms::{AddColumn, ChangeColumn, Uses};
use super::filter::{Filter, Find};
use super::grid::RowGrid;
use super::keys::Keys;
use super::row_form::RowForm;
use super::state::{Asked, Grid};
use crate::i18n::texts::{KitText, SearchText, TableText};
use crate::i18n::{t, use_speech};
use crate::kit::{
    Button, ButtonKind, Crumb, Crumbs, Dialog, Icon, Menu, MenuItem, forget_refusal, loaded,
    refused,
};
use crate::pages::search::who_uses;
use crate::rpc;

/// What is open beside the rows.
#[derive(Clone, Copy)]
struct Open {
    add_row: RwSignal<bool>,
    add_column: RwSignal<bool>,
    keys: RwSignal<bool>,
    upload: RwSignal<bool>,
    filter: RwSignal<bool>,
    remove: RwSignal<Option<Remove>>,
}

/// What is asked to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remove {
    Picked,
    AllRows,
    Table,
}

/// The table's page.
#[component]
pub fn Rows(
    /// The table.
    table: Memo<TableId>,
) -> impl IntoView {
    let rows = Resource::new(
        move || table.get(),
        |table| rpc::list_rows(table, Asked::default().page(0)),
    );
    let draw = move |page: RowPage| view! { <Drawn page on_changed=move || rows.refetch()/> };
    loaded(rows, draw)
}

#[component]
fn Drawn(page: RowPage, #[prop(into)] on_changed: Callback<()>) -> impl IntoView {
    let name = page.table.name.clone();
    let (id, columns, keys) = (
        page.table.id.clone(),
        page.table.columns.clone(),
        page.keys.clone(),
    );
    let grid = Grid::new(page);
    let open = Open {
        add_row: RwSignal::new(false),
        add_column: RwSignal::new(false),
        keys: RwSignal::new(false),
        upload: RwSignal::new(false),
        filter: RwSignal::new(false),
        remove: RwSignal::new(None),
    };
    let changed_column = RwSignal::new(None);
    let above = vec![Crumb {
        name: t(TableText::Title),
        href: "/tables".to_owned(),
    }];
    view! {
        <Title text=format!("{name} · Nagare")/>
        <header class="page-header">
            <Crumbs above here=Signal::stored(name)/>
            <Actions grid open/>
        </header>
        <div class="page table-page">
            <Bar grid open keys=keys.clone()/>
            {
                let columns = columns.clone();
                move || {
                    let columns = columns.clone();
                    open.filter.get().then(|| view! { <Filter asked=grid.asked columns/> })
                }
            }
            <RowGrid grid on_column=move |asked| changed_column.set(Some(asked))/>
        </div>
        <RowForm
            table=id.clone()
            columns=columns.clone()
            open=open.add_row
            on_saved=move || grid.reload()
        />
        <AddColumn open=open.add_column table=id.clone() on_changed/>
        <ChangeColumn asked=changed_column table=id.clone() columns=columns.clone() on_changed/>
        <Keys open=open.keys table=id.clone() columns keys=keys.clone() on_changed/>
        <Upload open=open.upload table=id.clone() keys on_done=move || grid.reload()/>
        <RemoveDialog grid table=id asked=open.remove/>
    }
}

#[component]
fn Actions(grid: Grid, open: Open) -> impl IntoView {
    let table = grid.table.get_value();
    let users = who_uses("table", table.as_str());
    let address = move || grid.asked.with(|asked| download_address(&table, asked));
    view! {
        <div class="actions">
            <a class="button" href=users>
                <Icon name="text-search"/>
                {t(SearchText::WhoUses)}
            </a>
            <a class="button" href=address download="table.csv" rel="external">
                <Icon name="download"/>
                {t(TableText::Download)}
            </a>
            <Button icon="upload" on_press=move || open.upload.set(true)>
                {t(TableText::Upload)}
            </Button>
            <Menu label=t(KitText::More) face=|| view! { <Icon name="ellipsis"/> }>
                <MenuItem on_press=move || open.add_column.set(true)>
                    {t(TableText::AddColumn)}
                </MenuItem>
                <MenuItem on_press=move || open.keys.set(true)>{t(TableText::Keys)}</MenuItem>
                <MenuItem danger=true on_press=move || open.remove.set(Some(Remove::AllRows))>
                    {t(TableText::ClearTable)}
                </MenuItem>
                <MenuItem danger=true on_press=move || open.remove.set(Some(Remove::Table))>
                    {t(TableText::DeleteTable)}
                </MenuItem>
            </Menu>
            <Button kind=ButtonKind::Primary icon="plus" on_press=move || open.add_row.set(true)>
                {t(TableText::AddRow)}
            </Button>
        </div>
    }
}

/// What is shown of how much, and what is picked out.
#[component]
fn Bar(grid: Grid, open: Open, keys: Vec<TableKey>) -> impl IntoView {
    let picked = move || grid.picked.with(std::collections::BTreeSet::len);
    let unique = keys.into_iter().filter(|key| key.is_unique).map(|key| {
        view! {
            <span class="tag" data-tone="plain">
                <Icon name="key"/>
                {key.columns.join(" + ")}
            </span>
        }
    });
    view! {
        <div class="grid-bar">
            <Find asked=grid.asked is_open=open.filter/>
            {unique.collect_view()}
            <span class="grid-bar-end muted" aria-live="polite">
                {move || {
                    let (n, all) = (grid.total.get(), grid.all.get());
                    if grid.asked.with(Asked::narrows) {
                        t(TableText::FoundOf { n, all })
                    } else {
                        t(TableText::RowCount { n: all })
                    }
                }}
            </span>
            {move || {
                let n = picked();
                (n > 0)
                    .then(|| {
                        view! {
                            <Button
                                kind=ButtonKind::DangerQuiet
                                icon="trash-2"
                                on_press=move || open.remove.set(Some(Remove::Picked))
                            >
                                {t(TableText::DeleteRows { n })}
                            </Button>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn RemoveDialog(grid: Grid, table: TableId, asked: RwSignal<Option<Remove>>) -> impl IntoView {
    let navigate = use_navigate();
    let open = RwSignal::new(false);
    let table = StoredValue::new(table);
    Effect::new(move || {
        if asked.get().is_some() {
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            asked.set(None);
        }
        is_open
    });
    let remove = Action::new(move |what: &Remove| {
        let (what, navigate) = (*what, navigate.clone());
        let rows: Vec<_> = grid.picked.get_untracked().into_iter().collect();
        async move {
            let table = table.get_value();
            match what {
                Remove::Picked => {
                    rpc::delete_rows(table, RowIds { rows }).await?;
                    grid.say(&TableText::RowsDeleted);
                }
                Remove::AllRows => {
                    rpc::clear_table(table).await?;
                    grid.say(&TableText::RowsDeleted);
                }
                Remove::Table => {
                    rpc::delete_table(table).await?;
                    navigate("/tables", NavigateOptions::default());
                    return Ok::<(), rpc::Refusal>(());
                }
            }
            open.set(false);
            grid.reload();
            Ok(())
        }
    });
    forget_refusal(open, remove);
    let words = move || match asked.get() {
        Some(Remove::Table) => (TableText::DeleteTable, TableText::DeleteTableText),
        Some(Remove::AllRows) => (TableText::ClearTable, TableText::DeleteRowsText),
        _ => (TableText::DeleteRow, TableText::DeleteRowsText),
    };
    let speech = use_speech();
    let title = Signal::derive(move || speech.say(&words().0));
    view! {
        <Dialog open title>
            {refused(move || remove.value().get())}
            <p>{move || t(words().1)}</p>
            {move || {
                (asked.get() == Some(Remove::Table))
                    .then(|| view! { <Uses table=table.get_value() column=None/> })
            }}
            <div class="dialog-foot">
                <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=remove.pending()
                    on_press=move || {
                        if let Some(what) = asked.get_untracked() {
                            remove.dispatch(what);
                        }
                    }
                >
                    {move || t(words().0)}
                </Button>
            </div>
        </Dialog>
    }
}
