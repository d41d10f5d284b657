//! The load: connections that each send the same request again as soon as it is answered. Written on plain sockets, so
//! that it takes as little as possible of the machine that it shares with what it measures.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Requests in one measurement at most.
const MAX_REQUESTS: usize = 4_000_000;
/// An answer may be this large.
const MAX_ANSWER: usize = 1 << 20;
/// No answer may take longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request as it goes over the wire.
#[derive(Clone)]
pub(crate) struct Request {
    address: SocketAddr,
    bytes: Arc<[u8]>,
}

/// How long each request took, in microseconds, the fastest first.
pub(crate) struct Latencies(Vec<u32>);

impl Request {
    /// Returns a POST of JSON.
    pub(crate) fn post(path: &str, address: SocketAddr, body: &str) -> Self {
        let text = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        Self {
            address,
            bytes: text.into_bytes().into(),
        }
    }

    /// Sends it once and returns the body of the answer.
    pub(crate) async fn send_once(&self) -> Result<Vec<u8>> {
        let mut line = Line::connect(self.address).await?;
        let body = line.ask(&self.bytes).await?;
        Ok(body.to_vec())
    }

    /// Sends it on so many connections until the time is over.
    pub(crate) async fn send_for(&self, connections: usize, time: Duration) -> Result<Latencies> {
        let sent = Arc::new(AtomicUsize::new(0));
        let mut lines = JoinSet::new();
        for _ in 0..connections {
            let (request, sent) = (self.clone(), Arc::clone(&sent));
            let line = Line::connect(self.address).await?;
            lines.spawn(
                async move { keep_asking(line, &request, &sent, Instant::now() + time).await },
            );
        }
        let mut all = Vec::new();
        while let Some(of_one) = lines.join_next().await {
            all.append(&mut of_one??);
        }
        ensure!(
            !all.is_empty(),
            "nothing was answered in {} s",
            time.as_secs()
        );
        all.sort_unstable();
        Ok(Latencies(all))
    }
}

impl Latencies {
    /// Returns how many requests were answered.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Returns the time in milliseconds within which `share` of them were answered.
    pub(crate) fn within(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let at = (share * last as f64).round() as usize;
        f64::from(self.0.get(at).copied().unwrap_or_default()) / 1_000.0
    }
}

async fn keep_asking(
    mut line: Line,
    request: &Request,
    sent: &AtomicUsize,
    until: Instant,
) -> Result<Vec<u32>> {
    let mut took = Vec::new();
    let mut begun = Instant::now();
    while begun < until && sent.fetch_add(1, Ordering::Relaxed) < MAX_REQUESTS {
        tokio::time::timeout(PATIENCE, line.ask(&request.bytes))
            .await
            .context("no answer in time")??;
        let ended = Instant::now();
        let micros = ended.duration_since(begun).as_micros();
        took.push(u32::try_from(micros).unwrap_or(u32::MAX));
        begun = ended;
    }
    Ok(took)
}

/// A connection that is kept open.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Line {
    async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(4_096),
        })
    }

    /// Sends a request and returns the body of its answer; only 200 is an answer.
    async fn ask(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.buffer.clear();
        self.stream.write_all(request).await?;
        let head = loop {
            self.read_more().await?;
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let length = content_length(self.buffer.get(..head).unwrap_or_default())?;
        while self.buffer.len() < head + length {
            self.read_more().await?;
        }
        let body = self.buffer.get(head..head + length).unwrap_or_default();
        if !self.buffer.starts_with(b"HTTP/1.1 200") {
            bail!("it was answered: {}", String::from_utf8_lossy(&self.buffer));
        }
        Ok(body)
    }

    async fn read_more(&mut self) -> Result<()> {
        ensure!(self.buffer.len() <= MAX_ANSWER, "the answer is too large");
        let read = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(read > 0, "the connection was closed");
        Ok(())
    }
}

fn content_length(head: &[u8]) -> Result<usize> {
    let head = std::str::from_utf8(head)?;
    let named = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim())
    });
    named
        .context("the answer has no content-length")?
        .parse()
        .context("content-length is no number")
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use axum::routing::post;
    use tokio::net::TcpListener;

    use super::*;

    async fn listen() -> SocketAddr {
        let router = axum::Router::new()
            .route(
                "/long",
                post(|body: String| async move { body.repeat(20_000) }),
            )
            .route("/wrong", post(|| async { (StatusCode::CONFLICT, "no") }));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    #[tokio::test]
    async fn an_answer_in_many_pieces_is_read_whole() {
        let request = Request::post("/long", listen().await, "abc");
        assert_eq!(
            request.send_once().await.unwrap(),
            "abc".repeat(20_000).into_bytes()
        );
    }

    #[tokio::test]
    async fn a_refusal_is_no_answer() {
        let request = Request::post("/wrong", listen().await, "{}");
        let error = request.send_once().await.unwrap_err().to_string();
        assert!(error.contains("409"), "{error}");
    }

    #[test]
    fn a_share_of_the_latencies() {
        let latencies = Latencies((0..=100).map(|step| step * 1_000).collect());
        assert_eq!(
            (latencies.within(0.5), latencies.within(0.99)),
            (50.0, 99.0)
        );
        assert_eq!(Latencies(vec![7_000]).within(0.99), 7.0);
    }
}
