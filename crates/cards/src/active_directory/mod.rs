//! Cards of Active Directory: what they are called, take and give. The host asks the directory; values of entries, people and
//! imports are turned into outputs here.

mod actions;
mod events;
mod outputs;

use flow::{Args, CardError};

use crate::declare::Card;
use crate::okta::ResultSet;
use crate::read;

pub use events::{IMPORT_COMPLETED, IMPORT_ROADBLOCK, IMPORT_STARTED, event_outputs, event_types};
pub use outputs::{found, import, mapped, read_user, signed_in, user, written};

/// The module of the cards, and of directories where a connection is chosen.
pub const MODULE: &str = "active_directory";

/// The most users of a search that is not handed over one by one.
pub const BLOCK: usize = 200;

pub(crate) fn cards() -> Vec<Card> {
    let mut cards = events::cards();
    cards.extend(actions::CARDS);
    cards
}

/// Returns how many users a search gives.
pub fn result_set(args: &Args) -> ResultSet {
    match args.get("parameters", "resultSet").to_text().as_str() {
        "First Matching Record" => ResultSet::First,
        chosen if chosen.starts_with("Stream") => ResultSet::Stream,
        _ => ResultSet::Block { max: BLOCK },
    }
}

/// Returns the filter of a search, whole and checked: the attribute with its value, and the filter of the author's own with its
/// values put in. Whatever a value holds, it stands for itself.
pub fn filter(args: &Args) -> Result<Option<String>, CardError> {
    let refused = |problem: directory::filter::BadFilter| {
        CardError::new("directory.filter", problem.to_string())
    };
    let attribute = args.get("Inputs", "Attribute").to_text();
    let mut parts = Vec::new();
    if !attribute.trim().is_empty() {
        let value = args.get("Inputs", "Value").to_text();
        if value.is_empty() {
            return Err(CardError::new(
                "missing_input",
                "The input Value is empty, so nobody can be compared with it. Give it a value, or leave Attribute empty too.",
            ));
        }
        parts.push(directory::filter::equals(attribute.trim(), &value).map_err(refused)?);
    }
    let own = args.get("Inputs", "Filter").to_text();
    if !own.trim().is_empty() {
        let values = read::as_object(args.get("Inputs", "Filter Values"), "Filter Values")?;
        let value = |name: &str| values.get(name).map(flow::Value::to_text);
        let filled = directory::filter::filled(own.trim(), &value).map_err(refused)?;
        directory::filter::check(&filled).map_err(refused)?;
        parts.push(filled);
    }
    Ok((!parts.is_empty()).then(|| parts.concat()))
}

/// Returns the attributes that are read beside those of the mapping.
pub fn attributes(args: &Args, group: &str) -> Result<Vec<String>, CardError> {
    let names = read::items(args.get(group, "Attributes"));
    let names = names.iter().map(flow::Value::to_text);
    let names: Vec<String> = names
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let wrong = names
        .iter()
        .find(|name| !directory::filter::is_attribute(name));
    match wrong {
        Some(wrong) => Err(CardError::new(
            "directory.attribute",
            format!("{wrong:?} is no name of an attribute. Use names such as department."),
        )),
        None if names.len() > 100 => Err(CardError::new(
            "directory.attribute",
            "More than 100 attributes are asked for. Leave some out.",
        )),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests;
