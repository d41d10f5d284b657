//! `nagare user`: people who can sign in, for installations that are set up by a script.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Subcommand;
use flow::PersonId;
use serde_json::{Value as Json, json};
use store::audit::AuditEntry;
use store::connections::Leaving;
use store::people::{self, Person, Removal, Role};
use store::{Store, Word as _};

use super::{fail, say};
use crate::clock;
use crate::config::Options;
use crate::passwords::Passwords;

/// What to do with people.
#[derive(Subcommand, Debug)]
pub enum UserCommand {
    /// Adds a person, an administrator unless said otherwise. The password is read from standard input.
    Create {
        /// What the person signs in with.
        #[arg(long)]
        login: String,
        /// What the person is called; the login where left out.
        #[arg(long)]
        name: Option<String>,
        /// What the person may do everywhere: administrator, auditor, connection_manager, or member, who may only run
        /// the delegated flows that were granted to them.
        #[arg(long, default_value = "administrator", value_parser = role)]
        role: Role,
        /// Where the server keeps its data.
        #[command(flatten)]
        options: Options,
    },
    /// Deletes a person. Their sessions and API tokens end at once; the tokens of their connections are revoked at the
    /// orgs by the server.
    Delete {
        /// What the person signs in with.
        login: String,
        /// Where the server keeps its data.
        #[command(flatten)]
        options: Options,
    },
}

/// Runs the command.
pub async fn run(command: UserCommand) -> ExitCode {
    match command {
        UserCommand::Create {
            login,
            name,
            role,
            options,
        } => match create(&login, name.as_deref(), role, &options).await {
            Ok(()) => {
                say(&format!("{login} can sign in now, as {}.", role.word()));
                ExitCode::SUCCESS
            }
            Err(error) => fail(&format!("Nobody was added: {error:#}")),
        },
        UserCommand::Delete { login, options } => match delete(&login, &options).await {
            Ok(connections) => {
                say(&deleted(&login, &connections));
                ExitCode::SUCCESS
            }
            Err(error) => fail(&format!("Nobody was deleted: {error:#}")),
        },
    }
}

fn deleted(login: &str, connections: &[String]) -> String {
    if connections.is_empty() {
        return format!("{login} is deleted.");
    }
    format!(
        "{login} is deleted, and these connections with them: {}. The server revokes their tokens at the orgs within seconds, or when it is started.",
        connections.join(", ")
    )
}

/// Deletes a person and returns the names of their connections. Their revocations are due at once, for the server.
async fn delete(login: &str, options: &Options) -> anyhow::Result<Vec<String>> {
    if options.database.is_none() && !options.data.join("nagare.sqlite").exists() {
        anyhow::bail!(
            "there is no database in {}; name the server's data folder with --data",
            options.data.display()
        );
    }
    let store = Store::open(&options.database_url()).await?;
    let person = people::find_by_login(&store, login)
        .await?
        .ok_or_else(|| anyhow::anyhow!("nobody signs in as {login}"))?;
    let leaving = || {
        let now = clock::now_ms();
        Leaving {
            revocation: clock::new_id(),
            by: None,
            at: now,
            next_at: now,
        }
    };
    let removal = people::remove(&store, &person.id, &leaving, None).await?;
    let Removal::Done(revocations) = removal else {
        anyhow::bail!(
            "{login} is the last administrator; add another one first with nagare user create"
        );
    };
    let mut entries = vec![entry(
        "person.delete",
        "person",
        person.id.as_str(),
        &json!({ "login": person.login, "connections": revocations.len() }),
    )];
    entries.extend(revocations.iter().map(|revocation| {
        entry(
            "connection.delete",
            "connection",
            revocation.connection.as_str(),
            &json!({ "name": revocation.name, "domain": revocation.base_url, "revocation": "pending" }),
        )
    }));
    store::audit::insert(&store, &entries).await?;
    store.close().await;
    Ok(revocations
        .into_iter()
        .map(|revocation| revocation.name)
        .collect())
}

/// An audit entry without an actor: the command line is nobody's.
fn entry(action: &str, kind: &str, id: &str, after: &Json) -> AuditEntry {
    AuditEntry {
        id: clock::new_id(),
        at: clock::now_ms(),
        actor: None,
        action: action.to_owned(),
        object_kind: kind.to_owned(),
        object_id: id.to_owned(),
        before: None,
        after: Some(after.to_string()),
    }
}

fn role(word: &str) -> Result<Role, String> {
    Role::of_word(word)
        .ok_or_else(|| "choose administrator, auditor, connection_manager or member".to_owned())
}

async fn create(
    login: &str,
    name: Option<&str>,
    role: Role,
    options: &Options,
) -> anyhow::Result<()> {
    let login = login.trim();
    anyhow::ensure!(!login.is_empty(), "the login is empty");
    let mut password = String::new();
    std::io::stdin().take(1024).read_to_string(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    anyhow::ensure!(
        password.chars().count() >= crate::passwords::SHORTEST,
        "the password on standard input has fewer than {} characters",
        crate::passwords::SHORTEST
    );
    tokio::fs::create_dir_all(&options.data).await?;
    let store = Store::open(&options.database_url()).await?;
    let person = Person {
        id: PersonId::new(clock::new_id()),
        login: login.to_owned(),
        name: name.unwrap_or(login).to_owned(),
        password_hash: Some(Passwords::default().hash(password).await?),
        role,
        created_at: clock::now_ms(),
        language: None,
        theme: None,
    };
    people::insert(&store, &person).await?;
    store.close().await;
    Ok(())
}
