//! The halt switch: how it stands, and everybody who holds it there.

use std::path::Path;

use catalyst_app::{Look, chain};
use catalyst_domain::money::Money;
use catalyst_domain::risk::{DayStage, RiskLimits, TradingState};
use catalyst_ports::flatten_request::FlattenRequests as _;
use catalyst_ports::halt_flag::HaltFlag as _;
use catalyst_ports::journal::SwitchNote;

use crate::compose::OwnerFiles;

/// One reason for less than trading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hold {
    state: TradingState,
    why: String,
}

/// The strictest of all, with the reasons of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Switch {
    pub(super) state: TradingState,
    pub(super) why: Vec<String>,
    /// The owner's request that everything is left, in his words.
    pub(super) flatten: Option<String>,
}

/// What stands in a file of the owner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    hold: Option<Hold>,
    flatten: Option<String>,
}

/// The flag beside the journal; one that cannot be read halts.
pub(super) fn flag_of(state: &Path) -> Held {
    let flag = OwnerFiles::of(state).halt;
    let hold = match flag.state() {
        Ok(TradingState::Trading) => None,
        Ok(state) => Some(Hold {
            state,
            why: flag.words().map_or_else(
                || "the halt flag stands".to_owned(),
                |words| format!("the halt flag: {words}"),
            ),
        }),
        Err(error) => Some(Hold {
            state: TradingState::Halted,
            why: chain(&error),
        }),
    };
    Held {
        hold,
        flatten: None,
    }
}

/// The request to flatten; while it stands, or cannot be read, nothing is entered.
pub(super) fn request_of(state: &Path) -> Held {
    let exits_only = |why| {
        Some(Hold {
            state: TradingState::ExitsOnly,
            why,
        })
    };
    match OwnerFiles::of(state).requests.standing() {
        Ok(None) => Held {
            hold: None,
            flatten: None,
        },
        Ok(Some(request)) => Held {
            hold: exits_only(format!("everything is to be left: {}", request.reason)),
            flatten: Some(request.reason),
        },
        Err(error) => Held {
            hold: exits_only(chain(&error)),
            flatten: None,
        },
    }
}

impl Switch {
    /// The journal's switch with the `moves` behind it, the day's loss, and what stands in files.
    pub(super) fn of(
        look: &Look,
        limits: &RiskLimits,
        moves: &[SwitchNote],
        files: [Held; 2],
    ) -> Self {
        let mut own = Self::by_journal(look.day.state, moves);
        if stage(look.pnl, look.day.equity_at_open, limits) == Some(DayStage::Stopped) {
            own.state = own.state.stricter(TradingState::ExitsOnly);
            own.why
                .push("the day's loss has reached its stop".to_owned());
        }
        own.with(files)
    }

    /// The journal's switch with the `moves` behind it, and what stands in files, where no account tells of
    /// the day's loss.
    pub(super) fn without_account(
        journal: TradingState,
        moves: &[SwitchNote],
        state: &Path,
    ) -> Self {
        Self::by_journal(journal, moves).with([flag_of(state), request_of(state)])
    }

    fn by_journal(state: TradingState, moves: &[SwitchNote]) -> Self {
        let mut why: Vec<String> = moves
            .iter()
            .filter(|one| one.state != TradingState::Trading)
            .map(|one| one.reason.clone())
            .collect();
        if state != TradingState::Trading && why.is_empty() {
            why.push("by the journal".to_owned());
        }
        Self {
            state,
            why,
            flatten: None,
        }
    }

    /// What stands in files alone, before anything has run.
    pub(super) fn of_files(state: &Path) -> Self {
        let free = Self {
            state: TradingState::Trading,
            why: Vec::new(),
            flatten: None,
        };
        free.with([flag_of(state), request_of(state)])
    }

    fn with(mut self, files: [Held; 2]) -> Self {
        for held in files {
            if let Some(hold) = held.hold {
                self.state = self.state.stricter(hold.state);
                self.why.push(hold.why);
            }
            self.flatten = self.flatten.or(held.flatten);
        }
        self.why.dedup();
        self
    }
}

/// `None` while there is no figure.
fn stage(pnl: Option<Money>, base: Option<Money>, limits: &RiskLimits) -> Option<DayStage> {
    pnl.zip(base)
        .map(|(pnl, base)| DayStage::after(pnl, base, limits))
}
