//! Making a helper flow of the selected cards: its name is asked, the server makes it, one card here calls it.

use api::{FlowRow, NewFlow, SaveDraft, TurnOn};
use flow::{
    Blank, CannotArrange, CardKey, Extraction, FlowId, FlowKind, Signature, StepId, extract,
};
use leptos::prelude::*;

use super::Editor;
use super::change::new_id;
use crate::i18n::t;
use crate::i18n::texts::{EditingText, KitText};
use crate::kit::{Button, ButtonKind, Dialog, TextField, forget_refusal, refused};
use crate::rpc::{self, Refusal};

impl Editor {
    /// Asks for the name of the helper flow that the selected cards become, or says why they cannot.
    pub fn ask_extract(self) {
        let ids = self.chosen_without_start();
        match self.extraction(&ids, FlowId::from("new"), "") {
            Ok(_) => self.extracting.set(Some(ids)),
            Err(reason) => self.say_why(&reason),
        }
    }

    fn extraction(
        self,
        ids: &[StepId],
        id: FlowId,
        name: &str,
    ) -> Result<Extraction, CannotArrange> {
        let blank = self.board.catalogue.with_untracked(|catalogue| {
            let step = |method: &str| {
                let key = CardKey::new("control", method);
                catalogue.card(&key).map(|spec| spec.step(new_id()))
            };
            Some(Blank {
                start: step("callable")?,
                give_back: step("return")?,
                call: step("spawn")?,
            })
        });
        let blank = blank.ok_or(CannotArrange::Nothing)?;
        self.board
            .flow
            .with_untracked(|flow| extract(flow, ids, id, name, blank))
    }

    /// Makes the helper flow on the server and puts the call in the place of the cards. The helper flow is turned on, so that
    /// this flow goes on as before. Returns the card that calls it.
    async fn extract_as(self, ids: Vec<StepId>, name: String) -> Result<Option<StepId>, Refusal> {
        let folder = self
            .row
            .with_untracked(|row| row.as_ref().and_then(|row| row.folder.clone()));
        let row = rpc::create_flow(NewFlow {
            folder,
            name: name.clone(),
        })
        .await?;
        let done = match self.extraction(&ids, row.id.clone(), &row.name) {
            Ok(done) => done,
            Err(reason) => {
                self.say_why(&reason);
                rpc::delete_flow(row.id).await?;
                return Ok(None);
            }
        };
        let signature = Signature::of(&done.helper);
        if let Err(refusal) = keep(done.helper).await {
            rpc::delete_flow(row.id).await?;
            return Err(refusal);
        }
        let turned = rpc::turn(TurnOn {
            id: row.id.clone(),
            on: true,
        })
        .await;
        let is_on = turned.is_ok();
        self.board.callable.update(|all| {
            all.push(turned.unwrap_or(FlowRow {
                kind: FlowKind::Helper,
                ..row.clone()
            }));
        });
        self.board.signatures.update(|known| {
            known.insert(row.id.clone(), signature);
        });
        if self.edit(done.edit) {
            self.say(&EditingText::Extracted {
                n: ids.len(),
                inputs: done.inputs,
                outputs: done.outputs,
            });
        }
        let said = if is_on {
            EditingText::HelperMade { name: row.name }
        } else {
            EditingText::HelperOff { name: row.name }
        };
        self.toasts.link(
            &said,
            format!("/flows/{}", row.id),
            &EditingText::OpenHelper,
        );
        Ok(Some(done.call))
    }
}

async fn keep(helper: flow::Flow) -> Result<(), Refusal> {
    let view = rpc::open_flow(helper.id.clone()).await?;
    rpc::save_draft(SaveDraft {
        id: helper.id.clone(),
        revision: view.revision,
        draft: helper,
    })
    .await
    .map(|_| ())
}

/// The dialog that asks for the name of the helper flow.
#[component]
pub fn ExtractDialog(editor: Editor) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    Effect::new(move || {
        let ids = editor.extracting.get();
        if let Some(ids) = &ids {
            let flow = editor.board.flow.with_untracked(|flow| flow.name.clone());
            let card = ids
                .first()
                .map(|id| editor.board.title_now(id))
                .unwrap_or_default();
            let suggested = format!("{flow}: {card}");
            name.set(suggested.chars().take(200).collect());
        }
        open.set(ids.is_some());
    });
    Effect::new(move || {
        if !open.get() && editor.extracting.with_untracked(Option::is_some) {
            editor.extracting.set(None);
        }
    });
    let make = Action::new(move |(): &()| {
        let ids = editor.extracting.get_untracked().unwrap_or_default();
        let name = name.get_untracked();
        async move {
            let call = editor.extract_as(ids, name).await?;
            editor.extracting.set(None);
            // The focus can go to the card once the dialog is closed.
            if let Some(call) = call {
                request_animation_frame(move || editor.board.go_to(&call));
            }
            Ok::<(), Refusal>(())
        }
    });
    forget_refusal(open, make);
    let count = move || {
        editor
            .extracting
            .with(|ids| ids.as_ref().map_or(0, Vec::len))
    };
    view! {
        <Dialog open title=t(EditingText::ExtractTitle)>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    make.dispatch(());
                }
            >
                {refused(move || make.value().get())}
                <p>{move || t(EditingText::ExtractHint { n: count() })}</p>
                <TextField label=t(EditingText::HelperName) name="helper-name" value=name required=true first=true/>
                <div class="dialog-foot">
                    <Button on_press=move || open.set(false)>{t(KitText::Cancel)}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=make.pending()>
                        {t(EditingText::ExtractDo)}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
