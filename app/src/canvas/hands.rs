//! Fingers, buttons and the space bar that move the canvas: one pans, two pinch. Knows nothing of the screen.

use super::geometry::Point;

/// A press moves the canvas after this many pixels; before, it is a click.
const SLOP: f64 = 3.0;

/// What is pressed on the canvas right now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hands {
    down: Vec<(i32, Point)>,
    has_moved: bool,
}

/// What a move does to the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moved {
    /// Nothing.
    Stays,
    /// It moves by this much on the screen.
    Pan(Point),
    /// It moves, and grows by a factor around a point of the window.
    Pinch {
        /// By this much.
        by: Point,
        /// So much larger.
        factor: f64,
        /// Around the middle of both fingers.
        at: Point,
    },
}

impl Hands {
    /// Notes a press.
    pub fn press(&mut self, pointer: i32, at: Point) {
        if self.down.is_empty() {
            self.has_moved = false;
        }
        if self.down.len() < 2 && !self.holds(pointer) {
            self.down.push((pointer, at));
        }
    }

    /// Tells whether this pointer is down.
    pub fn holds(&self, pointer: i32) -> bool {
        self.down.iter().any(|(known, _)| *known == pointer)
    }

    /// Tells whether two are down.
    pub fn pinches(&self) -> bool {
        self.down.len() == 2
    }

    /// Notes a move and returns what it does.
    pub fn moved(&mut self, pointer: i32, to: Point) -> Moved {
        let before = self.spread();
        let Some((_, at)) = self.down.iter_mut().find(|(known, _)| *known == pointer) else {
            return Moved::Stays;
        };
        let by = Point::new(to.x - at.x, to.y - at.y);
        if !self.has_moved && at.distance(to) < SLOP {
            return Moved::Stays;
        }
        *at = to;
        self.has_moved = true;
        match (before, self.spread()) {
            (Some((wide, _)), Some((wider, middle))) => Moved::Pinch {
                by: Point::new(by.x / 2.0, by.y / 2.0),
                factor: if wide > 1.0 { wider / wide } else { 1.0 },
                at: middle,
            },
            _ => Moved::Pan(by),
        }
    }

    /// The distance of two fingers and the point in their middle.
    fn spread(&self) -> Option<(f64, Point)> {
        let [(_, one), (_, other)] = self.down.as_slice() else {
            return None;
        };
        let middle = Point::new((one.x + other.x) / 2.0, (one.y + other.y) / 2.0);
        Some((one.distance(*other), middle))
    }

    /// Notes that a pointer is up again. Tells whether it was a click: it was the only one and did not move.
    pub fn release(&mut self, pointer: i32) -> bool {
        let was_down = self.holds(pointer);
        self.down.retain(|(known, _)| *known != pointer);
        was_down && self.down.is_empty() && !self.has_moved
    }

    /// Tells whether nothing is pressed.
    pub fn is_free(&self) -> bool {
        self.down.is_empty()
    }

    /// Lets go: what is pressed holds something else now.
    pub fn let_go(&mut self) {
        self.down.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pans_after_a_few_pixels() {
        let mut hands = Hands::default();
        hands.press(1, Point::new(10.0, 10.0));
        assert_eq!(hands.moved(1, Point::new(11.0, 11.0)), Moved::Stays);
        let by = Point::new(20.0, 5.0);
        assert_eq!(hands.moved(1, Point::new(30.0, 15.0)), Moved::Pan(by));
        assert_eq!(hands.moved(7, Point::new(0.0, 0.0)), Moved::Stays);
        assert!(!hands.release(1) && hands.is_free());
    }

    #[test]
    fn a_press_that_does_not_move_is_a_click() {
        let mut hands = Hands::default();
        hands.press(1, Point::default());
        assert!(hands.release(1));
        assert!(!hands.release(1));
    }

    #[test]
    fn two_pinch_around_their_middle_and_one_pans_on() {
        let mut hands = Hands::default();
        hands.press(1, Point::new(100.0, 100.0));
        hands.press(2, Point::new(200.0, 100.0));
        hands.press(3, Point::new(300.0, 100.0));
        let pinch = hands.moved(2, Point::new(300.0, 100.0));
        let middle = Point::new(200.0, 100.0);
        assert_eq!(
            pinch,
            Moved::Pinch {
                by: Point::new(50.0, 0.0),
                factor: 2.0,
                at: middle
            }
        );
        assert!(!hands.release(2));
        let by = Point::new(0.0, 9.0);
        assert_eq!(hands.moved(1, Point::new(100.0, 109.0)), Moved::Pan(by));
    }
}
