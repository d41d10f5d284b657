//! What is left to do with a pack, flow by flow and card by card.

use api::{PackTodo, TodoKind};
use leptos::prelude::*;

use super::plan::Plan;
use crate::i18n::t;
use crate::i18n::texts::KindText;
use crate::kit::{Icon, Tag, Tone};

/// So many are drawn.
const MOST: usize = 300;

/// The list; with `plan`, what was assigned is marked, and after the import each card is a link.
#[component]
pub fn Todos(
    /// What is left.
    todos: Vec<PackTodo>,
    /// What was decided so far; nothing after the import.
    #[prop(optional)]
    plan: Option<Plan>,
) -> impl IntoView {
    let n = todos.len();
    let more = n.saturating_sub(MOST);
    let is_over = plan.is_none();
    let names = plan
        .and_then(|plan| plan.pack.get_untracked())
        .map(|pack| pack.connections)
        .unwrap_or_default();
    let name_of = move |about: &str| {
        let known = names.iter().find(|connection| connection.id == about);
        known.map_or_else(
            || flow::connector_name(about.strip_prefix("module:").unwrap_or(about)),
            |connection| connection.name.clone(),
        )
    };
    let rows = todos.into_iter().take(MOST).map(move |todo| {
        let name = name_of(&todo.about);
        view! { <Row todo name plan is_over/> }
    });
    view! {
        <section class="panel todos">
            <div class="panel-head">
                <h2>{t(KindText::TodoTitle)}</h2>
                {(n > 0).then(|| view! { <Tag tone=Tone::Warn>{n}</Tag> })}
            </div>
            {if n == 0 {
                view! { <p class="calm"><Icon name="circle-check"/>{t(KindText::TodoNone)}</p> }.into_any()
            } else {
                view! {
                    <p class="panel-lead">{t(KindText::TodoText)}</p>
                    <ul class="rows">{rows.collect_view()}</ul>
                    {(more > 0).then(|| view! { <p class="hint">{t(KindText::TodoMore { n: more })}</p> })}
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Row(todo: PackTodo, name: String, plan: Option<Plan>, is_over: bool) -> impl IntoView {
    let (icon, text) = match todo.kind {
        TodoKind::Connect => ("plug", KindText::TodoConnect { about: name }),
        TodoKind::Replace => (
            "refresh-cw",
            KindText::TodoReplace {
                about: todo.about.clone(),
            },
        ),
        TodoKind::FillIn => ("pencil", KindText::TodoFillIn),
        TodoKind::ChooseFlow => ("workflow", KindText::TodoChooseFlow),
        TodoKind::ChooseTable => ("table-2", KindText::TodoChooseTable),
        TodoKind::Map => ("link", KindText::TodoMap),
    };
    let about = todo.about.clone();
    let is_connect = todo.kind == TodoKind::Connect;
    let is_assigned = Memo::new(move |_| {
        is_connect
            && plan.is_some_and(|plan| {
                plan.connections
                    .with(|chosen| chosen.get(&about).is_some_and(|ours| !ours.is_empty()))
            })
    });
    let place = format!("{} › {}", todo.flow_name, todo.title);
    let card = if is_over {
        let href = format!("/flows/{}?card={}", todo.flow, todo.step);
        view! { <a class="ellipsis" href=href>{place}</a> }.into_any()
    } else {
        view! { <span class="ellipsis">{place}</span> }.into_any()
    };
    let field = todo.field.map(|field| format!(" · {field}"));
    view! {
        <li class="row todo" class:is-done=move || is_assigned.get()>
            <span class="tone-icon" data-tone=move || if is_assigned.get() { "ok" } else { "warn" }>
                {move || if is_assigned.get() {
                    view! { <Icon name="circle-check"/> }
                } else {
                    view! { <Icon name=icon/> }
                }}
            </span>
            <div class="row-text">
                <p class="row-name ellipsis">{card}</p>
                <p class="row-note">
                    {t(text)}{field}
                    {move || is_assigned.get().then(|| view! { " · "{t(KindText::TodoConnected)} })}
                </p>
            </div>
        </li>
    }
}
