//! Which part of the canvas is on the screen: pan, zoom, fit, and how much detail is drawn.

use super::geometry::{Point, Rect, Size};

/// The smallest zoom by hand; showing everything of a very long flow may go below.
pub const MIN_ZOOM: f64 = 0.1;
/// The smallest zoom at all.
const TINY: f64 = 0.001;
/// The largest zoom.
pub const MAX_ZOOM: f64 = 2.0;

/// Where the canvas origin is on the screen and how large a canvas unit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Screen position of the canvas origin.
    pub x: f64,
    /// Screen position of the canvas origin.
    pub y: f64,
    /// Screen pixels for one canvas unit.
    pub zoom: f64,
}

/// How much of a card is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything, from 65% on.
    Full,
    /// Icon, title, number and state, from 30% on.
    Plate,
    /// Coloured blocks.
    Block,
}

impl Detail {
    /// Returns the name that the stylesheet uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Plate => "plate",
            Self::Block => "block",
        }
    }
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            x: 28.0,
            y: 36.0,
            zoom: 1.0,
        }
    }
}

impl Viewport {
    /// Returns the canvas point under a screen point.
    pub fn to_world(self, screen: Point) -> Point {
        Point::new(
            (screen.x - self.x) / self.zoom,
            (screen.y - self.y) / self.zoom,
        )
    }

    /// Returns the screen point of a canvas point.
    pub fn to_screen(self, world: Point) -> Point {
        Point::new(world.x * self.zoom + self.x, world.y * self.zoom + self.y)
    }

    /// Returns the viewport moved by a distance on the screen.
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Returns the viewport at another zoom; the canvas point under `screen` stays there.
    pub fn zoomed(self, zoom: f64, screen: Point) -> Self {
        let zoom = zoom.clamp(MIN_ZOOM.min(self.zoom), MAX_ZOOM);
        let fixed = self.to_world(screen);
        Self {
            x: screen.x - fixed.x * zoom,
            y: screen.y - fixed.y * zoom,
            zoom,
        }
    }

    /// Returns the viewport that shows all of `bounds`, never larger than 100%.
    pub fn fitting(bounds: Rect, screen: Size) -> Self {
        const MARGIN: f64 = 32.0;
        let room = Size {
            w: (screen.w - 2.0 * MARGIN).max(1.0),
            h: (screen.h - 2.0 * MARGIN).max(1.0),
        };
        let zoom = (room.w / bounds.w.max(1.0))
            .min(room.h / bounds.h.max(1.0))
            .clamp(TINY, 1.0);
        let spare = (room.w - bounds.w * zoom).max(0.0);
        // A flow far zoomed out is a thin line: in the middle it is easier to find.
        let high = (room.h - bounds.h * zoom).max(0.0);
        let down = if zoom < MIN_ZOOM { high / 3.0 } else { 4.0 };
        Self {
            x: MARGIN + (spare / 2.0).min(8.0) - bounds.x * zoom,
            y: MARGIN + down - bounds.y * zoom,
            zoom,
        }
    }

    /// Returns the viewport with `rect` in the middle, as large as is good to read.
    pub fn around(rect: Rect, screen: Size) -> Self {
        let zoom = Self::fitting(rect.grown(24.0), screen).zoom;
        let middle = rect.center();
        let high = rect.h * zoom > screen.h - 48.0;
        Self {
            x: screen.w / 2.0 - middle.x * zoom,
            y: if high {
                24.0 - rect.y * zoom
            } else {
                screen.h / 2.0 - middle.y * zoom
            },
            zoom,
        }
    }

    /// Returns what is shown first: all of a small flow; of a large one its beginning, large enough to read.
    pub fn first(bounds: Rect, screen: Size) -> Self {
        const READABLE: f64 = 0.8;
        let all = Self::fitting(bounds, screen);
        if all.zoom >= 0.66 {
            return all;
        }
        Self {
            x: 28.0 - bounds.x * READABLE,
            y: 36.0 - bounds.y * READABLE,
            zoom: READABLE,
        }
    }

    /// Returns where a flight to `to` begins: here, or a screen away from `to` where here is farther.
    pub fn near(self, to: Self, screen: Size) -> Self {
        let (from, goal) = (self.visible(screen), to.visible(screen));
        let (dx, dy) = (
            goal.center().x - from.center().x,
            goal.center().y - from.center().y,
        );
        let far = (dx.abs() / goal.w.max(from.w)).max(dy.abs() / goal.h.max(from.h));
        if far <= 1.0 {
            return self;
        }
        Self {
            x: to.x + dx / far * to.zoom,
            y: to.y + dy / far * to.zoom,
            zoom: to.zoom,
        }
    }

    /// Returns the viewport on the way to another one, from 0 to 1, slower towards the end.
    pub fn towards(self, to: Self, part: f64) -> Self {
        let part = 1.0 - (1.0 - part.clamp(0.0, 1.0)).powi(3);
        let between = |from: f64, to: f64| from + (to - from) * part;
        Self {
            x: between(self.x, to.x),
            y: between(self.y, to.y),
            zoom: between(self.zoom, to.zoom),
        }
    }

    /// Returns the viewport moved just so far that `rect` is in sight.
    pub fn revealing(self, rect: Rect, screen: Size) -> Self {
        const MARGIN: f64 = 24.0;
        let near = self.to_screen(Point::new(rect.x, rect.y));
        let far = self.to_screen(Point::new(rect.right(), rect.bottom()));
        self.panned(
            nudge(near.x, far.x, screen.w, MARGIN),
            nudge(near.y, far.y, screen.h, MARGIN),
        )
    }

    /// Returns what of the canvas is on a screen of this size.
    pub fn visible(self, screen: Size) -> Rect {
        let near = self.to_world(Point::default());
        Rect::new(near.x, near.y, screen.w / self.zoom, screen.h / self.zoom)
    }

    /// Returns how much is drawn at this zoom.
    pub fn detail(self) -> Detail {
        if self.zoom >= 0.645 {
            Detail::Full
        } else if self.zoom >= 0.295 {
            Detail::Plate
        } else {
            Detail::Block
        }
    }

    /// Returns the zoom in percent.
    pub fn percent(self) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "zoom is between 0.1 and 2")]
        let percent = (self.zoom * 100.0).round() as i64;
        percent
    }
}

/// How far to move so that `near..far` lies between the margins; the near edge wins where both do not fit.
fn nudge(near: f64, far: f64, room: f64, margin: f64) -> f64 {
    if near < margin {
        margin - near
    } else if far > room - margin {
        (room - margin - far).max(margin - near)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Size = Size {
        w: 1000.0,
        h: 600.0,
    };

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let pointer = Point::new(400.0, 300.0);
        let before = Viewport::default().panned(-70.0, 20.0);
        let after = before.zoomed(1.5, pointer);
        assert!(before.to_world(pointer).distance(after.to_world(pointer)) < 1e-9);
        assert_eq!(before.zoomed(99.0, pointer).zoom, MAX_ZOOM);
    }

    #[test]
    fn fitting_shows_everything_and_never_enlarges() {
        let wide = Rect::new(0.0, 0.0, 5000.0, 800.0);
        let shown = Viewport::fitting(wide, SCREEN).visible(SCREEN);
        assert!(shown.x <= 0.0 && shown.right() >= 5000.0);
        let small = Rect::new(0.0, 0.0, 100.0, 100.0);
        assert_eq!(Viewport::fitting(small, SCREEN).zoom, 1.0);
    }

    #[test]
    fn a_very_long_flow_fits_and_can_be_zoomed_from_there() {
        let long = Rect::new(0.0, 0.0, 300_000.0, 500.0);
        let fitted = Viewport::fitting(long, SCREEN);
        assert!(fitted.visible(SCREEN).right() >= 300_000.0);
        let pointer = Point::new(500.0, 300.0);
        assert!(fitted.zoomed(fitted.zoom * 0.5, pointer).zoom >= fitted.zoom);
        assert!(fitted.zoomed(fitted.zoom * 2.0, pointer).zoom > fitted.zoom);
    }

    #[test]
    fn a_flight_ends_at_its_goal_and_is_never_longer_than_a_screen() {
        let here = Viewport::default();
        let there = here.panned(-90_000.0, -500.0);
        assert_eq!(here.near(here.panned(50.0, 0.0), SCREEN), here);
        let from = here.near(there, SCREEN);
        assert!((from.x - there.x).abs() <= SCREEN.w + 1.0);
        assert_eq!(from.towards(there, 1.0), there);
        assert_eq!(from.towards(there, 0.0), from);
    }

    #[test]
    fn revealing_moves_as_little_as_possible() {
        let here = Viewport {
            x: 0.0,
            y: 0.0,
            zoom: 1.0,
        };
        let inside = Rect::new(100.0, 100.0, 200.0, 200.0);
        assert_eq!(here.revealing(inside, SCREEN), here);
        let right = Rect::new(1100.0, 100.0, 200.0, 200.0);
        let moved = here.revealing(right, SCREEN);
        assert_eq!((moved.x, moved.y), (-324.0, 0.0));
        let huge = Rect::new(100.0, 100.0, 200.0, 2000.0);
        assert_eq!(here.revealing(huge, SCREEN).y, -76.0);
    }

    #[test]
    fn detail_follows_the_zoom() {
        let at = |zoom| {
            Viewport {
                zoom,
                ..Viewport::default()
            }
            .detail()
        };
        assert_eq!(
            [at(1.0), at(0.65), at(0.5), at(0.3), at(0.2)],
            [
                Detail::Full,
                Detail::Full,
                Detail::Plate,
                Detail::Plate,
                Detail::Block
            ]
        );
    }
}
