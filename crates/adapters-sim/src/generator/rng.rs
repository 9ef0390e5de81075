//! Seeded numbers: `SplitMix64`, of which every output is a function of the seed and its place.

/// The increment of the generator of Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators" (2014), with the finaliser of the same paper.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    state: u64,
}

impl Stream {
    /// The stream that belongs to `parts`, in this order.
    pub(super) fn of(parts: &[u64]) -> Self {
        let state = parts.iter().fold(GOLDEN, |state, part| {
            mixed(state ^ part.wrapping_mul(GOLDEN))
        });
        Self { state }
    }

    /// The next 63 random bits.
    fn next(&mut self) -> i64 {
        self.state = self.state.wrapping_add(GOLDEN);
        (mixed(self.state) >> 1).cast_signed()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.next().rem_euclid((high - low).max(0) + 1)
    }

    /// A number around zero, in the shape of a bell with this deviation: the sum of four even ones.
    pub(super) fn bell(&mut self, deviation: i64) -> i64 {
        let reach = deviation * 866 / 1_000;
        (0..4).map(|_| self.between(-reach, reach)).sum()
    }
}

const fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
