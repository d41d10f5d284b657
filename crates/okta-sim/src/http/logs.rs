//! The System Log.
//!
//! Without `until` and in ascending order a query polls: it always gives a `next` link, which goes
//! on where the page ended, even when the page was empty. With `until` a query is bounded and ends.

use chrono::Duration;

use super::call::{Answer, Call};
use super::errors::OktaError;
use super::paging::{self, Cursor, PageSize};
use crate::filter::{self, Case, Expr, Op, instant, matches};
use crate::log::{Keywords, LogEvent};
use crate::state::Org;

const SIZE: PageSize = PageSize {
    default: 100,
    most: 1_000,
};

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let until = time(call, "until")?;
    let since = time(call, "since")?;
    let is_ascending = match call.asked("sortOrder") {
        None | Some("ASCENDING") => true,
        Some("DESCENDING") => false,
        Some(_) => {
            return Err(OktaError::validation(
                "sortOrder",
                "sortOrder: The value must be ASCENDING or DESCENDING",
            ));
        }
    };
    let polls = until.is_none() && is_ascending;
    let from = since.unwrap_or_else(|| until.unwrap_or(call.at) - Duration::days(7));
    if until.is_some_and(|until| until < from) {
        return Err(OktaError::validation(
            "until",
            "until: The value must not be before since",
        ));
    }
    let limit = match call.asked("limit") {
        Some("0") => 0,
        Some(text) if text.parse::<usize>().is_ok_and(|limit| limit > SIZE.most) => {
            return Err(OktaError::validation(
                "limit",
                "limit: The value must be between 0 and 1000",
            ));
        }
        _ => paging::limit(call, SIZE)?,
    };
    let expr = call.asked("filter").map(checked_filter).transpose()?;
    let keywords = call
        .asked("q")
        .map(|q| Keywords::parse(q).map_err(|reason| OktaError::validation("q", reason)))
        .transpose()?;
    let after = match paging::after(call)? {
        None => None,
        Some(Cursor::Seq(seq)) => Some(seq),
        Some(Cursor::Position(_)) => {
            return Err(OktaError::validation(
                "after",
                "after: The cursor is not valid",
            ));
        }
    };
    let is_wanted = |event: &&LogEvent| {
        let is_on_page = match after {
            Some(seq) if is_ascending => event.seq > seq,
            Some(seq) => event.seq < seq,
            None => true,
        };
        // Polling goes by persistence: what follows the cursor counts, whenever it was published.
        let is_in_time = (after.is_some() && polls) || event.at >= from;
        is_on_page
            && is_in_time
            && until.is_none_or(|until| event.at < until)
            && expr
                .as_ref()
                .is_none_or(|expr| matches(expr, *event, Case::Ignored))
            && keywords.as_ref().is_none_or(|it| it.match_event(event))
    };
    let mut page: Vec<&LogEvent> = if is_ascending {
        org.log.iter().filter(is_wanted).take(limit + 1).collect()
    } else {
        org.log
            .iter()
            .rev()
            .filter(is_wanted)
            .take(limit + 1)
            .collect()
    };
    let has_more = page.len() > limit;
    page.truncate(limit);
    let next = match page.last() {
        Some(last) if polls || has_more => Some(Cursor::Seq(last.seq)),
        None if polls => Some(Cursor::Seq(
            after.unwrap_or_else(|| end_before(org, call, from)),
        )),
        _ => None,
    };
    let shown = page.into_iter().map(LogEvent::shown).collect();
    Ok(paging::linked(call, shown, next))
}

/// Where polling starts when there is nothing yet: behind everything that is older than `from`.
fn end_before(org: &Org, call: &Call, from: chrono::DateTime<chrono::Utc>) -> u64 {
    let limit_is_zero = call.asked("limit") == Some("0");
    org.log
        .iter()
        .rev()
        .find(|event| event.at < from || !limit_is_zero)
        .map_or(0, |event| event.seq)
}

fn time(call: &Call, name: &str) -> Result<Option<chrono::DateTime<chrono::Utc>>, OktaError> {
    call.asked(name)
        .map(|text| {
            // A plus sign that was not encoded arrives as a space.
            instant(text)
                .or_else(|| instant(&text.replace(' ', "+")))
                .ok_or_else(|| {
                    OktaError::validation(
                        name,
                        format!("{name}: The value must be an ISO 8601 timestamp"),
                    )
                })
        })
        .transpose()
}

fn checked_filter(source: &str) -> Result<Expr, OktaError> {
    let expr = filter::parse(source).map_err(|reason| OktaError::filter(source, &reason))?;
    let allows = |path: &str, op: Op| {
        let is_url = matches!(
            path,
            "debugContext.debugData.url" | "debugContext.debugData.requestUri"
        );
        path != "published" && !(is_url && op == Op::Contains)
    };
    expr.check(&allows)
        .map_err(|reason| OktaError::filter(source, &reason))?;
    Ok(expr)
}
