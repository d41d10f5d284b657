//! A card on the canvas: header, connection, fields, outputs, foot; containers with their lanes; notes.

mod article;
mod chip;
mod field;
mod foot;
mod head;
mod lanes;
mod literal;
mod note;
mod output;
mod pill;
mod rich;
mod types;
mod value;

pub use article::CardView;
pub use chip::ConnectionChip;
pub use field::{Field, FieldBox};
pub use head::Tile;
pub use note::Markdown;
pub use output::OutputList;
pub use pill::Pill;
pub use types::{NAMED_TYPES, TypePicker, named_type, type_name, type_value};
pub use value::{brief, pretty};
