//! The file of variables as it is first written: the names, each explained, and no values.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::state::create_for_owner;

/// The owner's names. Empty ones count as not set.
const TEMPLATE: &str = "\
# Variables of Catalyst International: one NAME=VALUE a line, for its owner alone (mode 600).
# A value is the rest of its line; quotes around all of it are taken off, nothing else is special.
# An empty one is not set, and one that the environment sets already beats this file.

# Claude, for the advisor claude.
ANTHROPIC_API_KEY=

# The journal on PostgreSQL; without a host it is a file in the state folder.
DB_HOST=
DB_USER=
DB_PASSWORD=

# Interactive Brokers, for the broker ibkr.
IBKR_ACCOUNT=
IBKR_HOST=
IBKR_PORT=
IBKR_CLIENT_ID=

# Mail.
SMTP_HOST=
SMTP_PORT=
SMTP_USER=
SMTP_PASS=
ALERT_EMAIL=
";

/// Writes the template where there is no file; one that is there is left as it is.
pub(super) fn create(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        create_for_owner(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    match options.open(path) {
        Ok(mut file) => file.write_all(TEMPLATE.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
