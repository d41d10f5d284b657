//! One flow in the list.

use api::{Connection, ConnectionState, ExportRequest, FlowRow, TurnOn};
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::desk::{Ask, Desk, Dragged, Verb, folder_name};
use super::export::export;
use super::listing::Column;
use super::tree::carry;
use crate::i18n::texts::{FlowText, FolderText, InspectText, KindText};
use crate::i18n::{Ago, t};
use crate::kit::{FlowTile, Icon, Menu, MenuItem, Switch, Tag, Tone, flow_kind, run_status};
use crate::rpc;
use crate::shell::use_may_change;

/// A row: what picks it out, name, the chosen columns, switch, menu.
#[component]
pub(super) fn FlowLine(
    desk: Desk,
    /// The flow.
    flow: FlowRow,
    /// Its place in the list, from 0.
    index: usize,
    /// Which columns are seen.
    has: Signal<Vec<Column>>,
) -> impl IntoView {
    let href = format!("/flows/{}", flow.id);
    let (_, _, kind) = flow_kind(flow.kind);
    let name = flow.name.clone();
    let id = StoredValue::new(flow.id.clone());
    let row = StoredValue::new(flow.clone());
    let is_picked = Memo::new(move |_| desk.picked.with(|picked| picked.contains(&id.get_value())));
    let sees = move |column: Column| has.with(|has| has.contains(&column));
    let folder = desk
        .list
        .with_untracked(|list| folder_name(&list.folders, &flow));
    let author = flow.author.clone().unwrap_or_default();
    let last_run = flow.last_run.clone();
    let (created, changed) = (flow.created_at, flow.updated_at);
    let on_drag = move |event: DragEvent| {
        let flows = row.with_value(|flow| desk.meant(flow));
        carry(&event, &row.with_value(|flow| flow.name.clone()));
        desk.dragged.set(Some(Dragged::Flows(
            flows.into_iter().map(|flow| flow.id).collect(),
        )));
    };
    let may_change = use_may_change();
    view! {
        <tr
            aria-rowindex=(index + 2).to_string()
            class:row-picked=is_picked
            draggable=move || may_change.get().to_string()
            on:dragstart=on_drag
            on:dragend=move |_| desk.dragged.set(None)
        >
            <td class="cell-tight cell-pick">
                <input
                    type="checkbox"
                    aria-label=t(FolderText::Select { name: name.clone() })
                    disabled=move || !may_change.get()
                    prop:checked=is_picked
                    on:change=move |event| {
                        let is_on = event_target_checked(&event);
                        desk.picked.update(|picked| {
                            if is_on { picked.insert(id.get_value()); } else { picked.remove(&id.get_value()); }
                        });
                    }
                />
            </td>
            <td class="cell-main cell-fill">
                <div class="cell-row">
                    <FlowTile kind=flow.kind/>
                    <a class="ellipsis" href=href.clone() title=name.clone() draggable="false">{name.clone()}</a>
                    <Dots desk flow=flow.clone()/>
                </div>
            </td>
            {move || sees(Column::Folder).then(|| {
                let folder = folder.clone();
                view! { <td class="cell-folder cell-wide ellipsis" title=folder.clone()>{folder.clone()}</td> }
            })}
            {move || sees(Column::Kind).then(|| view! { <td class="cell-tight cell-roomy">{t(kind.clone())}</td> })}
            <td class="cell-tight">{state(&flow, href)}</td>
            {move || sees(Column::Author).then(|| view! { <td class="cell-tight cell-wide cell-author ellipsis">{author.clone()}</td> })}
            {move || sees(Column::Created).then(|| view! { <td class="cell-tight cell-wide"><Ago at=created/></td> })}
            {move || sees(Column::Changed).then(|| view! { <td class="cell-tight cell-wide"><Ago at=changed/></td> })}
            {move || sees(Column::LastRun).then(|| view! { <td class="cell-tight cell-wide">{ran(last_run.clone())}</td> })}
            <td class="cell-tight"><OnOff desk row/></td>
            <td class="cell-tight"><RowMenu desk row/></td>
        </tr>
    }
}

/// The connections of a flow, a dot each; those that do not work stand out by shape too.
#[component]
fn Dots(desk: Desk, flow: FlowRow) -> impl IntoView {
    /// More are counted.
    const MOST: usize = 3;
    let known: Vec<Connection> = desk.list.with_untracked(|list| {
        let all = list.connections.iter();
        all.filter(|known| flow.connections.contains(&known.id))
            .cloned()
            .collect()
    });
    let rest = known.len().saturating_sub(MOST);
    let dots = known.into_iter().take(MOST).map(|known| {
        let is_well = known.state == ConnectionState::Authorized;
        let name = known.name;
        let (tone, icon, text) = if is_well {
            (Tone::Ok, "plug", FolderText::ConnectionNamed { name })
        } else {
            (Tone::Warn, "triangle-alert", FolderText::ConnectionBroken { name })
        };
        let text = t(text);
        view! {
            <span class="tone-icon flow-dot" data-tone=tone.tag() role="img" aria-label=text title=text>
                <Icon name=icon/>
            </span>
        }
    });
    view! {
        <span class="flow-dots">
            {dots.collect_view()}
            {(rest > 0).then(|| view! { <span class="muted">"+"{rest}</span> })}
        </span>
    }
}

/// The switch. A flow with problems stays off and says why.
#[component]
fn OnOff(desk: Desk, row: StoredValue<FlowRow>) -> impl IntoView {
    let turn = Action::new(move |on: &bool| {
        let (on, flow) = (*on, row.get_value());
        let name = flow.name.clone();
        async move {
            match rpc::turn(TurnOn {
                id: flow.id.clone(),
                on,
            })
            .await
            {
                Ok(row) if on && row.problems > 0 => {
                    let n = row.problems;
                    desk.toasts.warn(&InspectText::OnWithWarnings { name, n });
                }
                Ok(_) if on => desk.toasts.say(&FlowText::TurnedOn { name }),
                Ok(_) => desk.toasts.say(&FlowText::TurnedOff { name }),
                Err(refusal) if refusal.code() == Some(api::ErrorCode::HasProblems) => {
                    desk.dialog.set(Some(Ask::Stuck(flow, refusal)));
                }
                Err(refusal) => desk.toasts.refuse(&refusal),
            }
            desk.reload();
        }
    });
    let (name, is_on) = row.with_value(|flow| (flow.name.clone(), flow.is_on));
    let may_change = use_may_change();
    view! {
        <Switch
            label=t(FlowText::TurnOnNamed { name })
            on=Signal::derive(move || is_on)
            disabled=Signal::derive(move || turn.pending().get() || !may_change.get())
            on_change=move |on| { turn.dispatch(on); }
        />
    }
}

#[component]
fn RowMenu(desk: Desk, row: StoredValue<FlowRow>) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let name = row.with_value(|flow| flow.name.clone());
    let runs = move || {
        let path = row.with_value(|flow| format!("/runs?flow={}", flow.id));
        navigate.with_value(|navigate| navigate(&path, NavigateOptions::default()));
    };
    let meant = move || row.with_value(|flow| desk.meant(flow));
    let may_change = use_may_change();
    let copy = move || {
        desk.start(
            Verb::Duplicate,
            vec![row.get_value()],
            Some(|name| FolderText::CopyOf { name }),
        )
    };
    let save = move || {
        let id = row.with_value(|flow| flow.id.clone());
        export(ExportRequest::Flow { id }, desk.toasts);
    };
    view! {
        <Menu label=t(FlowText::MenuOf { name }) floating=true face=|| view! { <Icon name="ellipsis"/> }>
            <MenuItem on_press=runs>
                <Icon name="history"/>
                {t(FlowText::OpenRuns)}
            </MenuItem>
            {move || may_change.get().then(|| view! {
                <MenuItem on_press=move || desk.dialog.set(Some(Ask::MoveFlows(meant())))>
                    <Icon name="folder-open"/>
                    {t(FolderText::MoveTo)}
                </MenuItem>
                <MenuItem on_press=copy>
                    <Icon name="copy"/>
                    {t(FolderText::Duplicate)}
                </MenuItem>
            })}
            <MenuItem on_press=save>
                <Icon name="download"/>
                {t(KindText::ExportFlow)}
            </MenuItem>
            {move || may_change.get().then(|| view! {
                <MenuItem danger=true on_press=move || desk.dialog.set(Some(Ask::DeleteFlows(vec![row.get_value()])))>
                    <Icon name="trash-2"/>
                    {t(FlowText::Delete)}
                </MenuItem>
            })}
        </Menu>
    }
}

/// Returns what is to be done about a flow, else whether it is on.
fn state(flow: &FlowRow, href: String) -> AnyView {
    match (flow.problems, flow.is_on, flow.version) {
        (0, true, _) => {
            view! { <Tag tone=Tone::Ok icon="circle-check">{t(FlowText::On)}</Tag> }.into_any()
        }
        (0, false, None) => {
            view! { <Tag icon="circle-dashed">{t(FlowText::Draft)}</Tag> }.into_any()
        }
        (0, false, Some(_)) => {
            view! { <Tag icon="circle-pause">{t(FlowText::Off)}</Tag> }.into_any()
        }
        (n, ..) => view! {
            <a href=href>
                <Tag tone=Tone::Warn icon="triangle-alert">{t(FlowText::Problems { n })}</Tag>
            </a>
        }
        .into_any(),
    }
}

fn ran(run: Option<api::LastRun>) -> AnyView {
    let Some(run) = run else {
        return view! { <span class="muted">{t(FolderText::NeverRan)}</span> }.into_any();
    };
    let (tone, icon, text) = run_status(run.status);
    let text = t(text);
    view! {
        <a class="last-run" href=format!("/runs/{}", run.id)>
            <span class="tone-icon" data-tone=tone.tag() role="img" aria-label=text title=text><Icon name=icon/></span>
            <Ago at=run.at/>
        </a>
    }
    .into_any()
}
