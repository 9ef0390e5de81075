//! The owner's machine: the program installed, and everything that it talks to.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use catalyst_domain::calendar::TradingCalendar;
use catalyst_testkit::postgres::{Cluster, Database};
use catalyst_testkit::smtp::{MailServer, Mood};
use chrono::{DateTime, TimeDelta, Timelike as _, Utc};

use super::advice::served_advice;
use super::clock::Clock;
use super::cron::{Line, Ran, lines};
use crate::claude::server::{KEY, Server};
use crate::days::stage::clock;
use crate::gateway::commands::Served;
use crate::program::{Ended, Program};

/// The first day, and the next with trading.
pub(super) const FRIDAY: &str = "2026-09-18";
pub(super) const MONDAY: &str = "2026-09-21";

/// What is changed in the settings that `init --yes` wrote.
const SETTINGS: [(&str, &str); 5] = [
    ("\n  name: sim ", "\n  name: ibkr "),
    ("\nclock: real ", "\nclock: gateway "),
    (
        "\n  entry_criteria: require ",
        "\n  entry_criteria: report ",
    ),
    ("\n  lunch_exits: flat_only ", "\n  lunch_exits: all "),
    ("\n  kind: rules ", "\n  kind: claude "),
];

pub(super) struct House {
    pub(super) program: Program,
    pub(super) mail: MailServer,
    pub(super) database: Database,
    /// False once Claude is not paid for any more.
    pub(super) credit: Arc<AtomicBool>,
    pub(super) gateway: Option<Served>,
    pub(super) calendar: TradingCalendar,
    pub(super) lines: Vec<Line>,
    clock: Option<Clock>,
    /// Whose the gateway is.
    owner: Program,
    port: String,
    adviser: Server,
}

impl House {
    /// Everything set up as the README says, at half past nine on `date`.
    pub(super) fn on(date: &str) -> Self {
        let owner = Program::in_scratch_home();
        let gateway = Served::by(&owner, &["--date", date, "--start", "09:30"]);
        let port = gateway.port.clone();
        let credit = Arc::new(AtomicBool::new(true));
        let mut house = Self {
            program: Program::in_scratch_home(),
            mail: MailServer::start(Mood::Takes),
            database: Cluster::shared().unwrap().database().unwrap(),
            adviser: served_advice(&credit),
            credit,
            clock: Some(Clock::at(&port)),
            gateway: Some(gateway),
            calendar: TradingCalendar::hkex().unwrap(),
            lines: Vec::new(),
            owner,
            port,
        };
        house.install();
        house
    }

    fn install(&mut self) {
        let init = self.program.catalyst(&["init", "--yes", "--dir", "etc"]);
        assert_eq!(init.code, Some(0), "{}", init.err);
        self.write_settings();
        self.write_variables();
        let install = self.typed(&["install", "--write", "--root", "root"]);
        assert_eq!(install.code, Some(0), "{}", install.err);
        let migrated = self.typed(&["db", "migrate"]);
        assert_eq!(migrated.code, Some(0), "{}", migrated.err);
        let folder = self.program.home().join("root/var/spool/cron/crontabs");
        let crontab = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
        self.lines = lines(&fs::read_to_string(crontab.path()).unwrap());
        let jobs: Vec<&str> = self.lines.iter().map(Line::job).collect();
        assert_eq!(jobs, ["cycle", "guard", "watch", "report"]);
    }

    fn write_settings(&self) {
        self.program.file("etc/ca.pem", self.mail.certificate());
        let file = self.program.home().join("etc/settings.yaml");
        let authority = self.program.home().join("etc/ca.pem");
        let authority = format!("\n  ca_file: {} ", authority.display());
        let mut text = fs::read_to_string(&file).unwrap();
        for (shipped, own) in SETTINGS
            .into_iter()
            .chain([("\n  ca_file: null ", authority.as_str())])
        {
            assert!(text.contains(shipped), "{shipped}");
            text = text.replacen(shipped, own, 1);
        }
        fs::write(&file, text).unwrap();
    }

    /// The file of variables beside the settings, which `install` leaves as it is.
    fn write_variables(&self) {
        let text = format!(
            "ANTHROPIC_API_KEY={KEY}\nANTHROPIC_BASE_URL={}\nDATABASE_URL={}\n\
             IBKR_ACCOUNT=DU1234567\nIBKR_PORT={}\nSMTP_HOST=127.0.0.1\nSMTP_PORT={}\n\
             SMTP_USER=user\nSMTP_PASS=hunter2\nALERT_EMAIL=owner@example.com\n",
            self.adviser.address(),
            self.database.url(),
            self.port,
            self.mail.address().port(),
        );
        self.program.file("etc/catalyst.env", &text);
        let file = self.program.home().join("etc/catalyst.env");
        fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
    }

    /// What the owner types.
    pub(super) fn typed(&self, words: &[&str]) -> Ended {
        let places = ["--settings", "etc/settings.yaml", "--state", "kept"];
        self.program.catalyst(&[words, &places].concat())
    }

    /// Cron in this minute: every line of it, a second later, as cron is; `None` where the minute went by
    /// in an earlier run.
    pub(super) fn minute(&mut self, date: &str, time: &str) -> Option<Vec<Ran>> {
        let moment = self.calendar.at(date.parse().unwrap(), clock(time));
        if self.now() >= moment + TimeDelta::minutes(1) {
            return None;
        }
        self.wait_until(moment + TimeDelta::seconds(1));
        let due = |line: &&Line| line.is_due(moment.minute());
        let home = self.program.home();
        Some(
            self.lines
                .iter()
                .filter(due)
                .map(|line| line.run(home))
                .collect(),
        )
    }

    /// One line of cron's, whatever the minute.
    pub(super) fn line(&self, job: &str) -> Ran {
        let line = self.lines.iter().find(|line| line.job() == job);
        line.unwrap().run(self.program.home())
    }

    fn now(&mut self) -> DateTime<Utc> {
        self.clock.as_mut().unwrap().now()
    }

    fn wait_until(&mut self, moment: DateTime<Utc>) {
        if self.now() < moment {
            self.clock.as_mut().unwrap().move_to(moment);
        }
    }

    /// The gateway goes away.
    pub(super) fn stop_gateway(&mut self) {
        self.clock = None;
        self.gateway = None;
    }

    /// A gateway at the same place that lets nobody in, at this time of Monday.
    pub(super) fn bar_gateway(&mut self, time: &str) {
        self.stop_gateway();
        let barred = "{\"request\": \"start_api\", \"do\": \"close_before\", \"times\": 1000}\n";
        self.owner.file("barred.jsonl", barred);
        let address = format!("127.0.0.1:{}", self.port);
        let flags = [
            "--date",
            MONDAY,
            "--start",
            time,
            "--faults",
            "barred.jsonl",
        ];
        self.gateway = Some(Served::at(&address, &self.owner, &flags));
        self.clock = Some(Clock::at(&self.port));
    }

    /// Mails whose header or text has these words.
    pub(super) fn mails_with(&self, words: &str) -> Vec<String> {
        let mails = self.mail.mails().into_iter().map(|mail| mail.text);
        mails.filter(|text| text.contains(words)).collect()
    }

    /// What the journal's database answers, a line a row.
    pub(super) fn rows(&self, sql: &str) -> Vec<String> {
        let sql = format!("set search_path to catalyst_intl; {sql}");
        let text = self.database.psql(&sql).unwrap();
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && *line != "SET");
        lines.map(str::to_owned).collect()
    }
}
