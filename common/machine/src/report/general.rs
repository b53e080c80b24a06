//! What every app looks at.

use super::Finding;
use crate::{
    config::{Gathered, Problem, file_line},
    logs,
};
use domain::time::{Clock, Millis};
use std::{fs::File, io::Write as _, path::Path, time::Instant};

/// Below this a disk is nearly full.
const LOW_BYTES: u64 = 2 << 30;
/// Below this nothing can be relied on.
const FULL_BYTES: u64 = 200 << 20;
/// A slower disk holds up every commit.
const SLOW_MS: f64 = 100.0;

/// The configuration: which file, and what is wrong with it.
#[must_use]
pub fn configuration<T>(gathered: &Gathered<T>) -> Finding {
    let file = file_line(gathered);
    let said = |problem: &Problem| format!("{}: {}", problem.place(), problem.said());
    let all: Vec<String> = gathered.problems.iter().map(said).collect();
    let advice: Vec<String> = gathered.problems.iter().map(Problem::advice).collect();
    match gathered.problems.iter().any(Problem::is_error) {
        true => Finding::bad("configuration", format!("{file}\n{}", all.join("\n")), advice.join("\n")),
        false if all.is_empty() => Finding::ok("configuration", file),
        false => {
            Finding::attention("configuration", format!("{file}\n{}", all.join("\n")), advice.join("\n"))
        }
    }
}

/// The disk below a folder: whether it can be written, how long a flush takes, as every commit needs one, and what is free.
#[must_use]
pub fn disk(folder: &Path) -> Finding {
    let path = folder.display().to_string();
    let (took, free) = match try_disk(folder) {
        Ok(found) => found,
        Err(error) => {
            let said = i18n::with("machine.disk.refused", &[("path", &path), ("detail", &error.to_string())]);
            return Finding::bad("disk", said, i18n::t("machine.disk.refused_do"));
        }
    };
    let values = [("path", path.as_str()), ("free", &bytes(free)), ("ms", &format!("{took:.1}"))];
    let said = i18n::with("machine.disk.said", &values);
    if free < FULL_BYTES {
        Finding::bad("disk", said, i18n::t("machine.disk.full_do"))
    } else if free < LOW_BYTES {
        Finding::attention("disk", said, i18n::t("machine.disk.low_do"))
    } else if took > SLOW_MS {
        Finding::attention("disk", said, i18n::t("machine.disk.slow_do"))
    } else {
        Finding::ok("disk", said)
    }
}

fn try_disk(folder: &Path) -> std::io::Result<(f64, u64)> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let begun = Instant::now();
    let written = File::create(&path).and_then(|mut file| {
        file.write_all(&[0; 65_536])?;
        file.sync_all()
    });
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    let removed = std::fs::remove_file(&path);
    written?;
    removed?;
    Ok((took, fs4::available_space(folder)?))
}

/// Where the logs are, and the newest of them.
#[must_use]
pub fn log_files(folder: &Path) -> Finding {
    let path = folder.display().to_string();
    let newest = logs::newest(folder);
    let said = match newest.first().and_then(|newest| newest.file_name()) {
        Some(name) => {
            i18n::with("machine.logs.said", &[("path", &path), ("newest", &name.to_string_lossy())])
        }
        None => i18n::with("machine.logs.none", &[("path", &path)]),
    };
    Finding::ok("logs", said)
}

/// Whether the clock can be true at all: no version of the product is older than 2026.
#[must_use]
pub fn clock(clock: &dyn Clock) -> Finding {
    let now: Millis = clock.now();
    let local = now.local();
    let shown = local.strftime("%H:%M:%S %d/%m/%Y").to_string();
    let said = i18n::with("machine.clock.said", &[("now", &shown)]);
    if (2026..2100).contains(&local.year()) {
        Finding::ok("clock", said)
    } else {
        Finding::bad("clock", said, i18n::t("machine.clock.do"))
    }
}

fn bytes(count: u64) -> String {
    let megabytes = count >> 20;
    match megabytes {
        0..1_024 => format!("{megabytes} MB"),
        _ => format!("{},{} GB", megabytes / 1_024, megabytes % 1_024 * 10 / 1_024),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::State;
    use domain::time::ManualClock;

    #[test]
    fn a_disk_that_can_be_written_says_how_much_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let found = disk(&dir.path().join("Dữ liệu"));
        assert_ne!(found.state, State::Bad, "{found:?}");
        assert!(found.said.contains("GB") || found.said.contains("MB"), "{found:?}");
        assert_eq!(std::fs::read_dir(dir.path().join("Dữ liệu")).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_bad() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("taken"), "").unwrap();
        let found = disk(&dir.path().join("taken").join("data"));
        assert_eq!(found.state, State::Bad);
        assert!(!found.advice.is_empty());
    }

    #[test]
    fn a_clock_of_1980_is_seen() {
        let at = |local: &str| ManualClock::at(Millis::from_local(local.parse().unwrap()));
        assert_eq!(clock(&at("1980-01-01T00:00")).state, State::Bad);
        assert_eq!(clock(&at("2026-11-25T07:00")).state, State::Ok);
    }
}
