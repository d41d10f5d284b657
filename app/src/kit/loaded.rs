//! What comes from the server: a bar while it is awaited, an error box in its place where it was refused.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ErrorBox, Loading};
use crate::rpc::Refusal;

/// Draws a resource with `draw` and keeps what was drawn while it is fetched again.
pub fn loaded<T, V>(
    resource: Resource<Result<T, Refusal>>,
    draw: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let draw = StoredValue::new(draw);
    view! {
        <Transition fallback=Loading>
            {move || {
                resource
                    .get()
                    .map(|result| match result {
                        Ok(value) => draw.with_value(|draw| draw(value)).into_any(),
                        Err(refusal) => {
                            view! { <ErrorBox refusal on_retry=move || resource.refetch()/> }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
}
