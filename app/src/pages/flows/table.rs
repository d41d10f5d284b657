//! The flows as a table: sorted by its heads, long lists drawn only where they are seen.

use api::FlowRow;
use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use super::listing::{self, Column};
use super::row::FlowLine;
use crate::i18n::texts::{FlowText, FolderText};
use crate::i18n::{t, use_speech};
use crate::kit::Icon;
use crate::shell::{use_may_change, use_set_query};

/// Height of a row with a fine pointer; `--row-height` with its line.
const ROW: f64 = 39.0;

/// What a column is called.
pub(super) fn column_name(column: Column) -> AnyText {
    match column {
        Column::Name => AnyText::Flow(FlowText::Name),
        Column::Folder => AnyText::Flow(FlowText::InFolder),
        Column::Kind => AnyText::Flow(FlowText::Kind),
        Column::State => AnyText::Flow(FlowText::State),
        Column::Author => AnyText::Folder(FolderText::Author),
        Column::Created => AnyText::Folder(FolderText::Created),
        Column::Changed => AnyText::Flow(FlowText::Changed),
        Column::LastRun => AnyText::Folder(FolderText::LastRun),
        Column::On => AnyText::Flow(FlowText::On),
    }
}

/// A message of either list.
#[derive(Clone)]
pub(super) enum AnyText {
    /// Of the list of flows.
    Flow(FlowText),
    /// Of the folders.
    Folder(FolderText),
}

impl AnyText {
    pub(super) fn signal(self) -> Signal<String> {
        match self {
            Self::Flow(text) => t(text),
            Self::Folder(text) => t(text),
        }
    }
}

/// The table.
#[component]
pub(super) fn FlowTable(desk: Desk, has: Signal<Vec<Column>>) -> impl IntoView {
    let wrap = NodeRef::<html::Div>::new();
    let window = RwSignal::new((0.0, 700.0));
    let look = move || {
        if let Some(wrap) = wrap.get_untracked() {
            window.set((
                f64::from(wrap.scroll_top()),
                f64::from(wrap.client_height()),
            ));
        }
    };
    Effect::new(move || {
        desk.shown.track();
        look();
    });
    let range = Memo::new(move |_| {
        let (top, height) = window.get();
        listing::drawn(desk.shown.with(Vec::len), top, height, ROW)
    });
    let rows = move || {
        desk.shown.with(|shown| {
            let rows = shown
                .iter()
                .enumerate()
                .skip(range.get().start)
                .take(range.get().len());
            rows.map(|(index, flow)| (index, flow.clone()))
                .collect::<Vec<_>>()
        })
    };
    let before = move || range.get().start;
    let after = move || desk.shown.with(Vec::len).saturating_sub(range.get().end);
    view! {
        <div class="table-wrap flow-table" node_ref=wrap on:scroll=move |_| look()>
            <table class="table" aria-rowcount=move || (desk.shown.with(Vec::len) + 1).to_string()>
                <thead>
                    <tr>
                        <th scope="col" class="cell-pick"><PickAll desk/></th>
                        <Head desk column=Column::Name/>
                        {move || has.with(|has| has.contains(&Column::Folder)).then(|| view! { <Head desk column=Column::Folder/> })}
                        {move || has.with(|has| has.contains(&Column::Kind)).then(|| view! { <Head desk column=Column::Kind/> })}
                        <Head desk column=Column::State/>
                        {move || has.with(|has| has.contains(&Column::Author)).then(|| view! { <Head desk column=Column::Author/> })}
                        {move || has.with(|has| has.contains(&Column::Created)).then(|| view! { <Head desk column=Column::Created/> })}
                        {move || has.with(|has| has.contains(&Column::Changed)).then(|| view! { <Head desk column=Column::Changed/> })}
                        {move || has.with(|has| has.contains(&Column::LastRun)).then(|| view! { <Head desk column=Column::LastRun/> })}
                        <Head desk column=Column::On/>
                        <th scope="col"><span class="visually-hidden">{t(FlowText::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    {move || (before() > 0).then(|| view! { <Spacer rows=before()/> })}
                    <For each=rows key=key children=move |(index, flow)| view! { <FlowLine desk flow index has/> }/>
                    {move || (after() > 0).then(|| view! { <Spacer rows=after()/> })}
                </tbody>
            </table>
        </div>
    }
}

/// A row is drawn anew when something of it changed that it shows.
fn key((index, flow): &(usize, FlowRow)) -> (usize, String) {
    let text = serde_json::to_string(flow).unwrap_or_default();
    (*index, text)
}

#[component]
fn Spacer(rows: usize) -> impl IntoView {
    let style = format!("height: {}px", rows * 39);
    view! { <tr class="spacer" aria-hidden="true" style=style><td colspan="11"></td></tr> }
}

#[component]
fn PickAll(desk: Desk) -> impl IntoView {
    let may_change = use_may_change();
    let is_all = Memo::new(move |_| {
        desk.shown.with(|shown| {
            !shown.is_empty()
                && desk
                    .picked
                    .with(|picked| shown.iter().all(|flow| picked.contains(&flow.id)))
        })
    });
    view! {
        <input
            type="checkbox"
            aria-label=t(FolderText::SelectAll)
            disabled=move || !may_change.get()
            prop:checked=is_all
            on:change=move |event| {
                let ids = desk.shown.with_untracked(|shown| shown.iter().map(|flow| flow.id.clone()).collect());
                desk.picked.set(if event_target_checked(&event) { ids } else { Default::default() });
            }
        />
    }
}

#[component]
fn Head(desk: Desk, column: Column) -> impl IntoView {
    let speech = use_speech();
    let set_query = use_set_query();
    let name = column_name(column).signal();
    let label = move || speech.say(&FolderText::SortBy { name: name.get() });
    let is_sorted = move || desk.asked.with(|asked| asked.sort == column);
    let is_down = move || desk.asked.with(|asked| asked.is_descending);
    let sort = move || match (is_sorted(), is_down()) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    let class = match column {
        Column::Folder | Column::Author | Column::Created | Column::Changed | Column::LastRun => {
            "cell-wide"
        }
        Column::Kind => "cell-roomy",
        _ => "",
    };
    view! {
        <th scope="col" class=class aria-sort=sort>
            <button
                class="sort"
                type="button"
                title=label
                on:click=move |_| {
                    let turns = desk.asked.with_untracked(|asked| asked.sort == column && !asked.is_descending);
                    let word = if turns { format!("-{}", column.word()) } else { column.word().to_owned() };
                    let is_first = word == Column::Name.word();
                    set_query("sort", (!is_first).then_some(word));
                }
            >
                {name}
                {move || is_sorted().then(|| view! { <Icon name=if is_down() { "arrow-down" } else { "arrow-up" }/> })}
            </button>
        </th>
    }
}
