//! The System Log.
//!
//! Without `until` and in ascending order a query polls: it always gives a `next` link, which goes
//! on where the page ended, even when the page was empty. With `until` a query is bounded and ends.

use chrono::{DateTime, Duration, Utc};

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

/// What a request asks for, checked.
struct Query {
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    is_ascending: bool,
    limit: usize,
    after: Option<u64>,
    filter: Option<Expr>,
    keywords: Option<Keywords>,
}

impl Query {
    fn parse(call: &Call) -> Result<Query, OktaError> {
        let until = time(call, "until")?;
        let from =
            time(call, "since")?.unwrap_or_else(|| until.unwrap_or(call.at) - Duration::days(7));
        if until.is_some_and(|until| until < from) {
            return Err(refused("until", "The value must not be before since"));
        }
        let is_ascending = match call.asked("sortOrder") {
            None | Some("ASCENDING") => true,
            Some("DESCENDING") => false,
            Some(_) => {
                return Err(refused(
                    "sortOrder",
                    "The value must be ASCENDING or DESCENDING",
                ));
            }
        };
        let limit = match call.asked("limit").map(str::parse::<usize>) {
            None => SIZE.default,
            Some(Ok(limit)) if limit <= SIZE.most => limit,
            Some(_) => return Err(refused("limit", "The value must be between 0 and 1000")),
        };
        let after = match paging::after(call)? {
            None => None,
            Some(Cursor::Seq(seq)) => Some(seq),
            Some(Cursor::Position(_)) => return Err(refused("after", "The cursor is not valid")),
        };
        Ok(Query {
            from,
            until,
            is_ascending,
            limit,
            after,
            filter: call.asked("filter").map(checked_filter).transpose()?,
            keywords: call
                .asked("q")
                .map(|q| Keywords::parse(q).map_err(|reason| OktaError::validation("q", reason)))
                .transpose()?,
        })
    }

    fn polls(&self) -> bool {
        self.until.is_none() && self.is_ascending
    }

    fn wants(&self, event: &LogEvent) -> bool {
        let is_on_page = match self.after {
            Some(seq) if self.is_ascending => event.seq > seq,
            Some(seq) => event.seq < seq,
            None => true,
        };
        // Polling goes by persistence: what follows the cursor counts, whenever it was published.
        let is_in_time = (self.after.is_some() && self.polls()) || event.at >= self.from;
        is_on_page
            && is_in_time
            && self.until.is_none_or(|until| event.at < until)
            && self
                .filter
                .as_ref()
                .is_none_or(|expr| matches(expr, event, Case::Ignored))
            && self
                .keywords
                .as_ref()
                .is_none_or(|it| it.match_event(event))
    }
}

fn refused(name: &str, reason: &str) -> OktaError {
    OktaError::validation(name, format!("{name}: {reason}"))
}

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let query = Query::parse(call)?;
    let wanted = |event: &&LogEvent| query.wants(event);
    let most = query.limit + 1;
    let mut page: Vec<&LogEvent> = if query.is_ascending {
        org.log.iter().filter(wanted).take(most).collect()
    } else {
        org.log.iter().rev().filter(wanted).take(most).collect()
    };
    let has_more = page.len() > query.limit;
    page.truncate(query.limit);
    let next = match page.last() {
        Some(last) if query.polls() || has_more => Some(last.seq),
        None if query.polls() => Some(query.after.unwrap_or_else(|| end_before(org, &query))),
        _ => None,
    };
    let shown = page.into_iter().map(LogEvent::shown).collect();
    Ok(paging::linked(call, shown, next.map(Cursor::Seq)))
}

/// Where polling starts when there is nothing yet: behind everything that is older than `from`.
fn end_before(org: &Org, query: &Query) -> u64 {
    org.log
        .iter()
        .rev()
        .find(|event| query.limit > 0 || event.at < query.from)
        .map_or(0, |event| event.seq)
}

fn time(call: &Call, name: &str) -> Result<Option<DateTime<Utc>>, OktaError> {
    call.asked(name)
        .map(|text| {
            // A plus sign that was not encoded arrives as a space.
            instant(text)
                .or_else(|| instant(&text.replace(' ', "+")))
                .ok_or_else(|| refused(name, "The value must be an ISO 8601 timestamp"))
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
