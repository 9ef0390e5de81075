//! Claude: what it is told, the key, the price of the model, and what the provider says of both, without a
//! token spent. The key is never shown.

use catalyst_app::chain;
use catalyst_domain::rulebook::Rulebook;

use super::check::Check;
use crate::compose::{self, NoClaude, NoStanding, Standing};
use crate::settings::{AdvisorChoice, Settings};

const NO_KEY: &str = "there is none in ANTHROPIC_API_KEY, so cycles protect and enter nothing";
const GIVE_KEY: &str = "set the variable where cron sees it, not only in your shell";

/// Every check of Claude, where Claude is the advisor.
pub(super) async fn look(settings: &Settings, rules: &Rulebook) -> Vec<Check> {
    match &settings.advisor {
        AdvisorChoice::Claude => {}
        AdvisorChoice::Rules | AdvisorChoice::Script(_) | AdvisorChoice::Cassette(_) => {
            return vec![Check::ok("advisor", "not Claude, which is not asked")];
        }
    }
    let mut checks = vec![instructions(settings), key(settings)];
    checks.extend(model(settings, rules).await);
    checks
}

fn instructions(settings: &Settings) -> Check {
    match compose::told(settings) {
        Ok(told) => {
            let found = format!("{} bytes, every limit told from the settings", told.len());
            Check::ok("instructions", found)
        }
        Err(error) => Check::failure(
            "instructions",
            chain(&error),
            "mend the file of claude.instructions_file, or leave the key out for those that ship",
        ),
    }
}

fn key(settings: &Settings) -> Check {
    match &settings.claude.key {
        Some(_) => Check::ok("key", "there is one in ANTHROPIC_API_KEY"),
        None => Check::failure("key", NO_KEY, GIVE_KEY),
    }
}

/// The price on file, and what the provider says; the latter only where there is somebody to ask.
async fn model(settings: &Settings, rules: &Rulebook) -> Vec<Check> {
    let claude = &settings.claude;
    let model = match compose::claude_model(claude, rules) {
        Ok(model) => model,
        Err(error) => {
            let remedy = "name a model with a price in claude.model, or give its line in \
                          claude.prices_file";
            return vec![Check::failure("model", chain(&error), remedy)];
        }
    };
    let priced = format!("{}, its price of today is on file", model.model);
    let mut checks = vec![Check::ok("model", priced)];
    if claude.key.is_some() {
        checks.push(provider(compose::claude_standing(claude, &model).await));
    }
    checks
}

fn provider(said: Result<Standing, NoClaude>) -> Check {
    match said {
        Ok(Standing::Offered) => Check::ok("provider", "takes the key and offers the model"),
        Ok(Standing::Leaving { until }) => {
            let found = format!("takes the key; the model leaves, known day: {until}");
            Check::warning("provider", found, "choose its successor in claude.model")
        }
        Ok(Standing::NotOffered) => {
            let found = "takes the key, and does not offer the model";
            Check::failure("provider", found, "name another model in claude.model")
        }
        Ok(Standing::NotTold) => {
            let found = "answers, and has no list of models; key and model are not proved";
            let remedy = "see whether ANTHROPIC_BASE_URL or claude.base_url is meant";
            Check::warning("provider", found, remedy)
        }
        Err(NoClaude::Standing(NoStanding::NotAccepted { why })) => {
            let remedy = "look at key and account in the provider's console";
            Check::failure("provider", why, remedy)
        }
        Err(error) => Check::failure(
            "provider",
            chain(&error),
            "look at the network, and at ANTHROPIC_BASE_URL and claude.base_url; else try later",
        ),
    }
}
