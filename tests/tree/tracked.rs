//! Which files belong to the repository: git's answer, or a walk where git or its folder is
//! missing. Files that are new and not ignored count, so that a finding comes before the commit.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Source;

/// Folders that hold what building and running leave behind; only the walk needs to be told.
const LEFT_BEHIND: [&str; 3] = [".git", "target", "state"];

/// Every text file of the repository.
#[derive(Debug)]
pub(crate) struct Tree {
    /// In the order of their paths.
    pub(crate) files: Vec<Source>,
}

impl Tree {
    /// Reads the repository that this package is a member of. Files that are not UTF-8 are left
    /// out, as are those that git knows and the disk no longer has.
    pub(crate) fn read() -> io::Result<Self> {
        let root = root();
        let mut paths = match listed_by_git(&root) {
            Some(paths) if !paths.is_empty() => paths,
            Some(_) | None => walked(&root)?,
        };
        paths.sort();
        paths.dedup();

        let mut files = Vec::new();
        for path in paths {
            let bytes = match fs::read(root.join(&path)) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(Source::new(&path, &text));
            }
        }
        Ok(Self { files })
    }

    /// A repository made up for a check's own test: pairs of path and text.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| Source::new(path, text))
                .collect(),
        }
    }

    /// The Rust files.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// The file of exactly this path.
    pub(crate) fn find(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// Something that breaks a rule, with the way out.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Relative to the repository's root.
    pub(crate) path: String,
    /// Counted from one; 1 where the whole file is meant.
    pub(crate) line: usize,
    /// What stands there.
    pub(crate) what: String,
    /// What should stand there.
    pub(crate) instead: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            what,
            instead,
        } = self;
        write!(out, "{path}:{line}: {what}, instead: {instead}")
    }
}

/// The folder that holds the workspace manifest.
pub(crate) fn root() -> PathBuf {
    let member = Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().unwrap_or(member).to_owned()
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let names = String::from_utf8(output.stdout).ok()?;
    Some(
        names
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(ToOwned::to_owned)
            .collect(),
    )
}

fn walked(root: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                let left_behind = LEFT_BEHIND.iter().any(|name| entry.file_name() == *name);
                if !left_behind {
                    folders.push(entry.path());
                }
            } else if kind.is_file()
                && let Ok(inside) = entry.path().strip_prefix(root)
            {
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{Tree, listed_by_git, root, walked};

    #[test]
    fn the_tree_holds_this_very_file_and_nothing_built() {
        let tree = Tree::read().unwrap();

        assert!(
            tree.find("tests/tree/tracked.rs")
                .unwrap()
                .text
                .contains("LEFT_BEHIND")
        );
        assert!(
            tree.files
                .iter()
                .all(|file| !file.path.starts_with("target/"))
        );
    }

    #[test]
    fn a_walk_finds_all_that_git_lists() {
        let walk = walked(&root()).unwrap();

        let listed = listed_by_git(&root()).unwrap_or_default();
        let missed: Vec<_> = listed
            .iter()
            .filter(|path| root().join(path).is_file() && !walk.contains(path))
            .collect();
        assert_eq!(missed, Vec::<&String>::new());
    }
}
