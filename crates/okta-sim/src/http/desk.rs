//! The simulation's own desk: which faults are ordered, which calls were seen.

use std::collections::VecDeque;

use super::taught::Lessons;
use crate::{CallSeen, DeliveryFault, DeliveryFaultRule, Fault, FaultRule};

/// Most calls remembered.
const MAX_CALLS: usize = 2_000;
/// Most fault rules that wait.
const MAX_FAULTS: usize = 1_000;

/// Ordered faults and seen calls.
#[derive(Debug, Default)]
pub(crate) struct SimDesk {
    faults: VecDeque<FaultRule>,
    deliveries: VecDeque<DeliveryFaultRule>,
    calls: VecDeque<CallSeen>,
    pub(crate) lessons: Lessons,
}

impl SimDesk {
    /// Orders a fault; with too many waiting, the oldest is forgotten.
    pub(crate) fn order(&mut self, rule: FaultRule) {
        if self.faults.len() >= MAX_FAULTS {
            self.faults.pop_front();
        }
        self.faults.push_back(rule);
    }

    pub(crate) fn forget_faults(&mut self) {
        self.faults.clear();
        self.deliveries.clear();
    }

    /// Orders that deliveries of event hooks go wrong; with too many waiting, the oldest is forgotten.
    pub(crate) fn order_delivery(&mut self, rule: DeliveryFaultRule) {
        if self.deliveries.len() >= MAX_FAULTS {
            self.deliveries.pop_front();
        }
        self.deliveries.push_back(rule);
    }

    /// The fault that the next delivery meets, if any; it is used up by that.
    pub(crate) fn take_delivery_fault(&mut self) -> Option<DeliveryFault> {
        let rule = self.deliveries.front_mut()?;
        let fault = rule.fault;
        rule.times = rule.times.saturating_sub(1);
        self.deliveries.retain(|rule| rule.times > 0);
        Some(fault)
    }

    pub(crate) fn waiting_faults(&self) -> usize {
        self.faults.len() + self.deliveries.len()
    }

    /// The fault that this request meets, if any; it is used up by that.
    pub(crate) fn take_fault(&mut self, method: &str, path_and_query: &str) -> Option<Fault> {
        let at = self.faults.iter().position(|rule| {
            rule.times > 0
                && path_and_query.contains(&rule.path_contains)
                && rule
                    .method
                    .as_ref()
                    .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
        })?;
        let rule = self.faults.get_mut(at)?;
        rule.times -= 1;
        let fault = rule.fault.clone();
        self.faults.retain(|rule| rule.times > 0);
        Some(fault)
    }

    pub(crate) fn saw(&mut self, call: CallSeen) {
        if self.calls.len() >= MAX_CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    pub(crate) fn calls(&self) -> Vec<CallSeen> {
        self.calls.iter().cloned().collect()
    }
}
