//! The templates that come with the server: data files of our own, each a small document that names cards and what goes
//! into their fields. Fields that it does not name come from the catalogue, so a template never lags behind the cards.

mod document;
mod expand;
mod picture;

use std::sync::LazyLock;

pub(crate) use document::Template;
pub(crate) use expand::{Chosen, Expanded, expand, said};
pub(crate) use picture::draw;

/// The files, in the order of the gallery.
const FILES: [&str; 13] = [
    include_str!("../templates/new-people-log.json"),
    include_str!("../templates/unlock-desk.json"),
    include_str!("../templates/onboard-by-department.json"),
    include_str!("../templates/temporary-membership.json"),
    include_str!("../templates/suspicious-activity.json"),
    include_str!("../templates/look-up-endpoint.json"),
    include_str!("../templates/offboard-person.json"),
    include_str!("../templates/inactive-people-report.json"),
    include_str!("../templates/group-members-csv.json"),
    include_str!("../templates/mfa-reset-alert.json"),
    include_str!("../templates/chat-on-lock.json"),
    include_str!("../templates/loop-with-helper.json"),
    include_str!("../templates/error-handling.json"),
];

static ALL: LazyLock<Result<Vec<Template>, String>> = LazyLock::new(|| {
    let read = |text: &&str| {
        serde_json::from_str::<Template>(text).map_err(|error| format!("a template: {error}"))
    };
    FILES.iter().map(read).collect()
});

/// Returns all templates.
pub(crate) fn all() -> Result<&'static [Template], BrokenTemplate> {
    match &*ALL {
        Ok(all) => Ok(all),
        Err(error) => Err(BrokenTemplate(error.clone())),
    }
}

/// A template names something that is not there. Tests expand every one, so this is a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct BrokenTemplate(pub(crate) String);

#[cfg(test)]
mod tests;
