//! Weather: what notices without a request say about the link between gateway and broker.

use std::collections::VecDeque;

use ibapi::{Notice, TRANSPORT_RECONNECT_CODE};

use super::facts::NoticeSeen;

/// Notices that are remembered.
const NOTICES_MAX: usize = 50;

/// The link to the broker, as far as it was told.
#[derive(Debug, Clone, Default)]
pub(super) struct Weather {
    down: bool,
    notices: VecDeque<NoticeSeen>,
}

impl Weather {
    /// Takes in one notice.
    pub(super) fn note(&mut self, notice: &Notice) {
        match notice.code {
            1100 | 2110 | 1300 => self.down = true,
            1101 | 1102 | TRANSPORT_RECONNECT_CODE => self.down = false,
            _ => {}
        }
        if self.notices.len() == NOTICES_MAX {
            self.notices.pop_front();
        }
        self.notices.push_back(NoticeSeen {
            code: notice.code,
            text: notice.message.clone(),
        });
    }

    /// True while no order can reach the broker.
    pub(super) const fn is_down(&self) -> bool {
        self.down
    }

    /// The notices, oldest first.
    pub(super) fn notices(&self) -> Vec<NoticeSeen> {
        self.notices.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use ibapi::Notice;

    use super::{NOTICES_MAX, Weather};

    fn notice(code: i32) -> Notice {
        Notice {
            request_id: None,
            code,
            message: format!("code {code}"),
            error_time: None,
            advanced_order_reject_json: String::new(),
        }
    }

    #[test]
    fn a_lost_link_is_down_until_it_is_told_restored() {
        let mut weather = Weather::default();
        for (code, down) in [
            (2104, false),
            (1100, true),
            (2106, true),
            (1102, false),
            (2110, true),
            (1101, false),
        ] {
            weather.note(&notice(code));
            assert_eq!(weather.is_down(), down, "after {code}");
        }
    }

    #[test]
    fn only_the_newest_notices_are_kept() {
        let mut weather = Weather::default();
        for code in 0..60 {
            weather.note(&notice(code));
        }

        let kept = weather.notices();

        assert_eq!((kept.len(), kept[0].code), (NOTICES_MAX, 10));
    }
}
