//! Which layout each day of a calendar has, found for every day at once.

use super::date::TradingDate;
use super::day::{Closure, DayKind, DayLayout};
use super::plan::PhasePlan;
use super::source::OddDay;
use super::zone::unix_day;
use crate::dated::{DateSpan, Dated, NotCovered};

/// The place of the weekend among the layouts.
const WEEKEND: usize = 0;

/// Days from 1970-01-01, a Thursday, to the first weekend after it.
const SATURDAY: i64 = 2;
const SUNDAY: i64 = 3;

/// The layout of every day of a span.
#[derive(Debug, Clone)]
pub(super) struct DayLayouts {
    first_day: i64,
    layouts: Vec<DayLayout>,
    /// Index into `layouts` by days since the first.
    days: Vec<usize>,
}

impl DayLayouts {
    /// Lays full days out, weekends over them and odd days over both. A day that is none of them is
    /// refused, as `full` does not know it.
    pub(super) fn new(
        coverage: DateSpan,
        full: &Dated<PhasePlan>,
        odd_days: Vec<OddDay>,
    ) -> Result<Self, NotCovered> {
        let first_day = unix_day(coverage.from());
        let place = |date| usize::try_from(unix_day(date) - first_day).unwrap_or(0);
        let mut days = vec![None; place(coverage.to()) + 1];
        let weekend = DayKind::Closed(Closure::Weekend);
        let mut layouts = vec![DayLayout::as_scheduled(weekend, PhasePlan::closed())];
        for (span, plan) in full.rows() {
            let covered = span.clipped_to(coverage);
            let held = covered.and_then(|span| days.get_mut(place(span.from())..=place(span.to())));
            if let Some(held) = held {
                held.fill(Some(layouts.len()));
                layouts.push(DayLayout::as_scheduled(DayKind::Full, plan.clone()));
            }
        }
        for weekday in [SATURDAY, SUNDAY] {
            let first = days_until(weekday, first_day);
            let held = days.iter_mut().skip(first).step_by(7);
            held.for_each(|day| *day = Some(WEEKEND));
        }
        for odd in odd_days {
            if let Some(day) = days.get_mut(place(odd.date)) {
                *day = Some(layouts.len());
                layouts.push(odd.layout);
            }
        }
        let unknown = |place| full.not_covered(days_after(coverage.from(), place));
        let days = days.into_iter().enumerate();
        let days = days.map(|(place, layout)| layout.ok_or_else(|| unknown(place)));
        Ok(Self {
            first_day,
            layouts,
            days: days.collect::<Result<_, _>>()?,
        })
    }

    /// The layout of a day counted from 1970-01-01, `None` outside the span.
    pub(super) fn of(&self, unix_day: i64) -> Option<&DayLayout> {
        let place = usize::try_from(unix_day - self.first_day).ok()?;
        self.layouts.get(*self.days.get(place)?)
    }

    /// Gives a day a layout of its own, `None` outside the span.
    pub(super) fn replace(&mut self, unix_day: i64, layout: DayLayout) -> Option<()> {
        let place = usize::try_from(unix_day - self.first_day).ok()?;
        *self.days.get_mut(place)? = self.layouts.len();
        self.layouts.push(layout);
        Some(())
    }
}

/// Days from a day counted from 1970-01-01 to the first `weekday` from it on.
fn days_until(weekday: i64, unix_day: i64) -> usize {
    usize::try_from((weekday - unix_day).rem_euclid(7)).unwrap_or(0)
}

fn days_after(date: TradingDate, count: usize) -> TradingDate {
    (0..count).fold(date, |date, _| date.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> TradingDate {
        text.parse().unwrap()
    }

    fn plans(spans: &[(&str, &str)]) -> Dated<PhasePlan> {
        let rows = spans.iter().map(|(from, to)| {
            let span = DateSpan::new(day(from), day(to)).unwrap();
            (span, PhasePlan::closed())
        });
        Dated::new("full days", rows.collect()).unwrap()
    }

    #[test]
    fn weekends_are_closed_wherever_the_span_begins_before_and_after_1970() {
        let always = plans(&[("1900-01-01", "2100-12-31")]);
        for from in ["1969-12-22", "1970-01-01", "2026-11-21", "2026-11-22"] {
            let coverage = DateSpan::new(day(from), day("2035-01-01")).unwrap();
            let days = DayLayouts::new(coverage, &always, Vec::new()).unwrap();
            let mut date = coverage.from();
            while coverage.contains(date) {
                let kind = &days.of(unix_day(date)).unwrap().kind;
                let closed = *kind == DayKind::Closed(Closure::Weekend);
                assert_eq!(closed, date.is_weekend(), "{date}");
                date = date.next();
            }
        }
    }

    #[test]
    fn a_weekday_between_two_plans_is_refused_and_a_weekend_is_not() {
        let coverage = DateSpan::new(day("2026-11-02"), day("2026-11-13")).unwrap();
        let laid_out = |spans: &[_]| DayLayouts::new(coverage, &plans(spans), Vec::new());
        let whole = [("2020-01-01", "2026-11-06"), ("2026-11-09", "2030-01-01")];
        let torn = [("2020-01-01", "2026-11-06"), ("2026-11-10", "2030-01-01")];

        let days = laid_out(&whole).unwrap();
        let refusal = laid_out(&torn).unwrap_err();

        assert!(days.of(unix_day(day("2026-11-13"))).is_some());
        assert!(days.of(unix_day(day("2026-11-14"))).is_none());
        assert_eq!(
            refusal.to_string(),
            "full days is not known for 2026-11-09, it covers 2020-01-01 to 2030-01-01"
        );
    }
}
