//! The form in which texts are compared, with the way back to the text.

use super::Mark;

/// A text in the form in which it is compared. Each letter knows where it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The letters.
    pub chars: Vec<char>,
    /// For each letter the bytes of the text that it stands for.
    spans: Vec<Mark>,
    /// Positions in `chars` where words begin.
    pub starts: Vec<usize>,
}

/// Returns a text in the form in which it is compared, without the way back.
pub fn fold(text: &str) -> String {
    Folded::of(text).chars.into_iter().collect()
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let mut before = Script::Other;
        for (at, letter) in text.char_indices() {
            let span = Mark {
                from: at,
                to: at + letter.len_utf8(),
            };
            if folded.joins(letter, span) {
                continue;
            }
            let script = Script::of(letter);
            if script.begins_word(before) {
                folded.starts.push(folded.chars.len());
            }
            before = script;
            folded.push(letter, span);
        }
        folded
    }

    /// Returns the bytes of the text that letters `from` up to `to` stand for.
    pub fn mark(&self, from: usize, to: usize) -> Option<Mark> {
        let first = self.spans.get(from)?;
        let last = self.spans.get(to.checked_sub(1)?)?;
        Some(Mark {
            from: first.from,
            to: last.to,
        })
    }

    /// Returns the letters of the word that begins at `start`.
    pub fn word(&self, start: usize) -> &[char] {
        let end = self
            .starts
            .iter()
            .find(|next| **next > start)
            .copied()
            .unwrap_or(self.chars.len());
        let word = self.chars.get(start..end).unwrap_or_default();
        let length = word
            .iter()
            .rposition(|letter| letter.is_alphanumeric())
            .map_or(0, |last| last + 1);
        word.get(..length).unwrap_or_default()
    }

    /// Adds what is no letter of its own to the letter before it: marks of voiced kana, marks of long vowels.
    fn joins(&mut self, letter: char, span: Mark) -> bool {
        let is_long = matches!(letter, 'ー' | 'ｰ');
        let voiced = match letter {
            'ﾞ' | '\u{3099}' | '゛' => self.chars.last().and_then(|last| voiced(*last)),
            'ﾟ' | '\u{309a}' | '゜' => self.chars.last().and_then(|last| half_voiced(*last)),
            _ => None,
        };
        if let (Some(voiced), Some(last)) = (voiced, self.chars.last_mut()) {
            *last = voiced;
        }
        let is_joined = is_long || voiced.is_some();
        if let (true, Some(last)) = (is_joined, self.spans.last_mut()) {
            last.to = span.to;
        }
        is_joined
    }

    fn push(&mut self, letter: char, span: Mark) {
        for letter in full_width(letter).to_lowercase() {
            self.chars.push(plain(letter));
            self.spans.push(span);
        }
    }
}

/// What kind of letter it is, as far as words begin where it changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Digit,
    Katakana,
    Hiragana,
    Kanji,
    Capital,
    Other,
}

impl Script {
    fn of(letter: char) -> Self {
        match full_width(letter) {
            'ァ'..='ヺ' => Self::Katakana,
            'ぁ'..='ゖ' => Self::Hiragana,
            '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Self::Kanji,
            letter if letter.is_numeric() => Self::Digit,
            letter if letter.is_uppercase() => Self::Capital,
            letter if letter.is_alphabetic() => Self::Latin,
            _ => Self::Other,
        }
    }

    fn begins_word(self, before: Self) -> bool {
        match (before, self) {
            (_, Self::Other) => false,
            (Self::Other, _) => true,
            // `readUser` is two words, `SMS` is one; kana behind kanji end their word.
            (Self::Capital, Self::Latin) | (Self::Latin | Self::Capital, Self::Digit) => false,
            (_, Self::Hiragana) => false,
            (before, now) => before != now,
        }
    }
}

/// Latin letters of full width become those of half width, katakana of half width those of full width.
fn full_width(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        'ｦ'..='ﾝ' => HALF_WIDTH
            .chars()
            .nth(letter as usize - 'ｦ' as usize)
            .unwrap_or(letter),
        _ => letter,
    }
}

/// Full width for `ｦ` to `ﾝ`, in their order.
const HALF_WIDTH: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

/// Katakana become hiragana, letters with accents those without, every kind of space one.
fn plain(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(letter as u32 - 0x60).unwrap_or(letter),
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        letter if letter.is_whitespace() => ' ',
        _ => letter,
    }
}

/// The voiced kana of an unvoiced one.
fn voiced(letter: char) -> Option<char> {
    match letter {
        'う' => Some('ゔ'),
        'か' | 'き' | 'く' | 'け' | 'こ' | 'さ' | 'し' | 'す' | 'せ' | 'そ' | 'た' | 'ち'
        | 'つ' | 'て' | 'と' | 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ' => {
            char::from_u32(letter as u32 + 1)
        }
        _ => None,
    }
}

/// The half voiced kana of an unvoiced one.
fn half_voiced(letter: char) -> Option<char> {
    match letter {
        'は' | 'ひ' | 'ふ' | 'へ' | 'ほ' => char::from_u32(letter as u32 + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_has_one_form() {
        for text in ["ユーザー", "ゆーざー", "ﾕｰｻﾞｰ", "ユーザ", "ユーサ\u{3099}ー"]
        {
            assert_eq!(fold(text), "ゆざ", "{text}");
        }
        assert_eq!(fold("ＲＥＡＤ　Ｕｓｅｒ"), "read user");
        assert_eq!(fold("ﾊﾟｽﾜｰﾄﾞ"), fold("パスワード"));
        assert_eq!(fold("Éva"), "eva");
        assert_eq!(fold("ーー"), "");
    }

    #[test]
    fn letters_know_where_they_came_from() {
        let text = "新しいﾕｰｻﾞｰの作成";
        let folded = Folded::of(text);
        let at = folded.chars.iter().position(|c| *c == 'ゆ').unwrap();
        let mark = folded.mark(at, at + 2).unwrap();
        assert_eq!(text.get(mark.from..mark.to), Some("ﾕｰｻﾞｰ"));
    }

    #[test]
    fn words_begin_at_spaces_signs_capitals_and_scripts() {
        let words = |text: &str| -> Vec<String> {
            let folded = Folded::of(text);
            let starts = folded.starts.iter();
            starts
                .map(|start| folded.word(*start).iter().collect())
                .collect()
        };
        assert_eq!(words("If/ElseIf"), ["if", "else", "if"]);
        assert_eq!(words("Phone SMS Sent"), ["phone", "sms", "sent"]);
        assert_eq!(words("OAuth2 App"), ["oauth2", "app"]);
        assert_eq!(words("ユーザーの一時停止解除"), ["ゆざの", "一時停止解除"]);
        assert_eq!(words("okta.users.read"), ["okta", "users", "read"]);
    }
}
