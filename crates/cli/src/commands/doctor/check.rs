//! One check: what was looked at, what was found, and what to do about it.

use std::io::{self, Write};

use serde::Serialize;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mark {
    /// As it should be.
    Ok,
    /// It works, and the owner should know.
    Warning,
    /// It does not work.
    Failure,
}

/// One line of the doctor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    /// What was looked at.
    pub(super) name: &'static str,
    /// How it came out.
    pub(super) mark: Mark,
    /// What was found.
    found: String,
    /// What to do; nothing where all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

impl Check {
    pub(super) fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name,
            mark: Mark::Ok,
            found: found.into(),
            remedy: None,
        }
    }

    pub(super) fn warning(
        name: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            name,
            mark: Mark::Warning,
            found: found.into(),
            remedy: Some(remedy.into()),
        }
    }

    pub(super) fn failure(
        name: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            name,
            mark: Mark::Failure,
            found: found.into(),
            remedy: Some(remedy.into()),
        }
    }

    /// Writes the line, and below it what to do.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mark = match self.mark {
            Mark::Ok => "ok     ",
            Mark::Warning => "WARNING",
            Mark::Failure => "FAILURE",
        };
        writeln!(out, "{mark} {:<14} {}", self.name, self.found)?;
        match &self.remedy {
            Some(remedy) => writeln!(out, "{:>22} {remedy}", "->"),
            None => Ok(()),
        }
    }
}
