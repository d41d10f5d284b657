//! The question before deleting cards that others depend on: for each field, what becomes of it.

use flow::{Dependant, OutputRef, Substitute, depending};
use leptos::prelude::*;

use super::state::Editor;
use crate::i18n::texts::{EditingText, EditorText, KitText};
use crate::i18n::{t, use_speech};
use crate::kit::{Button, ButtonKind, Dialog};

/// A field and what was chosen for it.
#[derive(Clone)]
struct Choice {
    uses: Dependant,
    repair: RwSignal<Substitute>,
}

/// The question before deleting cards that others depend on.
#[component]
pub fn DeleteDialog(editor: Editor) -> impl IntoView {
    let board = editor.board;
    let open = RwSignal::new(false);
    let choices = RwSignal::new(Vec::<Choice>::new());
    Effect::new(move || {
        let ids = editor.deleting.get();
        let found = ids.map(|ids| board.flow.with_untracked(|flow| depending(flow, &ids)));
        choices.set(found.iter().flatten().map(choice).collect());
        open.set(found.is_some());
    });
    Effect::new(move || {
        if !open.get() && editor.deleting.with_untracked(Option::is_some) {
            editor.deleting.set(None);
        }
    });
    let title = Signal::derive(move || {
        let ids = editor.deleting.get().unwrap_or_default();
        match ids.as_slice() {
            [id] => editor.speech.say(&EditorText::DeleteQuestion {
                card: board.title(id),
            }),
            ids => editor
                .speech
                .say(&EditingText::DeleteSeveral { n: ids.len() }),
        }
    });
    let delete = move || {
        let Some(ids) = editor.deleting.get_untracked() else {
            return;
        };
        let repairs: Vec<_> = choices.with_untracked(|choices| {
            choices
                .iter()
                .map(|choice| (choice.uses.at.clone(), choice.repair.get_untracked()))
                .collect()
        });
        editor.deleting.set(None);
        // The focus can go to a card once the dialog is closed.
        request_animation_frame(move || editor.delete_all(&ids, &repairs));
    };
    view! {
        <Dialog open title wide=true>
            <p>{move || t(EditingText::DeleteUses { n: choices.read().len() })}</p>
            <ul class="delete-uses">
                {move || choices.get().into_iter().map(|choice| view! { <Use editor choice/> }).collect_view()}
            </ul>
            <div class="dialog-foot">
                <Button on_press=move || editor.deleting.set(None)>{t(KitText::Cancel)}</Button>
                <Button kind=ButtonKind::Danger on_press=delete>
                    {move || {
                        let n = editor.deleting.with(|ids| ids.as_ref().map_or(0, Vec::len));
                        t(if n > 1 { EditingText::DeleteCards { n } } else { EditingText::DeleteCard })
                    }}
                </Button>
            </div>
        </Dialog>
    }
}

fn choice(uses: &Dependant) -> Choice {
    let repair = match &uses.passed_on {
        Some(source) => Substitute::Take(source.clone()),
        None => Substitute::Leave,
    };
    Choice {
        uses: uses.clone(),
        repair: RwSignal::new(repair),
    }
}

/// One field that used a value of the cards, with what may become of it.
#[component]
fn Use(editor: Editor, choice: Choice) -> impl IntoView {
    let (board, speech) = (editor.board, use_speech());
    let Choice { uses, repair } = choice;
    let at = uses.at.clone();
    let place = move || {
        let field = board.names(|names| names.input_at(&at));
        format!("{} › {field}", board.title(&at.step))
    };
    let place = Signal::derive(place);
    let number = board.number(&uses.at.step);
    let named = move |source: &OutputRef| {
        let value = board.names(|names| names.source(source));
        let card = board.title(&source.step);
        let value = match board.number(&source.step) {
            Some(number) => format!("{number} · {card} › {value}"),
            None => format!("{card} › {value}"),
        };
        speech.say(&EditingText::TakeInstead { value })
    };
    let offers = StoredValue::new(uses.offers);
    let value_of = move |repair: &Substitute| match repair {
        Substitute::Leave => "leave".to_owned(),
        Substitute::Empty => "empty".to_owned(),
        Substitute::Take(source) => offers.with_value(|offers| {
            let index = offers.iter().position(|known| known == source);
            index.map_or_else(|| "leave".to_owned(), |index| index.to_string())
        }),
    };
    let repair_of = move |value: &str| match value {
        "leave" => Substitute::Leave,
        "empty" => Substitute::Empty,
        index => offers
            .with_value(|offers| {
                index
                    .parse()
                    .ok()
                    .and_then(|index: usize| offers.get(index).cloned())
            })
            .map_or(Substitute::Leave, Substitute::Take),
    };
    let label = Signal::derive(move || speech.say(&EditingText::RepairOf { field: place.get() }));
    view! {
        <li>
            <span class="delete-use">
                <span class="card-number number">{number}</span>
                <span>{place}</span>
            </span>
            <select
                class="input"
                aria-label=label
                on:change=move |event| repair.set(repair_of(&event_target_value(&event)))
                prop:value=move || value_of(&repair.get())
            >
                <option value="leave" selected=move || value_of(&repair.get()) == "leave">{t(EditingText::LeaveField)}</option>
                <option value="empty" selected=move || value_of(&repair.get()) == "empty">{t(EditingText::EmptyField)}</option>
                {offers
                    .get_value()
                    .into_iter()
                    .enumerate()
                    .map(|(index, source)| {
                        let value = index.to_string();
                        let mine = value.clone();
                        view! {
                            <option value=value selected=move || value_of(&repair.get()) == mine>
                                {move || named(&source)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </li>
    }
}
