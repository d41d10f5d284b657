//! `nagare token`: bearer tokens for `/api/v1`.

use std::process::ExitCode;

use clap::Subcommand;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use store::tokens::TokenRow;
use store::{Store, people, tokens};

use super::{fail, say};
use crate::clock;
use crate::config::Options;
use crate::http::token_hash;

/// What to do with tokens.
#[derive(Subcommand, Debug)]
pub enum TokenCommand {
    /// Makes a token and prints it once.
    Create {
        /// What the token is for.
        #[arg(long, default_value = "token")]
        name: String,
        /// Login of the person whose rights it has; the first administrator where left out.
        #[arg(long)]
        login: Option<String>,
        /// Where the server keeps its data.
        #[command(flatten)]
        options: Options,
    },
}

/// Runs the command.
pub async fn run(command: TokenCommand) -> ExitCode {
    let TokenCommand::Create {
        name,
        login,
        options,
    } = command;
    match create(&name, login.as_deref(), &options).await {
        Ok(token) => {
            say(&token);
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("No token was made: {error:#}")),
    }
}

async fn create(name: &str, login: Option<&str>, options: &Options) -> anyhow::Result<String> {
    if options.database.is_none() && !options.data.join("nagare.sqlite").exists() {
        anyhow::bail!(
            "there is no database in {}; name the server's data folder with --data",
            options.data.display()
        );
    }
    let store = Store::open(&options.database_url()).await?;
    let person = match login {
        Some(login) => people::find_by_login(&store, login).await?,
        None => people::list(&store)
            .await?
            .into_iter()
            .find(|person| person.role == people::Role::Administrator),
    };
    let person = person.ok_or_else(|| {
        anyhow::anyhow!(
            "there is no such person; make the administrator first, in a browser or with nagare user create"
        )
    })?;
    let mut random = [0_u8; 32];
    OsRng.try_fill_bytes(&mut random)?;
    let token = format!(
        "nagare_{}",
        random
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    );
    let row = TokenRow {
        id: clock::new_id(),
        name: name.to_owned(),
        hash: token_hash(&token),
        person: person.id,
        created_at: clock::now_ms(),
        last_used_at: None,
        expires_at: None,
    };
    tokens::insert(&store, &row).await?;
    store.close().await;
    Ok(token)
}
