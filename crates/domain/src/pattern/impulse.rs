//! Impulse: the steep push that a flag and an ABCD begin with, from its foot to its top.

use super::chart::{Chart, Measured, count, mean_volume};

/// Units of height that one more bar must add to be worth its time.
const HEIGHT_PER_BAR: f64 = 0.45;

/// Fewest bars of a push; one alone is a jump.
const BARS_MIN: usize = 2;

/// Bars before the foot that must not reach far into the push: it is a fresh thrust, and no return.
const FRESH_BARS: usize = 12;

/// How far into the push they may reach, as a share of its height.
const FRESH_SHARE: f64 = 0.6;

/// Bars before the foot that say what volume is ordinary, and the fewest that do.
const BASELINE_BARS: usize = 20;
const BASELINE_BARS_MIN: usize = 10;

/// A push up that came out of quiet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Impulse {
    /// The bar of its lowest price.
    pub(super) foot: usize,
    /// The bar of its highest price.
    pub(super) top: usize,
    /// Highest price.
    pub(super) high: f64,
    /// From lowest to highest price.
    pub(super) height: f64,
    /// The unit of geometry before it, at the foot.
    pub(super) unit: f64,
}

impl Impulse {
    /// The push that ends at the high of `top` and is at most `reach` bars long: of all feet the
    /// one with the most height for its bars. None across lunch or night, which leave gaps and no
    /// pushes, and none where the bars before the foot were up there already.
    pub(super) fn ending_at(chart: &Chart, top: usize, reach: usize) -> Option<Self> {
        let peak = *chart.at(top)?;
        let feet = chart.before(top.checked_sub(BARS_MIN - 1)?, reach - BARS_MIN + 1)?;
        let mut best: Option<(f64, Self)> = None;
        for (back, foot) in feet.iter().rev().enumerate() {
            if foot.session != peak.session {
                break;
            }
            let bars = back + BARS_MIN;
            let Some(unit) = foot.unit else { break };
            let height = peak.high - foot.low;
            let worth = height / unit - HEIGHT_PER_BAR * count(bars);
            if best.is_none_or(|(most, _)| worth > most) {
                let push = Self {
                    foot: top - bars,
                    top,
                    high: peak.high,
                    height,
                    unit,
                };
                best = Some((worth, push));
            }
        }
        best.map(|(_, push)| push)
            .filter(|push| push.height > 0.0 && push.is_fresh(chart))
    }

    fn is_fresh(&self, chart: &Chart) -> bool {
        let ceiling = self.low() + FRESH_SHARE * self.height;
        chart.before(self.foot, FRESH_BARS).is_some_and(|before| {
            !before.is_empty() && before.iter().all(|bar| bar.high <= ceiling)
        })
    }

    /// Lowest price.
    pub(super) fn low(&self) -> f64 {
        self.high - self.height
    }

    /// Bars from foot to top.
    pub(super) fn bars(&self) -> f64 {
        count(self.top - self.foot)
    }

    /// Its height in units.
    pub(super) fn units(&self) -> f64 {
        self.height / self.unit
    }

    /// How straight it was: the way between the closes of foot and top over all the way travelled.
    pub(super) fn efficiency(&self, chart: &Chart) -> Option<f64> {
        let bars = chart.span(self.foot, self.top + 1)?;
        let path: f64 = bars
            .iter()
            .zip(bars.iter().skip(1))
            .map(|(before, after)| (after.close - before.close).abs())
            .sum();
        let net = bars.last()?.close - bars.first()?.close;
        Some(if path > 0.0 { net / path } else { 0.0 })
    }

    /// The largest rise from one close to the next as a share of the height: near 1 where a single
    /// bar made all the way, which is a jump and no push.
    pub(super) fn largest_step(&self, chart: &Chart) -> Option<f64> {
        let bars = chart.span(self.foot, self.top + 1)?;
        let largest = bars
            .iter()
            .zip(bars.iter().skip(1))
            .fold(0.0, |most: f64, (before, after)| {
                most.max(after.close - before.close)
            });
        Some(largest / self.height)
    }

    /// Mean volume of its bars, the foot's own not among them.
    pub(super) fn volume(&self, chart: &Chart) -> Option<f64> {
        mean_volume(chart.span(self.foot + 1, self.top + 1)?)
    }

    /// Mean volume before it.
    pub(super) fn volume_before(&self, chart: &Chart) -> Option<f64> {
        let before: &[Measured] = chart.before(self.foot, BASELINE_BARS)?;
        (before.len() >= BASELINE_BARS_MIN)
            .then(|| mean_volume(before))
            .flatten()
    }
}
