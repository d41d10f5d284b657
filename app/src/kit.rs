//! The parts that all pages are built from: accessible, in both themes, without a single colour of their own.

pub mod button;
pub mod crumbs;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod kind;
pub mod loaded;
pub mod menu;
pub mod state;
pub mod states;
pub mod switch;
pub mod tabs;
pub mod toast;
pub mod typed;
pub mod value_field;

pub use button::{Button, ButtonKind, LinkButton};
pub use crumbs::{Crumb, Crumbs};
pub use dialog::{Dialog, forget_refusal};
pub use field::{Choice, SelectField, TextField};
pub use icon::{Icon, icon_href, known_icon};
pub use kind::{FlowTile, flow_kind};
pub use loaded::loaded;
pub use menu::{Menu, MenuItem};
pub use state::{ConnectionTag, RunTag, Tag, Tone, run_status};
pub use states::{EmptyState, ErrorBox, Loading, ProgressBar, refused};
pub use switch::Switch;
pub use tabs::{Tab, Tabs};
pub use toast::{ToastBox, Toasts, provide_toasts, use_toasts};
pub use value_field::{NotTaken, ValueField, ValueSlot};
