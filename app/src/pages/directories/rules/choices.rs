//! The choices beside the units: user name, matching, confirmation, removal, safeguard.

use api::{ConfirmationSettings, ExactMatch, ImportSettings, RemovalSetting, UsernameFormat};
use leptos::prelude::*;

use super::Draft;
use crate::i18n::t;
use crate::i18n::texts::RuleText;
use crate::kit::TextField;

/// A part of the rules with its title.
#[component]
pub(super) fn Part(
    /// What it is about.
    title: RuleText,
    /// What to know about it.
    #[prop(optional)]
    text: Option<RuleText>,
    /// Its choices.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel">
            <div class="panel-head"><h2>{t(title)}</h2></div>
            {text.map(|text| view! { <p class="panel-lead">{t(text)}</p> })}
            <div class="panel-body rule-choices">{children()}</div>
        </section>
    }
}

/// One of several ways, as a radio button.
#[component]
pub(super) fn Way(
    /// What is chosen, the same for all ways.
    name: &'static str,
    /// What it is called.
    text: RuleText,
    /// Whether it is chosen.
    #[prop(into)]
    is: Signal<bool>,
    /// Chooses it.
    #[prop(into)]
    choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name=name
                checked=is.get_untracked()
                prop:checked=is
                on:change=move |_| choose.run(())
            />
            {t(text)}
        </label>
    }
}

/// Something that is so or not.
#[component]
pub(super) fn Truth(
    /// What is so.
    text: RuleText,
    /// Whether it is.
    #[prop(into)]
    is: Signal<bool>,
    /// Changes it.
    #[prop(into)]
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                checked=is.get_untracked()
                prop:checked=is
                on:change=move |event| set.run(event_target_checked(&event))
            />
            {t(text)}
        </label>
    }
}

/// What the user name in the org is made of.
#[component]
pub(super) fn Username(draft: Draft) -> impl IntoView {
    let format = Memo::new(move |_| draft.settings.with(|settings| settings.username.clone()));
    let (typed, domain) = draft.settings.with_untracked(|settings| {
        let typed = match &settings.username {
            UsernameFormat::Custom(text) => text.clone(),
            _ => "appuser.userName".to_owned(),
        };
        (typed, settings.naming_context.clone().unwrap_or_default())
    });
    let (typed, domain) = (RwSignal::new(typed), RwSignal::new(domain));
    let is_custom = Memo::new(move |_| matches!(format.get(), UsernameFormat::Custom(_)));
    let is_sam = Memo::new(move |_| format.get() == UsernameFormat::SamAccountName);
    let set = move |format: UsernameFormat| draft.edit(|settings| settings.username = format);
    Effect::new(move || {
        let text = typed.get();
        if is_custom.get_untracked()
            && format.get_untracked() != UsernameFormat::Custom(text.clone())
        {
            set(UsernameFormat::Custom(text));
        }
    });
    Effect::new(move || {
        let text = Some(domain.get().trim().to_owned()).filter(|text| !text.is_empty());
        if draft
            .settings
            .with_untracked(|settings| settings.naming_context != text)
        {
            draft.edit(|settings| settings.naming_context = text);
        }
    });
    view! {
        <Part title=RuleText::Username>
            <fieldset class="choices">
                <legend class="visually-hidden">{t(RuleText::Username)}</legend>
                <Way name="username" text=RuleText::UsernameUpn
                    is=Signal::derive(move || format.get() == UsernameFormat::Upn)
                    choose=move || set(UsernameFormat::Upn)/>
                <Way name="username" text=RuleText::UsernameEmail
                    is=Signal::derive(move || format.get() == UsernameFormat::Email)
                    choose=move || set(UsernameFormat::Email)/>
                <Way name="username" text=RuleText::UsernameSam is=is_sam
                    choose=move || set(UsernameFormat::SamAccountName)/>
                <Way name="username" text=RuleText::UsernameCustom is=is_custom
                    choose=move || set(UsernameFormat::Custom(typed.get_untracked()))/>
            </fieldset>
            {move || is_custom.get().then(|| view! {
                <TextField label=t(RuleText::UsernameExpression) name="username-expression" value=typed hint=t(RuleText::UsernameHint)/>
            })}
            {move || is_sam.get().then(|| view! {
                <TextField label=t(RuleText::Domain) name="username-domain" value=domain hint=t(RuleText::DomainHint)/>
            })}
        </Part>
    }
}

/// Who is the same person in the org.
#[component]
pub(super) fn Matching(draft: Draft) -> impl IntoView {
    let exact = Memo::new(move |_| {
        draft
            .settings
            .with(|settings| settings.matching.exact.clone())
    });
    let names = draft
        .settings
        .with_untracked(|settings| match &settings.matching.exact {
            ExactMatch::Properties(names) => names.join(", "),
            _ => "employeeNumber".to_owned(),
        });
    let names = RwSignal::new(names);
    let is_properties = Memo::new(move |_| matches!(exact.get(), ExactMatch::Properties(_)));
    let set = move |exact: ExactMatch| draft.edit(|settings| settings.matching.exact = exact);
    Effect::new(move || {
        let listed = ExactMatch::Properties(listed(&names.get()));
        if is_properties.get_untracked() && exact.get_untracked() != listed {
            set(listed);
        }
    });
    view! {
        <Part title=RuleText::Matching text=RuleText::MatchingText>
            <fieldset class="choices">
                <legend class="visually-hidden">{t(RuleText::Matching)}</legend>
                <Way name="exact" text=RuleText::ExactUsername
                    is=Signal::derive(move || exact.get() == ExactMatch::Username)
                    choose=move || set(ExactMatch::Username)/>
                <Way name="exact" text=RuleText::ExactEmail
                    is=Signal::derive(move || exact.get() == ExactMatch::Email)
                    choose=move || set(ExactMatch::Email)/>
                <Way name="exact" text=RuleText::ExactProperties is=is_properties
                    choose=move || set(ExactMatch::Properties(listed(&names.get_untracked())))/>
            </fieldset>
            {move || is_properties.get().then(|| view! {
                <TextField label=t(RuleText::Properties) name="exact-properties" value=names/>
            })}
            <Truth text=RuleText::PartialAllowed
                is=Signal::derive(move || draft.settings.with(|settings| settings.matching.is_partial_allowed))
                set=move |is| draft.edit(|settings| settings.matching.is_partial_allowed = is)/>
        </Part>
    }
}

fn listed(text: &str) -> Vec<String> {
    let names = text.split([',', '、', ' ']).map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What needs no person.
#[component]
pub(super) fn Confirmation(draft: Draft) -> impl IntoView {
    let field = move |text: RuleText, read: fn(&mut ConfirmationSettings) -> &mut bool| {
        view! {
            <Truth text
                is=Signal::derive(move || *read(&mut draft.settings.with(|settings| settings.confirmation)))
                set=move |is| draft.edit(|settings| *read(&mut settings.confirmation) = is)/>
        }
    };
    view! {
        <Part title=RuleText::Confirmation text=RuleText::ConfirmationText>
            {field(RuleText::ConfirmExact, |settings| &mut settings.exact)}
            {field(RuleText::ConfirmPartial, |settings| &mut settings.partial)}
            {field(RuleText::ConfirmNew, |settings| &mut settings.new)}
            {field(RuleText::ActivateNew, |settings| &mut settings.activates_new)}
        </Part>
    }
}

/// What happens to those who are gone, and to those who come back.
#[component]
pub(super) fn Removal(draft: Draft) -> impl IntoView {
    let removal = Memo::new(move |_| draft.settings.with(|settings| settings.removal));
    let way = move |text: RuleText, one: RemovalSetting| {
        view! {
            <Way name="removal" text
                is=Signal::derive(move || removal.get() == one)
                choose=move || draft.edit(|settings| settings.removal = one)/>
        }
    };
    let truth = move |text: RuleText, read: fn(&mut ImportSettings) -> &mut bool| {
        view! {
            <Truth text
                is=Signal::derive(move || *read(&mut draft.settings.get()))
                set=move |is| draft.edit(|settings| *read(settings) = is)/>
        }
    };
    view! {
        <Part title=RuleText::Removal>
            <fieldset class="choices">
                <legend class="visually-hidden">{t(RuleText::Removal)}</legend>
                {way(RuleText::RemovalDeactivate, RemovalSetting::Deactivate)}
                {way(RuleText::RemovalSuspend, RemovalSetting::Suspend)}
                {way(RuleText::RemovalKeep, RemovalSetting::Keep)}
            </fieldset>
            {truth(RuleText::WakeSuspended, |settings| &mut settings.reactivates_suspended)}
            {truth(RuleText::WakeDeactivated, |settings| &mut settings.reactivates_deactivated)}
        </Part>
    }
}

/// How much may go in one import.
#[component]
pub(super) fn Safeguard(draft: Draft) -> impl IntoView {
    let shown = |percent: Option<u8>| {
        percent
            .map(|percent| percent.to_string())
            .unwrap_or_default()
    };
    let (app, org) = draft.settings.with_untracked(|settings| {
        (
            shown(settings.safeguard.app_percent),
            shown(settings.safeguard.org_percent),
        )
    });
    let (app, org) = (RwSignal::new(app), RwSignal::new(org));
    Effect::new(move || {
        let (app, org) = (percent(&app.get()), percent(&org.get()));
        let is_wrong = app.is_err() || org.is_err();
        if draft.is_wrong.get_untracked() != is_wrong {
            draft.is_wrong.set(is_wrong);
        }
        let (Ok(app), Ok(org)) = (app, org) else {
            return;
        };
        let before = draft.settings.with_untracked(|settings| settings.safeguard);
        if (before.app_percent, before.org_percent) != (app, org) {
            draft.edit(|settings| {
                settings.safeguard.app_percent = app;
                settings.safeguard.org_percent = org;
            });
        }
    });
    let error = move |text: RwSignal<String>| {
        Signal::derive(move || {
            percent(&text.get())
                .is_err()
                .then(|| t(RuleText::SafeguardWrong).get())
        })
    };
    let is_off = move || app.get().trim().is_empty();
    view! {
        <Part title=RuleText::Safeguard text=RuleText::SafeguardText>
            <TextField label=t(RuleText::SafeguardApp) name="safeguard-app" value=app hint=t(RuleText::SafeguardHint) error=error(app)/>
            <TextField label=t(RuleText::SafeguardOrg) name="safeguard-org" value=org hint=t(RuleText::SafeguardHint) error=error(org)/>
            {move || is_off().then(|| view! { <p class="field-warning" role="status">{t(RuleText::SafeguardOff)}</p> })}
        </Part>
    }
}

/// Reads a share; nothing where the field is empty.
fn percent(text: &str) -> Result<Option<u8>, ()> {
    let text = text.trim().trim_end_matches('%').trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u8>() {
        Ok(percent) if percent <= 100 => Ok(Some(percent)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_percentage_or_nothing() {
        assert_eq!(percent(""), Ok(None));
        assert_eq!(percent(" 20 % "), Ok(Some(20)));
        for wrong in ["101", "-1", "half", "20.5"] {
            assert_eq!(percent(wrong), Err(()), "{wrong}");
        }
    }

    #[test]
    fn properties_are_apart_by_commas_of_either_language() {
        assert_eq!(listed("a, b、c"), ["a", "b", "c"]);
        assert!(listed(" , ").is_empty());
    }
}
