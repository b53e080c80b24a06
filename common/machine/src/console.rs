//! Where a program without a console answers IT.

/// On Windows the apps are programs of the desktop and have no console: this lends them the one they were started from.
/// Elsewhere there is nothing to do.
pub fn borrow() {
    #[cfg(windows)]
    crate::windows::attach_console();
}
