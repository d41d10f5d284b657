//! Okta action cards: one request, a page, or all pages, by the card's result set.

use std::sync::Arc;

use cards::okta::ResultSet;
use cards::{HttpReply, HttpRequest, Repeat};
use connect::{Org, Reply, Request};
use engine::{Answer, Call, CallTrace, Event, Page};
use flow::{CardError, ConnectionId, FlowId};

use super::{done, traces};
use crate::state::Server;

/// Pages that one card reads into memory at most; Okta's own connector ends at 10,000 records.
const PAGES: usize = 100;

pub(super) async fn call(
    server: &Arc<Server>,
    flow: &FlowId,
    call: Call,
    may_be_again: bool,
    record: &(dyn Fn(Event) + Send + Sync),
) -> Result<Answer, CardError> {
    let connection = call.connection.clone().ok_or_else(|| {
        CardError::new(
            "connection.missing",
            "The card has no connection. Choose one on the card and save the flow.",
        )
    })?;
    let requests = cards::okta::requests(&call.card, &call.args)?;
    let (request, earlier) = requests.split_last().ok_or_else(|| {
        CardError::new(
            "okta.nothing",
            "There is nothing to send. Fill in the card's inputs.",
        )
    })?;
    let repeatable = cards::repeat_of(&call.card, &call.args) == Some(Repeat::Safe);
    let sender = Sender {
        server,
        flow,
        connection,
        repeatable,
        before: call.attempt,
        record,
    };
    let mut trace = Vec::new();
    for request in earlier {
        trace.extend(sender.send(request, None).await?.1);
    }
    let mut request = request.clone();
    if let Some(read) = cards::okta::reads_first(&call.card, &call.args)? {
        let (current, more) = sender.send(&read, None).await?;
        trace.extend(more);
        request = cards::okta::completed(&call.card, request, &as_reply(current));
    }
    let request = &request;
    match cards::okta::result_set(&call.card, &call.args) {
        ResultSet::One | ResultSet::First => {
            let (reply, more) = match sender.send(request, None).await {
                Err(error) if may_be_again => {
                    done::answer(server, &sender.connection, request, error)
                        .await
                        .map(|reply| (reply, Vec::new()))?
                }
                sent => sent?,
            };
            trace.extend(more);
            let outputs = cards::okta::outputs(&call.card, &call.args, &as_reply(reply))?;
            Ok(Answer {
                outputs,
                page: None,
                trace,
            })
        }
        ResultSet::Block { max } => sender.block(&call, request, max).await,
        ResultSet::Stream => {
            let (reply, trace) = sender.send(request, call.cursor.as_deref()).await?;
            let next = sender.next_page(&reply).await;
            let records = cards::okta::records(&call.card, &as_reply(reply));
            // The log names a next page for ever; an empty page is its end.
            let next = next.filter(|_| !records.is_empty());
            Ok(Answer {
                outputs: Vec::new(),
                page: Some(Page { records, next }),
                trace,
            })
        }
    }
}

struct Sender<'a> {
    server: &'a Arc<Server>,
    flow: &'a FlowId,
    connection: ConnectionId,
    repeatable: bool,
    before: u32,
    record: &'a (dyn Fn(Event) + Send + Sync),
}

impl Sender<'_> {
    async fn send(
        &self,
        request: &HttpRequest,
        cursor: Option<&str>,
    ) -> Result<(Reply, Vec<CallTrace>), CardError> {
        let method = request.method.as_str();
        let outgoing = Request {
            method: method.to_owned(),
            path: cursor.unwrap_or(&request.path).to_owned(),
            query: if cursor.is_some() {
                Vec::new()
            } else {
                request.query.clone()
            },
            headers: request.headers.clone(),
            body: request.body.clone(),
            repeatable: self.repeatable,
        };
        let sent = self
            .server
            .connections
            .send_for(&self.connection, self.flow, &outgoing)
            .await;
        let trace = traces(method, &outgoing.path, &sent.attempts, self.before);
        match sent.result {
            Ok(reply) => Ok((reply, trace)),
            Err(error) => {
                trace
                    .into_iter()
                    .for_each(|call| (self.record)(Event::Call(call)));
                Err(error)
            }
        }
    }

    /// Reads pages until `max` records are there or no page is left.
    async fn block(
        &self,
        call: &Call,
        request: &HttpRequest,
        max: usize,
    ) -> Result<Answer, CardError> {
        let (mut first, mut trace) = self.send(request, None).await?;
        let mut next = self.next_page(&first).await;
        let mut pages = 1;
        while let (Some(cursor), Some(found)) = (next.take(), first.body.as_array_mut()) {
            if found.len() >= max || pages >= PAGES {
                break;
            }
            let (mut page, more) = self.send(request, Some(&cursor)).await?;
            trace.extend(more);
            match page.body.as_array_mut() {
                Some(items) if !items.is_empty() => found.append(items),
                _ => break,
            }
            next = self.next_page(&page).await;
            pages += 1;
        }
        if let Some(found) = first.body.as_array_mut() {
            found.truncate(max);
        }
        let outputs = cards::okta::outputs(&call.card, &call.args, &as_reply(first))?;
        Ok(Answer {
            outputs,
            page: None,
            trace,
        })
    }

    /// Path and query of the next page, if the org names one that is its own.
    async fn next_page(&self, reply: &Reply) -> Option<String> {
        let link = reply.next_link()?;
        let row = store::connections::find(&self.server.store, &self.connection)
            .await
            .ok()??;
        Org::parse(&row.base_url).ok()?.path_of(link)
    }
}

fn as_reply(reply: Reply) -> HttpReply {
    HttpReply {
        status: reply.status,
        headers: reply.headers,
        body: reply.body,
    }
}
