//! Linked objects: relationships such as manager and subordinate between users.

/// A relationship: the name of each side, with title and description.
#[derive(Clone, Debug)]
pub(crate) struct LinkDefinition {
    pub(crate) primary: Side,
    pub(crate) associated: Side,
}

#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: String,
}

/// All relationships and who is linked with whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    pub(crate) definitions: Vec<LinkDefinition>,
    /// Name of the primary side, associated user, primary user.
    pairs: Vec<(String, String, String)>,
}

impl Links {
    pub(crate) fn definition(&self, name: &str) -> Option<&LinkDefinition> {
        self.definitions
            .iter()
            .find(|it| it.primary.name == name || it.associated.name == name)
    }

    /// Whoever `user_id` is linked with on the side called `relationship`.
    pub(crate) fn linked(&self, user_id: &str, relationship: &str) -> Vec<&str> {
        let Some(definition) = self.definition(relationship) else {
            return Vec::new();
        };
        let wants_primary = definition.primary.name == relationship;
        self.pairs
            .iter()
            .filter(|(name, _, _)| *name == definition.primary.name)
            .filter_map(|(_, associated, primary)| match wants_primary {
                true if associated == user_id => Some(primary.as_str()),
                false if primary == user_id => Some(associated.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Makes `primary` the only primary of `associated` in this relationship.
    pub(crate) fn link(&mut self, primary_name: &str, associated: &str, primary: &str) {
        self.pairs
            .retain(|(name, who, _)| !(name == primary_name && who == associated));
        self.pairs.push((
            primary_name.to_owned(),
            associated.to_owned(),
            primary.to_owned(),
        ));
    }

    /// Removes the links of `user_id` on the side called `relationship`.
    pub(crate) fn unlink(&mut self, user_id: &str, relationship: &str) {
        let Some(definition) = self.definition(relationship) else {
            return;
        };
        let primary_name = definition.primary.name.clone();
        let from_primary = primary_name == relationship;
        self.pairs.retain(|(name, associated, primary)| {
            let is_users = if from_primary {
                associated == user_id
            } else {
                primary == user_id
            };
            !(*name == primary_name && is_users)
        });
    }

    pub(crate) fn remove_definition(&mut self, name: &str) {
        if let Some(primary) = self.definition(name).map(|it| it.primary.name.clone()) {
            self.definitions.retain(|it| it.primary.name != primary);
            self.pairs.retain(|(name, _, _)| *name != primary);
        }
    }

    /// Removes every link of a user who leaves.
    pub(crate) fn forget(&mut self, user_id: &str) {
        self.pairs
            .retain(|(_, associated, primary)| associated != user_id && primary != user_id);
    }
}
