//! Where the value of a field is taken from that a user makes on a starting card: the group of its key.

use flow::{CardKey, FieldKey, Step};

use super::free_name;

/// The groups that a user's field of a starting card can be in: where its value is taken from. The first is the usual one.
pub fn field_groups(card: &CardKey) -> &'static [&'static str] {
    match card.as_str() {
        "http:accept" => &["body", "query", "headers"],
        "http:delegated" => &["inputs"],
        _ => &[],
    }
}

/// The key of a new field: in the group that a name such as `query.page` says, else in the usual one.
pub(super) fn key_of(step: &Step, name: &str) -> FieldKey {
    let groups = field_groups(&step.card);
    let said = groups.iter().find_map(|group| {
        let rest = name.strip_prefix(group)?.strip_prefix('.')?;
        (!rest.is_empty()).then_some((*group, rest))
    });
    let usual = groups.first().map(|group| (*group, name));
    let Some((group, name)) = said.or(usual) else {
        return FieldKey::plain(free_name(step, name));
    };
    // Names of headers do not mind the case; packs have them in lower case.
    let name = if group == "headers" {
        name.to_lowercase()
    } else {
        name.to_owned()
    };
    let is_taken = |name: &str| step.output(&FieldKey::in_group(group, name)).is_some();
    if !is_taken(&name) {
        return FieldKey::in_group(group, name);
    }
    let free = (2..)
        .map(|number| format!("{name} {number}"))
        .find(|name| !is_taken(name))
        .unwrap_or(name);
    FieldKey::in_group(group, free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(card: &str, name: &str, group: Option<&str>, key: &str) {
        let step = serde_json::json!({"id": "start", "card": card});
        let step: Step = serde_json::from_value(step).unwrap();
        let made = key_of(&step, name);
        assert_eq!(
            (made.group.as_deref(), made.key.as_str()),
            (group, key),
            "{name}"
        );
    }

    #[test]
    fn fields_of_starting_cards_say_where_they_come_from() {
        check("http:accept", "name", Some("body"), "name");
        check("http:accept", "query.page", Some("query"), "page");
        check("http:accept", "headers.X-Id", Some("headers"), "x-id");
        check("http:accept", "a.b", Some("body"), "a.b");
        check("http:delegated", "inputs.Who", Some("inputs"), "Who");
        check("control:callable", "query.page", None, "query.page");
    }
}
