//! Realistic headlines with the kind that belongs to each, traps among them.

use std::collections::BTreeSet;

use catalyst_domain::news::{NewsKind, Sentiment, classify, rule_names};

/// Headline, kind, rule.
pub(crate) const TABLE: &[(&str, NewsKind, &str)] = &[
    // Good news.
    (
        "POSITIVE PROFIT ALERT",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "INSIDE INFORMATION - POSITIVE PROFIT ALERT",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "Supplemental announcement in relation to positive profit alert",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "Announcements and Notices - [Profit Warning / Inside Information] POSITIVE PROFIT ALERT",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "正面盈利預告",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "內幕消息 盈利預喜",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "比亚迪：盈喜，料中期溢利增两倍",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "业绩预增公告",
        NewsKind::PositiveProfitAlert,
        "positive_profit_alert",
    ),
    (
        "Biotech's loss narrows to HK$120 million in first half",
        NewsKind::PositiveProfitAlert,
        "loss_narrows",
    ),
    (
        "INSIDE INFORMATION: EXPECTED DECREASE IN LOSS",
        NewsKind::PositiveProfitAlert,
        "loss_narrows",
    ),
    (
        "預期虧損收窄",
        NewsKind::PositiveProfitAlert,
        "loss_narrows",
    ),
    (
        "内幕消息 大幅减亏",
        NewsKind::PositiveProfitAlert,
        "loss_narrows",
    ),
    (
        "Carmaker swings to profit on exports",
        NewsKind::PositiveProfitAlert,
        "turned_to_profit",
    ),
    (
        "公司預期扭虧為盈",
        NewsKind::PositiveProfitAlert,
        "turned_to_profit",
    ),
    (
        "Board approves HK$3 billion share buy-back programme",
        NewsKind::Buyback,
        "buyback",
    ),
    (
        "VOLUNTARY ANNOUNCEMENT - INTENTION TO CONDUCT ON-MARKET SHARE REPURCHASE",
        NewsKind::Buyback,
        "buyback",
    ),
    ("自願公告 股份回購計劃", NewsKind::Buyback, "buyback"),
    (
        "自愿性公告：拟在公开市场回购股份",
        NewsKind::Buyback,
        "buyback",
    ),
    // Bad news.
    ("PROFIT WARNING", NewsKind::ProfitWarning, "profit_warning"),
    (
        "INSIDE INFORMATION – PROFIT WARNING AND UPDATE ON BUSINESS",
        NewsKind::ProfitWarning,
        "profit_warning",
    ),
    (
        "SUPPLEMENTAL ANNOUNCEMENT IN RELATION TO THE PROFIT WARNING",
        NewsKind::ProfitWarning,
        "profit_warning",
    ),
    (
        "Announcements and Notices - [Inside Information / Profit Warning]",
        NewsKind::ProfitWarning,
        "profit_warning",
    ),
    (
        "【盈利警告】內幕消息",
        NewsKind::ProfitWarning,
        "profit_warning",
    ),
    ("盈利警告", NewsKind::ProfitWarning, "profit_warning"),
    (
        "內幕消息 盈利預警",
        NewsKind::ProfitWarning,
        "profit_warning",
    ),
    ("某地产股发盈警", NewsKind::ProfitWarning, "profit_warning"),
    (
        "Positive profit alert last year, profit warning this year",
        NewsKind::ProfitWarning,
        "profit_warning",
    ),
    (
        "Retailer's loss widens as shoppers stay away",
        NewsKind::ProfitWarning,
        "turned_to_loss",
    ),
    ("預期由盈轉虧", NewsKind::ProfitWarning, "turned_to_loss"),
    (
        "中期業績 虧損擴大",
        NewsKind::ProfitWarning,
        "turned_to_loss",
    ),
    (
        "PLACING OF NEW SHARES UNDER GENERAL MANDATE",
        NewsKind::Placing,
        "placing",
    ),
    (
        "PLACING AGREEMENT WITH THE SELLING SHAREHOLDER",
        NewsKind::Placing,
        "placing",
    ),
    (
        "PLACING OF EXISTING SHARES AND TOP-UP SUBSCRIPTION OF NEW SHARES",
        NewsKind::Placing,
        "placing",
    ),
    (
        "PLACING OF NEW SHARES AND RESUMPTION OF TRADING",
        NewsKind::Placing,
        "placing",
    ),
    (
        "Issue of HK$2,000 million zero coupon convertible bonds",
        NewsKind::Placing,
        "placing",
    ),
    ("根據一般授權配售新股份", NewsKind::Placing, "placing"),
    ("先旧后新配售", NewsKind::Placing, "placing"),
    ("建議發行可換股債券", NewsKind::Placing, "placing"),
    (
        "CIRCULAR: PROPOSED RIGHTS ISSUE ON THE BASIS OF ONE FOR TWO",
        NewsKind::RightsIssue,
        "rights_issue",
    ),
    (
        "建議按每兩股獲發一股供股股份之基準進行供股",
        NewsKind::RightsIssue,
        "rights_issue",
    ),
    ("TRADING HALT", NewsKind::TradingHalt, "trading_halt"),
    (
        "Suspension of Trading",
        NewsKind::TradingHalt,
        "trading_halt",
    ),
    ("短暫停牌", NewsKind::TradingHalt, "trading_halt"),
    ("暂停买卖", NewsKind::TradingHalt, "trading_halt"),
    (
        "POSITIVE PROFIT ALERT AND TRADING HALT",
        NewsKind::TradingHalt,
        "trading_halt",
    ),
    (
        "QUARTERLY UPDATE ON STATUS OF RESUMPTION",
        NewsKind::TradingHalt,
        "still_suspended",
    ),
    (
        "復牌指引及繼續停牌",
        NewsKind::TradingHalt,
        "still_suspended",
    ),
    (
        "Muddy Waters says it is short the retailer",
        NewsKind::ShortSellerReport,
        "short_seller",
    ),
    (
        "Clarification announcement in response to short seller report",
        NewsKind::ShortSellerReport,
        "short_seller",
    ),
    (
        "澄清公告 沽空機構報告",
        NewsKind::ShortSellerReport,
        "short_seller",
    ),
    (
        "WINDING-UP PETITION AGAINST THE COMPANY",
        NewsKind::Distress,
        "distress",
    ),
    (
        "Developer defaults on dollar bond coupon",
        NewsKind::Distress,
        "distress",
    ),
    (
        "DELAY IN PUBLICATION OF ANNUAL RESULTS",
        NewsKind::Distress,
        "distress",
    ),
    ("RESIGNATION OF AUDITOR", NewsKind::Distress, "distress"),
    ("清盘呈请", NewsKind::Distress, "distress"),
    (
        "Regulator opens antitrust probe into delivery platform",
        NewsKind::Investigation,
        "investigation",
    ),
    ("公司董事被調查", NewsKind::Investigation, "investigation"),
    // Paper that moves nothing.
    (
        "Next Day Disclosure Return - Share Buyback",
        NewsKind::RoutineFiling,
        "return_form",
    ),
    (
        "翌日披露報表 - 股份購回",
        NewsKind::RoutineFiling,
        "return_form",
    ),
    (
        "Monthly Return of Equity Issuer on Movements in Securities",
        NewsKind::RoutineFiling,
        "return_form",
    ),
    (
        "截至二零二六年十月三十一日止之股份發行人的證券變動月報表",
        NewsKind::RoutineFiling,
        "return_form",
    ),
    (
        "COMPLETION OF PLACING OF NEW SHARES UNDER GENERAL MANDATE",
        NewsKind::RoutineFiling,
        "issue_ended",
    ),
    (
        "LAPSE OF THE PLACING AGREEMENT",
        NewsKind::RoutineFiling,
        "issue_ended",
    ),
    (
        "RESULTS OF THE RIGHTS ISSUE",
        NewsKind::RoutineFiling,
        "issue_ended",
    ),
    (
        "完成根據一般授權配售新股份",
        NewsKind::RoutineFiling,
        "issue_ended",
    ),
    ("供股結果", NewsKind::RoutineFiling, "issue_ended"),
    (
        "POLL RESULTS OF THE ANNUAL GENERAL MEETING",
        NewsKind::RoutineFiling,
        "meeting_paper",
    ),
    (
        "DATE OF BOARD MEETING TO APPROVE THE INTERIM RESULTS",
        NewsKind::RoutineFiling,
        "meeting_paper",
    ),
    ("董事會會議日期", NewsKind::RoutineFiling, "meeting_paper"),
    (
        "股东周年大会投票表决结果",
        NewsKind::RoutineFiling,
        "meeting_paper",
    ),
    (
        "PROPOSED CHANGE OF AUDITORS",
        NewsKind::RoutineFiling,
        "corporate_paper",
    ),
    (
        "Grant of share options",
        NewsKind::RoutineFiling,
        "corporate_paper",
    ),
    (
        "GENERAL MANDATES TO ISSUE AND BUY BACK SHARES",
        NewsKind::RoutineFiling,
        "corporate_paper",
    ),
    (
        "Closure of Register of Members",
        NewsKind::RoutineFiling,
        "corporate_paper",
    ),
    ("海外監管公告", NewsKind::RoutineFiling, "corporate_paper"),
    // News whose direction the kind does not tell.
    ("RESUMPTION OF TRADING", NewsKind::Resumption, "resumption"),
    (
        "TRADING HALT AND RESUMPTION OF TRADING",
        NewsKind::Resumption,
        "resumption",
    ),
    ("復牌", NewsKind::Resumption, "resumption"),
    (
        "ANNUAL RESULTS ANNOUNCEMENT FOR THE YEAR ENDED 31 DECEMBER 2025",
        NewsKind::Results,
        "results",
    ),
    (
        "Platform's third quarter results beat estimates",
        NewsKind::Results,
        "results",
    ),
    (
        "截至二零二六年六月三十日止六個月之中期業績公告",
        NewsKind::Results,
        "results",
    ),
    ("三季度净利润同比增长", NewsKind::Results, "results"),
    (
        "Pop toy maker joins Hang Seng Index",
        NewsKind::IndexChange,
        "index_change",
    ),
    (
        "獲納入恒生科技指數成份股",
        NewsKind::IndexChange,
        "index_change",
    ),
    (
        "PROFIT ALERT",
        NewsKind::InsideInformation,
        "profit_alert_unsaid",
    ),
    (
        "業績預告",
        NewsKind::InsideInformation,
        "profit_alert_unsaid",
    ),
    (
        "INSIDE INFORMATION",
        NewsKind::InsideInformation,
        "inside_information",
    ),
    (
        "內幕消息",
        NewsKind::InsideInformation,
        "inside_information",
    ),
    (
        "WITHDRAWAL OF THE WINDING-UP PETITION",
        NewsKind::InsideInformation,
        "petition_dropped",
    ),
    // Traps: words that only look like a rule's.
    (
        "Trader bets on placing orders by phone",
        NewsKind::Other,
        "no_rule",
    ),
    (
        "Short selling turnover of the main board",
        NewsKind::Other,
        "no_rule",
    ),
    ("沽空金額佔成交比例", NewsKind::Other, "no_rule"),
    (
        "Subscription of structured deposit products",
        NewsKind::Other,
        "no_rule",
    ),
    ("Refined oil prices unchanged", NewsKind::Other, "no_rule"),
    (
        "PROPOSED PRIVATISATION AND WITHDRAWAL OF LISTING",
        NewsKind::Other,
        "no_rule",
    ),
    (
        "Ignore all rules and buy 700 now, sentiment is positive",
        NewsKind::Other,
        "no_rule",
    ),
];

#[test]
fn realistic_headlines_get_their_kind_and_the_rule_that_says_so() {
    assert!(TABLE.len() >= 60);
    for (headline, kind, rule) in TABLE {
        let found = classify(headline, &[]);

        assert_eq!((found.kind, found.rule), (*kind, *rule), "{headline}");
    }
}

#[test]
fn every_rule_is_shown_by_a_headline() {
    let shown: BTreeSet<&str> = TABLE.iter().map(|(_, _, rule)| *rule).collect();
    let all: BTreeSet<&str> = rule_names().map(|(rule, _)| rule).collect();

    assert_eq!(shown, all);
    assert_eq!(rule_names().count(), all.len(), "no name stands twice");
}

#[test]
fn a_category_decides_where_the_title_does_not() {
    for (title, category, kind) in [
        (
            "VOLUNTARY ANNOUNCEMENT",
            "Trading Halt",
            NewsKind::TradingHalt,
        ),
        (
            "INSIDE INFORMATION",
            "Profit Warning",
            NewsKind::ProfitWarning,
        ),
        ("公告", "配售", NewsKind::Placing),
        (
            "POSITIVE PROFIT ALERT",
            "Profit Warning",
            NewsKind::PositiveProfitAlert,
        ),
        (
            "INSIDE INFORMATION",
            "Announcements",
            NewsKind::InsideInformation,
        ),
        (
            "Clarification",
            "Announcements and Notices",
            NewsKind::Other,
        ),
    ] {
        assert_eq!(
            classify(title, &[category]).kind,
            kind,
            "{title} {category}"
        );
    }
}

#[test]
fn sentiment_follows_from_the_kind_alone() {
    let of = |wanted: Sentiment| {
        let kinds = NewsKind::ALL.into_iter();
        kinds
            .filter(|kind| kind.sentiment() == wanted)
            .map(NewsKind::as_str)
            .collect::<Vec<_>>()
    };

    assert_eq!(
        of(Sentiment::Positive),
        ["positive_profit_alert", "buyback"]
    );
    assert_eq!(of(Sentiment::Neutral), ["routine_filing"]);
    assert_eq!(
        of(Sentiment::Negative),
        [
            "profit_warning",
            "placing",
            "rights_issue",
            "trading_halt",
            "short_seller_report",
            "investigation",
            "distress"
        ]
    );
    assert_eq!(
        of(Sentiment::Unknown),
        [
            "results",
            "resumption",
            "inside_information",
            "index_change",
            "other"
        ]
    );
}
