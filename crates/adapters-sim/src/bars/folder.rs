//! The bar files of a folder: which names count, and one pass over the rows of each.

use std::path::{Path, PathBuf};

use catalyst_domain::market::Bar;
use catalyst_domain::symbol::Symbol;

use super::refusal::{Defect, FileRefusal, LoadError};
use super::row::Header;

/// A file with the symbol it is named after.
#[derive(Debug, Clone)]
pub(super) struct BarFile {
    pub(super) path: PathBuf,
    pub(super) symbol: Symbol,
}

/// The bar files of `folder`, sorted by name; other files are passed over.
pub(super) fn bar_files(folder: &Path) -> Result<Vec<BarFile>, LoadError> {
    let unreadable = |source| LoadError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if let Some(symbol) = symbol_of(&path) {
            files.push(BarFile { path, symbol });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The symbol of `NNNNN.csv` and `NNNNN_anything.csv`.
fn symbol_of(path: &Path) -> Option<Symbol> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".csv")?;
    let code = stem.split_once('_').map_or(stem, |(code, _)| code);
    let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = code.parse();
    parsed.map_or(None, |symbol| is_code.then_some(symbol))
}

/// The bars of one file in rising order of time, each passed by `check`; the first defect refuses
/// the file.
pub(super) fn read_file(
    file: &BarFile,
    mut check: impl FnMut(&Bar) -> Result<(), Defect>,
) -> Result<Vec<Bar>, FileRefusal> {
    let refused = |line, defect| FileRefusal {
        file: file.path.clone(),
        line,
        defect,
    };
    let text = std::fs::read_to_string(&file.path).map_err(|error| refused(1, error.into()))?;
    let mut lines = text.lines().enumerate();
    let header = lines.next().map_or("", |(_, line)| line);
    let header = Header::parse(header).map_err(|defect| refused(1, defect))?;
    let mut bars: Vec<Bar> = Vec::with_capacity(text.len() / 64);
    for (index, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        let known = Some((file.symbol.as_str(), file.symbol));
        let row = header
            .read(line, known)
            .and_then(|row| {
                in_place(file.symbol, row.symbol, bars.last(), &row.bar)?;
                check(&row.bar)?;
                Ok(row)
            })
            .map_err(|defect| refused(index + 1, defect))?;
        bars.push(row.bar);
    }
    if bars.is_empty() {
        return Err(refused(1, Defect::Empty));
    }
    Ok(bars)
}

fn in_place(
    expected: Symbol,
    found: Symbol,
    before: Option<&Bar>,
    bar: &Bar,
) -> Result<(), Defect> {
    if found != expected {
        return Err(Defect::OtherSymbol { found, expected });
    }
    let Some(before) = before else {
        return Ok(());
    };
    match before.start().cmp(&bar.start()) {
        std::cmp::Ordering::Less => Ok(()),
        std::cmp::Ordering::Equal => Err(Defect::Duplicate { found: bar.start() }),
        std::cmp::Ordering::Greater => Err(Defect::Unordered {
            before: before.start(),
            found: bar.start(),
        }),
    }
}
