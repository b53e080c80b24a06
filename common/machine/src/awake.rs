//! Keeping the screen on while nobody touches it.

/// Whether the screen is kept on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awake {
    /// It is.
    Kept,
    /// It is not; why, for IT.
    Not(String),
}

/// Keeps the screen on for as long as the calling thread lives.
#[cfg(windows)]
#[must_use]
pub fn keep() -> Awake {
    if crate::windows::keep_awake() { Awake::Kept } else { Awake::Not("SetThreadExecutionState".to_owned()) }
}

/// Keeps the screen on: X11's own saver is turned off, where there is one.
#[cfg(not(windows))]
#[must_use]
pub fn keep() -> Awake {
    xset(&["s", "off", "-dpms"])
}

/// Whether [`keep`] would work, without doing it.
#[cfg(windows)]
#[must_use]
pub fn possible() -> Awake {
    Awake::Kept
}

/// Whether [`keep`] would work, without doing it.
#[cfg(not(windows))]
#[must_use]
pub fn possible() -> Awake {
    xset(&["q"])
}

#[cfg(not(windows))]
fn xset(arguments: &[&str]) -> Awake {
    let mut command = std::process::Command::new("xset");
    match command.args(arguments).stdin(std::process::Stdio::null()).output() {
        Ok(output) if output.status.success() => Awake::Kept,
        Ok(output) => Awake::Not(format!("xset: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Awake::Not(format!("xset: {error}")),
    }
}
