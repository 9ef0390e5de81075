//! The report as a letter: the text, with the page as a file beside it.

use std::io;
use std::sync::Arc;

use catalyst_app::PeriodReport;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::letter::{Letter, Post};
use chrono::{DateTime, Utc};

use super::words::{Words, span};
use super::{html, text};
use crate::args::GlobalArgs;
use crate::commands::{Failure, runtime, tell};
use crate::compose;
use crate::exit::ExitCode;
use crate::settings::AlertSettings;

/// What a mailbox needs.
const WANTED: &str =
    "mail needs alerts.email or ALERT_EMAIL, SMTP_HOST, SMTP_USER and SMTP_PASS; docs/alerts.md";

/// How it reaches the owner.
pub(super) enum Way {
    /// The owner's mailbox.
    Post(Arc<dyn Post>),
    /// Standard error, which a timer mails.
    Timer,
}

impl Way {
    /// The mailbox; what a timer started needs none.
    ///
    /// # Errors
    ///
    /// There is no mailbox, or not all of one.
    pub(super) fn choose(
        global: &GlobalArgs,
        settings: &AlertSettings,
        rules: &Rulebook,
    ) -> Result<Self, Failure> {
        match (compose::letters(settings, rules)?, settings.missing) {
            (Some(post), _) => Ok(Self::Post(post)),
            (None, None) if global.scheduled => Ok(Self::Timer),
            (None, missing) => {
                let hint = missing.map_or(WANTED, |idle| idle.instead);
                Err(Failure::new("no mail is set up", ExitCode::Usage, hint))
            }
        }
    }

    /// Sends it on this way.
    pub(super) fn send(
        &self,
        global: &GlobalArgs,
        report: &PeriodReport,
        (rules, now): (&Rulebook, DateTime<Utc>),
    ) -> Result<(), Failure> {
        let words = Words::new(&rules.calendar);
        let Self::Post(post) = self else {
            return Ok(text::write(&mut io::stderr().lock(), report, &words)?);
        };
        let mut text = Vec::new();
        text::write(&mut text, report, &words)?;
        let letter = Letter {
            subject: format!("Catalyst HKEX: report of {}", span(report.days)),
            text: String::from_utf8_lossy(&text).into_owned(),
            html: Some(html::page(report, &words, now)?),
        };
        runtime()?.block_on(post.send(&letter)).map_err(|error| {
            let hint = "the same command sends it again; catalyst doctor tries the mail server";
            Failure::new(error, ExitCode::TryLater, hint)
        })?;
        if !global.scheduled {
            tell("the report is on its way by mail")?;
        }
        Ok(())
    }
}
