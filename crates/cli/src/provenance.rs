//! What a run runs on, as hashes that can be compared later.

use std::path::Path;

use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::Provenance;
use sha2::{Digest as _, Sha256};

use crate::compose::{ComposeError, instructions, read};
use crate::settings::{AdvisorChoice, Settings};

/// Version, settings, what the advisor was told, and the tables of the market with the user's lots.
pub(crate) fn provenance(
    settings: &Settings,
    advisor: &AdvisorChoice,
    lots: Option<&Path>,
) -> Result<Provenance, ComposeError> {
    let prompt_hash = match advisor {
        AdvisorChoice::Rules => None,
        AdvisorChoice::Script(path) => Some(digest([read(path)?.as_str()])),
        AdvisorChoice::Claude | AdvisorChoice::Cassette(_) => {
            Some(digest([instructions(&settings.claude)?.as_str()]))
        }
    };
    let own_lots = lots.map_or(Ok(String::new()), read)?;
    let tables = Rulebook::texts(Exchange::Hkex);
    let texts = tables.iter().copied().chain([own_lots.as_str()]);
    Ok(Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        settings_hash: settings.hash(),
        prompt_hash,
        rules_hash: digest(texts),
    })
}

/// SHA-256 over `texts`, each with its length, in hexadecimal digits.
pub(crate) fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut sum = Sha256::new();
    for text in texts {
        sum.update(text.len().to_string());
        sum.update([0]);
        sum.update(text);
    }
    let bytes = sum.finalize();
    let digits = |byte: &u8| [byte >> 4, byte & 0x0f].map(|half| char::from_digit(half.into(), 16));
    bytes.iter().flat_map(digits).flatten().collect()
}
