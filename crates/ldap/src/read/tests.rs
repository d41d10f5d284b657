//! What goes over the wire, seen by a listener that answers nothing but the end of a search.

use std::sync::mpsc;
use std::time::Duration;

use ldap3::LdapConnAsync;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// Answers the first request with an empty result and returns its bytes.
async fn listen(code: u8) -> (String, mpsc::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ldap://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        request.truncate(length);
        // LDAPMessage { id 1, searchResDone { code, "", "" } } (RFC 4511).
        let done = [0x30, 0x0c, 2, 1, 1, 0x65, 7, 10, 1, code, 4, 0, 4, 0];
        stream.write_all(&done).await.unwrap();
        sender.send(request).unwrap();
        tokio::time::sleep(Duration::from_secs(5)).await;
    });
    (url, receiver)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn a_search_asks_for_pages_and_stays_in_its_domain() {
    let (url, requests) = listen(0).await;
    let (connection, ldap) = LdapConnAsync::new(&url).await.unwrap();
    let mut directory = Directory::driven(connection, ldap);
    let base: Name = "OU=Staff,DC=corp,DC=test".parse().unwrap();
    let mut users = directory
        .search(&base, USERS, &["mail".to_owned()])
        .await
        .unwrap();
    assert!(users.next().await.unwrap().is_none());
    let request = requests.recv().unwrap();
    assert!(
        holds(&request, "1.2.840.113556.1.4.319"),
        "pages are asked for"
    );
    assert!(holds(&request, STAY_IN_DOMAIN));
    assert!(holds(&request, "OU=Staff,DC=corp,DC=test"));
}

#[tokio::test]
async fn an_end_before_the_end_is_no_end() {
    for (code, is_absent) in [(32, true), (4, false), (10, false)] {
        let (url, _requests) = listen(code).await;
        let (connection, ldap) = LdapConnAsync::new(&url).await.unwrap();
        let mut directory = Directory::driven(connection, ldap);
        let base: Name = "OU=Staff,DC=corp,DC=test".parse().unwrap();
        let mut users = directory.search(&base, USERS, &[]).await.unwrap();
        let failure = users.next().await.unwrap_err();
        assert_eq!(
            matches!(failure, Failure::Absent(_)),
            is_absent,
            "{failure}"
        );
    }
}

#[test]
fn units_within_others_are_searched_once() {
    let domain: Name = "DC=b".parse().unwrap();
    let units: Vec<Name> = ["OU=x,OU=a,DC=b", "OU=a,DC=b"]
        .map(|unit| unit.parse().unwrap())
        .to_vec();
    assert_eq!(bases(Some(&units), &domain), [units[1].clone()]);
    assert_eq!(bases(None, &domain), std::slice::from_ref(&domain));
}
