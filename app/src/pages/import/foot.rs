//! The bar at the bottom: the folder, what to know, and the way on.

use api::{FlowQuery, PackView};
use leptos::prelude::*;

use super::plan::{Plan, Step};
use crate::i18n::texts::ImportText;
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Choice, Icon, SelectField, use_toasts};
use crate::rpc;

/// Back, next, import.
#[component]
pub fn Foot(
    /// The pack.
    pack: PackView,
    /// What was decided.
    plan: Plan,
) -> impl IntoView {
    let toasts = use_toasts();
    let import = Action::new(move |(): &()| {
        let text = plan.file.get_untracked().map(|file| file.text);
        let assignments = plan.assignments();
        async move {
            match rpc::import_pack(text.unwrap_or_default(), assignments).await {
                Ok(report) => {
                    plan.report.set(Some(report));
                    plan.step.set(Step::Done);
                }
                Err(refusal) => toasts.refuse(&refusal),
            }
        }
    });
    let step = plan.step.get_untracked();
    let warnings = pack.problems.len();
    let next = match step {
        Step::Contents => view! {
            <Button
                kind=ButtonKind::Primary
                on_press=move || plan.step.set(Step::Assign)
            >
                {t(ImportText::NextAssign)}
                <Icon name="arrow-right"/>
            </Button>
        }
        .into_any(),
        _ => view! {
            <Button
                kind=ButtonKind::Primary
                icon="package"
                busy=import.pending()
                on_press=move || { import.dispatch(()); }
            >
                {t(ImportText::ImportNow)}
            </Button>
        }
        .into_any(),
    };
    let back = move || {
        if step == Step::Contents {
            plan.restart();
        } else {
            plan.step.set(Step::Contents);
        }
    };
    view! {
        <footer class="import-foot">
            <FolderChoice name=pack.name folder=plan.folder/>
            <div class="actions">
                {(warnings > 0)
                    .then(|| {
                        view! {
                            <span class="tone-icon" data-tone="warn"><Icon name="triangle-alert"/></span>
                            <span>{t(ImportText::Warnings { n: warnings })}</span>
                        }
                    })}
                <Button on_press=back>{t(ImportText::Back)}</Button>
                {next}
            </div>
        </footer>
    }
}

#[component]
fn FolderChoice(name: String, folder: RwSignal<String>) -> impl IntoView {
    let speech = use_speech();
    let list = Resource::new(|| (), |()| rpc::list_flows(FlowQuery::default()));
    let choices = Signal::derive(move || {
        let new = Choice {
            value: String::new(),
            label: speech.say(&ImportText::NewFolderNamed { name: name.clone() }),
        };
        let folders = list.get().and_then(Result::ok).map(|list| list.folders);
        let known = folders
            .unwrap_or_default()
            .into_iter()
            .map(|folder| Choice {
                value: folder.id.to_string(),
                label: folder.name,
            });
        std::iter::once(new).chain(known).collect()
    });
    view! {
        <Transition>
            <div class="foot-folder">
                <SelectField label=t(ImportText::FolderLabel) name="import-folder" value=folder choices/>
            </div>
        </Transition>
    }
}
