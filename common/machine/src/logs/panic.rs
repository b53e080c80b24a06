//! A program that falls over says so in its log.

use std::{panic, sync::Once};

/// From now on a panic is logged, and then told as before.
pub(super) fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let said = info.payload_as_str().unwrap_or("no words");
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            let thread = std::thread::current().name().unwrap_or("?").to_owned();
            tracing::error!(place, thread, "panic: {said}");
            before(info);
        }));
    });
}
