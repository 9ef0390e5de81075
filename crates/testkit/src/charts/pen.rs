//! The pen: draws bars along a line in units of the bars' own range, or lets them wander.

use catalyst_domain::indicator::Ohlcv;
use catalyst_domain::pattern::{BarVolume, PatternBar, TickSize};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution as _, LogNormal, Normal, StudentT};

/// Steps of price inside one wandering bar.
const STEPS: usize = 12;

/// Steps of a third of a unit at least: finer prices than a chart shows, coarser than none.
const TICKS_PER_UNIT: f64 = 8.0;

/// What is drawn so far. Prices are kept in units around 400 and become money at the end.
#[derive(Debug)]
pub(super) struct Pen {
    dice: ChaCha8Rng,
    noise: f64,
    longest_wick: f64,
    price: f64,
    wave: f64,
    drift: f64,
    bars: Vec<[f64; 5]>,
    /// Price of one unit.
    scale: f64,
}

impl Pen {
    pub(super) fn new(seed: u64, noise: f64) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let scale = 10.0_f64.powf(dice.random_range(-2.5..0.3));
        Self {
            noise,
            longest_wick: 1.2,
            price: dice.random_range(250.0..600.0),
            wave: 1.0,
            drift: 0.0,
            bars: Vec::new(),
            scale,
            dice,
        }
    }

    /// Draws with less of a shake: for shapes whose levels are what they are about.
    pub(super) fn steady(&mut self) {
        self.noise *= 0.75;
        self.longest_wick = 0.45;
    }

    /// A number of the range.
    pub(super) fn pick(&mut self, (low, high): (f64, f64)) -> f64 {
        self.dice.random_range(low..=high)
    }

    /// A number of bars of the range.
    pub(super) fn bars(&mut self, (low, high): (usize, usize)) -> usize {
        self.dice.random_range(low..=high)
    }

    /// The number of the next bar.
    pub(super) fn here(&self) -> usize {
        self.bars.len()
    }

    /// Where price is, in units.
    pub(super) const fn price(&self) -> f64 {
        self.price
    }

    /// What units are in money.
    pub(super) fn money(&self, units: f64) -> f64 {
        units * self.scale
    }

    /// Highest high and lowest low of the bars from `from` up to and without `to`, in units.
    pub(super) fn extremes(&self, from: usize, to: usize) -> (f64, f64) {
        let bars = self.bars.iter().take(to).skip(from);
        (
            bars.clone()
                .fold(f64::NEG_INFINITY, |high, bar| high.max(bar[1])),
            bars.fold(f64::INFINITY, |low, bar| low.min(bar[2])),
        )
    }

    /// Draws `bars` bars along a straight line that ends `rise` units higher, on that much volume.
    pub(super) fn line(&mut self, bars: usize, rise: f64, volume: f64) {
        let from = self.price;
        for step in 1..=bars {
            self.toward(from + rise * float(step) / float(bars), volume);
        }
    }

    /// Draws one bar that closes about `target`.
    pub(super) fn toward(&mut self, target: f64, volume: f64) {
        let noise = Normal::new(0.0, self.noise.max(1e-9)).unwrap();
        self.drift = 0.3 * self.drift + noise.sample(&mut self.dice);
        let close = target + self.drift;
        let open = self.last_close();
        let wicks = [self.wick(), self.wick()];
        let volume = self.volume(volume);
        self.put([
            open,
            open.max(close) + wicks[0],
            open.min(close) - wicks[1],
            close,
            volume,
        ]);
        self.price = target;
    }

    /// Draws one bar as it is said, in units from the current price.
    pub(super) fn bar(&mut self, [high, low, close]: [f64; 3], volume: f64) {
        let open = self.last_close();
        let (base, volume) = (self.price, self.volume(volume));
        let (high, low, close) = (base + high, base + low, base + close);
        self.put([
            open,
            high.max(open).max(close),
            low.min(open).min(close),
            close,
            volume,
        ]);
        self.price = close;
        self.drift = 0.0;
    }

    fn last_close(&self) -> f64 {
        self.bars.last().map_or(self.price, |bar| bar[3])
    }

    fn wick(&mut self) -> f64 {
        let share: f64 = self.dice.random_range(1e-9..1.0);
        (-share.ln() * 0.30).min(self.longest_wick)
    }

    fn volume(&mut self, times: f64) -> f64 {
        let spread = LogNormal::new(0.0, 0.28).unwrap();
        1_000.0 * times * spread.sample(&mut self.dice)
    }

    /// Lets price walk for `bars` bars.
    pub(super) fn wander(&mut self, bars: usize) {
        let steps = StudentT::new(3.5).unwrap();
        for _ in 0..bars {
            let open = self.last_close();
            let (mut high, mut low, mut close) = (open, open, open);
            for _ in 0..STEPS {
                let step: f64 = steps.sample(&mut self.dice);
                let step = step.clamp(-12.0, 12.0);
                close += 0.14 * self.wave * step;
                (high, low) = (high.max(close), low.min(close));
            }
            let range = high - low;
            self.wave = (0.25 + 0.6 * self.wave + 0.17 * range).clamp(0.4, 3.0);
            let volume = self.volume(0.5 + 0.5 * range);
            self.put([open, high, low, close, volume]);
            self.price = close;
        }
        self.drift = 0.0;
    }

    /// Lets price walk quietly around where it is, for `bars` bars.
    pub(super) fn rest(&mut self, bars: usize) {
        let around = self.price;
        for _ in 0..bars {
            let pull = 0.7 * (self.price - around) + around;
            let sway = self.pick((-0.45, 0.45));
            self.toward(pull + sway, 1.0);
        }
        self.price = self.last_close();
        self.drift = 0.0;
    }

    fn put(&mut self, bar: [f64; 5]) {
        self.bars.push(bar);
    }

    /// The bars in money, on a tick that is an eighth of a unit.
    pub(super) fn finished(self) -> (Vec<PatternBar>, TickSize) {
        let tick = self.scale / TICKS_PER_UNIT;
        let snapped = |units: f64| (units * TICKS_PER_UNIT).round() / TICKS_PER_UNIT * self.scale;
        let bars = self.bars.iter().map(|[open, high, low, close, volume]| {
            let [open, high, low, close] = [*open, *high, *low, *close].map(snapped);
            PatternBar {
                ohlcv: Ohlcv::new(open, high, low, close, volume.round()).unwrap(),
                session: 1,
                volume: BarVolume::Continuous,
            }
        });
        (bars.collect(), TickSize::new(tick).unwrap())
    }
}

/// A number of bars as a float.
pub(super) fn float(bars: usize) -> f64 {
    f64::from(u32::try_from(bars).unwrap())
}

/// The whole bars in a length of them, at most a thousand.
pub(super) fn whole(bars: f64) -> usize {
    (1..=1_000)
        .take_while(|number| float(*number) <= bars)
        .count()
}
