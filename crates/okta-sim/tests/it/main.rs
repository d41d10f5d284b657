//! The simulated org as a stranger's program sees it: over HTTP only.

mod apps;
mod event_hooks;
mod faults;
mod groups;
mod identity_sources;
mod linked_objects;
mod logs;
mod oauth;
mod people;
mod rules;
mod schemas;
mod users;
mod world;
