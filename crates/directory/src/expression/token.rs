//! Cuts the text of an expression into tokens. Names and numbers follow the Spring Expression Language; in a text the
//! backslash is an ordinary character and a doubled quote stands for the quote.

use super::problem::Problem;

/// A piece of an expression and where it begins, counted in characters from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) at: usize,
    pub(super) token: Token,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Int(i64),
    Double(f64),
    Text(String),
    Name(String),
    Symbol(&'static str),
}

impl Token {
    /// How the token is named in an error.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Int(number) => format!("the number {number}"),
            Self::Double(number) => format!("the number {number}"),
            Self::Text(_) => "a text".to_owned(),
            Self::Name(name) => format!("`{name}`"),
            Self::Symbol(symbol) => format!("`{symbol}`"),
        }
    }
}

/// Longer symbols stand before those that they begin with.
const SYMBOLS: [&str; 27] = [
    "?:", "?.", "==", "!=", "<=", ">=", "&&", "||", "(", ")", "{", "}", "[", "]", ",", ".", ":",
    "?", "+", "-", "*", "/", "%", "^", "!", "<", ">",
];

/// What the Spring language has and this one refuses, with the reason.
const REFUSED: [(&str, &str); 10] = [
    ("++", "`++` is not allowed: an expression changes nothing."),
    ("--", "`--` is not allowed: an expression changes nothing."),
    (
        ".?[",
        "A selection `.?[…]` is not part of the expression language.",
    ),
    (
        ".^[",
        "A selection `.^[…]` is not part of the expression language.",
    ),
    (
        ".$[",
        "A selection `.$[…]` is not part of the expression language.",
    ),
    (
        "=",
        "An expression cannot assign; `==` compares two values.",
    ),
    ("#", "Variables (`#name`) are not allowed."),
    ("@", "References to beans (`@name`) are not allowed."),
    ("&", "A single `&` means nothing; write `&&` or AND."),
    ("|", "A single `|` means nothing; write `||` or OR."),
];

/// Cuts `text` into tokens.
pub(super) fn cut(text: &str) -> Result<Vec<Placed>, Problem> {
    let letters: Vec<char> = text.chars().collect();
    let mut reader = Reader {
        letters: &letters,
        at: 0,
    };
    let mut tokens = Vec::new();
    while let Some(letter) = reader.peek(0) {
        if letter.is_whitespace() {
            reader.at += 1;
            continue;
        }
        let at = reader.at;
        let token = reader.token(letter)?;
        tokens.push(Placed { at, token });
    }
    Ok(tokens)
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn token(&mut self, first: char) -> Result<Token, Problem> {
        match first {
            '\'' | '"' => self.text(first),
            '0'..='9' => self.number(),
            _ if begins_name(first) => Ok(Token::Name(self.while_true(continues_name))),
            _ => self.symbol(first),
        }
    }

    fn while_true(&mut self, belongs: fn(char) -> bool) -> String {
        let mut word = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| belongs(*letter)) {
            word.push(letter);
            self.at += 1;
        }
        word
    }

    fn text(&mut self, quote: char) -> Result<Token, Problem> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(letter) = self.peek(0) else {
                let message = format!("The text that begins here has no closing {quote}.");
                return Err(Problem::at(start, message));
            };
            self.at += 1;
            if letter != quote {
                text.push(letter);
            } else if self.peek(0) == Some(quote) {
                text.push(quote);
                self.at += 1;
            } else {
                return Ok(Token::Text(text));
            }
        }
    }

    fn number(&mut self) -> Result<Token, Problem> {
        let start = self.at;
        if self.peek(0) == Some('0') && matches!(self.peek(1), Some('x' | 'X')) {
            return self.hexadecimal();
        }
        let mut digits = self.digits();
        let mut is_whole = true;
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            digits.push('.');
            digits.push_str(&self.digits());
            is_whole = false;
        }
        if let Some(exponent) = self.exponent() {
            digits.push_str(&exponent);
            is_whole = false;
        }
        is_whole &= !self.suffix(&['d', 'D', 'f', 'F']);
        if is_whole {
            self.suffix(&['l', 'L']);
            let too_large = || Problem::at(start, format!("The number {digits} is too large."));
            return digits.parse().map(Token::Int).map_err(|_| too_large());
        }
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Double(number)),
            _ => Err(Problem::at(start, "This number is too large.")),
        }
    }

    fn digits(&mut self) -> String {
        self.while_true(|letter| letter.is_ascii_digit())
    }

    fn hexadecimal(&mut self) -> Result<Token, Problem> {
        let start = self.at;
        self.at += 2;
        let digits = self.while_true(|letter| letter.is_ascii_hexdigit());
        self.suffix(&['l', 'L']);
        i64::from_str_radix(&digits, 16)
            .map(Token::Int)
            .map_err(|_| Problem::at(start, "This hexadecimal number cannot be read."))
    }

    /// Reads `e+12`, where digits follow; `1e` is a number before a name.
    fn exponent(&mut self) -> Option<String> {
        let is_signed = matches!(self.peek(1), Some('+' | '-'));
        let first = self.peek(if is_signed { 2 } else { 1 })?;
        if !matches!(self.peek(0), Some('e' | 'E')) || !first.is_ascii_digit() {
            return None;
        }
        let mut text = String::from("e");
        if is_signed {
            text.extend(self.peek(1));
            self.at += 1;
        }
        self.at += 1;
        text.push_str(&self.digits());
        Some(text)
    }

    /// Takes one of Java's type letters, if a number ends with it.
    fn suffix(&mut self, letters: &[char]) -> bool {
        let is_there = self.peek(0).is_some_and(|letter| letters.contains(&letter))
            && !self.peek(1).is_some_and(continues_name);
        self.at += usize::from(is_there);
        is_there
    }

    fn symbol(&mut self, first: char) -> Result<Token, Problem> {
        if let Some(symbol) = SYMBOLS.iter().find(|symbol| self.begins_with(symbol)) {
            let doubled = REFUSED
                .iter()
                .find(|(sign, _)| sign.len() > symbol.len() && self.begins_with(sign));
            if let Some((_, reason)) = doubled {
                return Err(Problem::at(self.at, *reason));
            }
            self.at += symbol.len();
            return Ok(Token::Symbol(symbol));
        }
        if let Some((_, reason)) = REFUSED.iter().find(|(sign, _)| self.begins_with(sign)) {
            return Err(Problem::at(self.at, *reason));
        }
        Err(Problem::at(self.at, strange(first)))
    }

    fn begins_with(&self, symbol: &str) -> bool {
        symbol
            .chars()
            .enumerate()
            .all(|(ahead, letter)| self.peek(ahead) == Some(letter))
    }
}

fn strange(letter: char) -> String {
    if matches!(letter, '“' | '”' | '„' | '‘' | '’') {
        return format!("{letter} is a typographic quote; write \" or ' instead.");
    }
    format!("{letter:?} has no meaning here.")
}

fn begins_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_' || letter == '$'
}

fn continues_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}
