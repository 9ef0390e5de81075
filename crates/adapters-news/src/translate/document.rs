//! Document: the bytes of one answer, read as a feed, entry by entry.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use catalyst_domain::news::{HeadlineText, classify};
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;
use quick_xml::Reader;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::Event;

use super::Story;
use super::code::codes_in;
use crate::config::FeedConfig;
use crate::failure::FeedFailure;
use crate::names::Names;

/// Entries of one answer that are looked at, in the feed's order; the rest is counted as dropped.
const ENTRIES_MAX: usize = 300;

/// Stories older than this are of no use to anyone here.
const AGE_MAX: TimeDelta = TimeDelta::days(7);

/// Symbols that one headline may be about; with more it is a list and about none.
const SYMBOLS_MAX: usize = 5;

/// Elements inside each other, of which a feed has fewer than ten.
const DEPTH_MAX: usize = 64;

/// Categories of an entry that are read.
const CATEGORIES_MAX: usize = 8;

/// Characters of a category or of an entry's own name that are read.
const PART_MAX: usize = 300;

/// What was made of one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) stories: Vec<Story>,
    pub(crate) dropped: Dropped,
}

/// Entries that were not used, by cause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    /// Without a date that reads. The time of fetching is no date of theirs.
    pub(crate) undated: u32,
    /// From the future, or older than a week.
    pub(crate) out_of_time: u32,
    /// Nothing of the title is left after cleaning.
    pub(crate) empty: u32,
    /// About no company that is known here, or about too many.
    pub(crate) unmapped: u32,
    /// Beyond the entries that are looked at.
    pub(crate) surplus: u32,
}

/// Reads `body` as what `feed` answered at `now`.
pub(crate) fn read(
    body: &[u8],
    feed: &FeedConfig,
    names: &Names,
    now: DateTime<Utc>,
) -> Result<Read, FeedFailure> {
    let mut read = Read::default();
    let entries = parsed(body)?.entries;
    // A feed without entries may have nothing to say; one that stands still is not read.
    if entries
        .iter()
        .filter_map(dated)
        .max()
        .is_some_and(|newest| newest < now - AGE_MAX)
    {
        return Err(FeedFailure::Frozen {
            days: AGE_MAX.num_days(),
        });
    }
    for (index, entry) in entries.into_iter().enumerate() {
        if index >= ENTRIES_MAX {
            read.dropped.surplus += 1;
            continue;
        }
        match story(&entry, feed, names, now) {
            Ok(story) => read.stories.push(story),
            Err(Cause::Undated) => read.dropped.undated += 1,
            Err(Cause::OutOfTime) => read.dropped.out_of_time += 1,
            Err(Cause::Empty) => read.dropped.empty += 1,
            Err(Cause::Unmapped) => read.dropped.unmapped += 1,
        }
    }
    Ok(read)
}

enum Cause {
    Undated,
    OutOfTime,
    Empty,
    Unmapped,
}

/// Whether elements are nested deeper than any feed nests them. The parser walks down by calling
/// itself, and a stack that overflows ends the whole process: nothing can catch it.
fn is_too_deep(body: &[u8]) -> bool {
    let mut reader = Reader::from_reader(DecodingReader::new(body));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.trim_markup_names_in_closing_tags = true;
    let (mut depth, mut buffer) = (0_usize, Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            // The parser reads by the same rules and ends where this ends.
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
        if depth > DEPTH_MAX {
            return true;
        }
    }
}

/// A parser that trips over what a stranger sent must not take the cycle with it.
fn parsed(body: &[u8]) -> Result<Feed, FeedFailure> {
    if is_too_deep(body) {
        return Err(FeedFailure::NotAFeed);
    }
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    match catch_unwind(AssertUnwindSafe(|| parser.parse(body))) {
        Ok(Ok(feed)) => Ok(feed),
        Ok(Err(_)) | Err(_) => Err(FeedFailure::NotAFeed),
    }
}

fn dated(entry: &Entry) -> Option<DateTime<Utc>> {
    entry.published.or(entry.updated)
}

fn story(
    entry: &Entry,
    feed: &FeedConfig,
    names: &Names,
    now: DateTime<Utc>,
) -> Result<Story, Cause> {
    let published = dated(entry).ok_or(Cause::Undated)?;
    if published > now || published < now - AGE_MAX {
        return Err(Cause::OutOfTime);
    }
    let title = entry.title.as_ref().map_or("", |title| &title.content);
    let headline = HeadlineText::clean(title).or(Err(Cause::Empty))?;
    let categories = categories_of(entry);
    let symbols = symbols_of(headline.as_str(), &categories, names);
    if symbols.is_empty() || symbols.len() > SYMBOLS_MAX {
        return Err(Cause::Unmapped);
    }
    let category_words: Vec<&str> = categories.iter().map(HeadlineText::as_str).collect();
    let link = entry.links.first().map_or("", |link| link.href.as_str());
    let key = if entry.id.is_empty() { link } else { &entry.id };
    Ok(Story {
        key: key.chars().take(PART_MAX).collect(),
        source: feed.name.clone(),
        published,
        language: feed.language.unwrap_or_else(|| headline.language()),
        symbols,
        found: classify(headline.as_str(), &category_words),
        headline,
        filing: filing_in(link),
    })
}

/// Categories are foreign text as well.
fn categories_of(entry: &Entry) -> Vec<HeadlineText> {
    entry
        .categories
        .iter()
        .take(CATEGORIES_MAX)
        .flat_map(|category| [Some(&category.term), category.label.as_ref()])
        .flatten()
        .filter_map(|text| HeadlineText::clean(text).ok())
        .collect()
}

/// By code in the title, else in a category, else by name in the title.
fn symbols_of(title: &str, categories: &[HeadlineText], names: &Names) -> BTreeSet<Symbol> {
    let by_title = codes_in(title);
    if !by_title.is_empty() {
        return by_title;
    }
    let by_category: BTreeSet<Symbol> = categories
        .iter()
        .flat_map(|category| {
            codes_in(category.as_str())
                .into_iter()
                .chain(whole(category))
        })
        .collect();
    if !by_category.is_empty() {
        return by_category;
    }
    names.found_in(title)
}

/// A category that is nothing but a code of five digits.
fn whole(category: &HeadlineText) -> Option<Symbol> {
    let text = category.as_str();
    let digits = text.len() == 5 && text.bytes().all(|letter| letter.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The number of a document at the exchange's news site: a file of thirteen digits or more, a `_c`
/// behind it where it is the Chinese version.
fn filing_in(link: &str) -> Option<String> {
    let file = link.rsplit('/').next()?;
    let stem = file.split(['.', '?', '#']).next()?;
    let number = stem.strip_suffix("_c").unwrap_or(stem);
    let is_number =
        (13..=20).contains(&number.len()) && number.bytes().all(|letter| letter.is_ascii_digit());
    is_number.then(|| number.to_owned())
}
