//! Reading lines. A field in quotes may hold the delimiter, quotes and the ends of lines; each line has the number at which
//! it begins. LF, CR LF and CR end a line; empty lines are passed over.

use std::mem;

/// One line: its number from 1, and its fields. A field that is empty without quotes is nothing.
pub(crate) type Record = (u64, Vec<Option<String>>);

/// Longest field, in bytes: four times what a cell holds.
const MAX_FIELD: usize = 64 << 10;
/// More fields than any table has columns.
const MAX_FIELDS: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first letter of a field.
    Start,
    /// In a field without quotes.
    Plain,
    /// In a field in quotes.
    Quoted,
    /// After a quote inside of quotes: the end, or the first half of a quote.
    Quote,
}

/// What was read of a line so far.
pub(crate) struct Lines {
    delimiter: Option<u8>,
    state: State,
    was_quoted: bool,
    after_cr: bool,
    field: String,
    record: Vec<Option<String>>,
    line: u64,
    begun_at: u64,
    /// The first line, until the delimiter is found out from it.
    first: String,
}

impl Lines {
    /// Begins a file; without a delimiter the first line tells it.
    pub(crate) fn new(delimiter: Option<u8>) -> Self {
        Self {
            delimiter,
            state: State::Start,
            was_quoted: false,
            after_cr: false,
            field: String::new(),
            record: Vec::new(),
            line: 1,
            begun_at: 1,
            first: String::new(),
        }
    }

    /// Reads on and appends the lines that end here.
    pub(crate) fn push(&mut self, text: &str, into: &mut Vec<Record>) -> Result<(), String> {
        if self.delimiter.is_some() {
            return self.read(text, into);
        }
        self.first.push_str(text);
        if !self.first.trim_start().contains(['\n', '\r']) && self.first.len() < MAX_FIELD {
            return Ok(());
        }
        self.begin(into)
    }

    /// Ends the file.
    pub(crate) fn finish(&mut self, into: &mut Vec<Record>) -> Result<(), String> {
        if self.delimiter.is_none() {
            self.begin(into)?;
        }
        if self.state == State::Quoted {
            return Err(format!(
                "The quote that begins at line {} has no end.",
                self.begun_at
            ));
        }
        let is_empty = self.record.is_empty() && self.field.is_empty() && !self.was_quoted;
        if !is_empty {
            self.end_field()?;
            self.end_record(into);
        }
        Ok(())
    }

    fn begin(&mut self, into: &mut Vec<Record>) -> Result<(), String> {
        let text = mem::take(&mut self.first);
        let line = text.trim_start().lines().next().unwrap_or_default();
        let most = [b',', b';', b'\t']
            .into_iter()
            .map(|one| (line.bytes().filter(|byte| *byte == one).count(), one))
            .rev()
            .max_by_key(|(count, _)| *count);
        self.delimiter = Some(match most {
            Some((count, one)) if count > 0 => one,
            _ => b',',
        });
        self.read(&text, into)
    }

    fn read(&mut self, text: &str, into: &mut Vec<Record>) -> Result<(), String> {
        let delimiter = char::from(self.delimiter.unwrap_or(b','));
        for letter in text.chars() {
            let follows_cr = mem::take(&mut self.after_cr) && letter == '\n';
            if self.state == State::Quoted {
                self.quoted(letter)?;
                continue;
            }
            match letter {
                '"' if self.state == State::Start => {
                    self.state = State::Quoted;
                    self.was_quoted = true;
                }
                '"' if self.state == State::Quote => {
                    self.state = State::Quoted;
                    self.push_letter('"')?;
                }
                '\n' if follows_cr => {}
                '\n' | '\r' => {
                    self.after_cr = letter == '\r';
                    let is_blank = self.record.is_empty() && self.state == State::Start;
                    self.line += 1;
                    if is_blank {
                        self.begun_at = self.line;
                        continue;
                    }
                    self.end_field()?;
                    self.end_record(into);
                }
                letter if letter == delimiter => self.end_field()?,
                letter => {
                    self.state = State::Plain;
                    self.push_letter(letter)?;
                }
            }
        }
        Ok(())
    }

    fn quoted(&mut self, letter: char) -> Result<(), String> {
        match letter {
            '"' => self.state = State::Quote,
            '\n' => {
                self.line += 1;
                self.push_letter('\n')?;
            }
            letter => self.push_letter(letter)?,
        }
        Ok(())
    }

    fn push_letter(&mut self, letter: char) -> Result<(), String> {
        if self.field.len() >= MAX_FIELD {
            return Err(format!(
                "The field that begins at line {} is longer than 64 KB. Look for a quote without an end.",
                self.begun_at
            ));
        }
        self.field.push(letter);
        Ok(())
    }

    fn end_field(&mut self) -> Result<(), String> {
        if self.record.len() >= MAX_FIELDS {
            return Err(format!(
                "Line {} has more than {MAX_FIELDS} fields.",
                self.begun_at
            ));
        }
        let text = mem::take(&mut self.field);
        let is_nothing = text.is_empty() && !mem::take(&mut self.was_quoted);
        self.was_quoted = false;
        self.record.push((!is_nothing).then_some(text));
        self.state = State::Start;
        Ok(())
    }

    fn end_record(&mut self, into: &mut Vec<Record>) {
        into.push((self.begun_at, mem::take(&mut self.record)));
        self.begun_at = self.line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, size: usize, delimiter: Option<u8>) -> Result<Vec<Record>, String> {
        let mut lines = Lines::new(delimiter);
        let mut records = Vec::new();
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(size) {
            lines.push(&piece.iter().collect::<String>(), &mut records)?;
        }
        lines.finish(&mut records)?;
        Ok(records)
    }

    fn some(fields: &[&str]) -> Vec<Option<String>> {
        fields
            .iter()
            .map(|field| Some((*field).to_owned()))
            .collect()
    }

    #[test]
    fn quotes_ends_of_lines_and_blank_lines_are_read_in_pieces_of_any_size() {
        let text = "a,b\r\n\r\n\"x, \"\"y\"\"\r\nz\",愛\n1,\n\"\",2\r3,4";
        for size in [1, 2, 3, 7, 100] {
            let records = all(text, size, None).unwrap();
            assert_eq!(
                records,
                [
                    (1, some(&["a", "b"])),
                    (3, some(&["x, \"y\"\r\nz", "愛"])),
                    (5, vec![Some("1".to_owned()), None]),
                    (6, some(&["", "2"])),
                    (7, some(&["3", "4"])),
                ],
                "{size}"
            );
        }
    }

    #[test]
    fn the_first_line_tells_the_delimiter() {
        assert_eq!(
            all("a;b,c;d\n", 3, None).unwrap(),
            [(1, some(&["a", "b,c", "d"]))]
        );
        assert_eq!(all("a\tb", 9, None).unwrap(), [(1, some(&["a", "b"]))]);
        assert_eq!(all("a;b", 9, Some(b',')).unwrap(), [(1, some(&["a;b"]))]);
        assert_eq!(all("", 9, None).unwrap(), []);
    }

    #[test]
    fn a_quote_without_an_end_is_named_by_its_line() {
        let wrong = all("a,b\n1,\"never ends\n2,3\n", 4, None).unwrap_err();
        assert!(wrong.contains("line 2"), "{wrong}");
        let long = format!("a\n\"{}", "x".repeat(100_000));
        assert!(all(&long, 1000, None).unwrap_err().contains("64 KB"));
    }
}
