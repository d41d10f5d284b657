//! The simulated org as a stranger's program sees it: over HTTP only.

#[cfg(test)]
mod apps;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod event_hooks;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod identity_sources;
#[cfg(test)]
mod linked_objects;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod oauth;
#[cfg(test)]
mod people;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod users;
#[cfg(test)]
mod world;
