//! Points, sizes and rectangles in canvas units: one unit is one pixel at 100%.

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// Width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Point {
    /// Returns the point at these coordinates.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Returns the distance to another point.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl Rect {
    /// Returns the rectangle with this upper left corner and this size.
    pub fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// Returns the right edge.
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    /// Returns the lower edge.
    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Returns the point in the middle.
    pub fn center(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Tells whether the point lies inside.
    pub fn holds(self, point: Point) -> bool {
        point.x >= self.x && point.x < self.right() && point.y >= self.y && point.y < self.bottom()
    }

    /// Tells whether the two have a point in common.
    pub fn meets(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Returns this rectangle, larger by `margin` on each side.
    pub fn grown(self, margin: f64) -> Self {
        Self::new(
            self.x - margin,
            self.y - margin,
            self.w + 2.0 * margin,
            self.h + 2.0 * margin,
        )
    }

    /// Returns the smallest rectangle around both.
    pub fn with(self, other: Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        Self::new(
            x,
            y,
            self.right().max(other.right()) - x,
            self.bottom().max(other.bottom()) - y,
        )
    }

    /// Returns how far the point is from the rectangle, 0 inside.
    pub fn distance(self, point: Point) -> f64 {
        let dx = (self.x - point.x).max(point.x - self.right()).max(0.0);
        let dy = (self.y - point.y).max(point.y - self.bottom()).max(0.0);
        dx.hypot(dy)
    }
}
