//! What a name that changes its mind, or a service that leads astray, can reach: nothing inside.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// Answers of a name, one after the other; the last one for ever.
#[derive(Default)]
struct Names {
    answers: Mutex<HashMap<String, Vec<Vec<&'static str>>>>,
    asked: AtomicUsize,
}

impl Names {
    fn with(names: &[(&str, &[&[&'static str]])]) -> Arc<Self> {
        let all = names.iter().map(|(name, answers)| {
            let answers = answers.iter().map(|answer| answer.to_vec()).collect();
            ((*name).to_owned(), answers)
        });
        Arc::new(Self {
            answers: Mutex::new(all.collect()),
            asked: AtomicUsize::new(0),
        })
    }
}

impl Lookup for Names {
    fn addresses(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut all = self.answers.lock().unwrap();
        let answers = all.get_mut(&host).unwrap();
        let answer = if answers.len() > 1 {
            answers.remove(0)
        } else {
            answers[0].clone()
        };
        let found = answer.iter().map(|text| text.parse().unwrap()).collect();
        Box::pin(async move { Ok(found) })
    }
}

/// Answers every call with this, and counts them.
async fn service(answer: String) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let mut bytes = [0; 4096];
            let _read = stream.read(&mut bytes).await.unwrap();
            // Who has read enough closes the connection.
            drop(stream.write_all(answer.as_bytes()).await);
        }
    });
    (port, calls)
}

fn install_tls() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

fn web(names: &Arc<Names>, allowed: &[String]) -> Web {
    install_tls();
    let lookup = Arc::clone(names) as Arc<dyn Lookup>;
    Web::with_lookup(Allowed::parse(allowed).unwrap(), lookup).unwrap()
}

fn get(url: String) -> WebRequest {
    WebRequest {
        method: "GET".to_owned(),
        url,
        query: Vec::new(),
        headers: Vec::new(),
        body: None,
        media_type: None,
    }
}

async fn code(web: &Web, url: String) -> String {
    match web.send(&get(url)).await.0 {
        Ok(reply) => reply.status.to_string(),
        Err(error) => error.code.to_string(),
    }
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_whatever_its_address_looks_like() {
    let (port, calls) = service(OK.to_owned()).await;
    for inside in [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "0.0.0.0",
        "169.254.169.254",
        "100.64.0.1",
        "fe80::1",
    ] {
        let names = Names::with(&[("evil.test", &[&[inside]])]);
        let web = web(&names, &[]);
        assert_eq!(
            code(&web, format!("http://evil.test:{port}/")).await,
            "http.not_public",
            "{inside}"
        );
    }
    let names = Names::with(&[]);
    let web = web(&names, &[]);
    for literal in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0",
    ] {
        assert_eq!(
            code(&web, format!("http://{literal}:{port}/")).await,
            "http.not_public",
            "{literal}"
        );
    }
    assert_eq!(
        code(&web, "file:///etc/passwd".to_owned()).await,
        "http.address"
    );
    assert_eq!(calls.load(Ordering::SeqCst), 0, "nobody inside was called");
}

#[tokio::test]
async fn a_name_is_asked_once_a_call_and_the_answer_is_what_is_called() {
    let (port, calls) = service(OK.to_owned()).await;
    // Good when it is looked at, bad when it would be looked at again.
    let names = Names::with(&[("turncoat.test", &[&["127.0.0.1"], &["10.0.0.1"]])]);
    let web = web(&names, &["127.0.0.1".to_owned()]);
    assert_eq!(
        code(&web, format!("http://turncoat.test:{port}/")).await,
        "200"
    );
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    assert_eq!(
        code(&web, format!("http://turncoat.test:{port}/")).await,
        "http.not_public"
    );
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_redirect_is_looked_at_like_a_first_call() {
    let (inside, calls) = service(OK.to_owned()).await;
    for target in [
        format!("http://evil.test:{inside}/"),
        format!("http://127.0.0.1:{inside}/"),
        format!("http://[::ffff:127.0.0.1]:{inside}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ] {
        let answer = format!(
            "HTTP/1.1 302 Found\r\nlocation: {target}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        let (outside, _) = service(answer).await;
        let names = Names::with(&[
            ("good.test", &[&["127.0.0.1"]]),
            ("evil.test", &[&["127.0.0.1"]]),
        ]);
        let web = web(&names, &[format!("good.test:{outside}")]);
        assert_eq!(
            code(&web, format!("http://good.test:{outside}/")).await,
            "http.not_public",
            "{target}"
        );
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_is_no_longer_allowed_is_no_longer_called() {
    let (port, _) = service(OK.to_owned()).await;
    let names = Names::with(&[("intranet.test", &[&["127.0.0.1"]])]);
    let web = web(&names, &["intranet.test".to_owned()]);
    assert_eq!(
        code(&web, format!("http://intranet.test:{port}/")).await,
        "200"
    );
    web.allow(Allowed::default()).unwrap();
    assert_eq!(
        code(&web, format!("http://intranet.test:{port}/")).await,
        "http.not_public"
    );
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let huge = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}",
        1_u64 << 40,
        "x".repeat(34 << 20)
    );
    let (port, _) = service(huge).await;
    let names = Names::with(&[]);
    let web = web(&names, &["127.0.0.1".to_owned()]);
    assert_eq!(
        code(&web, format!("http://127.0.0.1:{port}/")).await,
        "http.answer"
    );
    let on_and_on =
        "HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let (port, calls) = service(on_and_on.to_owned()).await;
    assert_eq!(
        code(&web, format!("http://127.0.0.1:{port}/")).await,
        "http.redirects"
    );
    assert_eq!(calls.load(Ordering::SeqCst), 6);
}
