//! Whatever is done with several cards at once: undone it is the same bytes, it breaks no links, and wrapped cards come out
//! again as they were.

use std::collections::HashSet;

use flow::{
    Base, Binding, Blank, CardKey, Catalogue, Clip, FieldKey, Flow, FlowEdit, FlowId, Input,
    InputRef, Known, Lane, LaneId, OnError, Output, OutputRef, Part, Place, Step, StepId,
    Substitute, Type, apply, depending, extract, paste, remove, rewrite, sees, shift, unwrap, wrap,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers from which a flow is grown: what each card is, and what it reads.
type Seeds = Vec<(u8, u8, u8)>;

fn key(name: &str) -> FieldKey {
    FieldKey::plain(name)
}

fn bare(id: &str, card: &str) -> Step {
    Step {
        id: StepId::from(id),
        card: CardKey::parse(card).unwrap(),
        title: None,
        note: None,
        connection: None,
        inputs: vec![],
        outputs: vec![],
        lanes: vec![],
        on_error: OnError::default(),
        collapsed: false,
    }
}

fn types() -> [Type; 3] {
    [
        Type::one(Base::Text),
        Type::one(Base::Number),
        Type::list_of(Base::Object),
    ]
}

fn leaf(id: &str) -> Step {
    Step {
        inputs: types()
            .into_iter()
            .enumerate()
            .map(|(index, ty)| Input::new(key(&format!("in{index}")), ty))
            .collect(),
        outputs: types()
            .into_iter()
            .enumerate()
            .map(|(index, ty)| Output::new(key(&format!("out{index}")), ty))
            .collect(),
        ..bare(id, "string:compose")
    }
}

fn container(id: &str, lanes: [Vec<Step>; 2]) -> Step {
    let [yes, no] = lanes;
    let lane = |id: &str, steps| Lane {
        id: LaneId::new(id),
        inputs: vec![],
        steps,
        yields: vec![],
    };
    Step {
        lanes: vec![lane("try", yes), lane("error", no)],
        ..bare(id, "control:tryCatch")
    }
}

/// Grows a flow in which every card reads what runs before it.
fn grown(seeds: &Seeds) -> Flow {
    let mut flow = Flow::new(FlowId::from("f"), "Flow");
    flow.steps.push(leaf("start"));
    for (index, (kind, _, _)) in seeds.iter().enumerate() {
        let id = format!("s{index}");
        let step = match kind % 5 {
            0 => {
                let first = leaf(&format!("{id}a"));
                let second = leaf(&format!("{id}b"));
                let lanes = if kind % 2 == 0 {
                    [vec![first], vec![second]]
                } else {
                    [vec![first, second], vec![]]
                };
                container(&id, lanes)
            }
            1 => bare(&id, "control:comment"),
            _ => leaf(&id),
        };
        flow.steps.push(step);
    }
    let ids: Vec<StepId> = flow
        .all_steps()
        .iter()
        .map(|step| step.id.clone())
        .collect();
    for (index, id) in ids.iter().enumerate() {
        let (_, from, how) = seeds[index % seeds.len()];
        let Some(ty) = flow.step(id).and_then(|step| step.inputs.first()) else {
            continue;
        };
        let at = InputRef::of(id.clone(), ty.key.clone());
        let visible = flow::visible_outputs(&flow, id).unwrap();
        let with_text: Vec<StepId> = visible
            .iter()
            .filter(|seen| seen.step.output(&key("out0")).is_some())
            .map(|seen| seen.step.id.clone())
            .collect();
        let Some(source) = with_text.get(usize::from(from) % with_text.len().max(1)) else {
            continue;
        };
        let link = Binding::output(OutputRef {
            step: source.clone(),
            field: key("out0"),
            path: vec![],
        });
        let binding = if how % 2 == 0 {
            link
        } else {
            Binding::Template {
                parts: vec![
                    Part::Text {
                        text: "Grüße an ".into(),
                    },
                    Part::Value {
                        name: "v1".into(),
                        binding: Box::new(link),
                    },
                ],
            }
        };
        apply(&mut flow, FlowEdit::Bind { input: at, binding }).unwrap();
    }
    flow
}

fn bytes(flow: &Flow) -> String {
    serde_json::to_string(flow).unwrap()
}

fn broken(flow: &Flow) -> usize {
    let mut found = 0;
    for step in flow.all_steps() {
        let mut look = |at: InputRef, binding: &Binding| {
            binding.each_source(&mut |source| found += usize::from(!sees(flow, &at, source)));
        };
        for input in &step.inputs {
            let at = InputRef {
                arg: input.arg,
                ..InputRef::of(step.id.clone(), input.key.clone())
            };
            look(at, &input.binding);
        }
        for lane in &step.lanes {
            for input in &lane.yields {
                let at = InputRef {
                    lane: Some(lane.id.clone()),
                    yields: true,
                    ..InputRef::of(step.id.clone(), input.key.clone())
                };
                look(at, &input.binding);
            }
        }
    }
    found
}

/// Makes an edit; undone it is the same bytes, and no card is there twice.
fn made(flow: &Flow, edit: FlowEdit) -> Flow {
    let mut after = flow.clone();
    let undo = apply(&mut after, edit).unwrap();
    let mut back = after.clone();
    let redo = apply(&mut back, undo).unwrap();
    assert_eq!(bytes(&back), bytes(flow), "undone");
    apply(&mut back, redo).unwrap();
    assert_eq!(bytes(&back), bytes(&after), "made again");
    let mut ids = HashSet::new();
    assert!(after.all_steps().iter().all(|step| ids.insert(&step.id)));
    after
}

fn chosen(flow: &Flow, picks: &[u8]) -> Vec<StepId> {
    let all = flow.all_steps();
    picks
        .iter()
        .map(|pick| all[usize::from(*pick) % all.len()].id.clone())
        .collect()
}

fn some_place(flow: &Flow, pick: u8, index: u8) -> Place {
    let mut lanes = vec![None];
    for step in flow.all_steps() {
        lanes.extend(
            step.lanes
                .iter()
                .map(|lane| Some((step.id.clone(), lane.id.clone()))),
        );
    }
    Place {
        lane: lanes[usize::from(pick) % lanes.len()].clone(),
        index: usize::from(index % 8),
    }
}

fn seeds() -> impl Strategy<Value = Seeds> {
    vec(any::<(u8, u8, u8)>(), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn wrapped_cards_come_out_as_they_were(seeds in seeds(), first in any::<u8>(), count in 1_usize..5) {
        let flow = grown(&seeds);
        let start = usize::from(first) % flow.steps.len();
        let ids: Vec<StepId> = flow.steps.iter().skip(start).take(count).map(|step| step.id.clone()).collect();
        let edit = wrap(&flow, &ids, container("wrapped", [vec![], vec![]]), &LaneId::new("try"));
        prop_assert_eq!(edit.is_err(), start == 0, "only the start keeps its place");
        if let Ok(edit) = edit {
            let wrapped = made(&flow, edit);
            prop_assert_eq!(broken(&wrapped), broken(&flow));
            let out = unwrap(&wrapped, &"wrapped".into()).unwrap();
            prop_assert_eq!(out.lost, 0);
            prop_assert_eq!(bytes(&made(&wrapped, out.edit)), bytes(&flow));
        }
    }

    #[test]
    fn pasted_cards_read_only_what_they_see(
        seeds in seeds(), others in seeds(), picks in vec(any::<u8>(), 1..5), lane in any::<u8>(), index in any::<u8>(),
        same in any::<bool>(),
    ) {
        let flow = grown(&seeds);
        let other = if same { flow.clone() } else { grown(&others) };
        let clip = Clip::of(&flow, &chosen(&flow, &picks)).unwrap();
        let clip = Clip::parse(&clip.to_text()).unwrap();
        let catalogue = Catalogue::default();
        let known = Known {
            catalogue: &catalogue,
            connections: HashSet::new(),
            flows: HashSet::new(),
            tables: HashSet::new(),
        };
        let mut count = 0;
        let mut new_id = || { count += 1; StepId::from(format!("copy{count}")) };
        let at = some_place(&other, lane, index);
        let pasted = paste(&other, &clip, &at, &known, &mut new_id).unwrap();
        let after = made(&other, pasted.edit);
        prop_assert_eq!(after.all_steps().len(), other.all_steps().len() + count);
        // Picked apart, a link may point against the order of the copies; no other may be broken.
        let inner: usize = clip.cards.len();
        prop_assert!(broken(&after) <= broken(&other) + inner);
        let again: Flow = serde_json::from_str(&bytes(&after)).unwrap();
        prop_assert_eq!(again, after);
    }

    #[test]
    fn shifted_and_deleted_cards_come_back(
        seeds in seeds(), picks in vec(any::<u8>(), 1..5), lane in any::<u8>(), index in any::<u8>(), how in any::<u8>(),
    ) {
        let flow = grown(&seeds);
        let ids = chosen(&flow, &picks);
        if let Ok(Some(edit)) = shift(&flow, &ids, &some_place(&flow, lane, index)) {
            let after = made(&flow, edit);
            prop_assert_eq!(after.all_steps().len(), flow.all_steps().len());
        }
        let before = broken(&flow);
        let found = depending(&flow, &ids);
        let repairs: Vec<_> = found
            .iter()
            .map(|uses| (uses.at.clone(), match (how % 3, uses.offers.first()) {
                (0, Some(offer)) => Substitute::Take(offer.clone()),
                _ => Substitute::Empty,
            }))
            .collect();
        let after = made(&flow, remove(&flow, &ids, &repairs).unwrap());
        prop_assert!(broken(&after) <= before, "every field was repaired");
    }

    #[test]
    fn extracted_cards_leave_no_broken_links(seeds in seeds(), first in any::<u8>(), count in 1_usize..5) {
        let flow = grown(&seeds);
        let start = 1 + usize::from(first) % (flow.steps.len() - 1);
        let ids: Vec<StepId> = flow.steps.iter().skip(start).take(count).map(|step| step.id.clone()).collect();
        let blank = Blank {
            start: bare("begin", "control:callable"),
            give_back: bare("end", "control:return"),
            call: bare("call", "control:spawn"),
        };
        let done = extract(&flow, &ids, "helper".into(), "Teil", blank).unwrap();
        let after = made(&flow, done.edit);
        prop_assert_eq!(broken(&after) + broken(&done.helper), broken(&flow));
        prop_assert_eq!(after.steps[start].id.as_str(), "call");
        prop_assert_eq!(done.helper.steps.len(), ids.len() + 2);
    }

    #[test]
    fn any_flow_becomes_any_other(one in seeds(), other in seeds()) {
        let (one, other) = (grown(&one), grown(&other));
        if let Some(edit) = rewrite(&one, &other) {
            prop_assert_eq!(bytes(&made(&one, edit)), bytes(&other));
        } else {
            prop_assert_eq!(bytes(&one), bytes(&other));
        }
    }

    #[test]
    fn no_text_is_too_strange_for_the_clipboard(text in ".{0,200}", cut in any::<u16>(), seeds in seeds()) {
        prop_assert!(Clip::parse(&text).is_err());
        let flow = grown(&seeds);
        let whole = Clip::of(&flow, &chosen(&flow, &[1, 2, 3])).unwrap().to_text();
        let keep = usize::from(cut) % whole.chars().count();
        let cut: String = whole.chars().take(keep).collect();
        prop_assert!(Clip::parse(&cut).is_err());
    }
}
