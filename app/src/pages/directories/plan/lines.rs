//! The lines of a plan, a hundred at a time: by kind, by name, each with the rule that decided.

use api::{ImportLine, ImportStatus, LinePage, LineQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value as Json;

use super::csv::Export;
use super::differences::Differences;
use super::words::{action, called, number, place, reason, rule, text, texts};
use crate::i18n::texts::PlanText;
use crate::i18n::{count, t};
use crate::kit::{Button, ErrorBox, Icon, Loading, Tag, use_toasts};
use crate::rpc::{self, Refusal};
use crate::shell::{QuerySearch, use_query_value, use_set_query};

/// Lines on a page.
const PAGE: i64 = 100;

/// A kind of lines: its word in the address, the actions or state that it stands for, its figure.
struct Kind {
    word: &'static str,
    text: PlanText,
    actions: &'static str,
    figure: &'static str,
}

static KINDS: [Kind; 6] = [
    kind("create", PlanText::Created, "create", "created"),
    kind(
        "update",
        PlanText::Updated,
        "link,update,reactivate",
        "updated",
    ),
    kind("remove", PlanText::Removed, "remove", "removed"),
    kind("await", PlanText::Awaiting, "await", "awaiting"),
    kind("left", PlanText::Left, "ignore,skip", "left"),
    kind("forget", PlanText::Forgotten, "forget", "forgotten"),
];

const fn kind(
    word: &'static str,
    text: PlanText,
    actions: &'static str,
    figure: &'static str,
) -> Kind {
    Kind {
        word,
        text,
        actions,
        figure,
    }
}

/// What is asked for, from the address.
fn query(kind: Option<&str>, text: Option<String>) -> LineQuery {
    let known = KINDS.iter().find(|one| Some(one.word) == kind);
    LineQuery {
        action: known.map(|one| one.actions.to_owned()),
        state: (kind == Some("failed")).then(|| "failed".to_owned()),
        text,
        after: None,
        limit: Some(PAGE),
    }
}

/// The list with its filters.
#[component]
pub fn Lines(
    /// The directory.
    directory: String,
    /// The import.
    import: String,
    /// How far it is.
    status: Memo<ImportStatus>,
    /// The figures of the plan.
    counts: Signal<Json>,
    /// Lines that the org refused.
    failed: Signal<i64>,
) -> impl IntoView {
    let kind = use_query_value("kind");
    let wanted = use_query_value("q");
    let asked = Memo::new(move |_| query(kind.get().as_deref(), wanted.get()));
    let place = Paging::new(asked);
    let page = fetched(import.clone(), asked, place, status, failed);
    let export = Export::default();
    view! {
        <section class="panel" aria-labelledby="lines-title">
            <div class="panel-head">
                <h2 id="lines-title">{t(PlanText::Lines)}</h2>
                <ExportButton import export asked/>
            </div>
            <div class="plan-filters">
                <Chips kind counts failed/>
                <QuerySearch label=t(PlanText::Find)/>
            </div>
            {move || match page.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
                Some(Ok(page)) => {
                    let directory = directory.clone();
                    view! { <Found directory page place asked/> }.into_any()
                }
            }}
        </section>
    }
}

/// Where in the list one is: the marks after which the earlier pages begin.
#[derive(Clone, Copy)]
struct Paging {
    before: RwSignal<Vec<Option<i64>>>,
    after: RwSignal<Option<i64>>,
}

impl Paging {
    fn new(asked: Memo<LineQuery>) -> Self {
        let paging = Self {
            before: RwSignal::new(Vec::new()),
            after: RwSignal::new(None),
        };
        Effect::new(move |was: Option<()>| {
            asked.track();
            if was.is_some() {
                paging.before.set(Vec::new());
                paging.after.set(None);
            }
        });
        paging
    }
}

/// The page of lines, fetched again when the query, the place or the import changes. An earlier answer never replaces a later one.
fn fetched(
    import: String,
    asked: Memo<LineQuery>,
    place: Paging,
    status: Memo<ImportStatus>,
    failed: Signal<i64>,
) -> RwSignal<Option<Result<LinePage, Refusal>>> {
    let page = RwSignal::new(None);
    let turn = StoredValue::new(0_u32);
    let failed = Memo::new(move |_| failed.get());
    Effect::new(move || {
        status.track();
        failed.track();
        let query = LineQuery {
            after: place.after.get(),
            ..asked.get()
        };
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        let import = import.clone();
        spawn_local(async move {
            let answer = rpc::list_import_lines(import, query).await;
            if turn.try_get_value() == Some(mine) {
                page.try_set(Some(answer));
            }
        });
    });
    page
}

#[component]
fn Chips(kind: Memo<Option<String>>, counts: Signal<Json>, failed: Signal<i64>) -> impl IntoView {
    let set_query = use_set_query();
    let chip = move |word: Option<&'static str>, text: PlanText, n: Signal<Option<i64>>| {
        let set_query = set_query.clone();
        let is_chosen = move || kind.get().as_deref() == word;
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| set_query("kind", word.map(str::to_owned))
            >
                {t(text)}
                {move || n.get().map(|n| view! { " "<span class="number">{count(n)}</span> })}
            </button>
        }
    };
    let kinds = KINDS.iter().map(|one| {
        let figure = one.figure;
        let n = Signal::derive(move || {
            let counts = counts.get();
            (!counts.is_null()).then(|| number(&counts, figure))
        });
        chip(Some(one.word), one.text.clone(), n)
    });
    view! {
        <div class="tabs plan-chips" role="group" aria-label=t(PlanText::Action)>
            {chip(None, PlanText::All, Signal::derive(|| None))}
            {kinds.collect_view()}
            {chip(Some("failed"), PlanText::FailedLines, Signal::derive(move || Some(failed.get())))}
        </div>
    }
}

#[component]
fn ExportButton(import: String, export: Export, asked: Memo<LineQuery>) -> impl IntoView {
    let toasts = use_toasts();
    let import = StoredValue::new(import);
    view! {
        <div class="actions">
            {move || match export.written.get() {
                Some(n) => view! {
                    <span class="hint" role="status">{t(PlanText::Exporting { n })}</span>
                    <Button icon="x" on_press=move || export.stop()>{t(PlanText::StopExport)}</Button>
                }
                    .into_any(),
                None => view! {
                    <Button icon="download" on_press=move || {
                        export.begin(import.get_value(), asked.get_untracked(), toasts);
                    }>
                        {t(PlanText::Export)}
                    </Button>
                }
                    .into_any(),
            }}
        </div>
    }
}

#[component]
fn Found(
    directory: String,
    page: LinePage,
    place: Paging,
    asked: Memo<LineQuery>,
) -> impl IntoView {
    let set_query = use_set_query();
    if page.lines.is_empty() {
        let is_filtered = asked
            .with(|asked| asked.action.is_some() || asked.state.is_some() || asked.text.is_some());
        return view! {
            <div class="empty">
                <p>{t(if is_filtered { PlanText::NoneFound } else { PlanText::NoLines })}</p>
                {is_filtered.then(|| view! {
                    <Button on_press=move || { set_query("kind", None); set_query("q", None); }>
                        {t(PlanText::ClearFilter)}
                    </Button>
                })}
            </div>
        }
        .into_any();
    }
    let next = page.next;
    let shown = i64::try_from(page.lines.len()).unwrap_or(0);
    let rows = page.lines.into_iter().map(|line| {
        let directory = directory.clone();
        view! { <Row directory line/> }
    });
    let from = move || i64::try_from(place.before.with(Vec::len)).unwrap_or(0) * PAGE;
    view! {
        <div class="table-wrap">
            <table class="table plan-table">
                <thead>
                    <tr>
                        <th scope="col">{t(PlanText::Person)}</th>
                        <th scope="col">{t(PlanText::Action)}</th>
                        <th scope="col">{t(PlanText::Rule)}</th>
                        <th scope="col" class="cell-tight"><span class="visually-hidden">{t(PlanText::Differences)}</span></th>
                    </tr>
                </thead>
                {rows.collect_view()}
            </table>
        </div>
        <nav class="pager" aria-label=t(PlanText::Lines)>
            <Button
                icon="chevron-left"
                disabled=Signal::derive(move || place.before.with(Vec::is_empty))
                on_press=move || {
                    let before = place.before.try_update(Vec::pop).flatten();
                    place.after.set(before.flatten());
                }
            >
                {t(PlanText::Earlier)}
            </Button>
            <span class="hint">{move || t(PlanText::Range { from: from() + 1, to: from() + shown }).get()}</span>
            <Button
                icon="chevron-right"
                disabled=next.is_none()
                on_press=move || {
                    let here = place.after.get_untracked();
                    place.before.update(|before| before.push(here));
                    place.after.set(next);
                }
            >
                {t(PlanText::Later)}
            </Button>
        </nav>
    }
    .into_any()
}

#[component]
fn Row(directory: String, line: ImportLine) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (tone, icon, word) = action(&line);
    let people = called(&line.name);
    let label = t(PlanText::Details {
        name: people.clone(),
    });
    let detail = line.detail.clone();
    let login = text(&detail, "login").map(str::to_owned);
    let missing = texts(&detail, "missing");
    let why = text(&detail, "reason").and_then(reason);
    let names = texts(&detail, "rules");
    let state = match line.state.as_str() {
        "failed" => Some(("bad", PlanText::LineFailed)),
        "begun" => Some(("accent", PlanText::LineBegun)),
        "done" if !matches!(line.action.as_str(), "ignore" | "skip") => {
            Some(("ok", PlanText::LineDone))
        }
        _ => None,
    };
    let error = line.error.clone();
    let row_id = format!("line-{}", line.number);
    let shown = row_id.clone();
    let line = StoredValue::new(line);
    let directory = StoredValue::new(directory);
    // Of a user whom nothing stands against the rules are those that it passed; they are told on demand.
    let first = why.map(|why| t(why).into_any()).or_else(|| {
        (names.len() <= 2).then(|| {
            names
                .first()
                .and_then(|name| rule(name))
                .map(|text| t(text).into_any())
        })?
    });
    view! {
        <tbody>
            <tr>
                <td class="cell-main">
                    <span class="row-text">
                        <span class="ellipsis">{people}</span>
                        <span class="row-note ellipsis">
                            {login.unwrap_or_else(|| line.with_value(|line| place(&line.name)))}
                        </span>
                    </span>
                </td>
                <td>
                    <Tag tone icon>{t(word)}</Tag>
                    {state.map(|(tone, text)| view! { " "<span class="line-state" data-tone=tone>{t(text)}</span> })}
                </td>
                <td>
                    <p class="line-why">
                        {first}
                        {(!missing.is_empty()).then(|| view! { " "{t(PlanText::Missing { names: missing.join(", ") })} })}
                    </p>
                    {error.map(|error| view! { <p class="run-error">{t(PlanText::OrgSaid { error })}</p> })}
                    <p class="row-note mono">{names.join(" ")}</p>
                </td>
                <td class="cell-tight">
                    <button
                        class="button button-bare button-icon line-fold"
                        type="button"
                        aria-label=label
                        title=label
                        aria-expanded=move || is_open.get().to_string()
                        aria-controls=shown
                        on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                    >
                        <Icon name="chevron-down"/>
                    </button>
                </td>
            </tr>
            <tr id=row_id hidden=move || !is_open.get()>
                <td colspan="4">
                    {move || is_open.get().then(|| view! { <Differences directory=directory.get_value() line=line.get_value()/> })}
                </td>
            </tr>
        </tbody>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_which_lines() {
        let updates = query(Some("update"), None);
        assert_eq!(updates.action.as_deref(), Some("link,update,reactivate"));
        assert_eq!(updates.state, None);
        let failed = query(Some("failed"), Some("山".to_owned()));
        assert_eq!(
            (failed.action, failed.state.as_deref()),
            (None, Some("failed"))
        );
        assert_eq!(query(Some("nothing like this"), None), query(None, None));
    }
}
