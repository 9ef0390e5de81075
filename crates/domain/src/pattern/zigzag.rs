//! Pivots of an ATR zigzag: a high or a low exists only from the bar that confirms it, by moving
//! away from it far enough. Until then it is the running extreme, which may still move.

/// Which turn a pivot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Price rose to it and fell from it.
    High,
    /// Price fell to it and rose from it.
    Low,
}

/// A turn in price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pivot {
    /// The bar of the extreme.
    pub(super) index: usize,
    /// The extreme itself.
    pub(super) price: f64,
    /// Which turn.
    pub(super) turn: Turn,
}

/// One bar, as far as a zigzag looks at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) index: usize,
    pub(super) high: f64,
    pub(super) low: f64,
}

/// Confirmed pivots, oldest first and alternating, and the extreme that is still running.
#[derive(Clone, Debug)]
pub(super) struct Zigzag {
    /// Units that price must move away from an extreme to make it a pivot.
    swing: f64,
    pivots: Vec<Pivot>,
    leg: Leg,
}

/// The leg that price is on.
#[derive(Clone, Copy, Debug)]
enum Leg {
    /// No bar yet.
    None,
    /// Before the first pivot: the highest and the lowest so far.
    First { high: Pivot, low: Pivot },
    /// After a low: the highest since, and the lowest after that highest.
    Up { high: Pivot, after: Option<Pivot> },
    /// After a high: the lowest since, and the highest after that lowest.
    Down { low: Pivot, after: Option<Pivot> },
}

impl Reach {
    fn top(self) -> Pivot {
        Pivot {
            index: self.index,
            price: self.high,
            turn: Turn::High,
        }
    }

    fn bottom(self) -> Pivot {
        Pivot {
            index: self.index,
            price: self.low,
            turn: Turn::Low,
        }
    }
}

impl Zigzag {
    pub(super) const fn new(swing: f64) -> Self {
        Self {
            swing,
            pivots: Vec::new(),
            leg: Leg::None,
        }
    }

    /// Takes the next bar, whose unit is `unit`.
    pub(super) fn next(&mut self, bar: Reach, unit: f64) {
        let swing = self.swing * unit;
        self.leg = match self.leg {
            Leg::None => Leg::First {
                high: bar.top(),
                low: bar.bottom(),
            },
            Leg::First { high, low } => self.begin(higher(high, bar), lower(low, bar), bar, swing),
            Leg::Up { high, .. } if bar.high > high.price => Leg::Up {
                high: bar.top(),
                after: None,
            },
            Leg::Up { high, after } => {
                let after = after.map_or_else(|| bar.bottom(), |low| lower(low, bar));
                if bar.low <= high.price - swing {
                    self.pivots.push(high);
                    Leg::Down {
                        low: after,
                        after: highest_after(after, bar),
                    }
                } else {
                    Leg::Up {
                        high,
                        after: Some(after),
                    }
                }
            }
            Leg::Down { low, .. } if bar.low < low.price => Leg::Down {
                low: bar.bottom(),
                after: None,
            },
            Leg::Down { low, after } => {
                let after = after.map_or_else(|| bar.top(), |high| higher(high, bar));
                if bar.high >= low.price + swing {
                    self.pivots.push(low);
                    Leg::Up {
                        high: after,
                        after: lowest_after(after, bar),
                    }
                } else {
                    Leg::Down {
                        low,
                        after: Some(after),
                    }
                }
            }
        };
    }

    /// The first leg ends at whichever extreme price has left by a swing.
    fn begin(&mut self, high: Pivot, low: Pivot, bar: Reach, swing: f64) -> Leg {
        if high.index < bar.index && bar.low <= high.price - swing {
            self.pivots.push(high);
            return Leg::Down {
                low: bar.bottom(),
                after: None,
            };
        }
        if low.index < bar.index && bar.high >= low.price + swing {
            self.pivots.push(low);
            return Leg::Up {
                high: bar.top(),
                after: None,
            };
        }
        Leg::First { high, low }
    }

    /// Confirmed pivots, oldest first; highs and lows take turns.
    pub(super) fn pivots(&self) -> &[Pivot] {
        &self.pivots
    }

    /// The lowest since the last confirmed high; none before there is one.
    pub(super) fn low_since_high(&self) -> Option<f64> {
        match self.leg {
            Leg::Down { low, .. } => Some(low.price),
            Leg::Up { .. } => self.pivots.last().map(|low| low.price),
            Leg::None | Leg::First { .. } => None,
        }
    }

    /// Drops pivots of bars before `index`.
    pub(super) fn forget_before(&mut self, index: usize) {
        self.pivots.retain(|pivot| pivot.index >= index);
    }
}

fn higher(high: Pivot, bar: Reach) -> Pivot {
    if bar.high > high.price {
        bar.top()
    } else {
        high
    }
}

fn lower(low: Pivot, bar: Reach) -> Pivot {
    if bar.low < low.price {
        bar.bottom()
    } else {
        low
    }
}

/// The bar that confirms a high may come after the lowest since; then its own high is after it.
fn highest_after(low: Pivot, bar: Reach) -> Option<Pivot> {
    (low.index < bar.index).then(|| bar.top())
}

fn lowest_after(high: Pivot, bar: Reach) -> Option<Pivot> {
    (high.index < bar.index).then(|| bar.bottom())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(prices: &[f64]) -> Zigzag {
        let mut zigzag = Zigzag::new(2.0);
        for (index, &price) in prices.iter().enumerate() {
            let (high, low) = (price, price);
            zigzag.next(Reach { index, high, low }, 1.0);
        }
        zigzag
    }

    fn turns(zigzag: &Zigzag) -> Vec<(usize, f64)> {
        let pivots = zigzag.pivots().iter();
        pivots.map(|pivot| (pivot.index, pivot.price)).collect()
    }

    #[test]
    fn an_extreme_becomes_a_pivot_only_when_price_has_left_it_by_a_swing() {
        let path = [10.0, 13.0, 15.0, 13.5, 12.9, 11.0, 12.0, 13.1];

        assert_eq!(turns(&fed(&path[..4])), [(0, 10.0)]);
        assert_eq!(turns(&fed(&path[..5])), [(0, 10.0), (2, 15.0)]);
        assert_eq!(turns(&fed(&path[..7])), [(0, 10.0), (2, 15.0)]);
        assert_eq!(turns(&fed(&path)), [(0, 10.0), (2, 15.0), (5, 11.0)]);
    }

    #[test]
    fn highs_and_lows_take_turns_whatever_the_path() {
        let path: Vec<f64> = (0..200_u32)
            .map(|step| 50.0 + f64::from(step * 7_919 % 23) - f64::from(step % 11))
            .collect();

        let zigzag = fed(&path);

        let pivots = zigzag.pivots();
        assert!(pivots.len() > 20, "{}", pivots.len());
        assert!(pivots.windows(2).all(|pair| pair[0].turn != pair[1].turn));
        assert!(pivots.windows(2).all(|pair| pair[0].index < pair[1].index));
    }

    #[test]
    fn the_low_since_the_last_high_is_known_before_it_is_a_pivot() {
        let path = [10.0, 13.0, 15.0, 12.9, 12.0, 12.5, 14.5, 14.9];

        assert_eq!(fed(&path[..2]).low_since_high(), Some(10.0));
        assert_eq!(fed(&path[..5]).low_since_high(), Some(12.0));
        assert_eq!(fed(&path).low_since_high(), Some(12.0));
        assert_eq!(fed(&path[..1]).low_since_high(), None);
    }
}
