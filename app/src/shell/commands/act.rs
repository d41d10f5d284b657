//! Everything that can be done from here: the actions and pages of this screen, the cards of the open flow, and doing it.

use std::sync::Arc;

use api::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use leptos_router::params::ParamsMap;

use super::CommandDesk;
use super::items::{Act, Group, Item, Typed};
use crate::canvas::keyboard::Command;
use crate::editor::Editor;
use crate::i18n::texts::{AuditText, DirectoryText, EditorText, KindText, SearchText, ShellText};
use crate::i18n::{Language, Speech, use_speech};
use crate::kit::{ToastBox, use_toasts};
use crate::rpc;
use crate::shell::address;
use crate::shell::theme::{Theme, use_theme};

/// What choosing something needs.
#[derive(Clone)]
pub(super) struct Runner {
    desk: CommandDesk,
    speech: Speech,
    theme: RwSignal<Theme>,
    toasts: ToastBox,
    navigate: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Runner {
    pub(super) fn new(desk: CommandDesk) -> Self {
        let navigate = use_navigate();
        Self {
            desk,
            speech: use_speech(),
            theme: use_theme(),
            toasts: use_toasts(),
            navigate: Arc::new(move |to| navigate(to, NavigateOptions::default())),
        }
    }

    /// Does what was chosen. The palette is closed by then.
    pub(super) fn run(&self, act: &Act) {
        let editor = self.desk.editor.get_untracked();
        match (act, editor) {
            (Act::Go(to), _) => self.go(to),
            (Act::Key(command), Some(editor)) => {
                editor.obey(*command);
            }
            (Act::Card(id), Some(editor)) => editor.board.go_to(id),
            (Act::Turn(on), Some(editor)) => editor.turn_flow(*on),
            (Act::Speak(language), _) => self.speech.speak(*language),
            (Act::Shade(theme), _) => self.theme.set(*theme),
            (Act::SignOut, _) => self.sign_out(),
            // The editor was left meanwhile.
            (Act::Key(_) | Act::Card(_) | Act::Turn(_), None) => {}
        }
    }

    pub(super) fn go(&self, to: &str) {
        (self.navigate)(to);
    }

    fn sign_out(&self) {
        let (navigate, toasts) = (Arc::clone(&self.navigate), self.toasts);
        spawn_local(async move {
            match rpc::sign_out().await {
                Ok(()) => navigate("/sign-in"),
                Err(refusal) => toasts.refuse(&refusal),
            }
        });
    }
}

/// Returns what is known without the server, for a person of this role.
pub(super) fn local(
    desk: CommandDesk,
    language: Language,
    role: Option<Role>,
    typed: &str,
) -> Vec<Item> {
    let editor = desk.editor.get();
    let mut items = Vec::new();
    if let Some(editor) = editor {
        items.extend(editor_actions(editor, language));
    }
    items.extend(screen_actions(language));
    items.extend(pages(language, role));
    let text = Typed::read(typed).text;
    if role != Some(Role::Member) && Typed::read(typed).only.is_none() && !text.is_empty() {
        items.push(everywhere(text, language));
    }
    if let Some(editor) = editor.filter(|_| !text.is_empty()) {
        items.extend(cards(editor));
    }
    items
}

/// The text in all flows.
fn everywhere(text: &str, language: Language) -> Item {
    let mut query = ParamsMap::new();
    query.insert("q", text.to_owned());
    let message = SearchText::ActSearchAll {
        text: text.to_owned(),
    };
    let act = Act::Go(address("/search", &query));
    Item::said(Group::Actions, "text-search", &message, language, act)
        .by("Ctrl Shift F")
        .last()
}

fn editor_actions(editor: Editor, language: Language) -> Vec<Item> {
    let is_on = editor
        .row
        .with(|row| row.as_ref().is_some_and(|row| row.is_on));
    let turn = if is_on {
        (SearchText::ActTurnOff, "toggle-left")
    } else {
        (SearchText::ActTurnOn, "toggle-right")
    };
    let key = |icon, text: SearchText, command, keys| {
        Item::said(Group::Actions, icon, &text, language, Act::Key(command)).by(keys)
    };
    let own = |icon, text: EditorText, command, keys| {
        Item::said(Group::Actions, icon, &text, language, Act::Key(command)).by(keys)
    };
    vec![
        Item::said(Group::Actions, turn.1, &turn.0, language, Act::Turn(!is_on)),
        own("play", EditorText::Run, Command::Run, "Ctrl Enter"),
        own(
            "save",
            EditorText::SaveVersion,
            Command::SaveVersion,
            "Ctrl S",
        ),
        key("plus", SearchText::ActAddCard, Command::AddAfter, "A"),
        key("search", SearchText::ActFindInFlow, Command::Find, "Ctrl F"),
        key("sticky-note", SearchText::ActNote, Command::Note, "N"),
        key("undo-2", SearchText::ActUndo, Command::Undo, "Ctrl Z"),
        key("redo-2", SearchText::ActRedo, Command::Redo, "Ctrl Shift Z"),
        key(
            "triangle-alert",
            SearchText::ActProblem,
            Command::NextProblem,
            ".",
        ),
        key("maximize", SearchText::ActFit, Command::Fit, "1"),
        key("spline", SearchText::ActWires, Command::Wires, "W"),
        key(
            "panel-right",
            SearchText::ActInspector,
            Command::Inspector,
            "I",
        ),
        key("panel-left", SearchText::ActPalette, Command::Palette, "P"),
        key(
            "keyboard",
            SearchText::ActShortcuts,
            Command::Shortcuts,
            "?",
        ),
    ]
}

fn screen_actions(language: Language) -> Vec<Item> {
    let act = |icon, text: SearchText, act| Item::said(Group::Actions, icon, &text, language, act);
    let mut items = vec![
        act(
            "languages",
            SearchText::ActEnglish,
            Act::Speak(Language::English),
        ),
        act(
            "languages",
            SearchText::ActJapanese,
            Act::Speak(Language::Japanese),
        ),
        act("sun", SearchText::ActLight, Act::Shade(Theme::Light)),
        act("moon", SearchText::ActDark, Act::Shade(Theme::Dark)),
        act("monitor", SearchText::ActSystem, Act::Shade(Theme::System)),
        Item::said(
            Group::Actions,
            "log-out",
            &ShellText::SignOut,
            language,
            Act::SignOut,
        ),
    ];
    items.retain(|item| item.act != Act::Speak(language));
    items
}

/// Where one can go. Whoever may only run what was granted to them sees only that.
fn pages(language: Language, role: Option<Role>) -> Vec<Item> {
    let go = |to: &str| Act::Go(to.to_owned());
    let page = |icon, text: ShellText, to| Item::said(Group::Pages, icon, &text, language, go(to));
    let delegated = Item::said(
        Group::Pages,
        "user-cog",
        &KindText::Delegated,
        language,
        go("/delegated"),
    );
    let settings = page("settings", ShellText::Settings, "/settings");
    if role == Some(Role::Member) {
        return vec![delegated, settings];
    }
    let other =
        |icon, text: SearchText, to| Item::said(Group::Pages, icon, &text, language, go(to));
    vec![
        page("house", ShellText::Home, "/"),
        page("workflow", ShellText::Flows, "/flows"),
        page("history", ShellText::Runs, "/runs"),
        page("plug", ShellText::Connections, "/connections"),
        Item::said(
            Group::Pages,
            "folder-tree",
            &DirectoryText::Title,
            language,
            go("/directories"),
        ),
        page("table-2", ShellText::Tables, "/tables"),
        delegated,
        settings,
        other("text-search", SearchText::SearchPage, "/search").by("Ctrl Shift F"),
        Item::said(
            Group::Pages,
            "history",
            &AuditText::Title,
            language,
            go("/audit"),
        ),
        other("plug-zap", SearchText::ActNewConnection, "/connections/new"),
        other("package", SearchText::ActImport, "/flows/import"),
    ]
}

/// The cards of the open flow, by their titles, names in both languages, and numbers.
fn cards(editor: Editor) -> Vec<Item> {
    let board = editor.board;
    let numbers = board.flow.with(flow::numbers);
    board.names(|names| {
        let steps = names.flow.all_steps().into_iter();
        steps
            .filter(|step| !step.is_note())
            .map(|step| {
                let spec = names.spec(step);
                let icon = spec.map_or("box", |spec| spec.icon.as_str());
                let number = numbers.get(&step.id).copied().unwrap_or(0);
                let name = names.card(step);
                let also = spec.map_or_else(Vec::new, |spec| {
                    vec![spec.name_en.clone(), spec.name_ja.clone()]
                });
                Item {
                    also,
                    ..Item::new(Group::Cards, icon, name, Act::Card(step.id.clone()))
                        .about(number.to_string())
                }
            })
            .collect()
    })
}
