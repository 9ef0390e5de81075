//! A row of a table: what the stand-in answers, and what a cycle of the built program then comes to in
//! requests, orders, records, alerts and exit code.

use serde_json::Value;

use super::scene::{Finds, HELD, Scene};
use super::server::{Asked, Reply, Server};

/// Rows that are played side by side: most of their time is waiting.
const TOGETHER: usize = 6;

/// One row.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) finds: Finds,
    /// In order; the last goes on.
    pub(super) replies: Vec<Reply>,
    pub(super) wanted: Outcome,
    /// Words of the program's own line about the cycle.
    pub(super) says: &'static str,
    /// Words that some tool's result told the model.
    pub(super) told: &'static str,
}

/// What a cycle came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Exit code of the program.
    pub(super) code: i32,
    /// Ending in the journal.
    pub(super) ending: Ending,
    /// The one alert of the cycle.
    pub(super) alert: Alert,
    /// Requests to the stand-in.
    pub(super) asked: usize,
    /// Answers whose costs are in the journal.
    pub(super) paid: u64,
    /// Purchases that were sent.
    pub(super) bought: usize,
}

/// How a cycle ended, by the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Done,
    Protective,
    Bounded,
    Other,
}

/// What the owner was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alert {
    None,
    Warning,
    Critical,
    /// Not once, or not kept in the journal.
    Wrong,
}

/// No advice, and nobody has to do anything about it.
pub(super) const LATER: Outcome = Outcome {
    code: 75,
    ending: Ending::Protective,
    alert: Alert::Warning,
    asked: 1,
    paid: 0,
    bought: 0,
};

/// No advice until the owner has done something.
pub(super) const OWNER: Outcome = Outcome {
    code: 4,
    alert: Alert::Critical,
    ..LATER
};

/// A conversation that came to its end.
pub(super) const DONE: Outcome = Outcome {
    code: 0,
    ending: Ending::Done,
    alert: Alert::None,
    ..LATER
};

impl Row {
    /// A row with a position to protect.
    pub(super) fn new(name: &'static str, replies: Vec<Reply>, wanted: Outcome) -> Self {
        Self {
            name,
            finds: Finds::APositionWithoutStop,
            replies,
            wanted,
            says: "",
            told: "",
        }
    }

    pub(super) fn says(self, says: &'static str) -> Self {
        Self { says, ..self }
    }

    /// Plays it; what is not as it should be, in words.
    fn play(&self) -> Option<String> {
        let replies = self.replies.clone();
        let last = replies.len() - 1;
        let server = Server::new(move |number, _| replies[number.min(last)].clone());
        self.play_at(&server)
    }

    /// Plays it against another server.
    pub(super) fn play_at(&self, server: &Server) -> Option<String> {
        let scene = Scene::new(self.finds, &server.address());
        let ended = scene.cycle(&[]);
        let asked = server.asked();
        let story = scene.story();
        let seen = Outcome {
            code: ended.code.unwrap_or(-1),
            ending: ending(&story),
            alert: alert(&ended.err, scene.rows("alerts")),
            asked: asked.len(),
            paid: scene.rows("model_usages"),
            bought: sent(&story, "buy"),
        };
        let mut wrong = Vec::new();
        if seen != self.wanted {
            wrong.push(format!("{seen:?}\nwanted {:?}", self.wanted));
        }
        if !ended.out.contains(self.says) {
            wrong.push(format!("does not say `{}`: {}", self.says, ended.out));
        }
        if !told(&asked).contains(self.told) {
            wrong.push(format!(
                "the model is not told `{}`: {}",
                self.told,
                told(&asked)
            ));
        }
        if asked.iter().any(|one| one.keys > 1) {
            wrong.push("the key stands in more than one header".to_owned());
        }
        wrong.extend(self.unsafe_end(&scene, &story));
        let wrong = wrong.join("\n");
        (!wrong.is_empty()).then(|| format!("{}: {wrong}\n{}", self.name, ended.err))
    }

    /// Every cycle protects what is held and leaves its record, whatever Claude did.
    fn unsafe_end(&self, scene: &Scene, story: &Value) -> Option<String> {
        let held = match self.finds {
            Finds::APositionWithoutStop => HELD,
            Finds::Nothing if self.wanted.bought > 0 => HELD,
            Finds::Nothing => 0,
        };
        let found = scene.held_and_guarded();
        if found != (held, held) {
            return Some(format!("held and guarded are {found:?}, wanted {held}"));
        }
        let repaired = sent(story, "sell");
        if repaired != usize::from(self.finds == Finds::APositionWithoutStop) {
            return Some(format!("{repaired} stops were put back: {story}"));
        }
        let decisions = story["runs"][0]["decisions"].as_array()?;
        let own = decisions.last()?["reasoning"].as_str()?;
        let ending = story["runs"][0]["ending"].as_str()?;
        (!own.starts_with(ending)).then(|| format!("the harness keeps no decision: {decisions:?}"))
    }
}

/// Plays every row, and names each that came out otherwise.
pub(super) fn play_all(rows: &[Row]) {
    let mut wrong = Vec::new();
    for some in rows.chunks(TOGETHER) {
        std::thread::scope(|scope| {
            let played: Vec<_> = some.iter().map(|row| scope.spawn(|| row.play())).collect();
            wrong.extend(played.into_iter().filter_map(|row| row.join().unwrap()));
        });
    }
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn ending(story: &Value) -> Ending {
    match story["runs"][0]["ending"].as_str() {
        Some("done") => Ending::Done,
        Some("protective") => Ending::Protective,
        Some("bounded") => Ending::Bounded,
        Some(_) | None => Ending::Other,
    }
}

fn alert(err: &str, kept: u64) -> Alert {
    let said = err.lines().filter(|line| line.starts_with("alert ("));
    let lines: Vec<&str> = said.collect();
    match (lines.as_slice(), kept) {
        ([], 0) => Alert::None,
        ([line], 1) if line.starts_with("alert (warning): no advice: ") => Alert::Warning,
        ([line], 1) if line.starts_with("alert (critical): no advice: ") => Alert::Critical,
        _ => Alert::Wrong,
    }
}

/// Families of this side that the cycle sent.
fn sent(story: &Value, side: &str) -> usize {
    let families = story["families"].as_array().unwrap();
    families.iter().filter(|one| one["side"] == side).count()
}

/// Everything that tools told the model, by the last request.
fn told(asked: &[Asked]) -> String {
    let Some(last) = asked.iter().rfind(|one| !one.body.is_empty()) else {
        return String::new();
    };
    // What the model wrote goes back as it stood, also a number that no reader here can hold.
    let body: Value = serde_json::from_str(&last.body.replace("1e999", "0")).unwrap();
    let messages = body["messages"].as_array().unwrap();
    let blocks = messages.iter().filter_map(|one| one["content"].as_array());
    let results = blocks
        .flatten()
        .filter_map(|block| block["content"].as_str());
    results.collect::<Vec<_>>().join("\n")
}
