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
pub mod trial;
pub mod types;
pub mod value;
pub mod warning;

pub use article::CardView;
pub use chip::ConnectionChip;
pub use field::{Field, FieldBox};
pub(crate) use foot::{state_icon, state_name, took};
pub use head::Tile;
pub use note::Markdown;
pub use pill::Pill;
pub(crate) use refusal::{reason_now, reason_text};
pub use types::{NAMED_TYPES, TypePicker, named_type, type_name, type_value};
pub use value::{brief, file, pretty};
