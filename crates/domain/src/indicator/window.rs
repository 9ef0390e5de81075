//! The last values of a series in one piece of memory, and their plain mean.
//! A mean is summed anew for each bar: a running sum would keep the rounding of every value that
//! ever passed, and after one absurd spike that is more than a low price is worth.

use super::period::Period;

/// Sums that run side by side, so that no addition waits for the one before it.
const LANES: usize = 8;

/// The last values, oldest first. Each is kept twice, one span apart, so that any stretch of them
/// lies in one slice; nothing is allocated once it stands.
#[derive(Clone, Debug)]
pub(super) struct Window {
    cells: Vec<f64>,
    span: usize,
    next: usize,
    held: usize,
}

impl Window {
    pub(super) fn new(span: Period) -> Self {
        let span = span.as_len();
        Self {
            cells: vec![0.0; 2 * span],
            span,
            next: 0,
            held: 0,
        }
    }

    /// Takes a value, and forgets the oldest once the span is full.
    pub(super) fn push(&mut self, value: f64) {
        for at in [self.next, self.next + self.span] {
            if let Some(cell) = self.cells.get_mut(at) {
                *cell = value;
            }
        }
        self.next += 1;
        if self.next == self.span {
            self.next = 0;
        }
        self.held = self.span.min(self.held + 1);
    }

    /// The newest `count` values, oldest first; none before that many have come.
    pub(super) fn newest(&self, count: usize) -> Option<&[f64]> {
        if count > self.held {
            return None;
        }
        let end = self.next + self.span;
        self.cells.get(end - count..end)
    }

    pub(super) fn clear(&mut self) {
        self.next = 0;
        self.held = 0;
    }
}

/// The mean of some values; none of none. Distances from the newest are averaged, so the mean of
/// equal values is that value to the last bit.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let origin = *values.last()?;
    let count = u32::try_from(values.len()).map_or(f64::INFINITY, f64::from);
    Some(origin + sum_of(values, |value| value - origin) / count)
}

/// The sum of a term of each value.
pub(super) fn sum_of(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (lines, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for line in lines {
        for (lane, value) in lanes.iter_mut().zip(line) {
            *lane += term(*value);
        }
    }
    for (lane, value) in lanes.iter_mut().zip(rest) {
        *lane += term(*value);
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(span: u16, values: &[f64]) -> Window {
        let mut window = Window::new(Period::new(span).unwrap());
        for &value in values {
            window.push(value);
        }
        window
    }

    #[test]
    fn the_newest_values_come_in_one_slice_however_often_the_window_went_round() {
        let values: Vec<f64> = (1..=8).map(f64::from).collect();

        for (given, expected) in [
            (3, &[1.0, 2.0, 3.0]),
            (5, &[3.0, 4.0, 5.0]),
            (6, &[4.0, 5.0, 6.0]),
            (8, &[6.0, 7.0, 8.0]),
        ] {
            let window = filled(3, &values[..given]);
            assert_eq!(window.newest(3), Some(expected.as_slice()), "{given}");
            assert_eq!(window.newest(2), Some(&expected[1..]), "{given}");
        }
    }

    #[test]
    fn more_than_was_given_is_not_there() {
        assert_eq!(filled(3, &[1.0, 2.0]).newest(3), None);
        assert_eq!(filled(3, &[1.0; 9]).newest(4), None);
        let mut cleared = filled(3, &[1.0; 3]);
        cleared.clear();
        assert_eq!(cleared.newest(1), None);
    }

    #[test]
    fn a_mean_of_equal_values_is_that_value_to_the_last_bit() {
        assert_eq!(mean(&[0.1; 20]), Some(0.1));
        assert_eq!(mean(&[5.23; 200]), Some(5.23));
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn a_mean_weighs_every_value_once() {
        let values: Vec<f64> = (1..=21).map(f64::from).collect();

        assert_eq!(mean(&values), Some(11.0));
        assert_eq!(mean(&values[..20]), Some(10.5));
    }
}
