//! Calls into Windows.
#![expect(unsafe_code, reason = "Windows is called through its C interface; every call is wrapped here")]

use std::{ffi::OsString, io, os::windows::ffi::OsStringExt as _, path::PathBuf, ptr};
use windows_sys::Win32::{
    Foundation::{HANDLE, LocalFree},
    Security::Cryptography::{
        CRYPT_INTEGER_BLOB, CRYPTPROTECT_LOCAL_MACHINE, CRYPTPROTECT_UI_FORBIDDEN, CryptProtectData,
        CryptUnprotectData,
    },
    System::{
        Com::CoTaskMemFree,
        Console::{ATTACH_PARENT_PROCESS, AttachConsole},
        EventLog::{
            DeregisterEventSource, EVENTLOG_ERROR_TYPE, EVENTLOG_WARNING_TYPE, RegisterEventSourceW,
            ReportEventW,
        },
        Power::{ES_CONTINUOUS, ES_DISPLAY_REQUIRED, ES_SYSTEM_REQUIRED, SetThreadExecutionState},
    },
    UI::Shell::{FOLDERID_ProgramData, KF_FLAG_DEFAULT, SHGetKnownFolderPath},
};

/// The event number of everything; its text says the rest.
const EVENT: u32 = 1;
/// An event holds about 31,000 letters.
const LONGEST: usize = 30_000;

/// Text as Windows takes it: UTF-16 with a zero at its end.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().filter(|unit| *unit != 0).chain([0]).collect()
}

/// Writes to the console from which the program was started, if there is one.
pub(crate) fn attach_console() {
    // SAFETY: takes a number; without a parent console it fails, and then there is nobody to write to.
    let _attached = unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
}

/// The folder of data for the whole machine; none if Windows does not say.
pub(crate) fn program_data() -> Option<PathBuf> {
    let mut path = ptr::null_mut();
    // SAFETY: the id is a constant, no other user is asked for, and the answer is written to a pointer of ours.
    let code = unsafe {
        SHGetKnownFolderPath(&FOLDERID_ProgramData, KF_FLAG_DEFAULT as u32, ptr::null_mut(), &mut path)
    };
    let said = (code == 0 && !path.is_null()).then(|| {
        let mut length = 0;
        // SAFETY: the text ends in zero, says the documentation; nothing is read beyond it.
        while unsafe { *path.add(length) } != 0 {
            length += 1;
        }
        // SAFETY: as many units were just read.
        PathBuf::from(OsString::from_wide(unsafe { std::slice::from_raw_parts(path, length) }))
    });
    // SAFETY: what Windows gave is given back, once; null is allowed.
    unsafe { CoTaskMemFree(path.cast()) };
    said
}

/// A source of the event log.
pub(crate) struct EventSource(HANDLE);

// SAFETY: the handle may be used from any thread, says its documentation.
unsafe impl Send for EventSource {}
// SAFETY: see above; reporting takes no lock of ours.
unsafe impl Sync for EventSource {}

impl EventSource {
    /// The source of this name; none when the event log is not running.
    pub(crate) fn open(name: &str) -> Option<Self> {
        let name = wide(name);
        // SAFETY: both pointers are null or to a text that ends in zero and outlives the call.
        let handle = unsafe { RegisterEventSourceW(ptr::null(), name.as_ptr()) };
        (!handle.is_null()).then_some(Self(handle))
    }

    /// Writes an error or a warning.
    pub(crate) fn report(&self, error: bool, text: &str) {
        let short: String = text.chars().take(LONGEST).collect();
        let text = wide(&short);
        let texts = [text.as_ptr()];
        let kind = if error { EVENTLOG_ERROR_TYPE } else { EVENTLOG_WARNING_TYPE };
        // SAFETY: the handle is open; one text that ends in zero is handed over, and no binary data. A report that
        // fails is lost, as there is nowhere else to say it; the log files have it.
        let _written = unsafe {
            ReportEventW(self.0, kind, 0, EVENT, ptr::null_mut(), 1, 0, texts.as_ptr(), ptr::null())
        };
    }
}

impl Drop for EventSource {
    fn drop(&mut self) {
        // SAFETY: the handle is open and is not used again.
        let _closed = unsafe { DeregisterEventSource(self.0) };
    }
}

windows_service::define_windows_service!(service_main, take_arguments);

/// Hands the program to the service control manager, until the service has stopped.
pub(super) fn dispatch(name: &str) -> windows_service::Result<()> {
    windows_service::service_dispatcher::start(name, service_main)
}

/// Called by Windows on a thread of its own; the arguments of a service are its start's, and ours has none.
fn take_arguments(_: Vec<OsString>) {
    super::service::begin();
}

/// Keeps the screen on for as long as the calling thread lives; false when Windows refuses.
pub(crate) fn keep_awake() -> bool {
    // SAFETY: takes flags and changes nothing but the state of the calling thread.
    unsafe { SetThreadExecutionState(ES_CONTINUOUS | ES_DISPLAY_REQUIRED | ES_SYSTEM_REQUIRED) != 0 }
}

/// Seals bytes so that only this machine can open them.
pub(crate) fn seal(open: &[u8]) -> io::Result<Vec<u8>> {
    let input = blob(open)?;
    let mut output = EMPTY;
    let flags = CRYPTPROTECT_LOCAL_MACHINE | CRYPTPROTECT_UI_FORBIDDEN;
    // SAFETY: the input is a slice that outlives the call and is only read; the output is ours to free.
    let done = unsafe {
        CryptProtectData(&input, ptr::null(), ptr::null(), ptr::null(), ptr::null(), flags, &mut output)
    };
    taken(done, output)
}

/// Opens what [`seal`] sealed.
pub(crate) fn unseal(sealed: &[u8]) -> io::Result<Vec<u8>> {
    let input = blob(sealed)?;
    let mut output = EMPTY;
    let flags = CRYPTPROTECT_UI_FORBIDDEN;
    // SAFETY: the input is a slice that outlives the call and is only read; the output is ours to free.
    let done = unsafe {
        CryptUnprotectData(&input, ptr::null_mut(), ptr::null(), ptr::null(), ptr::null(), flags, &mut output)
    };
    taken(done, output)
}

const EMPTY: CRYPT_INTEGER_BLOB = CRYPT_INTEGER_BLOB { cbData: 0, pbData: ptr::null_mut() };

fn blob(bytes: &[u8]) -> io::Result<CRYPT_INTEGER_BLOB> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    Ok(CRYPT_INTEGER_BLOB { cbData: length, pbData: bytes.as_ptr().cast_mut() })
}

/// Copies what Windows allocated, and frees it.
fn taken(done: i32, output: CRYPT_INTEGER_BLOB) -> io::Result<Vec<u8>> {
    if done == 0 || output.pbData.is_null() {
        return Err(io::Error::last_os_error());
    }
    let length = usize::try_from(output.cbData).map_err(io::Error::other)?;
    // SAFETY: Windows says that so many bytes stand there; they are copied before they are freed.
    let bytes = unsafe { std::slice::from_raw_parts(output.pbData, length) }.to_vec();
    // SAFETY: the memory was allocated by the call above with LocalAlloc, and is not used again.
    let _freed = unsafe { LocalFree(output.pbData.cast()) };
    Ok(bytes)
}
