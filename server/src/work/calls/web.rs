//! HTTP cards: calls to any public address, and to what an administrator allowed.

use std::sync::Arc;

use cards::HttpReply;
use cards::http::NextPage;
use connect::WebRequest;
use engine::{Answer, Call, Event, Page};
use flow::CardError;
use url::Url;

use super::traces;
use crate::backend::connections::called_as;
use crate::state::Server;

pub(super) async fn call(
    server: &Arc<Server>,
    call: Call,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    let request = cards::http::request(&call.card, &call.args)?;
    let method = request.method.as_str().to_owned();
    let outgoing = WebRequest {
        method: method.clone(),
        url: call.cursor.clone().unwrap_or(request.url),
        query: Vec::new(),
        headers: request.headers,
        body: request.body,
        media_type: Some("application/json".to_owned()),
    };
    let caller = match &call.connection {
        Some(id) => Some(called_as(server, id).await?),
        None => None,
    };
    let (result, attempts) = server.web.send_as(&outgoing, caller.as_ref()).await;
    let path = Url::parse(&outgoing.url)
        .map(|url| url.path().to_owned())
        .unwrap_or_default();
    let trace = traces(&method, &path, &attempts, call.attempt);
    let outcome = result.and_then(|reply| {
        let reply = HttpReply {
            status: reply.status,
            headers: reply.headers,
            body: reply.body,
        };
        match cards::http::is_paged(&call.card) {
            true => page(&call, &outgoing.url, &reply).map(|page| (Vec::new(), Some(page))),
            false => {
                cards::http::outputs(&call.card, &call.args, &reply).map(|outputs| (outputs, None))
            }
        }
    });
    match outcome {
        Ok((outputs, page)) => Ok(Answer {
            outputs,
            page,
            trace,
        }),
        Err(error) => {
            trace.into_iter().for_each(|call| record(Event::Call(call)));
            Err(error)
        }
    }
}

/// The page, and the address of the next one.
fn page(call: &Call, address: &str, reply: &HttpReply) -> Result<Page, CardError> {
    let (record, next) = cards::http::page(&call.args, reply)?;
    let next = match next {
        Some(next) => Some(following(address, &next)?),
        None => None,
    };
    Ok(Page {
        records: vec![record],
        next,
    })
}

/// Headers and account are meant for the service that the author named, so a page elsewhere is not read.
fn following(address: &str, next: &NextPage) -> Result<String, CardError> {
    let wrong = || {
        CardError::new(
            "http.next_page",
            "The service names a next page that is no address at the same host.",
        )
    };
    let here = Url::parse(address).map_err(|_| wrong())?;
    let next = match next {
        NextPage::Address(next) => here.join(next).map_err(|_| wrong())?,
        NextPage::Cursor(parameter, value) => {
            let kept: Vec<(String, String)> = here
                .query_pairs()
                .filter(|(name, _)| name != parameter)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect();
            let mut next = here.clone();
            next.query_pairs_mut()
                .clear()
                .extend_pairs(kept)
                .append_pair(parameter, value);
            next
        }
    };
    match next.origin() == here.origin() {
        true => Ok(next.into()),
        false => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_at_the_same_host() {
        let here = "https://api.example.com/users?limit=2&after=a";
        let cursor = NextPage::Cursor("after".to_owned(), "b c".to_owned());
        assert_eq!(
            following(here, &cursor).unwrap(),
            "https://api.example.com/users?limit=2&after=b+c"
        );
        let relative = NextPage::Address("/users?page=2".to_owned());
        assert_eq!(
            following(here, &relative).unwrap(),
            "https://api.example.com/users?page=2"
        );
        for elsewhere in [
            "https://evil.example/",
            "http://api.example.com/users",
            "//10.0.0.1/",
        ] {
            assert!(following(here, &NextPage::Address(elsewhere.to_owned())).is_err());
        }
    }
}
