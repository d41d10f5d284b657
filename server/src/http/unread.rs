//! What is left of a body whose request was answered before it was read.
//!
//! A connection that is closed while its client still sends loses the answer: the client sees a broken pipe instead of "that is too
//! large" (RFC 9112, section 9.6). So the rest is read and thrown away, within bounds, while the answer is already under way.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures::{Stream, StreamExt as _};
use tokio::runtime::Handle;

/// Bytes that are read of a body that nobody wants: somewhat more than the largest one that is taken.
const MAX_UNREAD: usize = super::MAX_BODY + (16 << 20);

/// How long a client may go on sending what nobody wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lets a request be answered before its body was read, without the client noticing more than the answer.
pub(super) async fn read_to_the_end(request: Request, next: Next) -> Response {
    // Who waits for permission to send sends nothing unless the body is asked for.
    let waits = request.headers().contains_key(header::EXPECT);
    if waits || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let request = request.map(|body| Body::from_stream(Unread(Some(body.into_data_stream()))));
    next.run(request).await
}

/// A body that is read to its end when it is dropped.
struct Unread(Option<BodyDataStream>);

impl Stream for Unread {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let item = body.poll_next_unpin(context);
        if matches!(item, Poll::Ready(None | Some(Err(_)))) {
            self.0 = None;
        }
        item
    }
}

impl Drop for Unread {
    fn drop(&mut self) {
        let (Some(body), Ok(runtime)) = (self.0.take(), Handle::try_current()) else {
            return;
        };
        runtime.spawn(tokio::time::timeout(PATIENCE, discard(body)));
    }
}

/// Reads a body until its end, a fault or [`MAX_UNREAD`].
async fn discard(mut body: BodyDataStream) {
    let mut read = 0_usize;
    while let Some(Ok(bytes)) = body.next().await {
        read = read.saturating_add(bytes.len());
        if read > MAX_UNREAD {
            return;
        }
    }
}
