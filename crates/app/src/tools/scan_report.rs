//! The report of a scan: figures rounded to sense, and in words why there is nothing to show.

use std::collections::BTreeMap;

use catalyst_domain::calendar::SessionMoment;
use catalyst_domain::scan::{FeedSentinel, Figures, Filter, Sentinel, Sifted};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{Candidate, ScanReport};
use rust_decimal::Decimal;

/// The report on `names`, whose best are `shortlist`.
pub(super) fn of(
    moment: &SessionMoment,
    names: &[Symbol],
    sifted: Sifted,
    shortlist: &[Figures],
) -> ScanReport {
    let out = sifted.filtered.len() + sifted.quarantined.len();
    let reason = shortlist
        .is_empty()
        .then(|| why_nothing(moment, names.len(), &sifted));
    let mut filtered: BTreeMap<Filter, Vec<Symbol>> = BTreeMap::new();
    for (symbol, filter) in sifted.filtered {
        filtered.entry(filter).or_default().push(symbol);
    }
    ScanReport {
        at: moment.local.time(),
        phase: (!moment.phase.is_continuous()).then_some(moment.phase),
        looked_at: count(names.len()),
        passed: count(names.len().saturating_sub(out)),
        filtered,
        quarantined: sifted.quarantined,
        feed: sifted.feed.into_iter().collect(),
        reason,
        candidates: shortlist.iter().map(candidate).collect(),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

fn candidate(found: &Figures) -> Candidate {
    Candidate {
        symbol: found.symbol,
        last: found.snapshot.quote.last,
        change_pct: percent(found.change_pct),
        gap_pct: found.gap_pct.map(percent),
        relative_volume: found.relative_volume.map(ratio),
        turnover_millions: found.turnover.map(|value| millions(value.amount())),
        below_high_pct: found.below_high_pct.map(percent),
        above_vwap: found.above_vwap,
        spread_ticks: found.spread_ticks,
    }
}

/// `value` with `small` decimal places below `edge`, and one less from there on: a digit more would
/// be noise, and each is paid for.
fn to_sense(value: Decimal, small: u32, edge: Decimal) -> Decimal {
    let count = if value.abs() < edge {
        small
    } else {
        small.saturating_sub(1)
    };
    value.round_dp(count).normalize()
}

fn percent(value: Decimal) -> Decimal {
    to_sense(value, 1, Decimal::TEN)
}

fn ratio(value: Decimal) -> Decimal {
    to_sense(value, 2, Decimal::TEN)
}

fn millions(amount: Decimal) -> Decimal {
    to_sense(amount / Decimal::from(1_000_000), 1, Decimal::ONE_HUNDRED)
}

/// Which filter or sentinel took how many names, and what else explains an empty list.
fn why_nothing(moment: &SessionMoment, names: usize, sifted: &Sifted) -> String {
    if names == 0 {
        return format!("no names are on file for this universe on {}", moment.date);
    }
    let plural = if names == 1 { "" } else { "s" };
    let mut parts = vec![format!("of {names} name{plural}")];
    if !sifted.quarantined.is_empty() {
        let words = sifted.quarantined.iter().map(|(_, sentinel)| *sentinel);
        let counts = counted(words, Sentinel::as_str);
        parts.push(format!(
            "{} quarantined ({counts})",
            sifted.quarantined.len()
        ));
    }
    if !sifted.filtered.is_empty() {
        let words = sifted.filtered.iter().map(|(_, filter)| *filter);
        let counts = counted(words, Filter::as_str);
        parts.push(format!("{} filtered ({counts})", sifted.filtered.len()));
    }
    if !sifted.feed.is_empty() {
        parts.push(format!(
            "the feed is doubted ({})",
            feed_words(&sifted.feed)
        ));
    }
    if !moment.phase.is_continuous() {
        parts.push(format!(
            "the exchange does not trade continuously ({})",
            moment.phase.as_str()
        ));
    }
    parts.join(", ")
}

/// Words of doubts about the feed, divided by commas.
pub(super) fn feed_words<'a>(doubts: impl IntoIterator<Item = &'a FeedSentinel>) -> String {
    let words: Vec<&str> = doubts.into_iter().map(|doubt| doubt.as_str()).collect();
    words.join(", ")
}

fn counted<T: Ord + Copy>(words: impl Iterator<Item = T>, as_str: fn(T) -> &'static str) -> String {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_insert(0) += 1;
    }
    let texts: Vec<String> = counts
        .into_iter()
        .map(|(word, count)| format!("{count} {}", as_str(word)))
        .collect();
    texts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{millions, percent, ratio};
    use rust_decimal::Decimal;

    #[test]
    fn large_figures_lose_the_digit_that_small_ones_need() {
        let hundredths = |value| Decimal::new(value, 2);
        let words = |value: Decimal| value.to_string();

        let percents = [-996, -994, 4, 1_234].map(|value| words(percent(hundredths(value))));
        assert_eq!(percents, ["-10", "-9.9", "0", "12"]);
        let ratios = [153, 200, 1_275].map(|value| words(ratio(hundredths(value))));
        assert_eq!(ratios, ["1.53", "2", "12.8"]);
        let amounts = [2_040_000, 99_940_000, 812_340_000];
        let amounts = amounts.map(|amount| words(millions(Decimal::from(amount))));
        assert_eq!(amounts, ["2", "99.9", "812"]);
    }
}
