//! Classifying: the first rule that fits a headline gives its kind and its name to it.

use unicode_normalization::UnicodeNormalization as _;

use super::NewsKind;
use super::fold::folded;
use super::rules::{NO_RULE, RULES, Rule};

/// A headline's kind with the rule that found it.
///
/// Shown at [`classify`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Classified {
    /// What kind of announcement it is.
    pub kind: NewsKind,
    /// The name of the rule; `no_rule` where none fits.
    pub rule: &'static str,
}

impl Classified {
    const UNKNOWN: Self = Self {
        kind: NewsKind::Other,
        rule: NO_RULE,
    };

    /// Whether a category may say more than this: nothing was found, or only that it is inside
    /// information.
    const fn is_vague(self) -> bool {
        matches!(self.kind, NewsKind::Other | NewsKind::InsideInformation)
    }
}

/// Finds the kind of `headline` from its words and, where they do not tell, from the `categories`
/// that its publisher gives it. A category at the head of the headline, in the exchange's own form
/// `Announcements and Notices - [Inside Information / Profit Warning]`, counts as one of them: the
/// exchange files good profit alerts under `Profit Warning` too, so the title goes first.
///
/// Case, width of letters, and punctuation make no difference.
///
/// ```
/// use catalyst_domain::news::{NewsKind, classify};
/// let alert = classify("POSITIVE PROFIT ALERT", &["Profit Warning"]);
/// assert_eq!((alert.kind, alert.rule), (NewsKind::PositiveProfitAlert, "positive_profit_alert"));
/// assert_eq!(classify("中期業績預告：虧損擴大", &[]).kind, NewsKind::ProfitWarning);
/// let vague = classify("INSIDE INFORMATION", &["Profit Warning"]);
/// assert_eq!(vague.kind, NewsKind::ProfitWarning);
/// assert_eq!(classify("New plant opens", &[]).rule, "no_rule");
/// ```
pub fn classify(headline: &str, categories: &[&str]) -> Classified {
    let headline: String = headline.nfkc().collect();
    let (category, title) = divided(&headline);
    let by_title = by_rules(&folded(title));
    if !by_title.is_vague() {
        return by_title;
    }
    category
        .into_iter()
        .chain(categories.iter().copied())
        .map(|category| by_rules(&folded(category)))
        .find(|found| !found.is_vague())
        .unwrap_or(by_title)
}

/// The rules with their kinds, in the order in which they are asked; the last is for what no rule
/// fits.
///
/// ```
/// use catalyst_domain::news::{NewsKind, rule_names};
/// assert_eq!(rule_names().next(), Some(("good_news_taken_back", NewsKind::ProfitWarning)));
/// assert_eq!(rule_names().last(), Some(("no_rule", NewsKind::Other)));
/// ```
pub fn rule_names() -> impl Iterator<Item = (&'static str, NewsKind)> {
    RULES
        .iter()
        .map(|rule| (rule.name, rule.kind))
        .chain([(NO_RULE, NewsKind::Other)])
}

fn by_rules(folded: &str) -> Classified {
    let text = Words::of(folded);
    RULES
        .iter()
        .find(|rule| rule.fits(&text))
        .map_or(Classified::UNKNOWN, |rule| Classified {
            kind: rule.kind,
            rule: rule.name,
        })
}

/// What stands in the square brackets at the head of a headline, and the title behind them.
fn divided(headline: &str) -> (Option<&str>, &str) {
    let Some((before, rest)) = headline.split_once('[') else {
        return (None, headline);
    };
    let Some((inner, title)) = rest.split_once(']') else {
        return (None, headline);
    };
    let head = folded(before);
    let heads = ["", "announcements and notices", "公告及通告", "公告及通知"];
    if heads.contains(&head.as_str()) {
        (Some(inner), title)
    } else {
        (None, headline)
    }
}

impl Rule {
    /// Every group has a phrase in the text, and no phrase of `unless` is there.
    fn fits(&self, text: &Words<'_>) -> bool {
        let has_one = |group: &str| {
            let phrases = group.split('|').map(str::trim);
            phrases
                .filter(|phrase| !phrase.is_empty())
                .any(|phrase| text.holds(phrase))
        };
        self.needs.iter().all(|group| has_one(group)) && !has_one(self.unless)
    }
}

/// A folded text, and what stands of it from the beginning of each word on.
struct Words<'a> {
    text: &'a str,
    from_words: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let blanks = text.match_indices(' ');
        let later = blanks.filter_map(|(at, _)| text.get(at + 1..));
        Self {
            text,
            from_words: std::iter::once(text).chain(later).collect(),
        }
    }

    /// Whether a phrase stands in the text: Latin letters from the beginning of a word on, so that a
    /// plural or a past tense needs no line of its own; Chinese ones anywhere.
    fn holds(&self, phrase: &str) -> bool {
        if phrase.is_ascii() {
            return self.from_words.iter().any(|rest| rest.starts_with(phrase));
        }
        !self.text.is_ascii() && self.text.contains(phrase)
    }
}
