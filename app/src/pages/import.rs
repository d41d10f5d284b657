//! The import assistant: a file, what is in it, what to assign, and what became of it. Nothing is written before
//! the last step.

use leptos::prelude::*;

pub mod assign;
pub mod contents;
pub mod done;
pub mod file;
pub mod foot;
pub mod plan;
pub mod preview;
pub mod steps;
pub mod todos;
pub mod tree;

use crate::i18n::t;
use crate::i18n::texts::{ImportText, KitText};
use crate::kit::{ButtonKind, Crumb, Crumbs, LinkButton};
use crate::shell::{RailPage, use_query_value};
use plan::{Plan, Step};
use steps::Steps;

/// The assistant.
#[component]
pub fn ImportPage() -> impl IntoView {
    let plan = Plan::new();
    // From a folder's menu: everything goes into it unless something else is chosen.
    if let Some(folder) = use_query_value("folder").get_untracked() {
        plan.folder.set(folder);
    }
    let above = vec![Crumb {
        name: t(ImportText::Flows),
        href: "/flows".to_owned(),
    }];
    let above = StoredValue::new(above);
    view! {
        <RailPage
            title=t(ImportText::Title)
            lead=move || view! { <Crumbs above=above.get_value() here=t(ImportText::Title)/> }
            middle=move || view! { <Steps current=plan.step/> }
            actions=|| {
                view! {
                    <LinkButton kind=ButtonKind::Bare icon="x" href="/flows">
                        {t(KitText::Close)}
                    </LinkButton>
                }
            }
        >
            {move || match (plan.step.get(), plan.pack.get()) {
                (Step::Done, _) => view! { <done::Done plan/> }.into_any(),
                (step, Some(pack)) if step != Step::File => {
                    view! {
                        <div class="import">
                            <tree::Tree pack=pack.clone() plan/>
                            <div class="import-middle">
                                {match step {
                                    Step::Contents => view! { <contents::Contents pack=pack.clone()/> }.into_any(),
                                    _ => view! {
                                        <assign::Assign pack=pack.clone() plan/>
                                        <todos::Todos todos=pack.todos.clone() plan/>
                                    }.into_any(),
                                }}
                            </div>
                            <preview::Preview flows=pack.flows.clone()/>
                            <foot::Foot pack plan/>
                        </div>
                    }
                        .into_any()
                }
                _ => view! { <file::ChooseFile plan/> }.into_any(),
            }}
        </RailPage>
    }
}
