//! Merging: each story once, though its feed repeats it, others tell it too, or it comes in both
//! languages. Stories of different kinds are never merged, so that no good headline can hide a bad one.

use std::collections::BTreeSet;

use catalyst_domain::news::{Language, NewsId, NewsKind, folded};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::TimeDelta;

use crate::translate::Story;

/// The two versions of a filing are published one after the other within this.
const VERSIONS_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// The same words within this are the same story; a form is filed again under the same title.
const REPEATS_WITHIN: TimeDelta = TimeDelta::hours(24);

/// A story with the symbols it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) symbols: BTreeSet<Symbol>,
    pub(crate) item: NewsItem,
}

/// Every story once, newest first, each with its id.
pub(crate) fn merged(mut stories: Vec<Story>) -> Vec<Told> {
    stories.sort_by_key(|story| story.published);
    let mut kept: Vec<(Story, Option<Language>)> = Vec::new();
    for story in stories {
        match kept.iter_mut().find(|(known, _)| is_same(known, &story)) {
            Some((known, also_in)) => absorb(known, also_in, story),
            None => kept.push((story, None)),
        }
    }
    let mut taken = BTreeSet::new();
    let mut told: Vec<Told> = kept
        .into_iter()
        .map(|(story, also_in)| {
            let id = free_id(&story, &mut taken);
            named(story, also_in, id)
        })
        .collect();
    told.reverse();
    told
}

fn is_same(known: &Story, other: &Story) -> bool {
    if known.found.kind != other.found.kind {
        return false;
    }
    if known.symbols != other.symbols {
        return false;
    }
    let apart = (known.published - other.published).abs();
    // A key alone proves nothing: there are feeds that link every story to their front page.
    let one_key = known.source == other.source && known.key == other.key && !known.key.is_empty();
    if one_key && apart <= REPEATS_WITHIN {
        return true;
    }
    match (&known.filing, &other.filing) {
        (Some(one), Some(two)) if one == two => return true,
        (Some(_), Some(_)) if known.language == other.language => return false,
        (Some(_) | None, Some(_) | None) => {}
    }
    if known.language == other.language {
        let words = |story: &Story| folded(story.headline.as_str());
        return apart <= REPEATS_WITHIN && words(known) == words(other);
    }
    known.found.kind != NewsKind::Other && apart <= VERSIONS_WITHIN
}

/// Keeps the earlier moment, and the English words where there are both.
fn absorb(known: &mut Story, also_in: &mut Option<Language>, other: Story) {
    if known.language == other.language {
        return;
    }
    match known.language {
        Language::English => *also_in = Some(other.language),
        Language::Chinese => {
            *also_in = Some(known.language);
            *known = Story {
                published: known.published,
                symbols: known.symbols.clone(),
                ..other
            };
        }
    }
}

/// The id that follows from the story; another where a stranger made a second story with the same.
fn free_id(story: &Story, taken: &mut BTreeSet<NewsId>) -> NewsId {
    let published = story.published.to_rfc3339();
    let own = if story.key.is_empty() {
        [published.as_str(), story.headline.as_str()].join(" ")
    } else {
        story.key.clone()
    };
    let mut id = NewsId::derived(&[&story.source, &own]);
    let mut attempt = 0_u32;
    while !taken.insert(id) {
        attempt += 1;
        id = NewsId::derived(&[&story.source, &own, &attempt.to_string()]);
    }
    id
}

fn named(story: Story, also_in: Option<Language>, id: NewsId) -> Told {
    Told {
        symbols: story.symbols,
        item: NewsItem {
            id,
            source: story.source,
            published: story.published,
            headline: story.headline,
            also_in,
            kind: story.found.kind,
            rule: story.found.rule,
        },
    }
}

#[cfg(test)]
mod tests {
    use catalyst_domain::news::{Language, NewsKind};

    use super::merged;
    use crate::translate::{Story, a_story};

    fn filed(story: Story, filing: &str) -> Story {
        Story {
            filing: Some(filing.to_owned()),
            ..story
        }
    }

    fn kept(stories: Vec<Story>) -> Vec<String> {
        let told = merged(stories).into_iter();
        told.map(|told| format!("{} {}", told.item.source, told.item.headline))
            .collect()
    }

    #[test]
    fn one_story_of_two_feeds_is_told_once_by_the_earlier() {
        let one = a_story("a", 5, "Profit warning");
        let two = a_story("b", 3, "PROFIT  WARNING!");

        assert_eq!(kept(vec![one, two]), ["b PROFIT WARNING!"]);
    }

    #[test]
    fn stories_of_two_companies_under_one_link_stay_two() {
        let front_page = |symbol: &str, headline: &str| Story {
            key: "https://news.example/".to_owned(),
            symbols: [symbol.parse().unwrap()].into(),
            ..a_story("a", 1, headline)
        };
        let told = merged(vec![
            front_page("700", "ABC positive profit alert"),
            front_page("5", "XYZ positive profit alert"),
        ]);

        assert_eq!(told.len(), 2);
        for one in told {
            let whose = if one.item.headline.as_str().starts_with("ABC") {
                "700"
            } else {
                "5"
            };
            assert_eq!(one.symbols, [whose.parse().unwrap()].into());
        }
    }

    #[test]
    fn a_filing_in_both_languages_is_told_in_english_with_the_earlier_moment() {
        let chinese = a_story("a", 1, "盈利警告");
        let english = a_story("a", 4, "Profit warning");

        let told = merged(vec![english, chinese.clone()]);

        assert_eq!(told.len(), 1);
        assert_eq!(told[0].item.headline.as_str(), "Profit warning");
        assert_eq!(told[0].item.also_in, Some(Language::Chinese));
        assert_eq!(told[0].item.published, chinese.published);
    }

    #[test]
    fn different_kinds_times_or_filings_are_different_stories() {
        let late = a_story("a", 12, "Profit warning");
        let early = a_story("a", 1, "盈利警告");
        assert_eq!(kept(vec![late, early]).len(), 2, "eleven minutes apart");

        let good = a_story("a", 1, "盈喜");
        let bad = a_story("a", 1, "Profit warning");
        assert_eq!(kept(vec![good, bad]).len(), 2, "different kinds");

        let form = "Next day disclosure return";
        let one = filed(a_story("a", 1, form), "2026112300001");
        let two = filed(a_story("a", 2, form), "2026112300002");
        assert_eq!(kept(vec![one.clone(), two]).len(), 2, "two filings");
        let again = filed(
            a_story("b", 9, "Another title of a monthly return"),
            "2026112300001",
        );
        assert_eq!(kept(vec![one, again]).len(), 1, "one filing");
    }

    #[test]
    fn a_feed_that_repeats_an_entry_tells_it_once_unless_the_kind_became_another() {
        let first = a_story("a", 1, "Positive profit alert");
        let repeat = Story {
            key: first.key.clone(),
            ..a_story("a", 2, "Positive profit alert (updated)")
        };
        let turned = Story {
            key: first.key.clone(),
            ..a_story("a", 3, "Profit warning")
        };

        let told = merged(vec![first, repeat, turned]);

        let kinds: Vec<_> = told.iter().map(|told| told.item.kind).collect();
        assert_eq!(
            kinds,
            [NewsKind::ProfitWarning, NewsKind::PositiveProfitAlert]
        );
        assert_ne!(told[0].item.id, told[1].item.id);
    }
}
