//! Editing a flow: what is in the air, the palette, the inspector, the draft. Every change is a flow edit that goes
//! through the history.

pub mod air;
mod asking;
pub mod change;
pub mod commands;
pub mod delete;
pub mod draft;
mod focus;
pub mod gesture;
pub mod header;
pub mod helper;
pub mod inspector;
pub mod org;
pub mod org_fields;
pub mod outline;
pub mod palette;
pub mod picker;
pub mod picker_list;
pub mod problems;
pub mod run_dialog;
pub mod shortcuts;
pub mod state;
pub mod strip;
pub mod values;
pub mod versions;

pub use air::AirLayer;
pub use asking::Stored;
pub use commands::{on_key, on_key_anywhere};
pub use delete::DeleteDialog;
pub use draft::{Draft, DraftState};
pub(crate) use focus::is_switched_off;
pub use gesture::Grip;
pub use header::{EditorActions, EditorLead, EditorTabs};
pub use inspector::{InPanel, Inspector};
pub use outline::Outline;
pub use palette::{AddPopover, Palette};
pub use picker_list::PickerPopover;
pub use problems::{ProblemBar, problem_text};
pub(crate) use problems::{comparison_repair, is_comparison, repair, repair_text};
pub use run_dialog::RunDialog;
pub use shortcuts::ShortcutsDialog;
pub use state::{Air, Editor, Over, ValueList, use_editor};
pub use strip::DraftStrip;
pub use values::ValuesPopover;
pub use versions::{FlowRuns, Versions};
