//! The dialogs of the flows page: naming, describing and deleting folders, deleting flows, and why a flow stays off.

use api::{DeleteFolder, FlowRow, Folder, FolderChange, FolderContents, NewFolder, PlacedProblem};
use flow::Severity;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::desk::{Ask, Desk, Verb};
use super::move_to::MoveTo;
use crate::editor::problem_text;
use crate::i18n::texts::{FlowText, FolderText, InspectText, KitText};
use crate::i18n::{Language, Speech, t, use_speech};
use crate::kit::{
    Button, ButtonKind, Dialog, ErrorBox, Icon, LinkButton, Loading, TextField, refused,
};
use crate::rpc;

/// The one dialog that is open, if any.
#[component]
pub(super) fn Dialogs(desk: Desk) -> impl IntoView {
    let speech = use_speech();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(desk.dialog.read().is_some()));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            desk.dialog.set(None);
        }
        is_open
    });
    let title = Signal::derive(move || {
        let text = desk.dialog.get().map(|ask| title_of(&ask));
        text.map(|text| speech.say(&text)).unwrap_or_default()
    });
    view! {
        <Dialog open title>
            {move || desk.dialog.get().map(|ask| body(desk, ask))}
        </Dialog>
    }
}

fn title_of(ask: &Ask) -> FolderText {
    match ask {
        Ask::NewFolder(None) => FolderText::NewTop,
        Ask::NewFolder(Some(parent)) => FolderText::NewIn {
            name: parent.name.clone(),
        },
        Ask::Describe(folder) => FolderText::DescribeNamed {
            name: folder.name.clone(),
        },
        Ask::MoveFolder(folder) => FolderText::MoveNamed {
            name: folder.name.clone(),
        },
        Ask::DeleteFolder(folder) => FolderText::DeleteNamed {
            name: folder.name.clone(),
        },
        Ask::MoveFlows(flows) => FolderText::MoveFlows { n: flows.len() },
        Ask::DeleteFlows(flows) => FolderText::DeleteSome { n: flows.len() },
        Ask::Stuck(flow, _) => FolderText::CannotTurnOn {
            name: flow.name.clone(),
        },
    }
}

fn body(desk: Desk, ask: Ask) -> AnyView {
    match ask {
        Ask::NewFolder(parent) => view! { <FolderForm desk parent folder=None/> }.into_any(),
        Ask::Describe(folder) => {
            view! { <FolderForm desk parent=None folder=Some(folder)/> }.into_any()
        }
        Ask::MoveFolder(folder) => {
            view! { <MoveTo desk folder=Some(folder) flows=Vec::new()/> }.into_any()
        }
        Ask::MoveFlows(flows) => view! { <MoveTo desk folder=None flows/> }.into_any(),
        Ask::DeleteFolder(folder) => view! { <RemoveFolder desk folder/> }.into_any(),
        Ask::DeleteFlows(flows) => view! { <RemoveFlows desk flows/> }.into_any(),
        Ask::Stuck(flow, refusal) => view! { <Stuck desk flow refusal/> }.into_any(),
    }
}

/// Name and description of a new folder, or of one that is here.
#[component]
fn FolderForm(desk: Desk, parent: Option<Folder>, folder: Option<Folder>) -> impl IntoView {
    let is_new = folder.is_none();
    let name = RwSignal::new(
        folder
            .as_ref()
            .map(|it| it.name.clone())
            .unwrap_or_default(),
    );
    let about = RwSignal::new(
        folder
            .as_ref()
            .map(|it| it.description.clone())
            .unwrap_or_default(),
    );
    let save = Action::new(move |(): &()| {
        let (folder, parent) = (folder.clone(), parent.clone());
        let (name, description) = (name.get_untracked(), about.get_untracked());
        async move {
            match folder {
                Some(folder) => {
                    let change = FolderChange {
                        name: Some(name),
                        description: Some(description),
                    };
                    rpc::change_folder(folder.id, change).await?;
                }
                None => {
                    let parent = parent.map(|parent| parent.id);
                    if let Some(parent) = parent.clone() {
                        desk.opened.update(|opened| {
                            opened.insert(parent);
                        });
                    }
                    let new = NewFolder {
                        name,
                        description,
                        parent,
                    };
                    rpc::create_folder(new).await?;
                }
            }
            desk.dialog.set(None);
            desk.reload();
            Ok::<(), rpc::Refusal>(())
        }
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                save.dispatch(());
            }
        >
            {refused(move || save.value().get())}
            <TextField label=t(FlowText::FolderName) name="folder-name" value=name required=true first=true/>
            <div class="field">
                <label for="folder-about">{t(FolderText::Description)}</label>
                <textarea
                    class="input textarea"
                    id="folder-about"
                    rows="3"
                    maxlength="2000"
                    aria-describedby="folder-about-note"
                    prop:value=move || about.get()
                    on:input=move |event| about.set(event_target_value(&event))
                ></textarea>
                <p class="hint" id="folder-about-note">{t(FolderText::DescriptionHint)}</p>
            </div>
            <div class="dialog-foot">
                <Button on_press=move || desk.dialog.set(None)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=save.pending()>
                    {if is_new { t(FlowText::Create) } else { t(FolderText::Save) }}
                </Button>
            </div>
        </form>
    }
}

/// Says in figures what goes and what stops; where flows go, the name has to be typed.
#[component]
fn RemoveFolder(desk: Desk, folder: Folder) -> impl IntoView {
    let id = folder.id.clone();
    let contents = LocalResource::new(move || rpc::folder_contents(id.clone()));
    let typed = RwSignal::new(String::new());
    let navigate = use_navigate();
    let name = folder.name.clone();
    let folder = StoredValue::new(folder);
    let remove = Action::new(move |(): &()| {
        let folder = folder.get_value();
        let name = typed.get_untracked();
        let navigate = navigate.clone();
        async move {
            let request = DeleteFolder {
                name: Some(name).filter(|name| !name.is_empty()),
            };
            rpc::delete_folder(folder.id.clone(), request).await?;
            desk.dialog.set(None);
            desk.toasts.say(&FolderText::Deleted { name: folder.name });
            // What was in it is not here any more either.
            let chosen = desk.asked.with_untracked(|asked| asked.folder.clone());
            let inside = desk
                .list
                .with_untracked(|list| super::branches::below(&list.folders, &folder.id));
            if chosen.is_some_and(|chosen| inside.contains(&chosen)) {
                let up = folder
                    .parent
                    .map(|parent| format!("/flows?folder={parent}"));
                navigate(
                    &up.unwrap_or_else(|| "/flows".to_owned()),
                    NavigateOptions::default(),
                );
            }
            super::tree::focus_row(None);
            desk.reload();
            Ok::<(), rpc::Refusal>(())
        }
    });
    let has_flows = move || {
        contents
            .get()
            .and_then(Result::ok)
            .is_some_and(|found| found.flows > 0)
    };
    let own_name = StoredValue::new(name.clone());
    let is_named =
        move || !has_flows() || own_name.with_value(|name| typed.get().trim() == name.trim());
    let is_known = move || contents.get().is_some_and(|found| found.is_ok());
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                if is_known() && is_named() {
                    remove.dispatch(());
                }
            }
        >
            {refused(move || remove.value().get())}
            {move || match contents.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Err(refusal)) => view! { <ErrorBox refusal/> }.into_any(),
                Some(Ok(found)) => view! { <ul class="bullets">{lines(&found)}</ul> }.into_any(),
            }}
            {move || has_flows().then(|| view! {
                <TextField label=t(FolderText::TypeName { name: own_name.get_value() }) name="folder-typed" value=typed/>
            })}
            <div class="dialog-foot">
                <Button on_press=move || desk.dialog.set(None)>{t(KitText::Cancel)}</Button>
                <Button
                    kind=ButtonKind::Danger
                    submit=true
                    busy=remove.pending()
                    disabled=Signal::derive(move || !is_known() || !is_named())
                >
                    {t(FolderText::Delete)}
                </Button>
            </div>
        </form>
    }
}

/// What happens, a line for each thing that there is.
fn lines(found: &FolderContents) -> impl IntoView + use<> {
    let mut texts = Vec::new();
    if found.flows > 0 {
        texts.push(FolderText::DeleteFlows { n: found.flows });
    }
    if found.flows_on > 0 {
        texts.push(FolderText::DeleteOn { n: found.flows_on });
    }
    if found.folders > 0 {
        texts.push(FolderText::DeleteFolders { n: found.folders });
    }
    if found.tables > 0 {
        texts.push(FolderText::DeleteTables {
            n: found.tables,
            rows: found.rows,
        });
    }
    if found.tables_kept > 0 {
        texts.push(FolderText::DeleteKeeps {
            n: found.tables_kept,
        });
    }
    if found.callers > 0 {
        texts.push(FolderText::DeleteCallers { n: found.callers });
    }
    if found.flows > 0 {
        texts.push(FolderText::DeleteRuns);
    }
    if texts.is_empty() {
        texts.push(FolderText::DeleteEmpty);
    }
    texts
        .into_iter()
        .map(|text| view! { <li>{t(text)}</li> })
        .collect_view()
}

#[component]
fn RemoveFlows(desk: Desk, flows: Vec<FlowRow>) -> impl IntoView {
    let on = flows.iter().filter(|flow| flow.is_on).count();
    let names: Vec<String> = flows.iter().take(5).map(|flow| flow.name.clone()).collect();
    let more = flows.len().saturating_sub(names.len());
    let names = names.into_iter().map(|name| view! { <li>{name}</li> });
    let flows = StoredValue::new(flows);
    view! {
        <ul class="bullets">
            {names.collect_view()}
            {(more > 0).then(|| view! { <li>{t(FolderText::HasFlows { n: more })}" …"</li> })}
        </ul>
        <p>
            {if on > 0 { t(FolderText::DeleteSomeOn { on }) } else { t(FolderText::DeleteRuns) }}
        </p>
        <div class="dialog-foot">
            <Button on_press=move || desk.dialog.set(None)>{t(KitText::Cancel)}</Button>
            <Button
                kind=ButtonKind::Danger
                on_press=move || {
                    let flows = flows.get_value();
                    desk.dialog.set(None);
                    desk.start(Verb::Delete, flows, None);
                }
            >
                {t(FolderText::DeleteSomeAction)}
            </Button>
        </div>
    }
}

/// Why a flow cannot be turned on, and the way to its problems.
#[component]
fn Stuck(desk: Desk, flow: FlowRow, refusal: rpc::Refusal) -> impl IntoView {
    let speech = use_speech();
    let id = flow.id.clone();
    let found = LocalResource::new(move || rpc::list_problems(id.clone()));
    view! {
        {move || match found.get() {
            // What the server said stands there until the list is here, and where it does not come.
            None | Some(Err(_)) => view! { <ErrorBox refusal=refusal.clone()/> }.into_any(),
            Some(Ok(problems)) => view! { <ProblemRows speech problems/> }.into_any(),
        }}
        <div class="dialog-foot">
            <Button on_press=move || desk.dialog.set(None)>{t(KitText::Close)}</Button>
            <LinkButton kind=ButtonKind::Primary href=format!("/flows/{}", flow.id)>
                {t(FolderText::OpenProblems)}
            </LinkButton>
        </div>
    }
}

/// What keeps a flow from being turned on, card by card; warnings are only counted.
#[component]
fn ProblemRows(speech: Speech, problems: Vec<PlacedProblem>) -> impl IntoView {
    let is_error = |placed: &&PlacedProblem| placed.problem.severity == Severity::Error;
    let warnings = problems.len() - problems.iter().filter(is_error).count();
    let rows = problems
        .into_iter()
        .filter(|placed| is_error(&placed))
        .map(|placed| {
            let title = placed.title.map(|said| match speech.language() {
                Language::English => said.en,
                Language::Japanese => said.ja,
            });
            let text = problem_text(speech, &placed.problem);
            view! {
                <li>
                    <Icon name="circle-alert"/>
                    <span class="card-number number">{placed.number}</span>
                    <span><b>{title}</b>" "{text}</span>
                </li>
            }
        });
    view! {
        <p>{t(InspectText::WhyNot)}</p>
        <ul class="stuck-problems">{rows.collect_view()}</ul>
        {(warnings > 0).then(|| view! { <p class="hint">{t(InspectText::WarningsToo { n: warnings })}</p> })}
    }
}
