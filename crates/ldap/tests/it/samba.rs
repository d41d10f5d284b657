//! A domain controller for one test: Samba, provisioned once and copied for each run, on the loopback of a network namespace that
//! the test enters by starting itself again. Nothing outside of it sees its ports.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ldap::{Account, Address, Directory, Password, Security};
use tempfile::TempDir;

/// Says inside the namespace that it is one.
pub(crate) const INSIDE: &str = "NAGARE_TEST_NAMESPACE";
pub(crate) const ADMINISTRATOR: &str = "CN=Administrator,CN=Users,DC=corp,DC=example,DC=test";
pub(crate) const PASSWORD: &str = "Passw0rd!Test";

/// Whether the test runs inside its namespace. Outside, it starts itself there, waits, and fails with it; where the machine has
/// no Samba or no namespaces, it says so loudly.
pub(crate) fn is_inside(test: &str) -> bool {
    if env::var_os(INSIDE).is_some() {
        return true;
    }
    if let Some(missing) = missing() {
        eprintln!("\nNOT TESTED against a domain controller: {missing}.\n");
        return false;
    }
    let script = format!("ip link set lo up && exec \"$0\" --exact {test} --nocapture");
    let program = env::current_exe().unwrap();
    let status = Command::new("unshare")
        .args(["--net", "--", "sh", "-c", &script])
        .arg(program)
        .env(INSIDE, "1")
        .status()
        .unwrap();
    assert!(status.success(), "the test inside the namespace failed");
    false
}

pub(crate) fn missing() -> Option<&'static str> {
    let works = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !works("samba-tool", &["--version"]) || !Path::new("/usr/share/samba/setup").is_dir() {
        return Some("Samba's domain controller is not installed");
    }
    if !works("ldapmodify", &["-VV"]) || !works("openssl", &["version"]) {
        return Some("ldap-utils or openssl are not installed");
    }
    let is_free = works("unshare", &["--net", "true"]);
    (!is_free).then_some("network namespaces need more rights")
}

/// A running domain controller; it ends with this value.
pub(crate) struct Samba {
    server: Child,
    folder: TempDir,
}

impl Drop for Samba {
    fn drop(&mut self) {
        // Only this process, by its number.
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

impl Samba {
    /// Starts a fresh copy and waits until it answers.
    pub(crate) async fn start() -> Self {
        let golden = golden();
        let folder = tempfile::tempdir().unwrap();
        run(Command::new("cp")
            .arg("-a")
            .arg(golden.join("."))
            .arg(folder.path()));
        let configuration = folder.path().join("etc/smb.conf");
        let text = fs::read_to_string(&configuration).unwrap();
        let here = folder.path().display().to_string();
        fs::write(
            &configuration,
            text.replace(&golden.display().to_string(), &here),
        )
        .unwrap();
        let option = |name: &str, path: &str| format!("--option={name}={here}/{path}");
        let log = fs::File::create(folder.path().join("log/stdout")).unwrap();
        let server = Command::new("samba")
            .args(["-i", "-M", "single", "-s"])
            .arg(&configuration)
            .args([
                "--option=server services=ldap",
                "--option=dcerpc endpoint servers=",
            ])
            .args([
                option("pid directory", "run"),
                option("ncalrpc dir", "run/ncalrpc"),
                option("log file", "log/samba"),
            ])
            .args([
                option("tls certfile", "tls/cert.pem"),
                option("tls keyfile", "tls/key.pem"),
                option("tls cafile", "tls/ca.pem"),
            ])
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let samba = Self { server, folder };
        samba.wait().await;
        samba
    }

    async fn wait(&self) {
        let started = Instant::now();
        while Directory::open(
            &self.address(Security::Ldaps),
            &account(ADMINISTRATOR, PASSWORD),
        )
        .await
        .is_err()
        {
            assert!(
                started.elapsed() < Duration::from_secs(60),
                "Samba does not answer"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) fn address(&self, security: Security) -> Address {
        let authority = fs::read_to_string(self.folder.path().join("tls/ca.pem"));
        Address {
            host: "localhost".to_owned(),
            port: None,
            security,
            authorities: Some(authority.unwrap()),
        }
    }

    /// Adds and changes entries by the text of LDIF.
    pub(crate) fn change(&self, ldif: &str) {
        let file = self.folder.path().join("change.ldif");
        fs::write(&file, ldif).unwrap();
        let mut command = Command::new("ldapmodify");
        command.args([
            "-x",
            "-H",
            "ldaps://127.0.0.1",
            "-D",
            ADMINISTRATOR,
            "-w",
            PASSWORD,
            "-f",
        ]);
        run(command.arg(file).env("LDAPTLS_REQCERT", "never"));
    }

    /// Sets a password in the database, which also enables the account.
    pub(crate) fn set_password(&self, user: &str, password: &str) {
        let database = self.folder.path().join("private/sam.ldb");
        let configuration = self.folder.path().join("etc/smb.conf");
        let mut command = Command::new("samba-tool");
        command.args(["user", "setpassword", user, "--newpassword", password, "-H"]);
        run(command.arg(database).arg("-s").arg(configuration));
    }
}

pub(crate) fn account(name: &str, password: &str) -> Account {
    Account {
        name: name.to_owned(),
        password: Password::new(password.to_owned()).unwrap(),
    }
}

/// The provisioned folder that runs are copied from. It is made once and kept beside the build; who comes meanwhile waits.
fn golden() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samba-dc");
    let lock = fs::File::create(folder.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    if folder.join("ready").is_file() {
        return folder;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for part in ["tls", "run", "log"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    certificates(&folder.join("tls"));
    let mut provision = Command::new("samba-tool");
    provision.args([
        "domain",
        "provision",
        "--realm=CORP.EXAMPLE.TEST",
        "--domain=CORP",
        "--server-role=dc",
        "--dns-backend=NONE",
    ]);
    provision.args([
        "--host-name=dc1",
        "--host-ip=127.0.0.1",
        "--option=interfaces=127.0.0.1/8",
        "--option=bind interfaces only=yes",
    ]);
    provision
        .arg(format!("--adminpass={PASSWORD}"))
        .arg(format!("--targetdir={}", folder.display()));
    run(&mut provision);
    fs::write(folder.join("ready"), "").unwrap();
    folder
}

/// An authority and a certificate with the names that clients look at.
fn certificates(folder: &Path) {
    let new_key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ];
    let openssl = |arguments: &[&str]| {
        let mut command = Command::new("openssl");
        command.current_dir(folder).args(arguments);
        command
    };
    let authority = [
        "-x509",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "3650",
        "-subj",
        "/CN=Test AD CA",
    ];
    run(openssl(&["req"]).args(new_key).args(authority));
    let request = [
        "-keyout",
        "key.pem",
        "-out",
        "csr.pem",
        "-subj",
        "/CN=dc1.corp.example.test",
    ];
    run(openssl(&["req"]).args(new_key).args(request));
    let names = "subjectAltName=DNS:dc1.corp.example.test,DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n";
    fs::write(folder.join("names"), names).unwrap();
    let sign = [
        "x509",
        "-req",
        "-in",
        "csr.pem",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "3650",
    ];
    run(openssl(&sign).args(["-extfile", "names", "-out", "cert.pem"]));
    run(Command::new("chmod").arg("600").arg(folder.join("key.pem")));
}

#[track_caller]
fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}
