//! Filters with a name: kept for the person, opened from a menu.

use api::NewView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::query::{is_filtered, saved};
use crate::i18n::t;
use crate::i18n::texts::{KitText, RunningText};
use crate::kit::{Button, Icon, Menu, MenuItem, use_toasts};
use crate::rpc;

/// The saved views, and the way to save what is filtered now.
#[component]
pub fn Views() -> impl IntoView {
    let (query, toasts) = (use_query_map(), use_toasts());
    let again = RwSignal::new(0_u32);
    let views = LocalResource::new(move || {
        again.track();
        rpc::list_views()
    });
    let name = RwSignal::new(None::<String>);
    let save = move || {
        let Some(text) = name.get_untracked() else {
            return;
        };
        let view = NewView {
            name: text,
            query: query.with_untracked(saved),
        };
        spawn_local(async move {
            match rpc::save_view(view).await {
                Ok(_) => {
                    name.try_set(None);
                    again.update(|again| *again += 1);
                    toasts.say(&RunningText::ViewSaved);
                }
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    };
    let can_save = Memo::new(move |_| is_filtered(&query.read()));
    view! {
        {move || match (name.read().is_some(), can_save.get()) {
            (true, _) => view! {
                <span class="save-view">
                    <input
                        class="input" maxlength="200" autofocus=true aria-label=t(RunningText::ViewName) placeholder=t(RunningText::ViewName)
                        on:input=move |event| name.update(|name| *name = Some(event_target_value(&event)))
                        on:keydown=move |event| match event.key().as_str() {
                            "Enter" if !event.is_composing() => { event.prevent_default(); save(); }
                            "Escape" => name.set(None),
                            _ => {}
                        }
                    />
                    <Button on_press=save>{t(KitText::Save)}</Button>
                </span>
            }
            .into_any(),
            (false, true) => view! { <Button icon="save" on_press=move || name.set(Some(String::new()))>{t(RunningText::SaveView)}</Button> }.into_any(),
            (false, false) => ().into_any(),
        }}
        {move || {
            let found = views.get()?.ok().filter(|views| !views.is_empty())?;
            Some(view! { <ViewMenu found again/> })
        }}
    }
}

#[component]
fn ViewMenu(found: Vec<api::RunsView>, again: RwSignal<u32>) -> impl IntoView {
    let (navigate, toasts) = (use_navigate(), use_toasts());
    let found = StoredValue::new(found);
    let items = move || {
        let each = found.get_value().into_iter().map(|view| {
            let navigate = navigate.clone();
            let (href, id, name) = (format!("/runs?{}", view.query), view.id, view.name.clone());
            let open = move |()| navigate(&href, leptos_router::NavigateOptions::default());
            let remove = move |()| {
                let id = id.clone();
                spawn_local(async move {
                    match rpc::delete_view(id).await {
                        Ok(()) => again.update(|again| *again += 1),
                        Err(refusal) => toasts.refuse(&refusal),
                    }
                });
            };
            view! {
                <MenuItem on_press=open>{view.name}</MenuItem>
                <MenuItem danger=true on_press=remove>{t(RunningText::DeleteView { name })}</MenuItem>
            }
        });
        each.collect_view()
    };
    let items = StoredValue::new_local(items);
    view! {
        <Menu label=t(RunningText::Views) face=|| view! { <Icon name="star"/> }>
            {items.with_value(|items| items())}
        </Menu>
    }
}
