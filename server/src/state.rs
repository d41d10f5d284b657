//! What every part of the server shares.

use std::sync::Arc;

use connect::{Bearers, Connections, Sealer, Web};
use store::{Store, Writer};
use tokio::sync::Semaphore;

use crate::backend::connections::AllowedList;
use crate::backend::home::HomeMemory;
use crate::backend::lookups::Lookups;
use crate::config::Options;
use crate::live::Live;
use crate::live::rooms::Rooms;
use crate::passwords::Passwords;
use crate::set_up::SetUpCode;
use crate::work::active::Active;
use crate::work::hooks::Hooks;
use crate::work::pausing::Pauses;
use crate::work::plans::Plans;
use crate::work::replies::Replies;
use crate::work::under_way::UnderWay;

/// The server.
pub struct Server {
    pub(crate) options: Options,
    /// Address under which browsers and orgs reach this server, without a slash at the end.
    pub(crate) public_url: String,
    pub(crate) store: Store,
    pub(crate) writer: Writer,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) http: reqwest::Client,
    pub(crate) connections: Connections,
    pub(crate) bearers: Bearers,
    pub(crate) web: Web,
    /// When it was read last what HTTP cards may call.
    pub(crate) allowed: AllowedList,
    pub(crate) set_up: SetUpCode,
    pub(crate) passwords: Passwords,
    pub(crate) active: Active,
    pub(crate) plans: Plans,
    pub(crate) replies: Replies,
    pub(crate) pauses: Pauses,
    pub(crate) under_way: UnderWay,
    pub(crate) hooks: Hooks,
    /// Places for calls of endpoints; who finds none is asked to come again.
    pub(crate) endpoint_places: Arc<Semaphore>,
    /// Where runs stand that wait for an org or another service, so that others can have their places.
    pub(crate) aside: Arc<Semaphore>,
    pub(crate) live: Live,
    /// Told when there is an import to work on.
    pub(crate) imports: tokio::sync::Notify,
    /// Searches of directories that wait for their next page.
    pub(crate) directory_searches: crate::directories::searching::Searches,
    /// Who has which flow open.
    pub(crate) rooms: Rooms,
    pub(crate) lookups: Lookups,
    /// Figures of the home page that were counted a moment ago.
    pub(crate) home: HomeMemory,
    /// Name under which this process claims runs.
    pub(crate) worker: String,
}
