//! Bands of a tick table: spans of price with one tick each, and whose the edges between them are.

use super::units::Units;

/// Bands that follow one another without a gap, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bands {
    pub(super) first: Band,
    pub(super) rest: Vec<Band>,
}

impl Bands {
    /// The band that holds a price; prices below the lowest count to the first.
    pub(super) fn holding(&self, at: Units) -> Option<Band> {
        if at.ceil > self.highest() {
            return None;
        }
        let mut from_above = self.rest.iter().rev();
        let held = from_above.find(|band| band.begins_by(at));
        Some(*held.unwrap_or(&self.first))
    }

    /// The bands in rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Band> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// The band with the highest prices.
    pub(super) fn last(&self) -> Band {
        self.rest.last().copied().unwrap_or(self.first)
    }

    /// The lowest legal price.
    pub(super) const fn lowest(&self) -> u64 {
        self.first.over + self.first.tick
    }

    /// The highest legal price.
    pub(super) fn highest(&self) -> u64 {
        self.last().up_to
    }
}

/// Prices from one edge to the next, in units; both are multiples of the tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Band {
    /// The edge below; the first band has its lowest price less one tick here.
    pub(super) over: u64,
    /// Whose the edge below is.
    pub(super) begins: Begins,
    /// The edge above.
    pub(super) up_to: u64,
    /// One step.
    pub(super) tick: u64,
    /// Legal prices up to and including `over`.
    pub(super) legal_below: u64,
}

/// Whether a band holds its lower edge. An edge is legal in both its bands; its tick and its
/// printing are those of the band that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// "Over 10.00": the edge is held by the band below.
    Over,
    /// "At or above 1.00".
    At,
}

impl Band {
    /// True for a price of this band or of one above it.
    const fn begins_by(&self, at: Units) -> bool {
        match self.begins {
            Begins::Over => at.ceil > self.over,
            Begins::At => at.floor >= self.over,
        }
    }
}
