//! Installing a template: the choice of connections, what it asks for, the folder; then its first flow opens.

use std::collections::BTreeMap;

use api::{Connection, InstallTemplate, TemplateAsk, TemplateView};
use flow::ConnectionId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::picture::spoken;
use crate::i18n::texts::TemplateText;
use crate::i18n::{t, use_speech};
use crate::kit::{
    Button, ButtonKind, Choice, LinkButton, SelectField, loaded, refused, use_toasts,
};
use crate::rpc;
use crate::shell::use_query_value;

/// What was chosen, by module and by key.
type Chosen = StoredValue<BTreeMap<String, RwSignal<String>>>;

/// The panel beside the description.
#[component]
pub fn Install(template: TemplateView, title: Signal<String>) -> impl IntoView {
    // Folders and connections come with the list of flows.
    let places = Resource::new(|| (), |()| rpc::list_flows(api::FlowQuery::default()));
    let template = StoredValue::new(template);
    view! {
        <section class="panel template-part template-install" aria-labelledby="install">
            <h2 id="install">{t(TemplateText::InstallTitle)}</h2>
            <p class="hint">{t(TemplateText::OpensFlow)}</p>
            {loaded(places, move |list| {
                let folders = list.folders.into_iter().map(|folder| Choice { value: folder.id.to_string(), label: folder.name });
                view! {
                    <Form template=template.get_value() title connections=list.connections folders=folders.collect()/>
                }
            })}
        </section>
    }
}

#[component]
fn Form(
    template: TemplateView,
    title: Signal<String>,
    connections: Vec<Connection>,
    folders: Vec<Choice>,
) -> impl IntoView {
    let speech = use_speech();
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let asked_folder = use_query_value("folder");
    let folder = RwSignal::new(asked_folder.get_untracked().unwrap_or_default());
    let chosen = connection_choices(&template, &connections);
    let answers: Chosen = StoredValue::new(
        template
            .asks
            .iter()
            .map(|ask| (ask.key.clone(), RwSignal::new(String::new())))
            .collect(),
    );
    let id = template.row.id.clone();
    let install = Action::new(move |(): &()| {
        let values = |of: Chosen| {
            of.with_value(|of| {
                let filled = of
                    .iter()
                    .map(|(key, value)| (key.clone(), value.get_untracked()));
                filled
                    .filter(|(_, value)| !value.is_empty())
                    .collect::<BTreeMap<_, _>>()
            })
        };
        let request = InstallTemplate {
            language: speech.language().tag().to_owned(),
            folder: Some(folder.get_untracked())
                .filter(|id| !id.is_empty())
                .map(Into::into),
            connections: values(chosen)
                .into_iter()
                .map(|(module, id)| (module, ConnectionId::from(id)))
                .collect(),
            answers: values(answers),
        };
        let (id, navigate) = (id.clone(), navigate.clone());
        async move {
            let made = rpc::install_template(id, request).await?;
            toasts.say(&TemplateText::Installed {
                name: title.get_untracked(),
            });
            let path = match made.flows.first() {
                Some(flow) => format!("/flows/{}?coach=1", flow.id),
                None => format!("/flows?folder={}", made.folder),
            };
            navigate(&path, NavigateOptions::default());
            Ok::<(), rpc::Refusal>(())
        }
    });
    let selects = chosen.with_value(|chosen| {
        chosen.iter().map(|(module, value)| {
            view! { <ChooseConnection module=module.clone() value=*value connections=connections.clone()/> }
        }).collect_view()
    });
    let questions = template.asks.into_iter().filter_map(|ask| {
        let value = answers.with_value(|answers| answers.get(&ask.key).copied())?;
        Some(view! { <Question ask value/> })
    });
    let places = Signal::derive(move || {
        let mut places = vec![Choice {
            value: String::new(),
            label: t(TemplateText::TopFolder).get(),
        }];
        places.extend(folders.clone());
        places
    });
    view! {
        <form class="form" on:submit=move |event| { event.prevent_default(); install.dispatch(()); }>
            {refused(move || install.value().get())}
            {selects}
            {questions.collect_view()}
            <SelectField label=t(TemplateText::Folder) name="template-folder" value=folder choices=places/>
            <Button kind=ButtonKind::Primary submit=true icon="download" busy=install.pending()>
                {t(TemplateText::Install)}
            </Button>
        </form>
    }
}

/// A choice for each module, with the only connection of a module chosen already.
fn connection_choices(template: &TemplateView, connections: &[Connection]) -> Chosen {
    let modules = template.row.connectors.iter().map(|module| {
        let mut fitting = connections.iter().filter(|known| known.module == *module);
        let first = fitting.next().map(|known| known.id.to_string());
        let only = first.filter(|_| fitting.next().is_none());
        (module.clone(), RwSignal::new(only.unwrap_or_default()))
    });
    StoredValue::new(modules.collect())
}

#[component]
fn ChooseConnection(
    module: String,
    value: RwSignal<String>,
    connections: Vec<Connection>,
) -> impl IntoView {
    let fitting: Vec<Choice> = connections
        .into_iter()
        .filter(|known| known.module == module)
        .map(|known| Choice {
            value: known.id.to_string(),
            label: known.name,
        })
        .collect();
    let has_none = fitting.is_empty();
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice {
            value: String::new(),
            label: t(TemplateText::ChooseLater).get(),
        }];
        choices.extend(fitting.clone());
        choices
    });
    let named = if module == "okta" {
        "Okta".to_owned()
    } else {
        module.clone()
    };
    view! {
        <SelectField
            label=t(TemplateText::Connection { module: named })
            name=format!("template-{module}")
            value
            choices
        />
        {has_none.then(|| view! {
            <LinkButton icon="plug" href="/connections/new">{t(TemplateText::NewConnection)}</LinkButton>
        })}
    }
}

#[component]
fn Question(ask: TemplateAsk, value: RwSignal<String>) -> impl IntoView {
    let id = format!("template-{}", ask.key);
    let note = format!("{id}-note");
    view! {
        <div class="field">
            <label for=id.clone()>{spoken(ask.label)}</label>
            <input class="input" id=id type="text" maxlength="2000" spellcheck="false" aria-describedby=note.clone() bind:value=value/>
            <p class="hint" id=note>{t(TemplateText::LeaveEmpty { example: ask.example })}</p>
        </div>
    }
}
