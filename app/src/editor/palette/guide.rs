//! The help card beside the list: what a card does, takes and gives, with an example. Shown where the pointer rests, or by
//! the right arrow.

use flow::{CardKey, CardSpec, Extensible, FieldSpec};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

use crate::card::{Tile, type_name};
use crate::editor::guide::{Calls, Examples};
use crate::editor::state::Editor;
use crate::i18n::texts::{EditorText, LookupText, SearchText};
use crate::i18n::{t, use_speech};

/// Width of the help card, and its distance from the list, in pixels.
const WIDTH: f64 = 320.0;
const GAP: f64 = 8.0;
/// It is at most so high; the position leaves room for it.
const HEIGHT: f64 = 480.0;
/// So many fields of a kind are shown.
const MOST_FIELDS: usize = 8;

/// Which card is explained, and where in the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Guided {
    /// The card.
    pub key: CardKey,
    left: f64,
    top: f64,
}

impl Guided {
    /// Places the help for a card beside the row that was pointed at; nothing where the row is not drawn any more.
    pub(super) fn beside(key: &CardKey, row: Option<EventTarget>) -> Option<Self> {
        let row = row?.dyn_into::<Element>().ok()?;
        let list = row.closest(".palette, .add-popover").ok().flatten()?;
        let (row, list) = (
            row.get_bounding_client_rect(),
            list.get_bounding_client_rect(),
        );
        let size = |value: Result<wasm_bindgen::JsValue, _>| {
            value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
        };
        let (width, height) = (size(window().inner_width()), size(window().inner_height()));
        let right = list.right() + GAP;
        let left = if right + WIDTH + GAP <= width {
            right
        } else {
            list.left() - GAP - WIDTH
        };
        Some(Self {
            key: key.clone(),
            left: left.clamp(0.0, (width - WIDTH).max(0.0)),
            top: row.top().min(height - HEIGHT - GAP).max(GAP),
        })
    }
}

/// The help card.
#[component]
pub(super) fn GuideCard(editor: Editor) -> impl IntoView {
    move || {
        let guided = editor.guide.get()?;
        let catalogue = editor.board.catalogue.get();
        let spec = catalogue.card(&guided.key)?.clone();
        let family = spec.family.token();
        Some(view! {
            <div
                class="palette-guide floating"
                id="palette-guide"
                role="tooltip"
                data-family=family
                style:left=format!("{:.0}px", guided.left)
                style:top=format!("{:.0}px", guided.top)
                style:max-height=format!("{HEIGHT:.0}px")
            >
                <Content spec/>
            </div>
        })
    }
}

#[component]
fn Content(spec: CardSpec) -> impl IntoView {
    let names = (spec.name != spec.name_en).then(|| spec.name_en.clone());
    let names: Vec<String> = names.into_iter().chain([spec.category.clone()]).collect();
    let takes_more = spec.extensible != Extensible::No && spec.extensible != Extensible::Outputs;
    let inputs: Vec<FieldSpec> = spec.inputs.clone();
    let (first, second) = (spec.clone(), spec.clone());
    let scopes = spec.scopes.join(" ");
    let has_facts = !scopes.is_empty() || !spec.guide.calls.is_empty();
    let has_example = !spec.examples.is_empty() || !spec.guide.usage.is_empty();
    view! {
        <header class="palette-guide-head">
            <Tile icon=Signal::stored(spec.icon.clone())/>
            <div class="card-names">
                <p class="palette-name">{spec.name.clone()}</p>
                <p class="card-sub">{names.join(" · ")}</p>
            </div>
        </header>
        <p class="palette-guide-text">{spec.help.clone()}</p>
        {fields(SearchText::Takes, &inputs, takes_more)}
        {fields(SearchText::Gives, &spec.outputs, spec.extensible == Extensible::Outputs)}
        {has_facts.then(|| view! {
            <dl class="help-facts">
                <Calls spec=first/>
                {(!scopes.is_empty()).then(|| view! { <dt>{t(LookupText::Scopes)}</dt><dd class="mono">{scopes}</dd> })}
            </dl>
        })}
        {has_example.then(|| view! {
            <p class="palette-guide-heading">{t(SearchText::Example)}</p>
            <Examples spec=second most=1/>
        })}
    }
}

/// The fields that matter first: required ones, then those that are on the card when it is added.
fn fields(heading: SearchText, all: &[FieldSpec], is_open: bool) -> Option<impl IntoView + use<>> {
    let mut sorted: Vec<&FieldSpec> = all.iter().collect();
    sorted.sort_by_key(|field| (!field.required, !(field.shown || field.option)));
    let more = sorted.len().saturating_sub(MOST_FIELDS);
    let rows: Vec<_> = sorted
        .into_iter()
        .take(MOST_FIELDS)
        .map(|field| view! { <Row field=field.clone()/> })
        .collect();
    (is_open || !rows.is_empty()).then(|| {
        view! {
            <p class="palette-guide-heading">{t(heading)}</p>
            <ul class="palette-guide-fields">
                {rows}
                {(more > 0).then(|| view! { <li class="hint">{t(SearchText::MoreFields { n: more })}</li> })}
                {is_open.then(|| view! { <li class="hint">{t(SearchText::AddsFields)}</li> })}
            </ul>
        }
    })
}

#[component]
fn Row(field: FieldSpec) -> impl IntoView {
    let speech = use_speech();
    let (ty, badge) = (field.ty.clone(), field.ty.badge());
    view! {
        <li>
            <span class="ellipsis">
                {field.label}
                {field.required.then(|| view! { <span class="choose-required">{t(EditorText::Required)}</span> })}
            </span>
            <span class="muted">{move || type_name(speech, &ty)}<span class="badge" data-badge=badge></span></span>
        </li>
    }
}
