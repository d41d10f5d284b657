//! `limit`, `after` and the `Link` headers.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::form_urlencoded;

use super::call::{Call, Reply};
use super::errors::OktaError;

/// How many entries a list gives when nothing is asked, and at most.
#[derive(Clone, Copy)]
pub(crate) struct PageSize {
    pub(crate) default: usize,
    pub(crate) most: usize,
}

/// Where a page ends. Cursors are opaque to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// After the entry with this number: stays right when entries come and go.
    Seq(u64),
    /// After this many entries: for lists in an order of the client's choice.
    Position(usize),
}

impl Cursor {
    pub(crate) fn text(self) -> String {
        let plain = match self {
            Cursor::Seq(seq) => format!("s{seq}"),
            Cursor::Position(position) => format!("p{position}"),
        };
        URL_SAFE_NO_PAD.encode(plain)
    }

    pub(crate) fn parse(text: &str) -> Option<Cursor> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        if let Some(seq) = plain.strip_prefix('s') {
            return seq.parse().ok().map(Cursor::Seq);
        }
        plain.strip_prefix('p')?.parse().ok().map(Cursor::Position)
    }
}

/// The asked page size, or why it cannot be.
pub(crate) fn limit(call: &Call, size: PageSize) -> Result<usize, OktaError> {
    let Some(asked) = call.asked("limit") else {
        return Ok(size.default);
    };
    match asked.parse::<usize>() {
        Ok(limit) if limit >= 1 => Ok(limit.min(size.most)),
        _ => Err(OktaError::validation(
            "limit",
            "limit: The value must be a positive integer",
        )),
    }
}

/// The asked cursor, or why it cannot be.
pub(crate) fn after(call: &Call) -> Result<Option<Cursor>, OktaError> {
    call.asked("after")
        .map(|text| {
            Cursor::parse(text)
                .ok_or_else(|| OktaError::validation("after", "after: The cursor is not valid"))
        })
        .transpose()
}

/// The number after which a page begins, for lists in the order of the org.
pub(crate) fn seq_after(call: &Call) -> Result<u64, OktaError> {
    match after(call)? {
        Some(Cursor::Seq(start)) => Ok(start),
        Some(Cursor::Position(_)) => Err(OktaError::validation(
            "after",
            "after: The cursor is not valid",
        )),
        None => Ok(0),
    }
}

/// One page of `entries`, which come in ascending order of `seq`.
pub(crate) fn by_seq<'a, T: 'a>(
    call: &Call,
    entries: impl Iterator<Item = &'a T>,
    seq: impl Fn(&T) -> u64,
    size: PageSize,
    show: impl Fn(&T) -> Value,
) -> Result<Reply, OktaError> {
    let limit = limit(call, size)?;
    let start = seq_after(call)?;
    let mut page: Vec<&T> = entries
        .filter(|entry| seq(entry) > start)
        .take(limit + 1)
        .collect();
    let has_more = page.len() > limit;
    page.truncate(limit);
    let next = page
        .last()
        .filter(|_| has_more)
        .map(|last| Cursor::Seq(seq(last)));
    Ok(linked(call, page.into_iter().map(show).collect(), next))
}

/// One page of `entries`, which are in an order of the client's choice.
pub(crate) fn by_position<T>(
    call: &Call,
    entries: &[T],
    size: PageSize,
    show: impl Fn(&T) -> Value,
) -> Result<Reply, OktaError> {
    let limit = limit(call, size)?;
    let start = match after(call)? {
        Some(Cursor::Position(start)) => start,
        Some(Cursor::Seq(_)) => {
            return Err(OktaError::validation(
                "after",
                "after: The cursor is not valid",
            ));
        }
        None => 0,
    };
    let page: Vec<Value> = entries.iter().skip(start).take(limit).map(show).collect();
    let end = start.saturating_add(limit);
    let next = (end < entries.len()).then_some(Cursor::Position(end));
    Ok(linked(call, page, next))
}

/// A list with its `self` link and, where there is more, its `next` link.
pub(crate) fn linked(call: &Call, page: Vec<Value>, next: Option<Cursor>) -> Reply {
    let mut reply = Reply::ok(Value::Array(page))
        .with_header("link", format!("<{}>; rel=\"self\"", address(call, None)));
    if let Some(next) = next {
        let url = address(call, Some(next));
        reply = reply.with_header("link", format!("<{url}>; rel=\"next\""));
    }
    reply
}

fn address(call: &Call, next: Option<Cursor>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(next) = next {
        query.append_pair("after", &next.text());
    }
    for (name, value) in &call.query {
        if next.is_none() || name != "after" {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() {
        format!("{}{}", call.base, call.path)
    } else {
        format!("{}{}?{query}", call.base, call.path)
    }
}
