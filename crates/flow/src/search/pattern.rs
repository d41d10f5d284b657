//! What somebody types to find something by name: words in any order, beginnings of words, initials, small mistakes.

use super::readings::is_kanji;
use super::{Folded, Mark, reading};

/// Longer queries are cut.
const MOST_LETTERS: usize = 80;

/// What somebody types, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    words: Vec<Vec<char>>,
    /// As it was typed, signs too.
    whole: Vec<char>,
}

/// A name to be found, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    text: Folded,
    reading: Vec<char>,
    initials: Vec<char>,
}

/// How well a word fits, larger is better, and what of the name it is.
pub(super) struct Fit {
    pub(super) points: u32,
    pub(super) mark: Option<Mark>,
}

const WHOLE_WORD: u32 = 660;
const BEGINNING: u32 = 600;
const READ_BEGINNING: u32 = 560;
const INITIALS: u32 = 500;
const INSIDE: u32 = 400;
const READ_INSIDE: u32 = 380;
const MISTYPED: u32 = 150;
/// For a query that is the whole name, that begins it, that is in it as it stands.
const IS_NAME: u32 = 500;
const BEGINS_NAME: u32 = 200;
const STANDS_IN_NAME: u32 = 80;

impl Pattern {
    /// Reads what was typed. Latin letters behind kana, which an input method has not made kana yet, do not count.
    pub fn new(text: &str) -> Self {
        let short: String = text.chars().take(MOST_LETTERS).collect();
        let chars = Folded::of(&short).chars;
        let words = chars
            .split(|letter| !letter.is_alphanumeric())
            .map(settled)
            .filter(|word| !word.is_empty())
            .map(<[char]>::to_vec)
            .collect();
        let whole = Folded::of(short.trim()).chars;
        Self { words, whole }
    }

    /// Tells whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn whole(&self) -> &[char] {
        &self.whole
    }

    pub(super) fn words(&self) -> &[Vec<char>] {
        &self.words
    }

    /// Compares with a name: how well it fits, larger is better, and the parts that fit. Nothing where a word is missing.
    pub fn find(&self, name: &Target) -> Option<(u32, Vec<Mark>)> {
        let mut points = 0;
        let mut marks = Vec::new();
        for word in &self.words {
            let fit = name.fit(word).or_else(|| name.mistyped(word))?;
            points += fit.points;
            marks.extend(fit.mark);
        }
        let count = u32::try_from(self.words.len()).unwrap_or(1).max(1);
        let bonus = self.bonus(name) + name.brevity();
        Some((points / count + bonus, Mark::joined(marks)))
    }

    /// Tells whether a name is what was typed, but for signs and spaces.
    pub(super) fn is(&self, name: &Target) -> bool {
        self.words.concat() == letters(&name.text.chars)
    }

    /// What a name earns by being, beginning with, or having all the words as they were typed.
    pub(super) fn bonus(&self, name: &Target) -> u32 {
        let typed: Vec<char> = self.words.concat();
        let bare: Vec<char> = letters(&name.text.chars);
        let read = letters(&name.reading);
        if typed == bare || (!read.is_empty() && typed == read) {
            IS_NAME
        } else if bare.starts_with(&typed) || (!read.is_empty() && read.starts_with(&typed)) {
            BEGINS_NAME
        } else if position(&bare, &typed).is_some() {
            STANDS_IN_NAME
        } else {
            0
        }
    }
}

fn letters(chars: &[char]) -> Vec<char> {
    let letters = chars.iter().copied();
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}

/// While kana are typed, the last ones are still Latin letters: `ゆーz`.
fn settled(word: &[char]) -> &[char] {
    let Some(last) = word
        .iter()
        .rposition(|letter| !letter.is_ascii_alphabetic())
    else {
        return word;
    };
    let is_composing =
        word.get(last).is_some_and(|letter| is_hiragana(*letter)) && word.len() - last <= 3;
    if is_composing {
        word.get(..=last).unwrap_or(word)
    } else {
        word
    }
}

fn is_hiragana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ')
}

impl Target {
    /// Prepares a name.
    pub fn new(name: &str) -> Self {
        let text = Folded::of(name);
        let initials = text
            .starts
            .iter()
            .filter_map(|start| text.chars.get(*start).copied())
            .collect();
        Self {
            reading: reading(name).map_or_else(Vec::new, |kana| Folded::of(&kana).chars),
            initials,
            text,
        }
    }

    /// What a name earns by being short.
    pub(super) fn brevity(&self) -> u32 {
        40_u32.saturating_sub(u32::try_from(self.text.chars.len()).unwrap_or(40))
    }

    /// How a word fits that has no mistake.
    pub(super) fn fit(&self, word: &[char]) -> Option<Fit> {
        self.in_text(word)
            .or_else(|| self.by_reading(word))
            .or_else(|| self.by_initials(word))
    }

    /// Tells whether several words stand in the name in this order, mistakes aside.
    pub(super) fn has_in_order(&self, words: &[Vec<char>]) -> bool {
        let found = |word: &Vec<char>| self.fit(word).or_else(|| self.mistyped(word))?.mark;
        let marks: Vec<Mark> = words.iter().map_while(found).collect();
        Mark::follow(&marks, words.len())
    }

    fn in_text(&self, word: &[char]) -> Option<Fit> {
        let at = |from: usize| Fit {
            points: if self.text.word(from) == word {
                WHOLE_WORD
            } else {
                BEGINNING
            },
            mark: self.text.mark(from, from + word.len()),
        };
        let begins = |start: &&usize| {
            self.text
                .chars
                .get(**start..)
                .unwrap_or_default()
                .starts_with(word)
        };
        let whole = self
            .text
            .starts
            .iter()
            .find(|start| self.text.word(**start) == word);
        if let Some(start) = whole.or_else(|| self.text.starts.iter().find(begins)) {
            return Some(at(*start));
        }
        // One Latin letter inside a word says nothing.
        let is_enough = word.len() > 1 || word.iter().any(|letter| !letter.is_ascii());
        let from = position(&self.text.chars, word).filter(|_| is_enough)?;
        Some(Fit {
            points: INSIDE,
            mark: self.text.mark(from, from + word.len()),
        })
    }

    fn by_reading(&self, word: &[char]) -> Option<Fit> {
        if self.reading.is_empty() || word.iter().any(|letter| is_kanji(*letter)) {
            return None;
        }
        let points = if self.reading.starts_with(word) {
            READ_BEGINNING
        } else if word.len() > 1 && position(&self.reading, word).is_some() {
            READ_INSIDE
        } else {
            return None;
        };
        // What was typed does not stand in the name: nothing of it can be marked.
        Some(Fit { points, mark: None })
    }

    fn by_initials(&self, word: &[char]) -> Option<Fit> {
        let is_latin = word.len() >= 2 && word.iter().all(char::is_ascii);
        (is_latin && self.initials.starts_with(word)).then_some(Fit {
            points: INITIALS,
            mark: None,
        })
    }

    /// How a Latin word fits that has a mistake: one from four letters on, two from eight on.
    pub(super) fn mistyped(&self, word: &[char]) -> Option<Fit> {
        let allowed = match word.len() {
            0..4 => return None,
            4..8 => 1,
            _ => 2,
        };
        if !word.iter().all(char::is_ascii_alphabetic) {
            return None;
        }
        self.text.starts.iter().find_map(|start| {
            let there = self.text.word(*start);
            let length = begins_nearly(word, there, allowed)?;
            Some(Fit {
                points: MISTYPED,
                mark: self.text.mark(*start, start + length),
            })
        })
    }
}

pub(super) fn position(chars: &[char], part: &[char]) -> Option<usize> {
    if part.is_empty() || part.len() > chars.len() {
        return None;
    }
    chars.windows(part.len()).position(|window| window == part)
}

/// Returns how many letters of `there` begin it like `typed` with at most `allowed` letters wrong, missing, too many, or
/// two exchanged.
fn begins_nearly(typed: &[char], there: &[char], allowed: usize) -> Option<usize> {
    if there.len() + allowed < typed.len() {
        return None;
    }
    // Nobody misses the beginning: one of the first two letters is there, if only in the other's place.
    let begins = |one: usize, other: usize| {
        let (one, other) = (typed.get(one), there.get(other));
        one.is_some() && one == other
    };
    if !begins(0, 0) && !begins(0, 1) && !begins(1, 0) {
        return None;
    }
    let width = there.len().min(typed.len() + allowed) + 1;
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..width).collect();
    for (down, letter) in typed.iter().enumerate() {
        let mut next = vec![down + 1];
        for across in 1..width {
            let other = there.get(across - 1);
            let swap = down > 0
                && across > 1
                && typed.get(down - 1) == other
                && there.get(across - 2) == Some(letter);
            let cost = usize::from(other != Some(letter));
            let mut best = (at(&row, across - 1) + cost)
                .min(at(&row, across) + 1)
                .min(at(&next, across - 1) + 1);
            if swap {
                best = best.min(at(&above, across - 2) + 1);
            }
            next.push(best);
        }
        if next.iter().min().is_none_or(|least| *least > allowed) {
            return None;
        }
        above = std::mem::replace(&mut row, next);
    }
    let least = *row.iter().min()?;
    (least <= allowed).then(|| row.iter().rposition(|cost| *cost == least).unwrap_or(0))
}

fn at(row: &[usize], index: usize) -> usize {
    row.get(index).copied().unwrap_or(usize::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(typed: &str, name: &str) -> Option<u32> {
        let found = Pattern::new(typed).find(&Target::new(name));
        found.map(|(points, _)| points)
    }

    #[track_caller]
    fn marks(typed: &str, name: &str, expected: &str) {
        let (_, marks) = Pattern::new(typed)
            .find(&Target::new(name))
            .unwrap_or_else(|| panic!("{typed} does not find {name}"));
        let shown: String = Mark::parts(name, &marks)
            .into_iter()
            .map(|(part, marked)| {
                if marked {
                    format!("[{part}]")
                } else {
                    part.to_owned()
                }
            })
            .collect();
        assert_eq!(shown, expected, "{typed}");
    }

    #[test]
    fn what_matched_is_marked() {
        marks("read", "Read User", "[Read] User");
        marks("user re", "Read User", "[Re]ad [User]");
        marks("spend", "Suspend User", "Su[spend] User");
        marks("ゆーざー", "ユーザーの読み取り", "[ユーザー]の読み取り");
        marks("ﾕｰｻﾞｰ", "ユーザーの作成", "[ユーザー]の作成");
        marks("読み取り", "ユーザーの読み取り", "ユーザーの[読み取り]");
        marks("suspned", "Suspend User", "[Suspend] User");
        marks("conctenate", "Concatenate", "[Concatenate]");
        marks("if/else", "If/ElseIf", "[If]/[Else]If");
    }

    #[test]
    fn readings_initials_and_unfinished_kana_are_found() {
        assert!(
            points("ゆーざーのよみとり", "ユーザーの読み取り")
                > points("ゆーざー", "ユーザーの読み取り")
        );
        assert!(points("さくじょ", "グループの削除").is_some());
        assert!(points("rufg", "Remove User from Group").is_some());
        assert_eq!(points("ゆーz", "ユーザー"), points("ゆー", "ユーザー"));
        assert_eq!(points("aこ", "ユーザー"), None);
    }

    #[test]
    fn better_is_better() {
        let order = [
            points("if", "If"),
            points("if", "If Error"),
            points("if", "Continue If"),
            points("if", "Notify"),
        ];
        let mut sorted = order;
        sorted.sort_by_key(|points| std::cmp::Reverse(*points));
        assert_eq!(order, sorted);
        assert!(order.iter().all(Option::is_some));
        assert_eq!(points("i", "Notify"), None, "one letter inside a word");
    }

    #[test]
    fn mistakes_are_few() {
        assert!(points("susspend", "Suspend User").is_some());
        assert!(points("usre", "Read User").is_some());
        assert_eq!(points("usp", "Use"), None);
        assert_eq!(points("create", "Delete User"), None);
        assert_eq!(points("everything", "Read User"), None);
    }
}
