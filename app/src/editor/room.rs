//! Other people in the same flow: who they are, which card they selected, which field they edit. Tells the server where
//! this page is, and hears where the others are and when a draft was saved.

use std::time::Duration;

use api::{Here, Peer, RoomNews};
use flow::InputRef;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, FocusEvent, HtmlElement, MessageEvent};

use super::draft::beacon;
use super::state::Editor;
use crate::canvas::marks::ShownPeer;
use crate::i18n::t;
use crate::i18n::texts::VersionText;
use crate::kit::Button;

/// How often a page says that it is still there; the server forgets it after 15 s.
const BREATH: Duration = Duration::from_secs(5);
/// A change of place is told after this, once for several.
const SOON: Duration = Duration::from_millis(120);
/// Without a key for this long, a field under edit is free for others.
const IDLE_MS: f64 = 10_000.0;
/// A stream that was refused is tried again after this.
const AGAIN: Duration = Duration::from_secs(10);

/// The colours of other people; more people share them.
const COLOURS: [&str; 5] = [
    "var(--odd)",
    "var(--ok)",
    "var(--warn)",
    "var(--accent-text)",
    "var(--text-2)",
];

type Stream = (EventSource, Closure<dyn Fn(MessageEvent)>);

/// Who else has the flow open.
#[derive(Clone, Copy)]
pub struct Room {
    /// Made in the browser only: on the server, what belongs to one thread must not be kept.
    stream: StoredValue<Option<StoredValue<Stream, LocalStorage>>>,
    field: StoredValue<Option<InputRef>>,
    /// When a key was pressed in that field last.
    touched: StoredValue<f64>,
    is_due: StoredValue<bool>,
    /// The field that somebody else edits and that was just pressed, with where it is in the window.
    locked: RwSignal<Option<Locked>>,
    /// Fields that are edited although somebody else does.
    taken: StoredValue<Vec<InputRef>>,
    peers: RwSignal<Vec<ShownPeer>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Locked {
    at: InputRef,
    name: String,
    left: f64,
    top: f64,
}

impl Room {
    pub(super) fn new() -> Self {
        Self {
            stream: StoredValue::new(None),
            field: StoredValue::new(None),
            touched: StoredValue::new(0.0),
            is_due: StoredValue::new(false),
            locked: RwSignal::new(None),
            taken: StoredValue::new(Vec::new()),
            peers: RwSignal::new(Vec::new()),
        }
    }

    /// Enters the room of the flow that is open, and leaves the one before.
    pub fn enter(self, editor: Editor) {
        self.close();
        let id = editor.board.flow.with_untracked(|flow| flow.id.clone());
        let Ok(source) = EventSource::new(&address(id.as_str())) else {
            return;
        };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(news) = serde_json::from_str::<RoomNews>(&text) {
                self.hear(editor, news);
            }
        });
        let is_listening = source
            .add_event_listener_with_callback("room", heard.as_ref().unchecked_ref())
            .is_ok();
        if is_listening {
            let kept = StoredValue::new_local((source, heard));
            self.stream.set_value(Some(kept));
        }
        self.tell(editor);
    }

    /// Says where this page is now and every few seconds, until the editor is left.
    pub fn keep_telling(self, editor: Editor) {
        Effect::new(move || {
            editor.board.selected.track();
            self.tell_soon(editor);
        });
        let breath = set_interval_with_handle(
            move || {
                self.tell(editor);
                self.reopen(editor);
            },
            BREATH,
        );
        let keys = window_event_listener(leptos::ev::keydown, move |_| {
            let was_idle = self.field.with_value(Option::is_some) && !self.is_editing();
            self.touched.try_set_value(js_sys::Date::now());
            if was_idle {
                self.tell_soon(editor);
            }
        });
        let left = window_event_listener(leptos::ev::focusout, move |event| {
            let to = event.related_target();
            let inside = to
                .and_then(|to| to.dyn_into::<web_sys::Element>().ok())
                .is_some_and(|to| to.closest(".field-box").is_ok_and(|found| found.is_some()));
            if !inside && self.field.try_with_value(Option::is_some) == Some(true) {
                self.field.set_value(None);
                self.tell_soon(editor);
            }
        });
        let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
            // A page in the background holds no stream: browsers have six for all pages of a server.
            if document().hidden() {
                self.close();
            } else {
                self.enter(editor);
            }
        });
        on_cleanup(move || {
            if let Ok(breath) = breath {
                breath.clear();
            }
            keys.remove();
            left.remove();
            hidden.remove();
            self.leave(editor);
        });
    }

    /// The page goes away.
    pub fn leave(self, editor: Editor) {
        self.close();
        self.send(editor, true);
    }

    fn close(self) {
        let stream = self.stream.try_update_value(Option::take).flatten();
        if let Some(stream) = stream {
            stream.try_with_value(|(source, _)| source.close());
            stream.dispose();
        }
    }

    /// A stream that the server refused does not come back by itself.
    fn reopen(self, editor: Editor) {
        let stream = self.stream.try_get_value().flatten();
        let is_closed = stream.and_then(|stream| {
            stream.try_with_value(|(source, _)| source.ready_state() == EventSource::CLOSED)
        });
        if is_closed == Some(true) {
            self.close();
            set_timeout(move || self.enter(editor), AGAIN);
        }
    }

    fn tell_soon(self, editor: Editor) {
        if self.is_due.try_get_value() != Some(false) {
            return;
        }
        self.is_due.set_value(true);
        set_timeout(
            move || {
                if self.is_due.try_set_value(false).is_none() {
                    self.tell(editor);
                }
            },
            SOON,
        );
    }

    fn tell(self, editor: Editor) {
        self.send(editor, false);
    }

    fn is_editing(self) -> bool {
        let touched = self.touched.try_get_value().unwrap_or_default();
        js_sys::Date::now() - touched < IDLE_MS
    }

    fn send(self, editor: Editor, left: bool) {
        let (tab, id) = (
            editor.draft.tab(),
            editor.board.flow.try_with_untracked(|flow| flow.id.clone()),
        );
        let Some(id) = id.filter(|id| !tab.is_empty() && !id.as_str().is_empty()) else {
            return;
        };
        let here = Here {
            tab,
            selected: editor.board.selected.try_get_untracked().flatten(),
            field: self
                .field
                .try_get_value()
                .flatten()
                .filter(|_| self.is_editing()),
            left,
        };
        let Ok(body) = serde_json::to_string(&here) else {
            return;
        };
        if !beacon(&address(id.as_str()), &body).unwrap_or(false) {
            leptos::logging::log!("others were not told where this page is");
        }
    }

    fn hear(self, editor: Editor, news: RoomNews) {
        if let Some(revision) = news.revision {
            editor.draft.heard(editor, revision);
        }
        let own = editor.draft.tab();
        let shown: Vec<ShownPeer> = news
            .peers
            .into_iter()
            .filter(|peer| peer.tab != own)
            .enumerate()
            .map(|(index, peer)| shown(index, peer))
            .collect();
        if self.peers.try_with_untracked(|known| *known != shown) == Some(true) {
            editor.board.marks.peers.set(shown.clone());
            self.peers.set(shown);
        }
    }

    /// The focus goes into a field. One that somebody else edits is left again, unless it was taken over.
    pub fn enter_field(self, editor: Editor, at: &InputRef, event: &FocusEvent) {
        let other = self.peers.with_untracked(|peers| {
            let mut there = peers.iter();
            there
                .find(|peer| peer.field.as_ref() == Some(at))
                .map(|peer| peer.name.clone())
        });
        let is_taken = self.taken.with_value(|taken| taken.contains(at));
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let (Some(name), false, Some(target)) = (other, is_taken, target) {
            let rect = target.get_bounding_client_rect();
            self.locked.set(Some(Locked {
                at: at.clone(),
                name,
                left: rect.left(),
                top: rect.bottom() + 6.0,
            }));
            if target.blur().is_err() {
                leptos::logging::log!("a locked field kept the focus");
            }
            return;
        }
        self.locked.set(None);
        self.touched.set_value(js_sys::Date::now());
        self.field.set_value(Some(at.clone()));
        self.tell_soon(editor);
    }

    fn take_over(self, at: InputRef) {
        self.taken.update_value(|taken| taken.push(at));
        self.locked.set(None);
    }
}

impl Editor {
    /// The page is left: others see it, and the server notes what this person saw last.
    pub fn leave(self) {
        self.room.leave(self);
        let id = self.board.flow.try_with_untracked(|flow| flow.id.clone());
        let Some(id) = id.filter(|id| !id.as_str().is_empty()) else {
            return;
        };
        let body = serde_json::json!({ "id": id }).to_string();
        if !beacon("/rpc/save_look", &body).unwrap_or(false) {
            leptos::logging::log!("what was seen last was not noted");
        }
    }
}

fn address(flow: &str) -> String {
    format!("/live/flows/{flow}")
}

fn shown(index: usize, peer: Peer) -> ShownPeer {
    ShownPeer {
        initials: initials(&peer.name),
        tab: peer.tab,
        name: peer.name,
        colour: COLOURS
            .get(index % COLOURS.len())
            .copied()
            .unwrap_or("var(--odd)"),
        selected: peer.selected,
        field: peer.field,
    }
}

/// Returns at most two letters that stand for a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .collect::<String>()
        .to_uppercase()
}

/// Who else has the flow open, in the header. Pressing one goes to where they are.
#[component]
pub fn Peers(editor: Editor) -> impl IntoView {
    let peers = editor.room.peers;
    let name = move |peer: &ShownPeer| {
        let name = peer.name.clone();
        let card = peer
            .selected
            .as_ref()
            .map(|id| editor.board.title(id))
            .filter(|card| !card.is_empty());
        editor.speech.say(&match card {
            Some(card) => VersionText::PersonHereAt { name, card },
            None => VersionText::PersonHere { name },
        })
    };
    let is_alone = move || peers.with(Vec::is_empty);
    view! {
        {move || (!is_alone()).then(|| view! {
            <ul class="peers" aria-label=t(VersionText::People)>
                {move || peers.get().into_iter().map(|peer| {
                    let said = name(&peer);
                    let to = peer.selected.clone();
                    view! {
                        <li>
                            <button
                                class="peer"
                                type="button"
                                style:--peer=peer.colour
                                title=said.clone()
                                aria-label=said
                                on:click=move |_| {
                                    if let Some(id) = &to {
                                        editor.board.go_to(id);
                                    }
                                }
                            >
                                {peer.initials.clone()}
                            </button>
                        </li>
                    }
                }).collect_view()}
            </ul>
        })}
        {move || editor.room.locked.get().map(|locked| {
            let Locked { at, name, left, top } = locked;
            view! {
                <div class="lock-note" role="alert" style:left=format!("{left:.0}px") style:top=format!("{top:.0}px")>
                    <p>{t(VersionText::Locked { name })}</p>
                    <Button on_press=move || editor.room.take_over(at.clone())>{t(VersionText::TakeOver)}</Button>
                </div>
            }
        })}
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_the_last_name() {
        assert_eq!(initials("Hanako Yamada"), "HY");
        assert_eq!(initials("ada augusta lovelace"), "AL");
        assert_eq!(initials("山田 花子"), "山花");
        assert_eq!(initials(""), "");
    }
}
