//! `nagare user`: people who can sign in, for installations that are set up by a script.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Subcommand;
use flow::PersonId;
use store::Store;
use store::people::{self, Person, Role};

use super::{fail, say};
use crate::clock;
use crate::config::Options;
use crate::passwords::Passwords;

/// What to do with people.
#[derive(Subcommand, Debug)]
pub enum UserCommand {
    /// Adds an administrator. The password is read from standard input.
    Create {
        /// What the person signs in with.
        #[arg(long)]
        login: String,
        /// What the person is called; the login where left out.
        #[arg(long)]
        name: Option<String>,
        /// Where the server keeps its data.
        #[command(flatten)]
        options: Options,
    },
}

/// Runs the command.
pub async fn run(command: UserCommand) -> ExitCode {
    let UserCommand::Create {
        login,
        name,
        options,
    } = command;
    match create(&login, name.as_deref(), &options).await {
        Ok(()) => {
            say(&format!("{login} is an administrator now."));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("Nobody was added: {error:#}")),
    }
}

async fn create(login: &str, name: Option<&str>, options: &Options) -> anyhow::Result<()> {
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
        role: Role::Administrator,
        created_at: clock::now_ms(),
        language: None,
        theme: None,
    };
    people::insert(&store, &person).await?;
    store.close().await;
    Ok(())
}
