//! What the palette offers, and how it is found: in both languages, by reading, by beginnings of words.

use flow::StepId;
use flow::search::{Mark, Pattern, Target};

use crate::canvas::keyboard::Command;
use crate::i18n::texts::SearchText;
use crate::i18n::{Language, Message};
use crate::shell::theme::Theme;

/// So many of a group are shown.
const MOST: usize = 8;

/// The groups in the order in which they are shown while nothing is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Group {
    Recent,
    Actions,
    Pages,
    Cards,
    Flows,
    Runs,
    People,
    Connections,
    Tables,
}

impl Group {
    pub(super) fn text(self) -> SearchText {
        match self {
            Self::Recent => SearchText::GroupRecent,
            Self::Actions => SearchText::GroupActions,
            Self::Pages => SearchText::GroupPages,
            Self::Cards => SearchText::GroupCards,
            Self::Flows => SearchText::GroupFlows,
            Self::Runs => SearchText::GroupRuns,
            Self::People => SearchText::GroupPeople,
            Self::Connections => SearchText::GroupConnections,
            Self::Tables => SearchText::GroupTables,
        }
    }
}

/// What choosing something does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// Goes to an address.
    Go(String),
    /// Does in the editor what a key does there.
    Key(Command),
    /// Goes to a card of the open flow.
    Card(StepId),
    /// Turns the open flow on or off.
    Turn(bool),
    Speak(Language),
    Shade(Theme),
    SignOut,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) group: Group,
    pub(super) icon: String,
    pub(super) name: String,
    /// What tells it apart; may be empty.
    pub(super) about: String,
    /// The keys that do the same.
    pub(super) keys: &'static str,
    /// Other names by which it is found.
    pub(super) also: Vec<String>,
    pub(super) act: Act,
    /// What of the name matched.
    pub(super) marks: Vec<Mark>,
    /// Always there, behind everything that fits.
    pub(super) is_last: bool,
}

impl Item {
    /// An item that is found by its name alone.
    pub(super) fn new(group: Group, icon: &str, name: String, act: Act) -> Self {
        Self {
            group,
            icon: icon.to_owned(),
            name,
            about: String::new(),
            keys: "",
            also: Vec::new(),
            act,
            marks: Vec::new(),
            is_last: false,
        }
    }

    /// An item that is called by a message: found in both languages.
    pub(super) fn said(
        group: Group,
        icon: &str,
        message: &impl Message,
        language: Language,
        act: Act,
    ) -> Self {
        let also = [Language::English, Language::Japanese]
            .into_iter()
            .filter(|other| *other != language)
            .map(|other| message.say(other))
            .collect();
        Self {
            also,
            ..Self::new(group, icon, message.say(language), act)
        }
    }

    pub(super) fn by(self, keys: &'static str) -> Self {
        Self { keys, ..self }
    }

    pub(super) fn last(self) -> Self {
        Self {
            is_last: true,
            ..self
        }
    }

    pub(super) fn about(self, about: String) -> Self {
        Self { about, ..self }
    }
}

/// What was typed: what kind of things are wanted, and the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed<'a> {
    pub(super) only: Option<Only>,
    pub(super) text: &'a str,
}

/// A sign in front of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Only {
    Actions,
    Runs,
    People,
}

impl<'a> Typed<'a> {
    /// Reads what was typed; signs of full width count too.
    pub(super) fn read(typed: &'a str) -> Self {
        let typed = typed.trim_start();
        let mut letters = typed.chars();
        let only = match letters.next() {
            Some('>' | '＞') => Some(Only::Actions),
            Some('#' | '＃') => Some(Only::Runs),
            Some('@' | '＠') => Some(Only::People),
            _ => None,
        };
        let text = if only.is_some() {
            letters.as_str()
        } else {
            typed
        };
        Self {
            only,
            text: text.trim(),
        }
    }

    fn wants(self, group: Group) -> bool {
        match self.only {
            None => true,
            Some(Only::Actions) => group == Group::Actions,
            Some(Only::Runs) => group == Group::Runs,
            Some(Only::People) => group == Group::People,
        }
    }
}

/// Returns what fits, by group, the group with the best item first. While nothing is typed all items come in their order,
/// but for those that are only found.
pub(super) fn found(items: Vec<Item>, typed: &str) -> Vec<(Group, Vec<Item>)> {
    let typed = Typed::read(typed);
    let pattern = Pattern::new(typed.text);
    let mut groups: Vec<(Group, Vec<(u32, Item)>)> = Vec::new();
    let is_wanted = |item: &Item| typed.wants(item.group);
    for item in items.into_iter().filter(is_wanted) {
        let Some((points, marks)) = fits(&pattern, &item) else {
            continue;
        };
        let item = Item { marks, ..item };
        match groups.iter_mut().find(|(group, _)| *group == item.group) {
            Some((_, known)) => known.push((points, item)),
            None => groups.push((item.group, vec![(points, item)])),
        }
    }
    for (_, items) in &mut groups {
        if !pattern.is_empty() {
            items.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        }
        items.truncate(if typed.only.is_some() { 4 * MOST } else { MOST });
    }
    if pattern.is_empty() {
        groups.sort_by_key(|(group, _)| *group);
    } else {
        let best = |items: &[(u32, Item)]| items.first().map_or(0, |(points, _)| *points);
        groups.sort_by_key(|(_, items)| std::cmp::Reverse(best(items)));
    }
    groups
        .into_iter()
        .map(|(group, items)| (group, items.into_iter().map(|(_, item)| item).collect()))
        .collect()
}

fn fits(pattern: &Pattern, item: &Item) -> Option<(u32, Vec<Mark>)> {
    if pattern.is_empty() {
        return Some((0, Vec::new()));
    }
    if item.is_last {
        return Some((0, Vec::new()));
    }
    // What the server found stays, also where only its id or its address fits.
    let is_found = matches!(
        item.group,
        Group::Flows | Group::Runs | Group::People | Group::Connections | Group::Tables
    );
    let by_name = pattern.find(&Target::new(&item.name));
    let by_other = || {
        let others = item.also.iter();
        let best = others.filter_map(|name| pattern.find(&Target::new(name)));
        best.map(|(points, _)| points.saturating_sub(20)).max()
    };
    let by_both = || {
        let both = format!("{} {}", item.name, item.about);
        let found = pattern.find(&Target::new(&both));
        found.map(|(points, _)| points.saturating_sub(100))
    };
    by_name
        .or_else(|| {
            by_other()
                .or_else(by_both)
                .map(|points| (points, Vec::new()))
        })
        .or_else(|| is_found.then(|| (1, Vec::new())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<Item> {
        let language = Language::Japanese;
        let dark = Act::Shade(Theme::Dark);
        vec![
            Item::said(Group::Actions, "moon", &SearchText::ActDark, language, dark),
            Item::said(
                Group::Actions,
                "power",
                &SearchText::ActTurnOff,
                language,
                Act::Turn(false),
            ),
            Item::new(Group::Pages, "house", "ホーム".into(), Act::Go("/".into())),
            Item::new(
                Group::Flows,
                "workflow",
                "退職者の停止".into(),
                Act::Go("/flows/f1".into()),
            ),
            Item::new(
                Group::People,
                "user",
                "Ada".into(),
                Act::Go("/settings".into()),
            ),
        ]
    }

    #[track_caller]
    fn finds(typed: &str, expected: &[&str]) {
        let groups = found(items(), typed);
        let names: Vec<&str> = groups
            .iter()
            .flat_map(|(_, items)| items)
            .map(|item| item.name.as_str())
            .collect();
        assert_eq!(names, expected, "{typed}");
    }

    #[test]
    fn actions_are_found_in_both_languages_and_by_reading() {
        for typed in ["theme dark", "ダーク", "だーく", ">dark", "＞ダーク"] {
            let groups = found(items(), typed);
            assert_eq!(groups[0].1[0].act, Act::Shade(Theme::Dark), "{typed}");
        }
        let groups = found(items(), "たいしょく");
        assert_eq!(groups[0].1[0].name, "退職者の停止");
    }

    #[test]
    fn signs_narrow() {
        finds("@", &["Ada"]);
        finds("@ada", &["Ada"]);
        finds("#", &[]);
        finds(">", &["テーマ：ダーク", "フローをオフにする"]);
        assert_eq!(Typed::read(" ＃ab1 ").only, Some(Only::Runs));
        assert_eq!(Typed::read(" ＃ab1 ").text, "ab1");
    }
}
