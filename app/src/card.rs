//! A card on the canvas: header, connection, fields, outputs, foot; containers with their lanes; notes.

pub mod article;
pub mod chip;
pub mod field;
pub mod foot;
pub mod head;
pub mod lanes;
pub mod literal;
pub mod lookup;
pub mod note;
pub mod output;
pub mod pill;
pub mod refusal;
pub mod rich;
mod stop;
pub mod trial;
pub mod types;
pub mod value;
pub mod warning;

pub use article::CardView;
pub(crate) use article::card_name;
pub use chip::ConnectionChip;
pub(crate) use field::{AddField, choice_label};
pub use field::{Field, FieldBox};
pub(crate) use foot::{state_icon, state_name, took};
pub use head::Tile;
pub(crate) use head::{CardMenu, TitleField};
pub(crate) use lanes::case_button;
pub use note::Markdown;
pub(crate) use note::NoteBody;
pub(crate) use output::run_value;
pub use pill::Pill;
pub(crate) use pill::pill_label;
pub(crate) use refusal::{reason_now, reason_text};
pub use types::{NAMED_TYPES, TypePicker, named_type, type_name, type_value};
pub use value::{brief, file, pretty};
