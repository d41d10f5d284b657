//! Starting and stopping the server.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use connect::{Allowed, Bearers, Connections, Sealer, Web};
use store::{Store, Writer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::backend::connections::AllowedList;
use crate::backend::home::HomeMemory;
use crate::backend::lookups::Lookups;
use crate::cli::{fail, say};
use crate::config::Options;
use crate::live::Live;
use crate::live::rooms::{self, Rooms};
use crate::passwords::Passwords;
use crate::set_up::SetUpCode;
use crate::state::Server;
use crate::vault::StoreVault;
use crate::work::active::Active;
use crate::work::hooks::Hooks;
use crate::work::pausing::Pauses;
use crate::work::plans::Plans;
use crate::work::replies::Replies;
use crate::work::under_way::UnderWay;
use crate::work::{clockwork, files, hooks, intake, pausing, revocation, runner, tried};
use crate::{clock, front};

/// A server that listens.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Address for browsers.
    pub url: String,
    /// The one-time set-up code, while there is no administrator.
    pub set_up_code: Option<String>,
    server: Arc<Server>,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts the server and prints how to reach it; runs until the process is told to stop. `before_last` prints further
/// lines of its own.
pub(crate) async fn run(options: Options, extra: Option<Box<dyn FnOnce() + Send>>) -> ExitCode {
    logging();
    if let Err(text) = front::build_if_wanted().await {
        return fail(&text);
    }
    let running = match start(options).await {
        Ok(running) => running,
        Err(error) => return fail(&format!("Nagare cannot start: {error:#}")),
    };
    say(&format!("Nagare is ready at {}", running.url));
    if let Some(code) = &running.set_up_code {
        say(&format!("Set-up code: {code}"));
    }
    if let Some(print) = extra {
        print();
    }
    if let Err(error) = crate::cli::okta_sim::stop_asked().await {
        return fail(&format!(
            "The signals of the system cannot be heard: {error}"
        ));
    }
    running.stop().await;
    ExitCode::SUCCESS
}

fn logging() {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_env("NAGARE_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tower_sessions=warn"));
    let subscriber = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .finish();
    if tracing::subscriber::set_global_default(subscriber).is_err() {
        tracing::debug!("logging was set up before");
    }
}

/// Opens everything and begins to listen and to work.
///
/// # Errors
/// What is missing or wrong: the database, the key file, the address.
pub async fn start(options: Options) -> anyhow::Result<Running> {
    use anyhow::Context as _;
    tokio::fs::create_dir_all(&options.data)
        .await
        .context("the data folder cannot be made")?;
    let sealer = Arc::new(sealer(&options).await?);
    let store = Store::open(&options.database_url())
        .await
        .context("the database cannot be opened")?;
    if !store.is_shared() {
        store::runs::release(&store, None, clock::now_ms())
            .await
            .context("runs of before cannot be taken up")?;
        store::inbox::release(&store)
            .await
            .context("events of before cannot be taken up")?;
        store::hooks::release(&store)
            .await
            .context("event hooks of before cannot be taken up")?;
        store::directories::imports::release_all(&store)
            .await
            .context("imports of before cannot be taken up")?;
    }
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!(
            "nobody can listen on {}; choose another address with --listen",
            options.listen
        )
    })?;
    let address = listener.local_addr()?;
    let server = assemble(options, address, sealer, store)?;
    let is_new = store::people::count(&server.store).await? == 0;
    let set_up_code = if is_new {
        Some(server.set_up.make()?)
    } else {
        None
    };
    Ok(Running {
        address,
        url: server.public_url.clone(),
        set_up_code,
        tasks: begin(&server, listener),
        server,
    })
}

/// Puts the parts together.
fn assemble(
    options: Options,
    address: SocketAddr,
    sealer: Arc<Sealer>,
    store: Store,
) -> anyhow::Result<Arc<Server>> {
    use anyhow::Context as _;
    let url = options
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let http = Connections::http_client().context("the HTTP client cannot be made")?;
    let vault = Arc::new(StoreVault(store.clone()));
    Ok(Arc::new(Server {
        public_url: url.trim_end_matches('/').to_owned(),
        writer: Writer::start(store.clone()),
        connections: Connections::new(vault, Arc::clone(&sealer), http.clone()),
        web: Web::new(Allowed::parse(&options.allow_http_to).map_err(anyhow::Error::msg)?)
            .context("the HTTP client cannot be made")?,
        allowed: AllowedList::default(),
        sealer,
        http,
        set_up: SetUpCode::default(),
        passwords: Passwords::default(),
        bearers: Bearers::default(),
        active: Active::default(),
        plans: Plans::default(),
        replies: Replies::default(),
        pauses: Pauses::default(),
        lookups: Lookups::default(),
        home: HomeMemory::default(),
        under_way: UnderWay::default(),
        aside: Arc::new(Semaphore::new(crate::work::host::ASIDE)),
        hooks: Hooks::default(),
        endpoint_places: Arc::new(Semaphore::new(options.runs_at_once)),
        live: Live::new(),
        imports: tokio::sync::Notify::new(),
        directory_searches: crate::directories::searching::Searches::default(),
        rooms: Rooms::default(),
        worker: clock::new_id(),
        store,
        options,
    }))
}

/// Begins to answer, and everything that runs without being asked.
fn begin(server: &Arc<Server>, listener: TcpListener) -> Vec<JoinHandle<()>> {
    let router = crate::http::router(server).into_make_service();
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the server stopped listening");
        }
    });
    vec![
        serving,
        tokio::spawn(runner::keep_running(Arc::clone(server))),
        tokio::spawn(runner::keep_leases(Arc::clone(server))),
        tokio::spawn(intake::keep_polling(Arc::clone(server))),
        tokio::spawn(intake::keep_handling(Arc::clone(server))),
        tokio::spawn(intake::keep_sweeping(Arc::clone(server))),
        tokio::spawn(hooks::keep_registered(Arc::clone(server))),
        tokio::spawn(clockwork::keep_starting(Arc::clone(server))),
        tokio::spawn(crate::directories::keep::keep_importing(Arc::clone(server))),
        tokio::spawn(revocation::keep_trying(Arc::clone(server))),
        tokio::spawn(sweep_sessions(Arc::clone(server))),
        tokio::spawn(files::keep_sweeping(Arc::clone(server))),
        tokio::spawn(tried::keep_sweeping(Arc::clone(server))),
        tokio::spawn(pausing::keep_listening(Arc::clone(server))),
        tokio::spawn(rooms::keep_passing_on(Arc::clone(server))),
    ]
}

impl Running {
    /// Stops listening and working. Runs that are under way are taken up at the next start.
    pub async fn stop(self) {
        for task in &self.tasks {
            task.abort();
        }
        self.server.under_way.stop().await;
        let released = store::runs::release(
            &self.server.store,
            Some(&self.server.worker),
            clock::now_ms(),
        )
        .await;
        if let Err(error) = released {
            tracing::warn!(%error, "runs could not be given back");
        }
        self.server.store.close().await;
    }
}

/// Reads the key file, or makes it on the first start.
async fn sealer(options: &Options) -> anyhow::Result<Sealer> {
    use anyhow::Context as _;
    let path = options.key_path();
    let text = match tokio::fs::read_to_string(&path).await {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let text = Sealer::new_key_file().map_err(anyhow::Error::msg)?;
            write_private(&path, &text)
                .with_context(|| format!("the key file {} cannot be written", path.display()))?;
            text
        }
        Err(error) => {
            return Err(error)
                .with_context(|| format!("the key file {} cannot be read", path.display()));
        }
    };
    Sealer::from_key_file(&text)
        .map_err(|what| anyhow::anyhow!("the key file {} cannot be used: {what}", path.display()))
}

/// Writes a file that only its owner can read, and not over another.
fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    let mut file = file.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

async fn sweep_sessions(server: Arc<Server>) {
    loop {
        if let Err(error) = store::sessions::delete_expired(&server.store, clock::now_ms()).await {
            tracing::error!(%error, "ended sessions could not be removed");
        }
        tokio::time::sleep(std::time::Duration::from_secs(600)).await;
    }
}
