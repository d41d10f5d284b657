//! Finding users: `q`, `filter`, `search` with `sortBy`, and the projection by `fields`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::call::{Answer, Call};
use super::errors::OktaError;
use super::paging::{self, PageSize};
use crate::filter::{self, Case, Expr, Fields, Op, Scalar, matches};
use crate::people::FIRST_SEQ;
use crate::state::Org;
use crate::state::user::{Status, User};

const SIZE: PageSize = PageSize {
    default: 200,
    most: 200,
};

pub(super) fn list(org: &mut Org, call: &Call) -> Answer {
    let show = |user: &User| fields_of(call, user.listed(&call.base));
    if org.crowd.count > 0 {
        return in_crowd(org, call, show);
    }
    if let Some(source) = call.asked("search") {
        let expr = filter::parse(source).map_err(OktaError::search)?;
        expr.check(&|path, op| is_searchable(org, path, op))
            .map_err(OktaError::search)?;
        return searched(org, call, &expr, show);
    }
    if let Some(source) = call.asked("filter") {
        let expr = filter::parse(source).map_err(OktaError::search)?;
        expr.check(&is_filterable).map_err(OktaError::search)?;
        if expr.has_not() {
            return Err(OktaError::search("'not' is not supported in a filter"));
        }
        let found = org
            .users
            .values()
            .filter(|user| matches(&expr, *user, Case::Matters));
        return paging::by_seq(call, found, |user| user.seq, SIZE, show);
    }
    let present = org
        .users
        .values()
        .filter(|user| user.status != Status::Deprovisioned);
    if let Some(q) = call.asked("q") {
        let q = q.to_lowercase();
        let starts = |text: &str| text.to_lowercase().starts_with(&q);
        let size = PageSize {
            default: 10,
            ..SIZE
        };
        let limit = paging::limit(call, size)?;
        let page = present
            .filter(|user| {
                ["firstName", "lastName", "email"]
                    .iter()
                    .any(|it| starts(user.text(it)))
            })
            .take(limit)
            .map(show)
            .collect();
        return Ok(paging::linked(call, page, None));
    }
    paging::by_seq(call, present, |user| user.seq, SIZE, show)
}

/// The same in an org with a crowd, which is walked through from the asked place on and never held as a whole.
fn in_crowd(org: &Org, call: &Call, show: impl Fn(&User) -> Value) -> Answer {
    let filter = |name: &str| {
        let source = call.asked(name);
        source
            .map(filter::parse)
            .transpose()
            .map_err(OktaError::search)
    };
    let (search, filtered, q) = (filter("search")?, filter("filter")?, call.asked("q"));
    if let Some(expr) = &search {
        expr.check(&|path, op| is_searchable(org, path, op))
            .map_err(OktaError::search)?;
    }
    if let Some(expr) = &filtered {
        expr.check(&is_filterable).map_err(OktaError::search)?;
    }
    if call.asked("sortBy").is_some() {
        return Err(OktaError::search(
            "sortBy: this simulated org is too large to sort",
        ));
    }
    let q = q.map(str::to_lowercase);
    let keeps = |user: &User| match (&search, &filtered, &q) {
        (Some(expr), ..) => matches(expr, user, Case::Ignored),
        (_, Some(expr), _) => matches(expr, user, Case::Matters),
        (.., Some(q)) => ["firstName", "lastName", "email"]
            .iter()
            .any(|it| user.text(it).to_lowercase().starts_with(q)),
        _ => user.status != Status::Deprovisioned,
    };
    let limit = paging::limit(call, SIZE)?;
    let after = paging::seq_after(call)?;
    let mut page = Vec::with_capacity(limit);
    let mut last = after;
    let own = org
        .users
        .values()
        .filter(|user| user.seq < FIRST_SEQ && user.seq > after);
    let made = org
        .crowd
        .after(after)
        .map(|user| match org.users.get(&user.id) {
            Some(moved_in) => Cow::Borrowed(moved_in),
            None => Cow::Owned(user),
        });
    let mut found = own
        .map(Cow::Borrowed)
        .chain(made)
        .filter(|user| keeps(user));
    for user in found.by_ref().take(limit) {
        last = user.seq;
        page.push(show(&user));
    }
    let next = found.next().map(|_| paging::Cursor::Seq(last));
    Ok(paging::linked(call, page, next))
}

fn searched(org: &Org, call: &Call, expr: &Expr, show: impl Fn(&User) -> Value) -> Answer {
    let mut found: Vec<&User> = org
        .users
        .values()
        .filter(|user| matches(expr, *user, Case::Ignored))
        .collect();
    let Some(sort_by) = call.asked("sortBy") else {
        return paging::by_seq(call, found.into_iter(), |user| user.seq, SIZE, show);
    };
    if !is_searchable(org, sort_by, Op::Eq) {
        return Err(OktaError::search(format!(
            "sortBy: '{sort_by}' is not a property"
        )));
    }
    sort(&mut found, sort_by, |user| &user.id, call);
    paging::by_position(call, &found, SIZE, |user| show(user))
}

/// Sorts by a property, then by id, in the asked direction.
pub(super) fn sort<T: Fields>(found: &mut [&T], by: &str, id: fn(&T) -> &str, call: &Call) {
    found.sort_by_cached_key(|one| {
        let key = match one.values(by).into_iter().next() {
            Some(Scalar::Text(text)) => text.to_lowercase(),
            Some(Scalar::Number(number)) => format!("{number:020.4}"),
            Some(Scalar::Bool(flag)) => flag.to_string(),
            None => String::new(),
        };
        (key, id(one).to_owned())
    });
    if call
        .asked("sortOrder")
        .is_some_and(|order| order.to_ascii_lowercase().starts_with("desc"))
    {
        found.reverse();
    }
}

fn is_searchable(org: &Org, path: &str, op: Op) -> bool {
    let is_known = match path.strip_prefix("profile.") {
        Some(name) => org.user_schema.attribute(name).is_some(),
        None => matches!(
            path,
            "id" | "status" | "created" | "activated" | "statusChanged" | "lastUpdated" | "type.id"
        ),
    };
    is_known && !matches!(op, Op::Ne | Op::EndsWith)
}

fn is_filterable(path: &str, op: Op) -> bool {
    match path {
        "lastUpdated" => op == Op::Eq || op.is_ordering(),
        "status" | "id" | "profile.login" | "profile.email" | "profile.firstName"
        | "profile.lastName" => op == Op::Eq,
        _ => false,
    }
}

/// Keeps what `fields=id,status,profile:(firstName,city)` asks for.
fn fields_of(call: &Call, shown: Value) -> Value {
    let (Some(asked), Value::Object(all)) = (call.asked("fields"), &shown) else {
        return shown;
    };
    let (top, profile) = match asked.split_once("profile:(") {
        Some((before, rest)) => {
            let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
            (format!("{before},{after}"), Some(inside.to_owned()))
        }
        None => (asked.to_owned(), None),
    };
    let top: Vec<&str> = top.split(',').map(str::trim).collect();
    let mut kept = Map::new();
    for (name, value) in all {
        if name == "id" || name == "_links" || top.contains(&name.as_str()) {
            kept.insert(name.clone(), value.clone());
        } else if let (true, Some(wanted), Value::Object(profile)) =
            (name == "profile", &profile, value)
        {
            let part: Map<String, Value> = wanted
                .split(',')
                .map(str::trim)
                .filter_map(|name| profile.get(name).map(|it| (name.to_owned(), it.clone())))
                .collect();
            kept.insert(name.clone(), Value::Object(part));
        }
    }
    Value::Object(kept)
}
