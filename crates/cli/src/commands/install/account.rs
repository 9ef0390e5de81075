//! The user that this process runs as, by the account file of the machine.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;

/// The user's name, or his number where the account file has no name for it.
pub(super) fn name() -> io::Result<String> {
    let number = fs::metadata("/proc/self")?.uid().to_string();
    let accounts = fs::read_to_string("/etc/passwd")?;
    Ok(named(&accounts, &number).unwrap_or(number))
}

/// `name:password:number:...`, a line an account (passwd(5)).
fn named(accounts: &str, number: &str) -> Option<String> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_name_is_found_by_its_number() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\nowner:x:1000:100::/home/owner:/bin/sh\n";

        assert_eq!(named(accounts, "1000").as_deref(), Some("owner"));
        assert_eq!(named(accounts, "100"), None);
    }
}
