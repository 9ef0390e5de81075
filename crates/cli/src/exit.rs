//! Exit codes: what cron, a shell or a watcher reads when the program has ended.

/// How a command ended. The numbers are a promise to scripts and never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitCode {
    /// 0: done, or there was nothing to do.
    Done,
    /// 1: failed for a reason that was printed.
    Failed,
    /// 2: the arguments or the settings are wrong; nothing was begun.
    Usage,
    /// 3: trading is halted.
    Halted,
    /// 4: the owner is needed: something is unknown, such as the outcome of an order, or only he can mend
    /// it, such as a key that is refused.
    OwnerNeeded,
    /// 5: positions are left where none may be.
    NotFlat,
    /// 6: something that must not be was found, such as an altered row.
    Alarm,
    /// 7: another cycle holds the lock.
    Busy,
    /// 75: gateway, database or advice are unavailable; the same call may succeed later. The number
    /// is `EX_TEMPFAIL` of BSD's sysexits.
    TryLater,
}

impl ExitCode {
    /// The number that the operating system is given.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Halted => 3,
            Self::OwnerNeeded => 4,
            Self::NotFlat => 5,
            Self::Alarm => 6,
            Self::Busy => 7,
            Self::TryLater => 75,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}

#[cfg(test)]
mod tests {
    use super::ExitCode;

    #[test]
    fn every_ending_has_the_number_that_the_specification_gives_it() {
        let numbers = [
            (ExitCode::Done, 0),
            (ExitCode::Failed, 1),
            (ExitCode::Usage, 2),
            (ExitCode::Halted, 3),
            (ExitCode::OwnerNeeded, 4),
            (ExitCode::NotFlat, 5),
            (ExitCode::Alarm, 6),
            (ExitCode::Busy, 7),
            (ExitCode::TryLater, 75),
        ];

        for (code, number) in numbers {
            assert_eq!(code.number(), number, "{code:?}");
        }
    }
}
