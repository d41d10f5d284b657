//! A controller for whoever is outside of its network: the browser stories. Its ports live in a network namespace; a socket in the
//! file system leads into it, and a free port of the loopback to the socket.
//!
//! `NAGARE_CONTROLLER=serve cargo test -p ldap --test it -- --exact controller::a_controller_is_reached_from_outside --nocapture`
//! prints one line of JSON with host, port, authority, account and password, then reads changes (a JSON object with `ldif` on each
//! line) from standard input and ends with it. Where there can be no controller the line has `missing` instead.

use std::env;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ldap::{Directory, Security};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};

use crate::samba::{ADMINISTRATOR, INSIDE, PASSWORD, Samba, account, missing};

/// `serve` serves until standard input ends; without it the test looks through the door once.
const MODE: &str = "NAGARE_CONTROLLER";
/// Where the socket is; set inside the namespace only.
const DOOR: &str = "NAGARE_CONTROLLER_DOOR";

#[tokio::test(flavor = "multi_thread")]
async fn a_controller_is_reached_from_outside() {
    if let Some(door) = env::var_os(DOOR) {
        return inside(&PathBuf::from(door)).await;
    }
    let serves = env::var(MODE).is_ok_and(|mode| mode == "serve");
    if let Some(missing) = missing() {
        assert!(!serves || say(&format!("{{\"missing\":{missing:?}}}")));
        eprintln!("\nNOT TESTED against a domain controller: {missing}.\n");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let door = folder.path().join("door");
    let mut inner = enter(&door);
    let authority = folder.path().join("authority.pem");
    wait_for(&authority, &mut inner).await;
    let port = lead_to(&door).await;
    let pem = std::fs::read_to_string(&authority).unwrap();
    if serves {
        let told = format!(
            "{{\"host\":\"localhost\",\"port\":{port},\"authority\":{pem:?},\"account\":{ADMINISTRATOR:?},\"password\":{PASSWORD:?}}}"
        );
        assert!(say(&told));
        // Standard input belongs to the controller: it ends with it.
        let status = tokio::task::spawn_blocking(move || inner.wait()).await;
        assert!(status.unwrap().unwrap().success());
        return;
    }
    let address = ldap::Address {
        host: "localhost".to_owned(),
        port: Some(port),
        security: Security::Ldaps,
        authorities: Some(pem),
    };
    let mut directory = Directory::open(&address, &account(ADMINISTRATOR, PASSWORD))
        .await
        .unwrap();
    let about = directory.about().await.unwrap();
    assert_eq!(about.domain.to_string(), "DC=corp,DC=example,DC=test");
    drop(directory);
    drop(inner.stdin.take());
    assert!(inner.wait().unwrap().success());
}

/// Writes a line for the program that started this one.
fn say(line: &str) -> bool {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").and_then(|()| out.flush()).is_ok()
}

/// Starts this test once more in a namespace of its own.
fn enter(door: &Path) -> Child {
    let name = "controller::a_controller_is_reached_from_outside";
    let script = format!("ip link set lo up && exec \"$0\" --exact {name} --nocapture");
    let serves = env::var_os(MODE).is_some();
    Command::new("unshare")
        .args(["--net", "--", "sh", "-c", &script])
        .arg(env::current_exe().unwrap())
        .env(INSIDE, "1")
        .env(DOOR, door)
        .stdin(if serves {
            Stdio::inherit()
        } else {
            Stdio::piped()
        })
        .spawn()
        .unwrap()
}

async fn wait_for(file: &Path, inner: &mut Child) {
    let began = Instant::now();
    while !file.is_file() {
        assert!(inner.try_wait().unwrap().is_none(), "the controller ended");
        assert!(
            began.elapsed() < Duration::from_secs(120),
            "the controller does not answer"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Inside the namespace: the controller, its socket, and changes until standard input ends.
async fn inside(door: &Path) {
    let samba = Samba::start().await;
    let listener = UnixListener::bind(door).unwrap();
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut to = TcpStream::connect(("127.0.0.1", 636)).await.unwrap();
                drop(tokio::io::copy_bidirectional(&mut from, &mut to).await);
            });
        }
    });
    let authority = samba.address(Security::Ldaps).authorities.unwrap();
    let written = door.with_file_name("authority.new");
    std::fs::write(&written, authority).unwrap();
    std::fs::rename(&written, door.with_file_name("authority.pem")).unwrap();
    let changes = tokio::task::spawn_blocking(move || {
        for line in std::io::stdin().lock().lines() {
            let line = line.unwrap();
            let change: serde_json::Value = serde_json::from_str(&line).unwrap();
            samba.change(change["ldif"].as_str().unwrap());
            assert!(say("{\"done\":true}"));
        }
    });
    changes.await.unwrap();
}

/// A free port that leads to the socket.
async fn lead_to(door: &Path) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let door = door.to_owned();
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let door = door.clone();
            tokio::spawn(async move {
                let mut to = UnixStream::connect(door).await.unwrap();
                drop(tokio::io::copy_bidirectional(&mut from, &mut to).await);
            });
        }
    });
    port
}
