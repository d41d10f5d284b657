//! The rules, one module for each subject.

mod dependencies;
mod layout;
mod locks;
mod sizes;
mod words;
