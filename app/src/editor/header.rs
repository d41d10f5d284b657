//! The header of the editor: where the flow is, its name and state, undo, on and off, run, save.

use flow::FlowEdit;
use leptos::html;
use leptos::prelude::*;

use super::draft::DraftState;
use super::state::Editor;
use crate::i18n::t;
use crate::i18n::texts::EditorText;
use crate::kit::{Button, ButtonKind, Icon, Switch, Tab, Tabs};

/// The way to the flow, its name, the state of its draft.
#[component]
pub fn EditorLead(editor: Editor) -> impl IntoView {
    let is_named = RwSignal::new(false);
    let name = Memo::new(move |_| editor.board.flow.with(|flow| flow.name.clone()));
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            field.select();
            if field.focus().is_err() {
                leptos::logging::warn!("the name cannot be focused");
            }
        }
    });
    let keep = move || {
        let text = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        let text = text.trim().to_owned();
        is_named.set(false);
        if !text.is_empty() && text != name.get_untracked() {
            editor.edit(FlowEdit::Rename { name: text });
        }
    };
    view! {
        <nav class="crumbs" aria-label=t(EditorText::Way)>
            <ol>
                <li>
                    <a href="/flows">{move || editor.folder.get().unwrap_or_else(|| t(EditorText::Flows).get())}</a>
                    <Icon name="chevron-right"/>
                </li>
                <li class="crumbs-here">
                    {move || {
                        if is_named.get() {
                            view! {
                                <input
                                    class="input flow-name-field"
                                    aria-label=t(EditorText::FlowName)
                                    maxlength="200"
                                    value=name.get_untracked()
                                    node_ref=field
                                    on:blur=move |_| keep()
                                    on:keydown=move |event| {
                                        match event.key().as_str() {
                                            "Enter" if !event.is_composing() => keep(),
                                            "Escape" if !event.is_composing() => is_named.set(false),
                                            _ => return,
                                        }
                                        request_animation_frame(|| crate::canvas::board::focus_first(".flow-name"));
                                    }
                                />
                            }
                                .into_any()
                        } else if editor.draft.is_read_only.get() {
                            view! { <h1 class="ellipsis flow-name-fixed">{move || name.get()}</h1> }.into_any()
                        } else {
                            view! {
                                <h1 class="ellipsis">
                                    <button class="flow-name ellipsis" type="button" title=t(EditorText::RenameFlow) on:click=move |_| is_named.set(true)>
                                        {move || name.get()}
                                    </button>
                                </h1>
                            }
                                .into_any()
                        }
                    }}
                </li>
            </ol>
        </nav>
        <DraftTag editor/>
    }
}

#[component]
fn DraftTag(editor: Editor) -> impl IntoView {
    let text = move || {
        let text = match editor.draft.state.get() {
            DraftState::Version => EditorText::Saved,
            DraftState::Kept => EditorText::DraftKept,
            DraftState::Waiting | DraftState::Saving => EditorText::DraftSaving,
            DraftState::Conflict
            | DraftState::Offline
            | DraftState::SignedOut
            | DraftState::Refused(_) => EditorText::DraftNotKept,
        };
        editor.speech.say(&text)
    };
    let is_loaded = move || editor.row.read().is_some();
    move || {
        is_loaded().then(|| view! { <span class="tag draft-tag" data-tone="plain"><Icon name="circle-dot"/>{text}</span> })
    }
}

/// Design, runs, versions.
#[component]
pub fn EditorTabs(chosen: RwSignal<&'static str>) -> impl IntoView {
    let tabs = vec![
        Tab {
            value: "design",
            label: t(EditorText::Design),
        },
        Tab {
            value: "runs",
            label: t(EditorText::Runs),
        },
        Tab {
            value: "versions",
            label: t(EditorText::Versions),
        },
    ];
    view! { <Tabs label=t(EditorText::Views) tabs chosen/> }
}

/// Undo, redo, on and off, run, save version.
#[component]
pub fn EditorActions(editor: Editor) -> impl IntoView {
    let row = editor.row;
    let is_on = Signal::derive(move || row.with(|row| row.as_ref().is_some_and(|row| row.is_on)));
    let version = move || {
        row.with(|row| row.as_ref().and_then(|row| row.version))
            .map(|version| format!("v{version}"))
    };
    let is_saved = move || editor.draft.state.get() == DraftState::Version;
    let is_cut_off = Signal::derive(move || {
        let is_away = matches!(
            editor.draft.state.get(),
            DraftState::Offline | DraftState::SignedOut
        );
        is_away || row.read().is_none() || editor.draft.is_read_only.get()
    });
    let looks = editor.draft.is_read_only;
    let turn = move |on: bool| editor.turn_flow(on);
    let undo = t(EditorText::Undo);
    let redo = t(EditorText::Redo);
    view! {
        <super::room::Peers editor/>
        {move || (!looks.get()).then(|| view! {
            <button class="bar-button for-editing" type="button" aria-label=undo title=undo disabled=move || !editor.can_undo.get() on:click=move |_| editor.undo()>
                <Icon name="undo-2"/>
            </button>
            <button class="bar-button for-editing" type="button" aria-label=redo title=redo disabled=move || !editor.can_redo.get() on:click=move |_| editor.redo()>
                <Icon name="redo-2"/>
            </button>
        })}
        <div class="flow-switch">
            <Switch label=t(EditorText::FlowIsOnSwitch) on=is_on on_change=turn disabled=is_cut_off/>
            <span aria-hidden="true">{move || editor.speech.say(&if is_on.get() { EditorText::FlowIsOn } else { EditorText::FlowIsOff })}</span>
            <span class="muted number">{version}</span>
        </div>
        {move || (!looks.get()).then(|| view! {
            <Button icon="play" disabled=is_cut_off on_press=move || editor.ask_run(super::trial::Mode::Whole)>{t(EditorText::Run)}</Button>
            <span class="for-editing">
                <Button
                    kind=ButtonKind::Primary
                    disabled=Signal::derive(move || is_cut_off.get() || is_saved())
                    on_press=move || editor.save_version()
                >
                    {t(EditorText::SaveVersion)}
                </Button>
            </span>
        })}
    }
}
