//! The verdict on the day's loss, over any readings.

use catalyst_domain::risk::{DayStage, LossVerdict};
use proptest::prelude::*;

fn stages() -> impl Strategy<Value = Vec<DayStage>> {
    let one = prop_oneof![
        Just(DayStage::Normal),
        Just(DayStage::Conservative),
        Just(DayStage::Stopped)
    ];
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn the_stop_takes_as_many_readings_in_a_row_as_are_needed(seen in stages(), needed in 1_u32..=10) {
        let verdict = LossVerdict::of(&seen, needed);

        let count = usize::try_from(needed).unwrap();
        let tail = seen.len().checked_sub(count).map(|start| &seen[start..]);
        let all = tail.is_some_and(|tail| tail.iter().all(|one| *one == DayStage::Stopped));
        prop_assert_eq!(verdict == LossVerdict::Confirmed, all);
        let within = seen.last() != Some(&DayStage::Stopped);
        prop_assert_eq!(verdict == LossVerdict::Within, within);
    }

    #[test]
    fn so_many_readings_more_decide_it(seen in stages(), needed in 1_u32..=10) {
        if let LossVerdict::Doubtful { more } = LossVerdict::of(&seen, needed) {
            let mut longer = seen;
            longer.extend((0..more).map(|_| DayStage::Stopped));
            prop_assert_eq!(LossVerdict::of(&longer, needed), LossVerdict::Confirmed);
        }
    }
}
