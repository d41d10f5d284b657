//! What orgs have said since the page was opened: the attributes of their schemas, and the names of what flows store by
//! id. Nothing is asked before it is needed, and nothing waits for an answer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use api::{Attribute, LookUp, MOST_IDS, ReadSchema};
use flow::{ConnectionId, Lookup, Schema, SchemaFields, Step};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::rpc::{self, Refusal};

/// Which schema of which org.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SchemaKey {
    /// The connection.
    pub connection: ConnectionId,
    /// The schema.
    pub schema: Schema,
    /// The application, for the schema of its users.
    pub app: Option<String>,
}

/// What is known of a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// The org was asked.
    Asked,
    /// It answered.
    Attributes(Arc<[Attribute]>),
    /// It did not.
    Refused(Refusal),
}

/// Something that a flow stores by id.
type Named = (ConnectionId, Lookup, String);

/// What orgs have said.
#[derive(Clone, Copy)]
pub struct OrgSaid {
    schemas: RwSignal<HashMap<SchemaKey, Told>>,
    names: RwSignal<HashMap<Named, Option<String>>>,
    wanted: StoredValue<Vec<Named>>,
}

impl OrgSaid {
    pub(super) fn new() -> Self {
        Self {
            schemas: RwSignal::new(HashMap::new()),
            names: RwSignal::new(HashMap::new()),
            wanted: StoredValue::new(Vec::new()),
        }
    }

    /// Returns what is known of a schema; asks nothing.
    pub fn schema(self, key: &SchemaKey) -> Option<Told> {
        self.schemas.with(|schemas| schemas.get(key).cloned())
    }

    /// The same as it is now, for event handlers.
    pub fn schema_now(self, key: &SchemaKey) -> Option<Told> {
        self.schemas
            .with_untracked(|schemas| schemas.get(key).cloned())
    }

    /// Asks for a schema that is not known yet; with `fresh` in any case.
    pub fn ask_schema(self, key: SchemaKey, fresh: bool) {
        let is_known = self
            .schemas
            .with_untracked(|schemas| schemas.contains_key(&key));
        if is_known && !fresh {
            return;
        }
        let was = self.schema_now(&key);
        if !matches!(was, Some(Told::Attributes(_))) {
            self.schemas.update(|schemas| {
                schemas.insert(key.clone(), Told::Asked);
            });
        }
        let request = ReadSchema {
            connection: key.connection.clone(),
            schema: key.schema,
            app: key.app.clone(),
            fresh,
        };
        spawn_local(async move {
            let told = match rpc::read_schema(request).await {
                Ok(schema) => Told::Attributes(schema.attributes.into()),
                Err(refusal) => Told::Refused(refusal),
            };
            self.schemas.try_update(|schemas| schemas.insert(key, told));
        });
    }

    /// Returns the name of what is stored by id, once it is known.
    pub fn name(self, connection: &ConnectionId, what: Lookup, id: &str) -> Option<String> {
        let key = (connection.clone(), what, id.to_owned());
        self.names.with(|names| names.get(&key).cloned().flatten())
    }

    /// Remembers a name.
    pub fn learn(self, connection: &ConnectionId, what: Lookup, id: &str, name: &str) {
        self.names.update(|names| {
            names.insert(
                (connection.clone(), what, id.to_owned()),
                Some(name.to_owned()),
            );
        });
    }

    /// Asks for a name soon, together with the others that are wanted then.
    pub fn want_name(self, connection: &ConnectionId, what: Lookup, id: &str) {
        let key = (connection.clone(), what, id.to_owned());
        let is_known = self.names.with_untracked(|names| names.contains_key(&key));
        let is_wanted = self.wanted.with_value(|wanted| wanted.contains(&key));
        if is_known || is_wanted || id.is_empty() {
            return;
        }
        let is_first = self.wanted.with_value(Vec::is_empty);
        self.wanted.update_value(|wanted| wanted.push(key));
        if is_first {
            set_timeout(move || self.ask_names(), Duration::from_millis(60));
        }
    }

    fn ask_names(self) {
        let Some(wanted) = self.wanted.try_update_value(std::mem::take) else {
            return;
        };
        let mut questions: HashMap<(ConnectionId, Lookup), Vec<String>> = HashMap::new();
        for (connection, what, id) in wanted {
            questions.entry((connection, what)).or_default().push(id);
        }
        for ((connection, what), ids) in questions {
            for ids in ids.chunks(MOST_IDS) {
                self.ask_some(connection.clone(), what, ids.to_vec());
            }
        }
    }

    /// An id without a name stays as it is; nobody is told, since nobody asked.
    fn ask_some(self, connection: ConnectionId, what: Lookup, ids: Vec<String>) {
        self.names.update(|names| {
            for id in &ids {
                names.insert((connection.clone(), what, id.clone()), None);
            }
        });
        let request = LookUp {
            connection: connection.clone(),
            what,
            search: String::new(),
            parent: None,
            ids,
            after: None,
            fresh: false,
        };
        spawn_local(async move {
            if let Ok(found) = rpc::look_up(request).await {
                self.names.try_update(|names| {
                    for choice in found.choices {
                        names.insert((connection.clone(), what, choice.id), Some(choice.name));
                    }
                });
            }
        });
    }
}

/// Returns the schema that fields of a card follow from; nothing while the connection or the application is not chosen.
pub fn schema_key(step: &Step, fields: &SchemaFields) -> Option<SchemaKey> {
    let connection = step.connection.clone()?;
    let app = match fields.schema {
        Schema::User | Schema::Group => None,
        Schema::AppUser => Some(application(step)?),
    };
    Some(SchemaKey {
        connection,
        schema: fields.schema,
        app,
    })
}

/// The application that is given as a constant; what is chosen in the option counts where nothing else is typed.
fn application(step: &Step) -> Option<String> {
    let typed = |group: &str, key: &str| {
        let text = step.input(group, key)?.constant()?.as_str()?.trim();
        (!text.is_empty() && !text.starts_with("-- ")).then(|| text.to_owned())
    };
    typed("Application", "applicationID").or_else(|| typed("parameters", "application"))
}
