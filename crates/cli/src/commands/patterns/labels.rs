//! Labels kept apart: no text of a picture lies on another.

use super::sketch::count;

/// Width of a letter and height of a line of the picture's type, on the safe side.
const LETTER: f64 = 6.8;
const LINE: f64 = 11.0;

/// How many lines a label may be moved up or down from where it belongs.
const LINES_MAX: u8 = 6;

/// Labels that have their place.
#[derive(Debug, Default)]
pub(super) struct Labels(Vec<Label>);

#[derive(Debug)]
struct Label {
    left: f64,
    right: f64,
    y: f64,
}

/// How wide `text` is at most.
pub(super) fn width(text: &str) -> f64 {
    count(text.chars().count()) * LETTER
}

impl Labels {
    /// The lowest row, counted from 0, in which `text` from `left` on touches no other name.
    pub(super) fn row(&mut self, left: f64, text: &str) -> usize {
        let mut row = 0;
        while !self.is_free(left, text, count(row) * LINE) {
            row += 1;
        }
        self.take(left, text, count(row) * LINE);
        row
    }

    /// The height nearest to `y` at which `text` from `left` on touches no other; `None` when all
    /// within a few lines are taken.
    pub(super) fn near(&mut self, left: f64, y: f64, text: &str) -> Option<f64> {
        let shifts = (0..=LINES_MAX).flat_map(|lines| {
            let shift = LINE * f64::from(lines);
            [y - shift, y + shift]
        });
        let mut free = shifts.filter(|y| self.is_free(left, text, *y));
        let place = free.next()?;
        self.take(left, text, place);
        Some(place)
    }

    fn is_free(&self, left: f64, text: &str, y: f64) -> bool {
        let right = left + width(text);
        let touches =
            |label: &Label| left < label.right && label.left < right && (y - label.y).abs() < LINE;
        !self.0.iter().any(touches)
    }

    fn take(&mut self, left: f64, text: &str, y: f64) {
        self.0.push(Label {
            left,
            right: left + width(text),
            y,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn names_side_by_side_share_a_row_and_others_take_the_next() {
        let mut names = Labels::default();

        let rows = [0.0, 20.0, 40.0, 200.0].map(|left| names.row(left, "bull_flag"));

        assert_eq!(rows, [0, 1, 2, 0]);
    }

    #[test]
    fn a_level_moves_to_the_nearest_free_line_and_stays_out_where_none_is() {
        let mut levels = Labels::default();
        assert_eq!(levels.near(0.0, 100.0, "18.82"), Some(100.0));
        assert_eq!(levels.near(0.0, 96.0, "18.80"), Some(85.0));
        assert_eq!(levels.near(0.0, 104.0, "18.78"), Some(115.0));
        assert_eq!(levels.near(500.0, 100.0, "18.82"), Some(100.0));

        let placed = (0..20).filter(|_| levels.near(0.0, 100.0, "x").is_some());
        assert_eq!(placed.count(), 8, "13 lines, 5 of which are touched");
    }
}
