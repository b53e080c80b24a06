//! What only Windows has. All that is unsafe stands in [`ffi`].

mod ffi;

/// Keeps the keys that lead out of the kiosk from everybody, for as long as the program runs: the Windows keys, Alt+Tab,
/// Alt+Esc, Ctrl+Esc, Alt+F4. Ctrl+Alt+Del belongs to Windows alone.
pub(crate) fn swallow_keys() {
    // A slow frame must not slow the whole machine's keyboard, so the hook has a thread of its own.
    let started = std::thread::Builder::new().name("keys".to_owned()).spawn(|| {
        if let Err(error) = ffi::hook_keys() {
            tracing::warn!(%error, "keys lead out of the kiosk");
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "keys lead out of the kiosk");
    }
}

/// Whether a key leads out of the kiosk. Virtual key codes of Windows.
pub(super) fn leads_out(key: u16, alt: bool, control: bool) -> bool {
    const TAB: u16 = 0x09;
    const ESCAPE: u16 = 0x1B;
    const LEFT_WINDOWS: u16 = 0x5B;
    const RIGHT_WINDOWS: u16 = 0x5C;
    const F4: u16 = 0x73;
    match key {
        LEFT_WINDOWS | RIGHT_WINDOWS => true,
        TAB | F4 => alt,
        ESCAPE => alt || control,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::leads_out;

    #[test]
    fn only_what_leads_out_is_swallowed() {
        assert!(
            leads_out(0x5B, false, false) && leads_out(0x09, true, false) && leads_out(0x73, true, false)
        );
        assert!(leads_out(0x1B, false, true) && leads_out(0x1B, true, false));
        assert!(
            !leads_out(0x1B, false, false) && !leads_out(0x09, false, false) && !leads_out(0x73, false, true)
        );
    }
}
