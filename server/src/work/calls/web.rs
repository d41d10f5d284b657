//! HTTP cards: calls to any public address.

use std::sync::Arc;

use cards::HttpReply;
use connect::WebRequest;
use engine::{Answer, Call, Event};
use flow::CardError;

use super::traces;
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
        url: request.url,
        query: Vec::new(),
        headers: request.headers,
        body: request.body,
        media_type: Some("application/json".to_owned()),
    };
    let (result, attempts) = server.web.send(&outgoing).await;
    let path = url::Url::parse(&outgoing.url)
        .map(|url| url.path().to_owned())
        .unwrap_or_default();
    let trace = traces(&method, &path, &attempts, call.attempt);
    let outcome = result.and_then(|reply| {
        let reply = HttpReply {
            status: reply.status,
            headers: reply.headers,
            body: reply.body,
        };
        cards::http::outputs(&call.card, &call.args, &reply)
    });
    match outcome {
        Ok(outputs) => Ok(Answer {
            outputs,
            page: None,
            trace,
        }),
        Err(error) => {
            trace.into_iter().for_each(|call| record(Event::Call(call)));
            Err(error)
        }
    }
}
