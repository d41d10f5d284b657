//! The command palette: pages, flows, cards of the open flow, runs, people, connections and actions by what somebody types,
//! from every page. Pages, actions and cards are known here and work without the server.

mod act;
mod items;
mod keys;
pub mod panel;
mod recent;
mod remote;

use leptos::prelude::*;

use crate::editor::Editor;

pub use panel::CommandPalette;
pub(crate) use recent::remember_flow;

/// What the palette needs of the page around it.
#[derive(Clone, Copy)]
pub struct CommandDesk {
    /// The palette is open.
    pub is_open: RwSignal<bool>,
    /// The editor of this page, if it is one.
    editor: RwSignal<Option<Editor>>,
}

/// Makes the desk known to all pages; once, at the root.
pub fn provide_commands() {
    provide_context(CommandDesk {
        is_open: RwSignal::new(false),
        editor: RwSignal::new(None),
    });
}

/// Returns the desk of this screen.
pub fn use_commands() -> CommandDesk {
    use_context().unwrap_or_else(|| CommandDesk {
        is_open: RwSignal::new(false),
        editor: RwSignal::new(None),
    })
}

impl CommandDesk {
    /// Offers what can be done in this editor, as long as its page is open.
    pub fn offer(self, editor: Editor) {
        self.editor.set(Some(editor));
        on_cleanup(move || {
            self.editor.try_set(None);
        });
    }
}
