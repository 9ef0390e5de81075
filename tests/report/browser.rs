//! A headless Chromium, which opens a page and says what it became.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Light or dark, as the reader's screen asks for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Theme {
    Light,
    Dark,
}

/// A browser with a profile of its own.
pub(super) struct Browser {
    program: PathBuf,
    profile: TempDir,
    theme: Theme,
    width: u32,
}

/// The browser of this machine, or nothing where there is none; continuous integration must have it.
pub(super) fn browser(theme: Theme, width: u32) -> Option<Browser> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.is_file());
    assert!(
        found.is_some() || std::env::var_os("CI").is_none(),
        "no Chromium on PATH, and CI is set: make chromium"
    );
    let Some(program) = found else {
        eprintln!("NOT CHECKED, there is no Chromium on PATH: make chromium installs it");
        return None;
    };
    Some(Browser {
        program,
        profile: tempfile::tempdir().unwrap(),
        theme,
        width,
    })
}

impl Browser {
    /// The document after its scripts have run. Nothing may have been said on the console, where
    /// errors and refused loads are said too.
    pub(super) fn document(&self, page: &Path) -> String {
        let output = self.open(page, &["--dump-dom"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let console: Vec<&str> = said
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .collect();
        assert!(console.is_empty(), "{console:#?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// A picture of the page.
    pub(super) fn picture(&self, page: &Path, height: u32) -> Vec<u8> {
        let file = self.profile.path().join("page.png");
        let shot = format!("--screenshot={}", file.display());
        let size = format!("--window-size={},{height}", self.width);
        self.open(page, &[&shot, &size]);
        std::fs::read(file).unwrap()
    }

    fn open(&self, page: &Path, more: &[&str]) -> Output {
        let scheme = match self.theme {
            Theme::Light => "1",
            Theme::Dark => "0",
        };
        let output = Command::new(&self.program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
            ])
            .args(["--disable-dev-shm-usage", "--disable-background-networking"])
            .args(["--enable-logging=stderr", "--virtual-time-budget=5000"])
            .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
            .arg(format!("--window-size={},900", self.width))
            .arg(format!(
                "--user-data-dir={}",
                self.profile.path().join("profile").display()
            ))
            .args(more)
            .arg(format!("file://{}", page.display()))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output
    }
}
