//! The last values of a series in one piece of memory, and their plain mean.
//! A mean is summed anew for each bar: a running sum would keep the rounding of every value that
//! ever passed, and after one absurd spike that is more than a low price is worth.

use super::period::Period;

/// Sums that run side by side, so that no addition waits for the one before it.
const LANES: usize = 4;

/// Values whose sum is kept beside them.
const LINE: usize = 8;
/// The same as a factor.
const LINE_COUNT: f64 = 8.0;

/// Values from which a mean takes the kept sums: below it there is hardly one to take.
const LONG: usize = 3 * LINE;

/// The last values, oldest first. Each is kept twice, one span apart, so that any stretch of them
/// lies in one slice; nothing is allocated once it stands.
#[derive(Clone, Debug)]
pub(super) struct Window {
    cells: Vec<f64>,
    /// The sums of whole lines of cells, kept twice as well.
    lines: Vec<f64>,
    /// A multiple of a line, so that lines keep their place in every round.
    span: usize,
    next: usize,
    held: usize,
}

impl Window {
    /// A window that holds at least that many values.
    pub(super) fn new(span: Period) -> Self {
        let span = span.as_len().next_multiple_of(LINE);
        Self {
            cells: vec![0.0; 2 * span],
            lines: vec![0.0; 2 * span / LINE],
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
        if self.next.is_multiple_of(LINE) {
            self.end_line();
        }
        if self.next == self.span {
            self.next = 0;
        }
        self.held = self.span.min(self.held + 1);
    }

    /// Of values that begin a series those that the window will hold; the others are passed over as if
    /// they had been pushed and forgotten, so that every value has the place it would have had.
    pub(super) fn only_the_last<'a, T>(&mut self, values: &'a [T]) -> &'a [T] {
        let (passed, last) = values.split_at(values.len().saturating_sub(self.span));
        self.next = passed.len() % self.span;
        self.held = 0;
        last
    }

    fn end_line(&mut self) {
        let Some(line) = self.cells.get(self.next - LINE..self.next) else {
            return;
        };
        let sum = sum_of(line, |value| value);
        let at = self.next / LINE - 1;
        for at in [at, at + self.span / LINE] {
            if let Some(kept) = self.lines.get_mut(at) {
                *kept = sum;
            }
        }
    }

    /// The newest `count` values, oldest first; none before that many have come.
    pub(super) fn newest(&self, count: usize) -> Option<&[f64]> {
        if count > self.held {
            return None;
        }
        let end = self.next + self.span;
        self.cells.get(end - count..end)
    }

    /// The mean of the newest `count` values; none before that many have come. The mean of equal
    /// values is that value to the last bit.
    pub(super) fn mean(&self, count: usize) -> Option<f64> {
        let values = self.newest(count)?;
        if count < LONG {
            return mean(values);
        }
        let end = self.next + self.span;
        let first_line = (end - count).div_ceil(LINE);
        let last_line = end / LINE;
        let head = first_line * LINE - (end - count);
        let tail = end - last_line * LINE;
        let origin = *values.last()?;
        let from_origin = |value: f64| value - origin;
        let sum = sum_of(values.get(..head)?, from_origin)
            + sum_of(self.lines.get(first_line..last_line)?, |line| {
                line - LINE_COUNT * origin
            })
            + sum_of(values.get(count - tail..)?, from_origin);
        Some(origin + sum / count_of(values))
    }

    pub(super) fn clear(&mut self) {
        self.next = 0;
        self.held = 0;
    }
}

/// The mean of some values; none of none. Distances from the newest are averaged, so the mean of
/// equal values is that value to the last bit.
#[inline]
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let origin = *values.last()?;
    Some(origin + sum_of(values, |value| value - origin) / count_of(values))
}

/// The sum of some values over their number: for volumes, which are whole and so add up exactly in
/// any order.
pub(super) fn plain_mean(values: &[f64]) -> f64 {
    sum_of(values, |value| value) / count_of(values)
}

/// The number of some values, as a divisor.
#[inline]
pub(super) fn count_of(values: &[f64]) -> f64 {
    u32::try_from(values.len()).map_or(f64::INFINITY, f64::from)
}

/// The sum of a term of each value.
#[inline]
pub(super) fn sum_of(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += term(*value);
        }
    }
    let [a, b, c, d] = lanes;
    let mut sum = (a + b) + (c + d);
    for value in rest {
        sum += term(*value);
    }
    sum
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
        let values: Vec<f64> = (1..=20).map(f64::from).collect();

        for (given, expected) in [
            (3, &[1.0, 2.0, 3.0]),
            (8, &[6.0, 7.0, 8.0]),
            (9, &[7.0, 8.0, 9.0]),
            (20, &[18.0, 19.0, 20.0]),
        ] {
            let window = filled(3, &values[..given]);
            assert_eq!(window.newest(3), Some(expected.as_slice()), "{given}");
            assert_eq!(window.newest(2), Some(&expected[1..]), "{given}");
        }
    }

    #[test]
    fn more_than_was_given_is_not_there() {
        assert_eq!(filled(3, &[1.0, 2.0]).newest(3), None);
        assert_eq!(filled(3, &[1.0; 20]).newest(9), None);
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

    #[test]
    fn a_long_mean_is_that_of_its_values_at_every_place_of_the_ring() {
        let values: Vec<f64> = (0..130_u16)
            .map(|step| 10.0 + f64::from(step * 37 % 101))
            .collect();

        for given in 50..values.len() {
            let window = filled(50, &values[..given]);
            let expected = values[given - 50..given].iter().sum::<f64>() / 50.0;
            let found = window.mean(50).unwrap();
            assert!(
                (found - expected).abs() < 1e-12,
                "{given}: {found} {expected}"
            );
        }
        assert_eq!(filled(50, &values[..49]).mean(50), None);
    }

    #[test]
    fn a_long_mean_of_equal_values_is_that_value_to_the_last_bit() {
        for given in 50..80 {
            assert_eq!(
                filled(50, &vec![0.013; given]).mean(50),
                Some(0.013),
                "{given}"
            );
        }
    }
}
