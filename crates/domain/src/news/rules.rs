//! The rules that tell announcements apart, in the order in which they are asked: bad news first,
//! so that no good or routine word beside it hides it, then fixed forms and routine paper, then the rest.
//!
//! Sources: headline categories of the HKEX news site (Listing Rules, appendix 24), and the
//! customary titles of filings in English and in both Chinese scripts. Phrases stand as folded text.

use super::NewsKind;

/// The name that is given where no rule fits.
pub(super) const NO_RULE: &str = "no_rule";

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) kind: NewsKind,
    /// Groups of phrases divided by bars; one phrase of each group must be there.
    pub(super) needs: &'static [&'static str],
    /// Phrases divided by bars; none of these may be there.
    pub(super) unless: &'static str,
}

const fn rule(
    name: &'static str,
    kind: NewsKind,
    needs: &'static [&'static str],
    unless: &'static str,
) -> Rule {
    Rule {
        name,
        kind,
        needs,
        unless,
    }
}

/// All rules.
pub(super) const RULES: &[Rule] = &[
    rule(
        "good_news_taken_back",
        NewsKind::ProfitWarning,
        &[
            "positive profit | profit alert increase | 盈利預喜 | 盈利预喜 | 盈喜 | 正面盈利 | \
             業績預增 | 业绩预增 | 盈利預增 | 盈利预增 | turnaround | loss to profit | 扭虧 | 扭亏",
            "withdraw | withdrew | retract | rules out | rule out | ruled out | denies | denied | \
             denial | scrap | shelve | abandon | 撤回 | 撤銷 | 撤销 | 否認 | 否认",
        ],
        "",
    ),
    rule(
        "profit_warning",
        NewsKind::ProfitWarning,
        &["profit warning | loss warning | negative profit alert | \
           profit alert decrease | 盈利警告 | 盈利預警 | 盈利预警 | 盈警 | 溢利警告 | \
           業績預減 | 业绩预减 | 業績預虧 | 业绩预亏 | 預期虧損增加 | 预期亏损增加"],
        "",
    ),
    rule(
        "turned_to_loss",
        NewsKind::ProfitWarning,
        &[
            "loss widen | widened loss | wider loss | swings to loss | swing to loss | \
           swung to loss | turns to loss | increase in loss | increase in net loss | \
           虧損擴大 | 亏损扩大 | 虧損增加 | 亏损增加 | 轉盈為虧 | 转盈为亏 | 由盈轉虧 | \
           由盈转亏 | 盈轉虧 | 盈转亏",
        ],
        "",
    ),
    rule(
        "petition_dropped",
        NewsKind::InsideInformation,
        &[
            "winding up | 清盤 | 清盘",
            "dismissal of | dismissed | withdrawal of | withdrawn | 撤銷 | 撤销 | 撤回 | 駁回 | 驳回",
        ],
        "",
    ),
    rule(
        "distress",
        NewsKind::Distress,
        &[
            "winding up | liquidator | event of default | cross default | defaults on | \
           default on | defaulted on | default of | default in | defaulted | \
           non payment of | receivership | appointment of receiver | bankrupt | \
           insolven | disclaimer of opinion | \
           delay in publication | delay in publishing | delay in the publication | \
           delay in despatch | resignation of auditor | 清盤 | 清盘 | 違約 | 违约 | \
           破產 | 破产 | 接管人 | \
           無法表示意見 | 无法表示意见 | 延遲刊發 | 延迟刊发 | 延遲寄發 | 核數師辭任 | \
           核数师辞任 | 辭任核數師",
        ],
        "",
    ),
    rule(
        "delisting",
        NewsKind::Distress,
        &["cancellation of listing | cancel listing | 除牌 | 退市 | 取消上市地位 | 取消本公司上市"],
        "privatis | privatiz | 私有化",
    ),
    rule(
        "short_seller",
        NewsKind::ShortSellerReport,
        &[
            "short seller | short selling report | short report | muddy waters | \
           hindenburg research | blue orca | grizzly research | gmt research | \
           citron research | 做空報告 | 做空报告 | 做空機構 | 做空机构 | 沽空報告 | \
           沽空报告 | 沽空機構 | 沽空机构 | 渾水 | 浑水",
        ],
        "",
    ),
    rule(
        "investigation",
        NewsKind::Investigation,
        &[
            "under investigation | investigation by | investigation into | investigates | \
           independent investigation | forensic investigation | antitrust probe | \
           probe into | disciplinary action | fined | reprimand | detained | \
           search warrant | 立案調查 | 立案调查 | 被調查 | 被调查 | 接受調查 | \
           接受调查 | 獨立調查 | 独立调查 | 被罰款 | 被罚款 | 紀律行動 | 纪律行动 | \
           譴責 | 谴责 | 被扣留 | 被拘留",
        ],
        "",
    ),
    rule(
        "still_suspended",
        NewsKind::TradingHalt,
        &[
            "continued suspension | continuing suspension | resumption guidance | \
           resumption progress | progress of resumption | status of resumption | \
           繼續停牌 | 继续停牌 | 持續停牌 | 持续停牌 | 繼續暫停買賣 | 继续暂停买卖 | \
           復牌指引 | 复牌指引 | 復牌進展 | 复牌进展 | 復牌狀況 | 复牌状况",
        ],
        "",
    ),
    rule(
        "trading_halt",
        NewsKind::TradingHalt,
        &[
            "trading halt | halt of trading | halts trading | trading halted | \
           trading in shares halted | suspension of trading | trading suspen | \
           suspends trading | shares suspended | shares halted | 停牌 | 短暫停牌 | \
           暫停買賣 | 暂停买卖 | 暫停交易 | 暂停交易",
        ],
        "resumption of trading | resumption in trading | resume trading | \
         resumes trading | trading resume | 復牌 | 复牌 | 恢復買賣 | 恢复买卖 | \
         恢復交易 | 恢复交易",
    ),
    rule(
        "issue_ended",
        NewsKind::RoutineFiling,
        &[
            "completion of placing | completion of the placing | completion of share placement | \
             completion of subscription | completion of the subscription | \
             completion of rights issue | completion of the rights issue | \
             completion of open offer | completion of the open offer | placing completed | \
             subscription completed | rights issue completed | lapse of placing | \
             lapse of the placing | lapse of subscription | lapse of the subscription | \
             termination of placing | termination of the placing | \
             termination of subscription | termination of the subscription | \
             termination of rights issue | termination of the rights issue | \
             results of the rights | results of rights | result of the rights | \
             result of rights | rights issue results | results of the open offer | \
             results of the placing | results of placing | 配售完成 | 認購完成 | 认购完成 | \
             供股完成 | 配售失效 | 認購失效 | 认购失效 | 配售終止 | 配售终止 | 終止配售 | \
             终止配售 | 終止認購 | 终止认购 | 終止供股 | 终止供股 | 完成配售 | 完成認購 | \
             完成认购 | 完成供股 | 完成根據一般授權 | 完成根据一般授权 | 供股結果 | \
             供股结果 | 供股之結果",
        ],
        "proposed | 建議 | 建议",
    ),
    rule(
        "rights_issue",
        NewsKind::RightsIssue,
        &["rights issue | open offer | 供股"],
        "next day disclosure return | 翌日披露",
    ),
    rule(
        "placing",
        NewsKind::Placing,
        &[
            "placing | share placement | private placement | placement of | \
           top up subscription | subscription of new shares | \
           subscription for new shares | subscription of shares under | \
           issue of new shares under | issue of shares under | issue of convertible | \
           convertible bond | convertible note | exchangeable bond | block trade | \
           block sale | 配售 | 配股 | 先舊後新 | 先旧后新 | 認購新股 | 认购新股 | \
           根據一般授權發行 | 根据一般授权发行 | 可換股債券 | 可换股债券 | 可轉換債券 | \
           可转换债券 | 可轉債 | 可转债 | 大宗減持",
        ],
        "placing order | placing bet | placing emphasis | placing itself | monthly | \
         next day disclosure return | 翌日披露",
    ),
    rule(
        "return_form",
        NewsKind::RoutineFiling,
        &[
            "next day disclosure return | monthly return | 翌日披露報表 | 翌日披露报表 | \
           月報表 | 月报表",
        ],
        "",
    ),
    rule(
        "meeting_paper",
        NewsKind::RoutineFiling,
        &[
            "date of board meeting | board meeting date | notice of board meeting | \
           notification of board meeting | board meeting notice | \
           notice of annual general meeting | notice of agm | \
           notice of extraordinary general meeting | notice of egm | \
           notice of special general meeting | notice of general meeting | \
           poll results | poll result | voting results | \
           results of the annual general meeting | form of proxy | proxy form | \
           annual general meeting held | 董事會會議日期 | 董事会会议日期 | \
           董事會召開日期 | 董事会召开日期 | 董事會會議通知 | 董事会会议通知 | \
           股東週年大會 | 股东周年大会 | 股東周年大會 | 股東特別大會 | 股东特别大会 | \
           股東大會通告 | 股东大会通告 | 投票表決結果 | 投票表决结果 | 表決結果 | \
           表决结果 | 代表委任表格 | 委任代表表格",
        ],
        "",
    ),
    rule(
        "corporate_paper",
        NewsKind::RoutineFiling,
        &[
            "closure of register | closure of the register | list of directors | \
           terms of reference | change of address | change of company secretary | \
           change of auditor | change of auditors | appointment of auditor | \
           re appointment of auditor | change of registered office | \
           change of principal place | change in board lot | change of board lot | \
           change of company name | change of stock short name | general mandate to | \
           general mandates to | mandate to repurchase | mandate to buy back | \
           buy back mandate | buyback mandate | grant of share option | grant of award | \
           grant of restricted | share award scheme | share option scheme | \
           environmental social and governance report | esg report | \
           publication of annual report | publication of interim report | despatch of | \
           overseas regulatory announcement | memorandum and articles | \
           articles of association | 暫停辦理 | 暂停办理 | 董事名單 | 董事名单 | \
           職權範圍 | 职权范围 | 更改地址 | 更改註冊辦事處 | 更改公司秘書 | \
           更換公司秘書 | 更换公司秘书 | 更換核數師 | 更换核数师 | 建議更換核數師 | \
           委任核數師 | 續聘核數師 | 更改每手買賣單位 | 更改每手买卖单位 | \
           更改公司名稱 | 更改公司名称 | 一般性授權 | 一般性授权 | 回購授權 | 回购授权 | \
           購回授權 | 购回授权 | 授出購股權 | 授出购股权 | 授出獎勵 | 授出奖励 | \
           購股權計劃 | 购股权计划 | 環境社會及管治報告 | 环境社会及管治报告 | \
           海外監管公告 | 海外监管公告 | 公司章程 | 組織章程",
        ],
        "",
    ),
    rule(
        "positive_profit_alert",
        NewsKind::PositiveProfitAlert,
        &[
            "positive profit alert | positive profit | profit alert increase | 盈利預喜 | \
           盈利预喜 | 盈喜 | 正面盈利 | 業績預增 | 业绩预增 | 盈利預增 | 盈利预增 | \
           預期盈利增加 | 预期盈利增加",
        ],
        "no positive profit",
    ),
    rule(
        "loss_narrows",
        NewsKind::PositiveProfitAlert,
        &[
            "loss narrow | losses narrow | narrower loss | narrowed loss | \
           narrowing of loss | narrows loss | narrows net loss | decrease in loss | \
           decrease in net loss | reduction in loss | reduction in net loss | \
           reduction of loss | reduced loss | 減虧 | 减亏 | 虧損收窄 | 亏损收窄 | \
           虧損減少 | 亏损减少 | 虧損大幅減少 | 亏损大幅减少 | 減少虧損 | 减少亏损 | \
           收窄虧損 | 收窄亏损",
        ],
        "",
    ),
    rule(
        "turned_to_profit",
        NewsKind::PositiveProfitAlert,
        &[
            "turnaround from loss | turnaround to profit | turn around from loss | \
           turns loss into profit | turned loss into profit | swings to profit | \
           swing to profit | swung to profit | loss to profit | 扭虧為盈 | 扭亏为盈 | \
           扭虧 | 扭亏 | 轉虧為盈 | 转亏为盈",
        ],
        "",
    ),
    rule(
        "profit_alert_unsaid",
        NewsKind::InsideInformation,
        &["profit alert | 盈利預告 | 盈利预告 | 業績預告 | 业绩预告 | 溢利預告"],
        "",
    ),
    rule(
        "buyback",
        NewsKind::Buyback,
        &[
            "share buyback | share buy back | shares buy back | stock buyback | \
           share repurchase | buyback program | buyback plan | buy back program | \
           buy back plan | repurchase program | repurchase of shares | repurchase plan | \
           on market buy back | 回購股份 | 回购股份 | 股份回購 | \
           股份回购 | 購回股份 | 购回股份 | 股份購回 | 股份购回 | 回購計劃 | 回购计划",
        ],
        "ends | suspend | cancel | terminat | halt | scrap | shelve | abandon | withdraw | rules out | \
         rule out | ruled out | denies | denied | 完成 | 終止 | 终止 | 註銷 | 注销 | 撤回 | 否認 | \
         否认 | 取消 | 暫停 | 暂停",
    ),
    rule(
        "resumption",
        NewsKind::Resumption,
        &[
            "resumption of trading | resumption in trading | resume trading | \
           resumes trading | trading resume | trading to resume | 復牌 | 复牌 | \
           恢復買賣 | 恢复买卖 | 恢復交易 | 恢复交易",
        ],
        "",
    ),
    rule(
        "index_change",
        NewsKind::IndexChange,
        &["index constituent | constituent of the hang seng | \
           constituents of the hang seng | joins hang seng | join hang seng | \
           added to hang seng | added to the hang seng | removed from hang seng | \
           removed from the hang seng | inclusion in the hang seng | \
           included in the hang seng | hang seng index review | \
           hang seng indexes review | index review results | inclusion in msci | \
           included in msci | stock connect inclusion | included in stock connect | \
           southbound inclusion | 成份股 | 成分股 | 染藍 | 染蓝 | 納入恒生 | 纳入恒生 | \
           剔出恒生 | 納入msci | 納入港股通 | 纳入港股通 | 調出港股通 | 调出港股通"],
        "",
    ),
    rule(
        "results",
        NewsKind::Results,
        &[
            "annual results | interim results | final results | quarterly results | \
           quarter results | results announcement | announcement of results | \
           results for the | half year results | unaudited results | audited results | \
           net profit | q1 results | q2 results | q3 results | q4 results | 全年業績 | \
           全年业绩 | 年度業績 | 年度业绩 | 中期業績 | 中期业绩 | 季度業績 | 季度业绩 | \
           季業績 | 季业绩 | 末期業績 | 業績公告 | 业绩公告 | 業績公佈 | 業績快報 | \
           业绩快报 | 純利 | 净利润 | 淨利潤",
        ],
        "",
    ),
    rule(
        "inside_information",
        NewsKind::InsideInformation,
        &[
            "inside information | price sensitive information | 內幕消息 | 内幕消息 | \
           內幕資料 | 股價敏感資料",
        ],
        "",
    ),
];
