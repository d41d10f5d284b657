//! The catalogue: every event, action, function and control card.
