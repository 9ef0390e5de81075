//! One exchange day: the rows of one moment that tell it, followed by what the own handle keeps, and the
//! day told from them.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{DayJournal, DecisionNote, IntentRecord};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::cash::AccountRows;
use super::families::FamilyRows;
use super::findings::FindingRows;
use super::holdings::HoldingRows;
use super::keep::Left;
use super::read::{ReadError, cycles_of};
use super::switch::SwitchRows;
use super::verify::last_row;
use super::{MarketRules, Store};
use crate::entity::{AnyRow, decision};
use crate::translate::cell::Unreadable;
use crate::translate::note::{decision_of, state_of};

/// Every row that one day of a book is told from.
#[derive(Debug, Clone)]
pub(crate) struct DayRows {
    date: TradingDate,
    end: i64,
    account: AccountRows,
    holdings: HoldingRows,
    families: FamilyRows,
    switch: SwitchRows,
    findings: FindingRows,
    decisions: Vec<decision::Model>,
    /// What they told last, until one is added.
    told: Option<Arc<DayJournal>>,
}

impl Store {
    /// The rows of `date` in `book`.
    pub(crate) async fn day(&self, book: i64, date: TradingDate) -> Result<DayRows, ReadError> {
        let db = self.reading().await?;
        let rows = DayRows {
            date,
            end: last_row(&db).await?,
            account: AccountRows::load(&db, book, date).await?,
            holdings: HoldingRows::load(&db, book, date).await?,
            families: FamilyRows::load(&db, book, date).await?,
            switch: SwitchRows::load(&db, book, date).await?,
            findings: FindingRows::load(&db, book, date).await?,
            decisions: decisions_of(&db, book, date).await?,
            told: None,
        };
        db.commit().await?;
        Ok(rows)
    }
}

impl DayRows {
    /// Which day.
    pub(crate) const fn date(&self) -> TradingDate {
        self.date
    }

    /// The last row of the chain that is known to these.
    pub(crate) const fn end(&self) -> i64 {
        self.end
    }

    /// Follows a commit of this very day that began at the end of these rows; `None` when it moved what
    /// they were chosen by, and they have to be looked for again.
    pub(crate) fn followed_by(mut self, added: &[AnyRow]) -> Option<Self> {
        let mut is_known = true;
        for row in added {
            is_known &= self.add(row);
            self.end = row.id();
        }
        (is_known && self.account.is_whole()).then_some(self)
    }

    /// What a run of this very day leaves that adds `rows` behind the end of these; `None` when they move
    /// what these were chosen by.
    pub(super) fn left_by(&self, rows: &[AnyRow], rules: &MarketRules) -> Option<Left> {
        let all = self.clone().followed_by(rows)?;
        Some(Left {
            flat: all.holdings.is_flat(rules, self.date),
            open_from: all.families.first_open(),
        })
    }

    fn add(&mut self, row: &AnyRow) -> bool {
        let mut is_known = true;
        match row {
            AnyRow::Execution(row) => {
                self.account.add(row);
                is_known = self.holdings.add(row);
            }
            AnyRow::Commission(row) => {
                self.account.add_cost(row);
                self.holdings.add_cost(row);
            }
            AnyRow::WriteOff(row) => self.holdings.add_write_off(row),
            AnyRow::Reading(row) => self.account.add_reading(row),
            AnyRow::LimitChange(row) => self.account.add_change(row),
            AnyRow::OrderIntent(row) => self.families.add(row),
            AnyRow::Settlement(row) => self.families.add_ending(row),
            AnyRow::Halt(row) => self.switch.add(row),
            AnyRow::Comparison(row) => self.findings.begin(row),
            AnyRow::Finding(row) => self.findings.add(row),
            AnyRow::Decision(row) => self.decisions.push(row.clone()),
            AnyRow::Book(_)
            | AnyRow::Cycle(_)
            | AnyRow::CycleEnd(_)
            | AnyRow::ToolCall(_)
            | AnyRow::Verdict(_)
            | AnyRow::OrderEvent(_)
            | AnyRow::Alert(_)
            | AnyRow::AlertEnd(_)
            | AnyRow::ModelUsage(_)
            | AnyRow::ProofOfLife(_)
            | AnyRow::Batch(_) => return true,
        }
        self.told = None;
        is_known
    }

    /// The day they tell.
    pub(crate) fn told(&mut self, rules: &MarketRules) -> Result<Arc<DayJournal>, ReadError> {
        let day = match self.told.take() {
            Some(day) => day,
            None => Arc::new(self.tell(rules)?),
        };
        self.told = Some(Arc::clone(&day));
        Ok(day)
    }

    fn tell(&mut self, rules: &MarketRules) -> Result<DayJournal, ReadError> {
        let folded = self.holdings.fold(rules, self.date)?;
        let (state, move_of_day) = self.switched()?;
        let (findings, findings_carried) = self.findings.told(self.date)?;
        Ok(DayJournal {
            equity_at_open: self.account.equity_at_open()?,
            equity_last: self.account.equity_last()?,
            cash_expected: self.account.cash_expected()?,
            opening: folded.opening,
            holdings: folded.holdings,
            fills: folded.fills,
            families: self.families.told(&rules.ticks)?,
            state,
            move_of_day,
            findings,
            findings_carried,
            limits: self.account.limits(),
            decisions: self.decisions()?,
        })
    }

    /// The families without an end, of whatever day.
    pub(crate) fn unsettled(
        &mut self,
        rules: &MarketRules,
    ) -> Result<Vec<IntentRecord>, ReadError> {
        self.families.unsettled(&rules.ticks)
    }

    /// The moves that count, made one: a move of the day alone never loosens what the owner has set, and
    /// only his move to trading ends it.
    fn switched(&self) -> Result<(TradingState, Option<TradingState>), Unreadable> {
        let (standing, today) = self.switch.counting();
        let lasting = standing.map(state_of).transpose()?;
        let of_day = today.map(state_of).transpose()?;
        let moves = [lasting, of_day].into_iter().flatten();
        let state = moves.fold(TradingState::Trading, TradingState::stricter);
        Ok((state, of_day))
    }

    fn decisions(&self) -> Result<Vec<DecisionNote>, Unreadable> {
        let rows = self.decisions.iter();
        rows.map(|row| decision_of(row.clone())).collect()
    }
}

async fn decisions_of(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<Vec<decision::Model>, DbErr> {
    decision::Entity::find()
        .filter(decision::Column::CycleId.in_subquery(cycles_of(book, date)))
        .order_by_asc(decision::Column::Id)
        .all(db)
        .await
}
