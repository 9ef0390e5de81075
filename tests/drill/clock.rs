//! The line on which the practice gateway's clock is moved.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use chrono::{DateTime, SecondsFormat, Utc};

/// A connection to it.
pub(super) struct Clock(BufReader<TcpStream>);

impl Clock {
    pub(super) fn at(port: &str) -> Self {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        stream.write_all(b"CTL\0").unwrap();
        Self(BufReader::new(stream))
    }

    pub(super) fn now(&mut self) -> DateTime<Utc> {
        self.ask("now")
    }

    /// Moves the gateway's world to a later moment.
    pub(super) fn move_to(&mut self, moment: DateTime<Utc>) {
        let moment_text = moment.to_rfc3339_opts(SecondsFormat::Micros, true);
        assert_eq!(self.ask(&format!("until {moment_text}")), moment);
    }

    fn ask(&mut self, line: &str) -> DateTime<Utc> {
        writeln!(self.0.get_mut(), "{line}").unwrap();
        let mut answer = String::new();
        self.0.read_line(&mut answer).unwrap();
        let moment = answer.split(' ').nth(1).map(str::parse);
        moment.unwrap_or_else(|| panic!("{answer}")).unwrap()
    }
}
