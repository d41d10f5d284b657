//! A flow and a catalogue for the tests of this module: an event, a read, an If/Else with a card in each lane, an end.

use flow::{
    Base, Binding, CardKey, CardKind, CardSpec, Catalogue, Extensible, Family, FieldKey, FieldSpec,
    Flow, FlowId, InputRef, KeyType, LaneId, LaneSpec, OutputRef, Step, StepId, Type,
};

fn field(key: FieldKey, ty: Type) -> FieldSpec {
    FieldSpec {
        label: key.key.clone(),
        key,
        ty,
        required: false,
        option: false,
        choices: vec![],
        lookup: None,
        entered: None,
        shown: true,
        default: None,
    }
}

fn text(key: &str) -> FieldSpec {
    field(FieldKey::plain(key), Type::one(Base::Text))
}

fn card(key: &str, kind: CardKind, family: Family, name: &str) -> CardSpec {
    CardSpec {
        key: CardKey::parse(key).unwrap(),
        kind,
        family,
        icon: "user".into(),
        name: name.into(),
        name_en: name.into(),
        name_ja: format!("{name}の日本語"),
        help: "Helps.".into(),
        category: "Okta".into(),
        inputs: vec![],
        outputs: vec![],
        extensible: Extensible::No,
        schema_inputs: vec![],
        schema_outputs: vec![],
        lanes: vec![],
        connector: matches!(kind, CardKind::Event | CardKind::Action).then(|| "okta".into()),
        goes_without: false,
        scopes: vec![],
        optional_scopes: vec![],
        path_scopes: None,
        listed: true,
        examples: vec![],
        guide: flow::Guide::default(),
    }
}

pub(crate) fn catalogue() -> Catalogue {
    let user = Type::object_with(vec![KeyType {
        key: "name".into(),
        label: None,
        ty: Type::one(Base::Text),
    }]);
    let mut event = card(
        "okta:added",
        CardKind::Event,
        Family::Event,
        "User Added to Group",
    );
    event.outputs = vec![text("ID"), field(FieldKey::plain("User"), user)];
    let mut read = card("okta:readUser", CardKind::Action, Family::Okta, "Read User");
    read.inputs = vec![FieldSpec {
        required: true,
        ..field(
            FieldKey::in_group("User", "ID or Login"),
            Type::one(Base::Text),
        )
    }];
    read.outputs = vec![
        text("ID"),
        field(FieldKey::plain("Count"), Type::one(Base::Number)),
        field(FieldKey::plain("Groups"), Type::list_of(Base::Text)),
    ];
    let mut suspend = card(
        "okta:suspendUser",
        CardKind::Action,
        Family::Okta,
        "Suspend User",
    );
    suspend.inputs = read.inputs.clone();
    let mut branch = card("control:if", CardKind::Control, Family::Logic, "If/Else");
    branch.inputs = vec![
        text("left-operand"),
        text("operator"),
        text("right-operand"),
    ];
    branch.lanes = ["true", "false"]
        .map(|id| LaneSpec {
            id: LaneId::new(id),
            label: id.into(),
            inputs: vec![],
        })
        .into();
    let mut compose = card(
        "string:compose",
        CardKind::Function,
        Family::Text,
        "Compose",
    );
    compose.inputs = vec![text("text")];
    compose.outputs = vec![text("output")];
    let mut assign = card("control:let", CardKind::Control, Family::Logic, "Assign");
    assign.extensible = Extensible::Mirrored;
    Catalogue::from(vec![event, read, suspend, branch, compose, assign])
}

pub(crate) fn step(id: &str, key: &str) -> Step {
    let catalogue = catalogue();
    catalogue
        .card(&CardKey::parse(key).unwrap())
        .unwrap()
        .step(StepId::from(id))
}

pub(crate) fn output(step: &str, key: &str) -> OutputRef {
    OutputRef {
        step: step.into(),
        field: FieldKey::plain(key),
        path: vec![],
    }
}

fn bind(flow: &mut Flow, at: InputRef, source: OutputRef) {
    flow.input_mut(&at).unwrap().binding = Binding::output(source);
}

pub(crate) fn login(step: &str) -> InputRef {
    InputRef::of(step.into(), FieldKey::in_group("User", "ID or Login"))
}

/// event, read, if (true: suspend; false: compose), end.
pub(crate) fn branched() -> Flow {
    let mut flow = Flow::new(FlowId::from("f"), "Contain risky group adds");
    let mut branch = step("if", "control:if");
    branch.lanes[0].steps = vec![step("suspend", "okta:suspendUser")];
    branch.lanes[1].steps = vec![step("compose", "string:compose")];
    flow.steps = vec![
        step("event", "okta:added"),
        step("read", "okta:readUser"),
        branch,
        step("end", "string:compose"),
    ];
    bind(&mut flow, login("read"), output("event", "ID"));
    bind(&mut flow, login("suspend"), output("read", "ID"));
    let left = InputRef::of("if".into(), FieldKey::plain("left-operand"));
    bind(&mut flow, left, output("read", "ID"));
    let composed = InputRef::of("compose".into(), FieldKey::plain("text"));
    bind(&mut flow, composed, output("event", "ID"));
    flow
}

pub(crate) fn ids(row: &[Step]) -> Vec<&str> {
    row.iter().map(|step| step.id.as_str()).collect()
}
