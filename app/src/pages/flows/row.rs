//! One flow in the list.

use api::{ExportRequest, FlowRow, TurnOn};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::export::export;
use super::remove::Doomed;
use crate::i18n::texts::{FlowText, KindText};
use crate::i18n::{Moment, t};
use crate::kit::{FlowTile, Icon, Menu, MenuItem, Switch, Tag, Tone, flow_kind, use_toasts};
use crate::rpc;

/// A row: name, how it is started, state, switch, menu.
#[component]
pub fn FlowLine(
    /// The flow.
    flow: FlowRow,
    /// Name of its folder, where the list shows several.
    folder: Option<String>,
    /// Where to put a flow that shall be deleted.
    doomed: RwSignal<Option<Doomed>>,
    /// It was turned on or off.
    on_changed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let href = format!("/flows/{}", flow.id);
    let (_, _, kind) = flow_kind(flow.kind);
    let name = flow.name.clone();
    let exported = flow.id.clone();
    let runs = format!("/runs?flow={}", flow.id);
    let victim = Doomed {
        id: flow.id.clone(),
        name: name.clone(),
    };
    let (id, on_name) = (flow.id.clone(), name.clone());
    let turn = Action::new(move |on: &bool| {
        let (on, name) = (*on, on_name.clone());
        let request = TurnOn { id: id.clone(), on };
        async move {
            match rpc::turn(request).await {
                Ok(_) if on => toasts.say(&FlowText::TurnedOn { name }),
                Ok(_) => toasts.say(&FlowText::TurnedOff { name }),
                Err(refusal) => toasts.refuse(&refusal),
            }
            on_changed.run(());
        }
    });
    // A flow with problems cannot be turned on; its problems are shown where they can be solved.
    let is_stuck = flow.problems > 0 && !flow.is_on;
    let is_on = flow.is_on;
    view! {
        <tr>
            <td class="cell-main cell-fill">
                <div class="cell-row">
                    <FlowTile kind=flow.kind/>
                    <a class="ellipsis" href=href.clone() title=name.clone()>{name.clone()}</a>
                </div>
            </td>
            {folder.map(|folder| view! { <td class="cell-folder cell-wide ellipsis" title=folder.clone()>{folder.clone()}</td> })}
            <td class="cell-tight">{t(kind)}</td>
            <td class="cell-tight">{state(&flow, href)}</td>
            <td class="cell-tight cell-wide"><Moment at=flow.updated_at/></td>
            <td class="cell-tight">
                <Switch
                    label=t(FlowText::TurnOnNamed { name: name.clone() })
                    on=Signal::derive(move || is_on)
                    disabled=Signal::derive(move || is_stuck || turn.pending().get())
                    on_change=move |on| { turn.dispatch(on); }
                />
            </td>
            <td class="cell-tight">
                <Menu label=t(FlowText::MenuOf { name }) face=|| view! { <Icon name="ellipsis"/> }>
                    <MenuItem on_press={
                        let (navigate, runs) = (navigate.clone(), runs.clone());
                        move || navigate(&runs, leptos_router::NavigateOptions::default())
                    }>
                        <Icon name="history"/>
                        {t(FlowText::OpenRuns)}
                    </MenuItem>
                    <MenuItem on_press={
                        let id = exported.clone();
                        move || export(ExportRequest::Flow { id: id.clone() }, toasts)
                    }>
                        <Icon name="download"/>
                        {t(KindText::ExportFlow)}
                    </MenuItem>
                    <MenuItem danger=true on_press={
                        let victim = victim.clone();
                        move || doomed.set(Some(victim.clone()))
                    }>
                        <Icon name="trash-2"/>
                        {t(FlowText::Delete)}
                    </MenuItem>
                </Menu>
            </td>
        </tr>
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
