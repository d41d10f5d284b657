//! The screens, one file each.

pub mod audit;
pub mod connections;
pub mod delegated;
pub mod directories;
pub mod door;
pub mod editor;
pub mod flows;
pub mod home;
pub mod import;
pub mod not_found;
pub mod run_page;
pub mod runs;
pub mod search;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod tables;
pub mod templates;
