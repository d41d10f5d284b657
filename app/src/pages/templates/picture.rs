//! A flow as a picture: plates, frames and the line through them, drawn from the model. Never a screenshot.

use api::{Picture, Plate};
use leptos::prelude::*;

use crate::canvas::measure::text_width;
use crate::i18n::texts::TemplateText;
use crate::i18n::{Language, t, use_speech};
use crate::kit::icon_href;

/// Height of a plate.
const HEIGHT: f64 = 52.0;
/// Room for a title beside icon and number, in pixels of 12 px text.
const TITLE: f64 = 158.0;

/// The picture of a flow. A small one shows icons only.
#[component]
pub fn FlowPicture(
    /// The flow.
    picture: Picture,
    /// What the flow is called, for screen readers.
    #[prop(into)]
    name: Signal<String>,
    /// With titles, in its own size.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let speech = use_speech();
    let cards = picture.plates.len();
    let label = move || {
        speech.say(&TemplateText::PictureOf {
            name: name.get(),
            cards,
        })
    };
    let view_box = format!(
        "0 0 {:.0} {:.0}",
        picture.width.max(1.0),
        picture.height.max(1.0)
    );
    let width = large.then(|| format!("{:.0}", picture.width * 0.8));
    let height = large.then(|| format!("{:.0}", picture.height * 0.8));
    let frames = picture
        .frames
        .into_iter()
        .map(|(x, y, width, height, level)| {
            view! {
                <rect
                    class="picture-frame"
                    data-level=level.min(6).to_string()
                    x=px(x)
                    y=px(y)
                    width=px(width)
                    height=px(height)
                    rx="14"
                />
            }
        });
    let lines = picture.lines.into_iter().map(|(x1, y1, x2, y2)| {
        view! { <line class="picture-line" x1=px(x1) y1=px(y1) x2=px(x2) y2=px(y2)/> }
    });
    let plates = picture
        .plates
        .into_iter()
        .map(|plate| view! { <PlateShape plate large/> });
    view! {
        <svg
            class="picture"
            class:picture-large=large
            viewBox=view_box
            width=width
            height=height
            preserveAspectRatio="xMidYMid meet"
            role="img"
            aria-label=label
        >
            {frames.collect_view()}
            {lines.collect_view()}
            {plates.collect_view()}
        </svg>
    }
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[component]
fn PlateShape(plate: Plate, large: bool) -> impl IntoView {
    let speech = use_speech();
    let (english, japanese) = (plate.title.en.clone(), plate.title.ja.clone());
    let title = move || match speech.language() {
        Language::English => cut(&english),
        Language::Japanese => cut(&japanese),
    };
    let number = plate.number.map(|number| number.to_string());
    let place = format!("translate({:.1} {:.1})", plate.x, plate.y);
    let number_x = px(plate.width - 16.0);
    // A drawing inside a drawing would be as large as the whole; `use` keeps the size that it is given.
    let (icon_x, icon_y, icon_size) = if large { (17, 17, 18) } else { (104, 2, 48) };
    view! {
        <g transform=place data-family=plate.family>
            <rect class="picture-plate" width=px(plate.width) height=px(HEIGHT) rx="10"/>
            <rect class="picture-tile" x="12" y="12" width="28" height="28" rx="7"/>
            <use class="picture-icon" href=icon_href(&plate.icon) x=icon_x y=icon_y width=icon_size height=icon_size></use>
            {large.then(|| view! {
                <text class="picture-title" x="50" y="31">{title}</text>
                <text class="picture-number" x=number_x y="31" text-anchor="end">{number}</text>
            })}
        </g>
    }
}

/// Cuts a title to the room that it has.
fn cut(title: &str) -> String {
    if text_width(title) <= TITLE {
        return title.to_owned();
    }
    let mut kept = String::new();
    for letter in title.chars() {
        kept.push(letter);
        if text_width(&kept) > TITLE - 12.0 {
            break;
        }
    }
    kept.push('…');
    kept
}

/// Says a text of a template in the reader's language.
pub fn spoken(text: api::Said) -> Signal<String> {
    let speech = use_speech();
    Signal::derive(move || match speech.language() {
        Language::English => text.en.clone(),
        Language::Japanese => text.ja.clone(),
    })
}

/// Names what a template is good for.
pub fn tag_name(tag: &str) -> Signal<String> {
    t(match tag {
        "lifecycle" => TemplateText::TagLifecycle,
        "first" => TemplateText::TagFirst,
        "groups" => TemplateText::TagGroups,
        "tables" => TemplateText::TagTables,
        "delegated" => TemplateText::TagDelegated,
        "schedule" => TemplateText::TagSchedule,
        "reports" => TemplateText::TagReports,
        "security" => TemplateText::TagSecurity,
        "chat" => TemplateText::TagChat,
        "patterns" => TemplateText::TagPatterns,
        "api" => TemplateText::TagApi,
        "errors" => TemplateText::TagErrors,
        other => return Signal::stored(other.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_cut_in_both_scripts() {
        assert_eq!(cut("Read User"), "Read User");
        let long = cut("ユーザーの全MFA要素のリセットに関する長いカード名");
        assert!(
            long.ends_with('…') && text_width(&long) <= TITLE + 12.0,
            "{long}"
        );
    }
}
