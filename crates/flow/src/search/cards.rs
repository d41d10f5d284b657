//! The cards of a catalogue, found by what somebody types: by name in either language and by its reading, by what they
//! do, by the words that other products use, and by the calls and events of Okta.

use crate::card::{CardKey, CardSpec, Catalogue};

use super::pattern::{Pattern, Target, position};
use super::{Folded, Mark};

/// The cards of a catalogue, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct CardIndex {
    cards: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    key: CardKey,
    name: Target,
    /// In the other languages, where they differ.
    others: Vec<Target>,
    category: Target,
    keywords: Vec<Target>,
    /// Key, event types, method and path.
    calls: Vec<Vec<char>>,
    help: Folded,
}

/// A card that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCard {
    /// The card.
    pub key: CardKey,
    /// How well it fits; larger is better.
    pub points: u32,
    /// What of the name matched.
    pub name: Vec<Mark>,
    /// What of the description matched, where the name did not.
    pub help: Vec<Mark>,
}

/// Points for what stands elsewhere than in the name.
const OTHER_NAME: u32 = 20;
const KEYWORD: u32 = 120;
/// All of the query is one of its words.
const IS_KEYWORD: u32 = 150;
/// All of the query is an event type, a call or the key.
const IS_CALL: u32 = 600;
const CATEGORY: u32 = 300;
const CALL: u32 = 260;
const HELP: u32 = 200;
const MISTYPED_KEYWORD: u32 = 60;
/// The words stand in the name in the order in which they were typed.
const IN_ORDER: u32 = 30;
/// A card that was used last is that much better, each older one a little less.
const RECENT: u32 = 60;

impl CardIndex {
    /// Prepares the cards of the palette.
    pub fn new(catalogue: &Catalogue) -> Self {
        let listed = catalogue.cards().filter(|card| card.listed);
        Self {
            cards: listed.map(Entry::new).collect(),
        }
    }

    /// Returns the cards that fit, best first. `recent` are cards that were used last, the newest first.
    pub fn find(&self, typed: &str, recent: &[CardKey]) -> Vec<FoundCard> {
        let pattern = Pattern::new(typed);
        if pattern.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<FoundCard> = self
            .cards
            .iter()
            .filter_map(|card| card.found(&pattern, recent))
            .collect();
        // Cards of the same points stay in the order of the catalogue.
        found.sort_by_key(|card| std::cmp::Reverse(card.points));
        found
    }
}

impl Entry {
    fn new(card: &CardSpec) -> Self {
        let others = [&card.name_en, &card.name_ja]
            .into_iter()
            .filter(|name| **name != card.name)
            .map(|name| Target::new(name))
            .collect();
        let calls = card.guide.calls.iter().map(String::as_str);
        let calls = calls.chain([card.key.as_str()]);
        Self {
            key: card.key.clone(),
            name: Target::new(&card.name),
            others,
            category: Target::new(&card.category),
            keywords: card
                .guide
                .keywords
                .iter()
                .map(|word| Target::new(word))
                .collect(),
            calls: calls.map(|call| Folded::of(call).chars).collect(),
            help: Folded::of(&card.help),
        }
    }

    fn found(&self, pattern: &Pattern, recent: &[CardKey]) -> Option<FoundCard> {
        let mut points = 0;
        let (mut name, mut help) = (Vec::new(), Vec::new());
        for word in pattern.words() {
            let (earned, in_name, in_help) = self.fit(word)?;
            points += earned;
            name.extend(in_name);
            help.extend(in_help);
        }
        let count = u32::try_from(pattern.words().len()).unwrap_or(1).max(1);
        let names = std::iter::once(&self.name).chain(&self.others);
        let of_name = names.map(|name| pattern.bonus(name)).max().unwrap_or(0);
        let is_keyword = self.keywords.iter().any(|word| pattern.is(word));
        let is_call = self.calls.iter().any(|call| call == pattern.whole());
        let of_word = match (is_call, is_keyword) {
            (true, _) => IS_CALL,
            (false, true) => IS_KEYWORD,
            (false, false) => 0,
        };
        let mut names = std::iter::once(&self.name).chain(&self.others);
        let of_order = if names.any(|name| name.has_in_order(pattern.words())) {
            IN_ORDER
        } else {
            0
        };
        let bonus = of_name + of_word + of_order + self.name.brevity();
        let used = recent.iter().position(|key| *key == self.key);
        let recency = used.map_or(0, |rank| {
            RECENT.saturating_sub(5 * u32::try_from(rank).unwrap_or(RECENT))
        });
        Some(FoundCard {
            key: self.key.clone(),
            points: points / count + bonus + recency,
            name: Mark::joined(name),
            help: Mark::joined(help),
        })
    }

    /// The best place of a word, and what is marked there in the name and in the description.
    fn fit(&self, word: &[char]) -> Option<(u32, Option<Mark>, Option<Mark>)> {
        if let Some(fit) = self.name.fit(word) {
            return Some((fit.points, fit.mark, None));
        }
        let by = |targets: &[Target], less: u32| {
            let fits = targets.iter().filter_map(|target| target.fit(word));
            fits.map(|fit| fit.points.saturating_sub(less)).max()
        };
        let elsewhere = [
            by(&self.others, OTHER_NAME),
            by(&self.keywords, KEYWORD),
            self.category.fit(word).map(|_| CATEGORY),
            self.in_calls(word),
        ];
        if let Some(points) = elsewhere.into_iter().flatten().max() {
            return Some((points, None, None));
        }
        if let Some(mark) = self.in_help(word) {
            return Some((HELP, None, Some(mark)));
        }
        if let Some(fit) = self.name.mistyped(word) {
            return Some((fit.points, fit.mark, None));
        }
        let others = self.others.iter().chain(&self.keywords);
        others
            .into_iter()
            .find_map(|target| target.mistyped(word))
            .map(|_| (MISTYPED_KEYWORD, None, None))
    }

    fn in_calls(&self, word: &[char]) -> Option<u32> {
        let is_there = |call: &Vec<char>| position(call, word).is_some();
        (word.len() >= 3 && self.calls.iter().any(is_there)).then_some(CALL)
    }

    /// Latin words count where a word begins, others anywhere.
    fn in_help(&self, word: &[char]) -> Option<Mark> {
        if word.len() < 2 {
            return None;
        }
        let is_latin = word.iter().all(char::is_ascii);
        let from = if is_latin {
            let starts = self.help.starts.iter().copied();
            starts.into_iter().find(|start| {
                let rest = self.help.chars.get(*start..).unwrap_or_default();
                rest.starts_with(word)
            })
        } else {
            position(&self.help.chars, word)
        };
        from.and_then(|from| self.help.mark(from, from + word.len()))
    }
}
