//! The table: attribute and value of the directory, two arrows, attribute or expression and value of Okta.

use api::MappingRow;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::desk::Desk;
use super::rows::Line;
use super::words::{Mark, chief, mark, of_flaw, of_trouble};
use crate::i18n::t;
use crate::i18n::texts::MappingText;
use crate::kit::{Icon, Tag, Tone};

/// All rows that fit the view and the search.
#[component]
pub fn Table(desk: Desk) -> impl IntoView {
    let names = Memo::new(move |_| {
        let wanted = desk.text.get().trim().to_lowercase();
        let shown = desk.shown.get();
        desk.rows.with(|rows| {
            let fits = |row: &&MappingRow| {
                let names = [&row.ad, &row.app].into_iter().chain(&row.okta);
                let mut names = names.map(|name| name.to_lowercase());
                desk.fits(row, shown)
                    && (wanted.is_empty() || names.any(|name| name.contains(&wanted)))
            };
            rows.iter()
                .filter(fits)
                .map(|row| row.ad.clone())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="mapping-scroll">
            <table class="mapping-table">
                <colgroup>
                    <col class="mapping-col-name"/>
                    <col class="mapping-col-value"/>
                    <col class="mapping-col-arrows"/>
                    <col class="mapping-col-value"/>
                    <col/>
                </colgroup>
                <thead>
                    <tr class="mapping-sides">
                        <th colspan="3" scope="colgroup"><Icon name="server"/>{t(MappingText::Directory)}</th>
                        <th colspan="2" scope="colgroup">
                            <Icon name="circle-user"/>{t(MappingText::Okta)}
                            <span class="mapping-after">{t(MappingText::AfterNext)}</span>
                        </th>
                    </tr>
                    <tr>
                        <th scope="col">{t(MappingText::Attribute)}</th>
                        <th scope="col">{t(MappingText::Value)}</th>
                        <th scope="col">{t(MappingText::Direction)}</th>
                        <th scope="col">{t(MappingText::Target)}</th>
                        <th scope="col">{t(MappingText::Value)}</th>
                    </tr>
                </thead>
                <tbody on:keydown=move |event| walk(&event)>
                    <For each=move || names.get() key=String::clone let(ad)>
                        <Row desk ad/>
                    </For>
                </tbody>
            </table>
            {move || names.read().is_empty().then(|| view! { <p class="empty">{t(MappingText::NoneShown)}</p> })}
        </div>
    }
}

/// The arrow keys go from row to row.
fn walk(event: &KeyboardEvent) {
    let is_down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(row) = target
        .filter(|target| target.class_list().contains("mapping-name"))
        .and_then(|target| target.closest("tr").ok().flatten())
    else {
        return;
    };
    let next = if is_down {
        row.next_element_sibling()
    } else {
        row.previous_element_sibling()
    };
    let button = next.and_then(|row| row.query_selector(".mapping-name").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        if button.focus().is_err() {
            leptos::logging::warn!("a row cannot be focused");
        }
    }
}

#[component]
fn Row(desk: Desk, ad: String) -> impl IntoView {
    let ad = StoredValue::new(ad);
    let row = Memo::new(move |_| ad.with_value(|ad| desk.row(ad)));
    let lines = Memo::new(move |_| ad.with_value(|ad| desk.lines(ad)));
    let is_chosen = Memo::new(move |_| {
        ad.with_value(|ad| desk.chosen.with(|chosen| chosen.as_ref() == Some(ad)))
    });
    let is_required = move || row.with(|row| row.as_ref().is_some_and(|row| row.is_required));
    let open = move || desk.chosen.set(Some(ad.get_value()));
    let target = move || {
        row.with(|row| {
            let row = row.as_ref()?;
            Some(if row.okta.is_empty() {
                row.to_ad.expression.clone()
            } else {
                row.okta.join(", ")
            })
        })
    };
    view! {
        <tr class:mapping-chosen=is_chosen on:click=move |_| open()>
            <th scope="row">
                <button class="mapping-name mono" type="button" aria-expanded=move || is_chosen.get().to_string() on:click=move |_| open()>
                    {ad.get_value()}
                    {move || is_required().then(|| view! {
                        <span class="required" aria-hidden="true">" *"</span>
                        <span class="visually-hidden">{t(MappingText::Required)}</span>
                    })}
                </button>
            </th>
            <td><div class="mapping-cell">{move || lines.with(|(to_okta, to_ad)| directory_value(to_okta, to_ad.as_ref()))}</div></td>
            <td><Arrows desk ad row/></td>
            <td class="mono"><span class="mapping-cell" title=target>{target}</span></td>
            <td><div class="mapping-cell mapping-result">{move || okta_value(desk, row.get().as_ref(), &lines.get().0)}</div></td>
        </tr>
    }
}

/// Two switches, one for each direction.
#[component]
fn Arrows(desk: Desk, ad: StoredValue<String>, row: Memo<Option<MappingRow>>) -> impl IntoView {
    let arrow = move |is_to_okta: bool| {
        let is_on = Memo::new(move |_| {
            row.with(|row| {
                row.as_ref().is_some_and(|row| {
                    if is_to_okta {
                        row.to_okta.is_on
                    } else {
                        row.to_ad.is_on
                    }
                })
            })
        });
        let name = ad.get_value();
        let label = t(if is_to_okta {
            MappingText::ToOkta { name }
        } else {
            MappingText::ToAd { name }
        });
        view! {
            <button
                class="mapping-arrow"
                type="button"
                aria-pressed=move || is_on.get().to_string()
                aria-label=label
                title=label
                disabled=!desk.can_change
                on:click=move |event| {
                    event.stop_propagation();
                    let is = !is_on.get_untracked();
                    ad.with_value(|ad| desk.edit_row(ad, |row| {
                        let way = if is_to_okta { &mut row.to_okta } else { &mut row.to_ad };
                        way.is_on = is;
                    }));
                }
            >
                <Icon name=if is_to_okta { "arrow-right" } else { "arrow-left" }/>
            </button>
        }
    };
    view! { <div class="mapping-arrows">{arrow(true)}{arrow(false)}</div> }
}

/// What the directory has; struck through where something else goes back.
fn directory_value(to_okta: &[Line], to_ad: Option<&Line>) -> AnyView {
    let has = to_okta.first().map(|line| line.before.join(", "));
    let has = has
        .or_else(|| to_ad.and_then(|line| line.now.clone()))
        .unwrap_or_default();
    let back = to_ad
        .filter(|line| line.differs)
        .and_then(|line| line.value.clone());
    match back {
        Some(back) => {
            let text = format!("{has} → {back}");
            view! { <span class="mapping-value" title=text>{(!has.is_empty()).then(|| view! { <s>{has}</s>" " })}<b>{back}</b></span> }.into_any()
        }
        None if has.is_empty() && to_okta.is_empty() && to_ad.is_none() => {
            view! { <span class="muted">"–"</span> }.into_any()
        }
        None if has.is_empty() => {
            view! { <span class="muted">{t(MappingText::Empty)}</span> }.into_any()
        }
        None => {
            view! { <span class="mapping-value" title=has.clone()>{has.clone()}</span> }.into_any()
        }
    }
}

/// What Okta will have, with tags; what is wrong instead, where something is.
fn okta_value(desk: Desk, row: Option<&MappingRow>, lines: &[Line]) -> AnyView {
    let Some(row) = row else { return ().into_any() };
    let flaw = desk
        .flaws_of(&row.ad)
        .iter()
        .find_map(|flaw| Some((of_flaw(flaw)?, flaw.stops())));
    let absent = desk.absent(row).into_iter().next();
    let (to_okta, to_ad) = (lines, desk.lines(&row.ad).1);
    let trouble = to_okta
        .iter()
        .chain(&to_ad)
        .flat_map(|line| &line.troubles)
        .find_map(|trouble| of_trouble(&trouble.kind));
    let wrong = match (flaw, absent, trouble) {
        (Some((text, true)), _, _) => Some((text, "bad")),
        (_, Some(name), _) if row.okta.len() == 1 => {
            Some((MappingText::NoProperty { name }, "warn"))
        }
        (_, _, Some(text)) => Some((text, "bad")),
        (Some((text, _)), _, _) => Some((text, "warn")),
        _ => None,
    };
    let shown = chief(lines);
    let tag = shown.and_then(mark);
    let value = shown.map(value_view);
    let wrong = wrong.map(|(text, tone)| {
        let words = t(text);
        view! {
            <span class="mapping-wrong" data-tone=tone title=words>
                <Icon name=if tone == "bad" { "circle-alert" } else { "triangle-alert" }/>
                <span class="ellipsis">{words}</span>
            </span>
        }
    });
    let is_plain = wrong.is_none();
    view! {
        {value.filter(|_| is_plain)}
        {wrong}
        {tag.filter(|_| is_plain).map(|tag| match tag {
            Mark::Fallback => view! { <Tag>{t(MappingText::TagFallback)}</Tag> }.into_any(),
            Mark::New => view! { <Tag tone=Tone::Ok>{t(MappingText::TagNew)}</Tag> }.into_any(),
            Mark::Changes => view! { <Tag tone=Tone::Accent>{t(MappingText::TagChanges)}</Tag> }.into_any(),
        })}
    }
    .into_any()
}

fn value_view(line: &Line) -> AnyView {
    let (value, now) = (line.value.clone(), line.now.clone());
    match value {
        Some(value) if line.differs => {
            let before = now.filter(|now| !now.is_empty());
            let title = value.clone();
            view! { <span class="mapping-value" title=title>{before.map(|before| view! { <s>{before}</s>" " })}<b>{value}</b></span> }.into_any()
        }
        Some(value) => {
            let value = now.filter(|_| !line.is_on).unwrap_or(value);
            view! { <span class="mapping-value" title=value.clone()>{value.clone()}</span> }
                .into_any()
        }
        None => match now.filter(|now| !now.is_empty()) {
            Some(now) => {
                view! { <span class="mapping-value" title=now.clone()>{now.clone()}</span> }
                    .into_any()
            }
            None => view! { <span class="muted">{t(MappingText::Nothing)}</span> }.into_any(),
        },
    }
}
