//! Headlines of the broker's providers through the same cleaning as those of every feed.

use std::collections::BTreeSet;

use catalyst_domain::news::{HeadlineText, NewsId, classify, folded};
use catalyst_ports::news::NewsItem;
use ibapi::news::NewsArticle;

use super::time::from_offset;

/// One article as a headline; `None` where it has no words or no moment.
pub(crate) fn item_of(article: &NewsArticle) -> Option<NewsItem> {
    let headline = HeadlineText::clean(without_tags(&article.headline)).ok()?;
    let found = classify(headline.as_str(), &[]);
    Some(NewsItem {
        id: NewsId::derived(&[&article.provider_code, &article.article_id]),
        source: source_of(&article.provider_code),
        published: from_offset(article.time)?,
        also_in: None,
        kind: found.kind,
        rule: found.rule,
        headline,
    })
}

/// Providers put codes between braces before the words, such as `{A:800015:L:en}`.
fn without_tags(headline: &str) -> &str {
    let tagged = headline.trim_start().strip_prefix('{');
    let words = tagged.and_then(|rest| rest.split_once('}'));
    words.map_or(headline, |(_, words)| words.trim_start_matches('!'))
}

fn source_of(code: &str) -> String {
    code.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .take(16)
        .collect()
}

/// Each story once by its name, its words and its kind, newest first; of two the earlier is kept.
pub(crate) fn without_repeats(mut items: Vec<NewsItem>) -> Vec<NewsItem> {
    items.sort_by_key(|item| (item.published, item.id));
    let (mut names, mut words) = (BTreeSet::new(), BTreeSet::new());
    items.retain(|item| {
        let told = (folded(item.headline.as_str()), item.rule);
        names.insert(item.id) && words.insert(told)
    });
    items.reverse();
    items
}

#[cfg(test)]
mod tests {
    use ibapi::news::NewsArticle;
    use time::OffsetDateTime;

    use super::{item_of, without_repeats};

    fn article(id: &str, epoch: i64, headline: &str) -> NewsArticle {
        NewsArticle {
            time: OffsetDateTime::from_unix_timestamp(epoch).unwrap(),
            provider_code: "BRFG".to_owned(),
            article_id: id.to_owned(),
            headline: headline.to_owned(),
            extra_data: String::new(),
        }
    }

    #[test]
    fn a_headline_is_cleaned_of_the_providers_tags() {
        let item = item_of(&article(
            "1",
            1_789_351_200,
            "{A:1:L:en}Profit\u{202e} warning",
        ));

        assert_eq!(item.unwrap().headline.as_str(), "Profit warning");
        assert_eq!(item_of(&article("1", 1_789_351_200, "{A:1} ")), None);
    }

    #[test]
    fn a_repeated_story_is_told_once_newest_first() {
        let told = [
            article("1", 1_789_351_200, "Profit warning"),
            article("1", 1_789_351_200, "Profit warning"),
            article("2", 1_789_351_260, "PROFIT  WARNING"),
            article("3", 1_789_351_320, "Positive profit alert"),
        ];

        let items = without_repeats(told.iter().filter_map(item_of).collect());

        let words: Vec<_> = items.iter().map(|item| item.headline.as_str()).collect();
        assert_eq!(words, ["Positive profit alert", "Profit warning"]);
    }
}
