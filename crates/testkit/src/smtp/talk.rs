//! The conversation of one connection, up to the point where it turns private or ends.

use std::io::{self, Read, Write};

use super::line::{listen_only, read_line, say};
use super::server::{Mood, Received, Shared};

/// How a stretch of conversation ended.
pub(super) enum Stretch {
    /// The other side wants the line private from here on.
    TurnsPrivate,
    /// Nobody is there any more.
    Over,
}

/// Talks over `stream` until it turns private or ends.
pub(super) fn talk<S: Read + Write>(
    stream: &mut S,
    shared: &Shared,
    private: bool,
) -> io::Result<Stretch> {
    let mut mail = Received::default();
    while let Some(line) = read_line(stream)? {
        shared.pause();
        let word = line.split(' ').next().unwrap_or("").to_ascii_uppercase();
        match word.as_str() {
            "EHLO" | "HELO" => greet(stream, shared, private)?,
            "STARTTLS" if !private => {
                say(stream, "220 go ahead")?;
                return Ok(Stretch::TurnsPrivate);
            }
            "AUTH" if shared.mood() == Mood::RefusesLogin => say(stream, "535 no such login")?,
            "AUTH" => {
                mail.login = line.split(' ').nth(2).map(str::to_owned);
                say(stream, "235 welcome")?;
            }
            "RCPT" => recipient(stream, shared, &line, &mut mail)?,
            "DATA" => {
                say(stream, "354 until a dot")?;
                mail.text = body(stream)?;
                mail.private = private;
                let mood = shared.mood();
                if mood == Mood::HangsAfterData {
                    listen_only(stream)?;
                } else if mood == Mood::HangsUp {
                    return Ok(Stretch::Over);
                } else {
                    shared.keep(std::mem::take(&mut mail));
                    say(stream, "250 taken")?;
                }
            }
            "QUIT" => {
                say(stream, "221 bye")?;
                return Ok(Stretch::Over);
            }
            _ => say(stream, "250 ok")?,
        }
    }
    Ok(Stretch::Over)
}

fn greet(stream: &mut impl Write, shared: &Shared, private: bool) -> io::Result<()> {
    say(stream, "250-test")?;
    if !private && shared.mood() != Mood::OffersNoPrivacy {
        say(stream, "250-STARTTLS")?;
    }
    if private {
        say(stream, "250-AUTH PLAIN LOGIN")?;
    }
    say(stream, "250 8BITMIME")
}

fn recipient(
    stream: &mut impl Write,
    shared: &Shared,
    line: &str,
    mail: &mut Received,
) -> io::Result<()> {
    let between = line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    let name = between.map_or("", |(name, _)| name);
    let mood = shared.mood();
    if mood == Mood::RefusesRecipient {
        say(stream, "550 no such mailbox")
    } else if mood == Mood::Greylists && shared.is_new(name) {
        say(stream, "451 come back later")
    } else {
        mail.to.push(name.to_owned());
        say(stream, "250 ok")
    }
}

/// The lines up to a lonely dot; soft line breaks of quoted-printable are taken back.
fn body(stream: &mut impl Read) -> io::Result<String> {
    let mut text = String::new();
    while let Some(line) = read_line(stream)? {
        if line == "." {
            break;
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push('\n');
    }
    Ok(text.replace("=\n", "").replace("=3D", "="))
}
