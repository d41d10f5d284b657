//! The grid: only the rows on the screen are drawn, whatever the table holds. Arrow keys move, Enter or typing writes,
//! Space picks a row out.

use flow::Base;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::cell::{column_type, day_and_clock, shown};
use super::column_menu::ColumnMenu;
use super::state::{Grid, ROW};
use super::typing::Typing;
use crate::i18n::texts::TableText;
use crate::i18n::{Moment, t, use_local_time, use_speech};
use crate::kit::{EmptyState, Icon};

/// Rows that are drawn above and below the screen.
const MARGIN: usize = 8;

/// The rows of a table.
#[component]
pub fn RowGrid(
    /// What it shows.
    grid: Grid,
    /// Asks to change a column: the name and what.
    #[prop(into)]
    on_column: Callback<(String, super::column_menu::Change)>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(frame) = frame.get() {
            measure(&frame, grid);
        }
    });
    Effect::new(move || {
        let (row, _) = grid.active.get();
        if let Some(frame) = frame.get() {
            reveal(&frame, row);
        }
    });
    let refocus = move || {
        if let Some(frame) = frame.get_untracked()
            && frame.focus().is_err()
        {
            leptos::logging::warn!("the rows cannot be focused");
        }
    };
    let indexes = move || {
        let (first, count) = grid.seen.get();
        let last = (first + count + MARGIN).min(grid.total.get());
        first.saturating_sub(MARGIN)..last
    };
    let columns = grid.columns.get_value();
    let count = columns.len();
    // Only a cell that is drawn can be named.
    let active_id = move || {
        let (row, column) = grid.active.get();
        let (first, count) = grid.seen.get();
        let is_drawn =
            row + MARGIN >= first && row < (first + count + MARGIN).min(grid.total.get());
        is_drawn.then(|| format!("cell-{row}-{column}"))
    };
    view! {
        <div class="grid-frame">
        <div
            class="grid"
            class:grid-waiting=grid.is_waiting
            role="grid"
            tabindex="0"
            aria-label=t(TableText::Rows)
            aria-rowcount=move || (grid.total.get() + 1).to_string()
            aria-colcount=(count + 2).to_string()
            aria-activedescendant=active_id
            aria-multiselectable="true"
            style=format!("--columns: {count}")
            node_ref=frame
            on:scroll=move |_| {
                if let Some(frame) = frame.get_untracked() {
                    measure(&frame, grid);
                }
            }
            on:keydown=move |event| key(&event, grid, refocus)
        >
            <Heads grid on_column/>
            <div
                class="grid-body"
                role="rowgroup"
                style:height=move || format!("{}px", height(grid.total.get()))
            >
                <For each=indexes key=|index| *index let(index)>
                    <Row grid index refocus/>
                </For>
            </div>
        </div>
            {move || {
                (grid.total.get() == 0)
                    .then(|| {
                        let text = if grid.asked.get().narrows() {
                            TableText::NothingFound
                        } else {
                            TableText::EmptyRows
                        };
                        view! { <div class="grid-empty"><EmptyState icon="rows-3" text=t(text)/></div> }
                    })
            }}
        </div>
    }
}

#[component]
fn Heads(grid: Grid, on_column: Callback<(String, super::column_menu::Change)>) -> impl IntoView {
    let heads = grid
        .columns
        .get_value()
        .into_iter()
        .enumerate()
        .map(|(index, column)| {
            let (name, sorted) = (column.name.clone(), column.name.clone());
            let way = move || {
                grid.asked.with(|asked| {
                    let is_sorted = asked.sort.as_deref() == Some(sorted.as_str());
                    is_sorted.then_some(asked.descending)
                })
            };
            let way = Memo::new(move |_| way());
            view! {
                <div
                    class="grid-head"
                    class:grid-number=column.base == Base::Number
                    role="columnheader"
                    aria-colindex=(index + 2).to_string()
                    aria-sort=move || match way.get() {
                        Some(true) => "descending",
                        Some(false) => "ascending",
                        None => "none",
                    }
                >
                    <button class="grid-sort" type="button" on:click=move |_| grid.sort(&name)>
                        <span class="ellipsis">{column.name.clone()}</span>
                        <span class="column-type">{t(column_type(column.base))}</span>
                        {move || {
                            way.get()
                                .map(|descending| {
                                    let name = if descending { "arrow-down" } else { "arrow-up" };
                                    view! { <Icon name/> }
                                })
                        }}
                    </button>
                    <ColumnMenu name=column.name on_change=on_column/>
                </div>
            }
        });
    view! {
        <div class="grid-row grid-heads" role="row" aria-rowindex="1">
            <div class="grid-head grid-pick" role="columnheader">
                <span class="visually-hidden">{t(TableText::Pick)}</span>
            </div>
            {heads.collect_view()}
            <div class="grid-head" role="columnheader">{t(TableText::Changed)}</div>
        </div>
    }
}

#[component]
fn Row(
    grid: Grid,
    index: usize,
    refocus: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let row = Memo::new(move |_| grid.row(index));
    let is_picked = move || {
        row.with(|row| {
            row.as_ref()
                .is_some_and(|row| grid.picked.with(|picked| picked.contains(&row.id)))
        })
    };
    let cells = move || {
        let columns = grid.columns.get_value().into_iter().enumerate();
        columns
            .map(|(column, definition)| {
                view! { <Cell grid row index column definition refocus/> }
            })
            .collect_view()
    };
    view! {
        <div
            class="grid-row"
            class:grid-picked=is_picked
            role="row"
            aria-rowindex=(index + 2).to_string()
            aria-selected=move || is_picked().to_string()
            style:top=format!("{}px", height(index))
        >
            <div class="grid-pick" role="gridcell">
                <input
                    type="checkbox"
                    tabindex="-1"
                    aria-label=t(TableText::PickRow { n: index + 1 })
                    prop:checked=is_picked
                    on:change=move |_| grid.pick(index)
                />
            </div>
            {cells()}
            <div class="grid-cell muted" role="gridcell">
                {move || row.with(|row| row.as_ref().map(|row| view! { <Moment at=row.updated_at/> }))}
            </div>
        </div>
    }
}

#[component]
fn Cell(
    grid: Grid,
    row: Memo<Option<api::TableRow>>,
    index: usize,
    column: usize,
    definition: api::TableColumn,
    refocus: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let speech = use_speech();
    let local = use_local_time();
    let is_active = Memo::new(move |_| grid.active.get() == (index, column));
    let is_typing = Memo::new(move |_| is_active.get() && grid.typed.with(Option::is_some));
    let name = definition.name.clone();
    let base = definition.base;
    let text = move || {
        row.with(|row| match row {
            Some(row) => shown(row.cells.get(&name), speech.language()),
            None => "…".to_owned(),
        })
    };
    let raw = text.clone();
    let text = move || {
        let text = raw();
        match (base, day_and_clock(&text)) {
            (Base::Date, Some(ms)) => local.civil(ms).full(speech.language()),
            _ => text,
        }
    };
    view! {
        <div
            class="grid-cell"
            class:grid-number=base == Base::Number
            class:grid-active=is_active
            role="gridcell"
            id=format!("cell-{index}-{column}")
            aria-colindex=(column + 2).to_string()
            on:click=move |_| {
                if !is_typing.get_untracked() {
                    grid.typed.set(None);
                    grid.go(index, column);
                }
            }
            on:dblclick=move |_| {
                if !is_typing.get_untracked() {
                    grid.go(index, column);
                    grid.begin(None);
                }
            }
        >
            {move || {
                if is_typing.get() {
                    view! { <Typing grid label=definition.name.clone() base refocus/> }.into_any()
                } else {
                    view! { <span class="ellipsis">{text.clone()}</span> }.into_any()
                }
            }}
        </div>
    }
}

fn key(event: &KeyboardEvent, grid: Grid, refocus: impl Fn()) {
    let is_own = event.target() == event.current_target();
    if !is_own || event.alt_key() || event.meta_key() {
        return;
    }
    let (row, column) = grid.active.get_untracked();
    let (_, page) = grid.seen.get_untracked();
    let page = page.saturating_sub(2).max(1);
    let with_ctrl = event.ctrl_key();
    match event.key().as_str() {
        "ArrowDown" => grid.go(row + 1, column),
        "ArrowUp" => grid.go(row.saturating_sub(1), column),
        "ArrowRight" => grid.go(row, column + 1),
        "ArrowLeft" => grid.go(row, column.saturating_sub(1)),
        "PageDown" => grid.go(row + page, column),
        "PageUp" => grid.go(row.saturating_sub(page), column),
        "Home" => grid.go(if with_ctrl { 0 } else { row }, 0),
        "End" if with_ctrl => grid.go(usize::MAX, usize::MAX),
        "End" => grid.go(row, usize::MAX),
        "Enter" | "F2" => grid.begin(None),
        "Delete" | "Backspace" => grid.write(""),
        " " => grid.pick(row),
        "Escape" => grid.picked.update(std::collections::BTreeSet::clear),
        key if key.chars().count() == 1 && !with_ctrl => grid.begin(Some(key.to_owned())),
        _ => return,
    }
    event.prevent_default();
    if grid.typed.with_untracked(Option::is_none) {
        refocus();
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a table has far fewer rows than a number has places"
)]
fn height(rows: usize) -> f64 {
    rows as f64 * ROW
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "both are sizes on a screen, never below zero"
)]
fn measure(frame: &web_sys::HtmlDivElement, grid: Grid) {
    let first = (f64::from(frame.scroll_top()).max(0.0) / ROW) as usize;
    let count = (f64::from(frame.client_height()).max(ROW) / ROW).ceil() as usize;
    if grid.seen.get_untracked() != (first, count) {
        grid.seen.set((first, count));
    }
}

/// Scrolls so far that a row is on the screen, below the heads.
#[expect(clippy::cast_possible_truncation, reason = "pixels on a page")]
fn reveal(frame: &web_sys::HtmlDivElement, row: usize) {
    let top = height(row);
    let seen = f64::from(frame.scroll_top());
    let room = f64::from(frame.client_height()) - 2.0 * ROW;
    if top < seen {
        frame.set_scroll_top(top as i32);
    } else if top > seen + room {
        frame.set_scroll_top((top - room) as i32);
    }
}
