//! Who has a flow open: a room for each flow, in memory. Tabs tell where they are by small posts and hear of each other,
//! and of saved drafts, over an event stream. On PostgreSQL servers tell each other, so people meet wherever they are.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api::{ApiError, Here, Peer, RoomNews};
use axum::Extension;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use flow::{FlowId, PersonId};
use futures::stream;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::backend::Caller;
use crate::clock;
use crate::http::Signed;
use crate::state::Server;

/// Who says nothing for this long has left.
const SILENCE_MS: i64 = 15_000;
/// How often a listener looks whether somebody fell silent.
const LOOK: Duration = Duration::from_secs(5);
/// A stream ends after this long; the browser opens it anew and is asked again who it is.
const STREAM_MS: i64 = 600_000;
const MAX_ROOMS: usize = 10_000;
const MAX_PEERS: usize = 50;
const MAX_TAB: usize = 64;

/// All rooms.
pub(crate) struct Rooms {
    rooms: Mutex<HashMap<FlowId, Room>>,
    bell: broadcast::Sender<FlowId>,
    /// What the other servers are to hear.
    out: broadcast::Sender<Told>,
}

#[derive(Default)]
struct Room {
    peers: BTreeMap<(PersonId, String), Seen>,
    revision: Option<i64>,
}

struct Seen {
    peer: Peer,
    at: i64,
}

/// What servers tell each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Told {
    server: String,
    flow: FlowId,
    what: What,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Here(Peer),
    Left(PersonId, String),
    Saved(i64),
}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            rooms: Mutex::default(),
            bell: broadcast::channel(1024).0,
            out: broadcast::channel(1024).0,
        }
    }
}

impl Rooms {
    /// A draft was saved: open pages fetch it.
    pub(crate) fn saved(&self, flow: &FlowId, revision: i64) {
        self.take_and_pass_on(flow, What::Saved(revision));
    }

    fn take_and_pass_on(&self, flow: &FlowId, what: What) {
        self.take(flow, what.clone());
        let told = Told {
            server: String::new(),
            flow: flow.clone(),
            what,
        };
        if self.out.receiver_count() > 0 && self.out.send(told).is_err() {
            tracing::trace!("no other server listens");
        }
    }

    fn take(&self, flow: &FlowId, what: What) {
        let now = clock::now_ms();
        let has_changed = {
            let mut rooms = self.lock();
            if rooms.len() >= MAX_ROOMS {
                rooms.retain(|_, room| room.peers.values().any(|seen| seen.at + SILENCE_MS > now));
            }
            let room = match what {
                // Nobody is there to hear it.
                What::Saved(_) | What::Left(..) => rooms.get_mut(flow),
                What::Here(_) if rooms.len() >= MAX_ROOMS && !rooms.contains_key(flow) => None,
                What::Here(_) => Some(rooms.entry(flow.clone()).or_default()),
            };
            room.is_some_and(|room| room.take(what, now))
        };
        if has_changed && self.bell.receiver_count() > 0 && self.bell.send(flow.clone()).is_err() {
            tracing::trace!("the last page went away");
        }
    }

    fn news(&self, flow: &FlowId) -> RoomNews {
        let now = clock::now_ms();
        let mut rooms = self.lock();
        let Some(room) = rooms.get_mut(flow) else {
            return RoomNews::default();
        };
        room.peers.retain(|_, seen| seen.at + SILENCE_MS > now);
        let news = RoomNews {
            peers: room.peers.values().map(|seen| seen.peer.clone()).collect(),
            revision: room.revision,
        };
        if news.peers.is_empty() {
            rooms.remove(flow);
        }
        news
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<FlowId, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    /// Tells whether there is something new to hear.
    fn take(&mut self, what: What, now: i64) -> bool {
        match what {
            What::Saved(revision) => {
                let is_newer = self.revision < Some(revision);
                self.revision = self.revision.max(Some(revision));
                is_newer
            }
            What::Left(person, tab) => self.peers.remove(&(person, tab)).is_some(),
            What::Here(peer) => {
                let key = (peer.person.clone(), peer.tab.clone());
                if self.peers.len() >= MAX_PEERS && !self.peers.contains_key(&key) {
                    return false;
                }
                let before = self.peers.insert(
                    key,
                    Seen {
                        peer: peer.clone(),
                        at: now,
                    },
                );
                before.is_none_or(|before| before.peer != peer)
            }
        }
    }
}

/// `GET /live/flows/{id}`: who is there, and which revision the draft has, now and whenever it changes.
pub(crate) async fn listen(
    State(server): State<Arc<Server>>,
    person: Option<Extension<Signed>>,
    Path(flow): Path<FlowId>,
) -> Response {
    if let Err(error) = visitor(&server, person, &flow).await {
        return refuse(&error);
    }
    let bell = server.rooms.bell.subscribe();
    let until = clock::now_ms() + STREAM_MS;
    let start = Listener {
        server,
        bell,
        flow,
        until,
        told: None,
    };
    let events = stream::unfold(start, |mut listener| async move {
        let news = listener.next().await?;
        let event = Event::default()
            .event("room")
            .json_data(&news)
            .unwrap_or_default();
        listener.told = Some(news);
        Some((Ok::<_, Infallible>(event), listener))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
        .into_response()
}

struct Listener {
    server: Arc<Server>,
    bell: broadcast::Receiver<FlowId>,
    flow: FlowId,
    until: i64,
    told: Option<RoomNews>,
}

impl Listener {
    /// Waits until there is something that was not told yet; nothing when the stream is to end.
    async fn next(&mut self) -> Option<RoomNews> {
        loop {
            let news = self.server.rooms.news(&self.flow);
            if self.told.as_ref() != Some(&news) {
                return Some(news);
            }
            if clock::now_ms() > self.until {
                return None;
            }
            // Rung for this flow, rung too often to know, or time to see who fell silent: look again.
            let rung = tokio::time::timeout(LOOK, async {
                while let Ok(flow) = self.bell.recv().await {
                    if flow == self.flow {
                        return true;
                    }
                }
                false
            });
            if rung.await == Ok(false) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// `POST /live/flows/{id}`: a tab says where it is.
pub(crate) async fn tell(
    State(server): State<Arc<Server>>,
    person: Option<Extension<Signed>>,
    Path(flow): Path<FlowId>,
    Json(here): Json<Here>,
) -> Response {
    if here.tab.is_empty() || here.tab.len() > MAX_TAB {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    match visitor(&server, person, &flow).await {
        Ok((person, name)) => {
            let what = if here.left {
                What::Left(person, here.tab)
            } else {
                What::Here(Peer {
                    tab: here.tab,
                    person,
                    name,
                    selected: here.selected,
                    field: here.field,
                })
            };
            server.rooms.take_and_pass_on(&flow, what);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => refuse(&error),
    }
}

async fn visitor(
    server: &Arc<Server>,
    person: Option<Extension<Signed>>,
    flow: &FlowId,
) -> Result<(PersonId, String), ApiError> {
    let person = match person {
        Some(Extension(Signed(id))) => store::people::find(&server.store, &id)
            .await
            .map_err(crate::error::from_store)?,
        None => None,
    };
    Caller::new(Arc::clone(server), person, None)
        .visits(flow)
        .await
}

fn refuse(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(error.clone())).into_response()
}

/// Passes on to the other servers what happens here, and takes what they tell. Ends at once where a server is alone.
pub(crate) async fn keep_passing_on(server: Arc<Server>) {
    if !server.store.is_shared() {
        return;
    }
    let mut out = server.rooms.out.subscribe();
    let mut news = server.store.watch_news();
    loop {
        tokio::select! {
            told = out.recv() => {
                let Ok(told) = told else { continue };
                let told = Told { server: server.worker.clone(), ..told };
                let Ok(text) = serde_json::to_string(&told) else { continue };
                if let Err(error) = server.store.tell_news(&text).await {
                    tracing::warn!(%error, "other servers could not be told who is here");
                }
            }
            text = news.recv() => {
                let Ok(text) = text else { continue };
                if let Ok(told) = serde_json::from_str::<Told>(&text)
                    && told.server != server.worker
                {
                    server.rooms.take(&told.flow, told.what);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(tab: &str, selected: Option<&str>) -> Peer {
        Peer {
            tab: tab.to_owned(),
            person: PersonId::from("p1"),
            name: "Ada".to_owned(),
            selected: selected.map(Into::into),
            field: None,
        }
    }

    #[test]
    fn tabs_come_move_and_leave() {
        let rooms = Rooms::default();
        let flow = FlowId::from("f1");
        rooms.take(&flow, What::Here(peer("a", None)));
        rooms.take(&flow, What::Here(peer("b", None)));
        rooms.take(&flow, What::Here(peer("a", Some("s1"))));
        let peers = rooms.news(&flow).peers;
        assert_eq!(peers, [peer("a", Some("s1")), peer("b", None)]);
        rooms.take(&flow, What::Left("p1".into(), "a".into()));
        assert_eq!(rooms.news(&flow).peers, [peer("b", None)]);
        rooms.saved(&flow, 7);
        rooms.saved(&flow, 5);
        assert_eq!(rooms.news(&flow).revision, Some(7));
    }

    #[test]
    fn who_is_silent_has_left_and_a_room_is_not_endless() {
        let mut room = Room::default();
        assert!(room.take(What::Here(peer("a", None)), 0));
        assert!(!room.take(What::Here(peer("a", None)), 1), "nothing new");
        for tab in 0..MAX_PEERS {
            room.take(What::Here(peer(&tab.to_string(), None)), 1);
        }
        assert_eq!(room.peers.len(), MAX_PEERS);
        let rooms = Rooms::default();
        rooms.lock().insert(FlowId::from("f1"), room);
        assert_eq!(rooms.news(&FlowId::from("f1")).peers, []);
        assert!(rooms.lock().is_empty(), "an empty room is closed");
    }
}
