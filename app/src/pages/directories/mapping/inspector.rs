//! One row with room: its direction, both expressions, what it must be, how it fares with people, and the way back to the table.

use api::{AttributeFacts, MappingRow};
use leptos::prelude::*;

use super::desk::Desk;
use super::expression::{ExpressionField, Way};
use super::rows::{Direction, is_published, listed, reset};
use super::tried::Tried;
use super::words::of_flaw;
use crate::i18n::t;
use crate::i18n::texts::MappingText;
use crate::kit::{Button, ButtonKind, TextField};

/// The panel at the right of the table.
#[component]
pub fn Inspector(desk: Desk) -> impl IntoView {
    let there = Memo::new(move |_| {
        let ad = desk.chosen.get()?;
        desk.row(&ad).map(|row| row.ad)
    });
    view! {
        {move || there.get().map(|ad| {
            let label = t(MappingText::Details { name: ad.clone() });
            view! {
                <aside class="mapping-inspector" aria-label=label>
                    <Row desk ad/>
                </aside>
            }
        })}
    }
}

#[component]
fn Row(desk: Desk, ad: String) -> impl IntoView {
    let facts = desk
        .facts
        .with_value(|all| all.iter().find(|one| one.ad == ad).cloned());
    let name = ad.clone();
    let row = Memo::new(move |_| desk.row(&name));
    let direction =
        Memo::new(move |_| row.with(|row| row.as_ref().map_or(Direction::Off, Direction::of)));
    let ad = StoredValue::new(ad);
    let has_property =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| !row.okta.is_empty())));
    let close = move || {
        let name = ad.get_value();
        desk.chosen.set(None);
        back_to(&name);
    };
    let most = facts.as_ref().and_then(|facts| facts.most).map(i64::from);
    view! {
        <header class="mapping-inspector-head">
            <div class="row-text">
                <h2 class="mono">{ad.get_value()}</h2>
                <About facts row/>
            </div>
            <Button kind=ButtonKind::Bare icon="x" label=t(MappingText::Close) on_press=close/>
        </header>
        <fieldset class="mapping-inspector-body" disabled=!desk.can_change>
            <DirectionField desk ad direction/>
            <RowFlaws desk ad/>
            {move || has_property.get().then(|| view! {
                <ExpressionField desk ad way=Way::ToOkta is_on=Signal::derive(move || matches!(direction.get(), Direction::ToOkta | Direction::Both)) most=None/>
            })}
            <ExpressionField desk ad way=Way::ToAd is_on=Signal::derive(move || matches!(direction.get(), Direction::ToAd | Direction::Both)) most/>
            <Names desk ad row/>
            <Tried desk ad/>
            <Default desk ad row on_gone=close/>
        </fieldset>
    }
}

/// After the panel is closed one is where one came from.
fn back_to(ad: &str) {
    use wasm_bindgen::JsCast;
    let Ok(buttons) = document().query_selector_all(".mapping-name") else {
        return;
    };
    for index in 0..buttons.length() {
        let button = buttons
            .item(index)
            .and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
        let Some(button) = button else { continue };
        let text = button.text_content().unwrap_or_default();
        if text.split([' ', '*']).next() == Some(ad) && button.focus().is_err() {
            leptos::logging::warn!("a row cannot be focused");
        }
    }
}

/// What the attribute is.
#[component]
fn About(facts: Option<AttributeFacts>, row: Memo<Option<MappingRow>>) -> impl IntoView {
    let Some(facts) = facts else {
        return view! { <p class="hint">{t(MappingText::CustomRow)}</p> }.into_any();
    };
    let syntax = match facts.syntax.as_str() {
        "number" => MappingText::SyntaxNumber,
        "name" => MappingText::SyntaxName,
        "sid" => MappingText::SyntaxSid,
        "bytes" => MappingText::SyntaxBytes,
        _ => MappingText::SyntaxText,
    };
    let mut parts = vec![syntax];
    parts.push(if facts.is_single {
        MappingText::SingleValue
    } else {
        MappingText::ManyValues
    });
    parts.extend(facts.most.map(|most| {
        let n = i64::from(most);
        match facts.syntax.as_str() {
            "text" => MappingText::AtMost { n },
            _ => MappingText::UpTo { n },
        }
    }));
    parts.extend(match facts.writing.as_str() {
        "never" => Some(MappingText::NeverWritten),
        "rename" => Some(MappingText::Renames),
        _ => None,
    });
    let parts = parts.into_iter().enumerate().map(|(index, part)| {
        view! { {(index > 0).then_some(" · ")}{t(part)} }
    });
    let is_required = move || {
        row.with(|row| {
            row.as_ref()
                .is_some_and(|row| row.is_required && !row.is_custom)
        })
    };
    view! {
        <p class="hint">{parts.collect_view()}</p>
        {move || is_required().then(|| view! { <p class="hint">{t(MappingText::RequiredPublished)}</p> })}
    }
    .into_any()
}

#[component]
fn DirectionField(
    desk: Desk,
    ad: StoredValue<String>,
    direction: Memo<Direction>,
) -> impl IntoView {
    let choice = move |one: Direction, text: MappingText| {
        view! {
            <label class="segment">
                <input
                    class="visually-hidden"
                    type="radio"
                    name="mapping-direction"
                    prop:checked=move || direction.get() == one
                    on:change=move |_| ad.with_value(|ad| desk.edit_row(ad, |row| one.set(row)))
                />
                <span>{t(text)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segments-field">
            <legend>{t(MappingText::Direction)}</legend>
            <div class="segments">
                {choice(Direction::ToOkta, MappingText::DirToOkta)}
                {choice(Direction::ToAd, MappingText::DirToAd)}
                {choice(Direction::Both, MappingText::Both)}
                {choice(Direction::Off, MappingText::Off)}
            </div>
        </fieldset>
    }
}

/// What is wrong with the row itself.
#[component]
fn RowFlaws(desk: Desk, ad: StoredValue<String>) -> impl IntoView {
    let said = move || {
        let flaws = ad.with_value(|ad| desk.flaws_of(ad));
        let own = flaws
            .into_iter()
            .filter(|flaw| flaw.side == "row" || !flaw.stops());
        own.filter_map(|flaw| of_flaw(&flaw)).collect::<Vec<_>>()
    };
    let absent = move || {
        let row = ad.with_value(|ad| desk.row(ad));
        row.map(|row| desk.absent(&row)).unwrap_or_default()
    };
    view! {
        <div role="status">
            {move || said().into_iter().map(|text| view! { <p class="field-warning">{t(text)}</p> }).collect_view()}
            {move || absent().into_iter().map(|name| view! { <p class="field-warning">{t(MappingText::NoProperty { name })}</p> }).collect_view()}
        </div>
    }
}

/// The properties that take the value; for an added row also whether somebody must have it.
#[component]
fn Names(desk: Desk, ad: StoredValue<String>, row: Memo<Option<MappingRow>>) -> impl IntoView {
    let now = row.get_untracked();
    let text = RwSignal::new(
        now.as_ref()
            .map(|row| row.okta.join(", "))
            .unwrap_or_default(),
    );
    let is_custom = now.as_ref().is_some_and(|row| row.is_custom);
    // What is undone or put back elsewhere shows here too.
    Effect::new(move || {
        let names = row
            .with(|row| row.as_ref().map(|row| row.okta.clone()))
            .unwrap_or_default();
        if listed(&text.get_untracked()) != names {
            text.set(names.join(", "));
        }
    });
    Effect::new(move |was: Option<()>| {
        let names = listed(&text.get());
        if was.is_some() {
            ad.with_value(|ad| desk.edit_row(ad, |row| row.okta = names));
        }
    });
    view! {
        <TextField label=t(MappingText::Properties) name="mapping-properties" value=text hint=t(MappingText::PropertiesHint)/>
        {is_custom.then(|| view! {
            <label class="choice wrap">
                <input
                    type="checkbox"
                    prop:checked=move || row.with(|row| row.as_ref().is_some_and(|row| row.is_required))
                    on:change=move |event| {
                        let is = event_target_checked(&event);
                        ad.with_value(|ad| desk.edit_row(ad, |row| row.is_required = is));
                    }
                />
                {t(MappingText::RequiredLabel)}
            </label>
        })}
    }
}

/// Whether it is as published, and the way back.
#[component]
fn Default(
    desk: Desk,
    ad: StoredValue<String>,
    row: Memo<Option<MappingRow>>,
    #[prop(into)] on_gone: Callback<()>,
) -> impl IntoView {
    let is_as_published = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .is_some_and(|row| desk.published.with_value(|table| is_published(row, table)))
        })
    });
    let is_custom = row.get_untracked().is_some_and(|row| row.is_custom);
    let is_base = desk.facts.with_value(|facts| {
        ad.with_value(|ad| facts.iter().any(|one| one.ad == *ad && one.is_base))
    });
    view! {
        <section class="mapping-default">
            <h3>{t(MappingText::Default)}</h3>
            {(!is_custom).then(|| view! {
                <p class="hint">
                    {move || t(if is_as_published.get() { MappingText::IsDefault } else { MappingText::IsNotDefault }).get()}
                </p>
                <div class="actions">
                    <Button
                        icon="rotate-ccw"
                        disabled=Signal::derive(move || is_as_published.get())
                        on_press=move || ad.with_value(|ad| desk.edit(|rows| desk.published.with_value(|table| reset(rows, table, ad))))
                    >
                        {t(MappingText::ResetRow)}
                    </Button>
                </div>
            })}
            {(!is_base).then(|| view! {
                <p class="hint">{t(MappingText::RemoveHint)}</p>
                <div class="actions">
                    <Button
                        kind=ButtonKind::DangerQuiet
                        icon="trash-2"
                        on_press=move || {
                            ad.with_value(|ad| desk.edit(|rows| rows.retain(|row| row.ad != *ad)));
                            on_gone.run(());
                        }
                    >
                        {t(MappingText::RemoveRow)}
                    </Button>
                </div>
            })}
        </section>
    }
}
