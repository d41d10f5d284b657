//! The `q` parameter of the log: events that hold every keyword, as a whole word.

use super::LogEvent;

/// Parsed keywords: at most ten, of at most 40 characters each.
pub(crate) struct Keywords(Vec<String>);

impl Keywords {
    pub(crate) fn parse(query: &str) -> Result<Keywords, String> {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        if words.len() > 10 {
            return Err("q: At most 10 keywords are supported".to_owned());
        }
        if words.iter().any(|word| word.chars().count() > 40) {
            return Err("q: A keyword can be at most 40 characters long".to_owned());
        }
        Ok(Keywords(words))
    }

    pub(crate) fn match_event(&self, event: &LogEvent) -> bool {
        let mut texts = vec![
            event.event_type(),
            event.kind.message,
            event.result,
            &event.uuid,
            &event.origin.ip,
            &event.origin.agent,
            &event.origin.uri,
            &event.origin.request_id,
        ];
        for party in std::iter::once(&event.actor).chain(&event.targets) {
            texts.extend([
                party.id.as_str(),
                party.kind,
                &party.alternate_id,
                &party.display_name,
            ]);
        }
        texts.extend(event.reason.as_deref());
        texts.extend(event.details.iter().map(|(_, value)| value.as_str()));
        self.0
            .iter()
            .all(|word| texts.iter().any(|text| holds(&text.to_lowercase(), word)))
    }
}

fn holds(text: &str, word: &str) -> bool {
    let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        is_edge(before.chars().next_back())
            && is_edge(
                rest.strip_prefix(word)
                    .and_then(|after| after.chars().next()),
            )
    })
}
