//! Calls into Windows.
#![expect(unsafe_code, reason = "Windows is called through its C interface; every call is wrapped here")]

use std::{io, ptr};
use windows_sys::Win32::{
    Foundation::{LPARAM, LRESULT, WPARAM},
    System::LibraryLoader::GetModuleHandleW,
    UI::{
        Input::KeyboardAndMouse::{GetAsyncKeyState, VK_CONTROL},
        WindowsAndMessaging::{
            CallNextHookEx, DispatchMessageW, GetMessageW, HC_ACTION, KBDLLHOOKSTRUCT, LLKHF_ALTDOWN, MSG,
            SetWindowsHookExW, WH_KEYBOARD_LL,
        },
    },
};

/// Swallows what leads out of the kiosk until the program ends; returns only when Windows refuses.
pub(super) fn hook_keys() -> io::Result<()> {
    // SAFETY: the callback is a function of this program and stays; the hook ends with this thread.
    let hook = unsafe { SetWindowsHookExW(WH_KEYBOARD_LL, Some(key), GetModuleHandleW(ptr::null()), 0) };
    if hook.is_null() {
        return Err(io::Error::last_os_error());
    }
    let mut message = MSG::default();
    // SAFETY: the message is ours and is written by Windows; a hook of this kind is called while messages are waited for.
    while unsafe { GetMessageW(&mut message, ptr::null_mut(), 0, 0) } > 0 {
        // SAFETY: the message was just read.
        let _handled = unsafe { DispatchMessageW(&message) };
    }
    Ok(())
}

/// Called by Windows for every key of the machine.
unsafe extern "system" fn key(code: i32, what: WPARAM, data: LPARAM) -> LRESULT {
    if u32::try_from(code) == Ok(HC_ACTION) {
        // SAFETY: with this code Windows hands over a pointer to this structure, valid during the call.
        let pressed = unsafe { &*(data as *const KBDLLHOOKSTRUCT) };
        // SAFETY: takes a number and only reads.
        let control = unsafe { GetAsyncKeyState(i32::from(VK_CONTROL)) } < 0;
        let alt = pressed.flags & LLKHF_ALTDOWN != 0;
        let swallowed = u16::try_from(pressed.vkCode).is_ok_and(|code| super::leads_out(code, alt, control));
        if swallowed {
            return 1;
        }
    }
    // SAFETY: hands on what Windows gave; the first argument is not used any more.
    unsafe { CallNextHookEx(ptr::null_mut(), code, what, data) }
}
