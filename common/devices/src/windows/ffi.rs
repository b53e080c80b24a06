//! The calls into Windows' printing (winspool and GDI), each wrapped so that nothing unsafe leaves this file.
#![expect(unsafe_code, reason = "Windows is called through its C interface")]

use crate::printer::page::{Caps, Place};
use std::{io, mem, ptr};
use windows_sys::Win32::{
    Foundation::ERROR_INVALID_PARAMETER,
    Graphics::{
        Gdi::{
            BI_RGB, BITMAPINFO, BITMAPINFOHEADER, CreateDCW, DEVMODEW, DIB_RGB_COLORS, DM_IN_BUFFER,
            DM_ORIENTATION, DM_OUT_BUFFER, DM_PAPERSIZE, DMORIENT_PORTRAIT, DMPAPER_A4, DeleteDC,
            GET_DEVICE_CAPS_INDEX, GetDeviceCaps, HALFTONE, HDC, LOGPIXELSX, LOGPIXELSY, PHYSICALHEIGHT,
            PHYSICALOFFSETX, PHYSICALOFFSETY, PHYSICALWIDTH, RGBQUAD, SRCCOPY, SetStretchBltMode,
            StretchDIBits,
        },
        Printing::{
            AbortPrinter, ClosePrinter, DOC_INFO_1W, DRIVER_INFO_2W, DocumentPropertiesW, EndDocPrinter,
            EndPagePrinter, EnumPrintersW, GetDefaultPrinterW, GetJobW, GetPrinterDriverW, GetPrinterW,
            JOB_INFO_1W, OpenPrinterW, PRINTER_ENUM_CONNECTIONS, PRINTER_ENUM_LOCAL, PRINTER_HANDLE,
            PRINTER_INFO_2W, PRINTER_INFO_4W, StartDocPrinterW, StartPagePrinter, WritePrinter,
        },
    },
    Storage::Xps::{AbortDoc, DOCINFOW, EndDoc, EndPage, StartDocW, StartPage},
};

/// A picture in greys: its rows from below, each filled up to four bytes.
pub(crate) struct Dib {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rows: Vec<u8>,
}

/// How a printer stands, in Windows' own bits (`PRINTER_STATUS_…`, `PRINTER_ATTRIBUTE_…`).
pub(crate) struct QueueStatus {
    pub(crate) status: u32,
    pub(crate) attributes: u32,
}

/// An opened printer queue.
pub(crate) struct Queue {
    handle: PRINTER_HANDLE,
}

/// A printer being drawn on through its driver; a document that is not ended is taken back.
pub(crate) struct Drawing {
    dc: HDC,
    unfinished: bool,
}

/// Text as Windows wants it.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().filter(|unit| *unit != 0).chain([0]).collect()
}

/// What went wrong last, also where a driver says "nothing".
fn refused() -> io::Error {
    let error = io::Error::last_os_error();
    if error.raw_os_error() == Some(0) { io::Error::other("the printer driver refused") } else { error }
}

fn done(answer: i32) -> io::Result<()> {
    if answer == 0 { Err(refused()) } else { Ok(()) }
}

/// Memory that Windows fills with structures and the texts that they point to.
struct Filled(Vec<u64>);

impl Filled {
    /// Asks with an empty hand how much there is, then for all of it.
    fn by(mut ask: impl FnMut(*mut u8, u32, &mut u32) -> i32) -> io::Result<Self> {
        let mut needed = 0;
        if ask(ptr::null_mut(), 0, &mut needed) != 0 {
            return Ok(Self(Vec::new()));
        }
        if needed == 0 {
            return Err(refused());
        }
        let mut room = vec![0_u64; (needed as usize).div_ceil(8)];
        done(ask(room.as_mut_ptr().cast(), needed, &mut needed))?;
        Ok(Self(room))
    }

    /// The structures at the beginning, as many as there are and fit.
    fn each<'a, T: Copy + 'a>(&'a self, count: usize) -> impl Iterator<Item = T> + 'a {
        let fit = mem::size_of_val(self.0.as_slice()) / mem::size_of::<T>();
        let start = self.0.as_ptr().cast::<T>();
        (0..count.min(fit)).map(move |at| {
            // SAFETY: `at` is within the memory, which Windows filled with structures of this kind.
            unsafe { ptr::read_unaligned(start.add(at)) }
        })
    }

    fn first<T: Copy>(&self) -> io::Result<T> {
        self.each(1).next().ok_or_else(refused)
    }
}

/// The text at `start`; empty for none.
///
/// # Safety
/// `start` is null or points to a text that ends in 0 and lives as long as this call.
unsafe fn text(start: *const u16) -> String {
    if start.is_null() {
        return String::new();
    }
    let mut length = 0;
    // SAFETY: the caller promises an end.
    while unsafe { *start.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: so much was read just now.
    String::from_utf16_lossy(unsafe { std::slice::from_raw_parts(start, length) })
}

/// The names of all printers that this user has.
pub(crate) fn printers() -> Vec<String> {
    let mut count = 0;
    let flags = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
    let listed = Filled::by(|room, size, needed| {
        // SAFETY: `room` holds `size` bytes; the name may be null for this machine.
        unsafe { EnumPrintersW(flags, ptr::null(), 4, room, size, needed, &mut count) }
    });
    let Ok(listed) = listed else { return Vec::new() };
    let rows = listed.each::<PRINTER_INFO_4W>(count as usize);
    // SAFETY: the names lie in the same memory, which outlives this line.
    rows.map(|row| unsafe { text(row.pPrinterName) }).filter(|name| !name.is_empty()).collect()
}

/// The name of this user's default printer.
pub(crate) fn default_printer() -> Option<String> {
    let mut length = 0;
    // SAFETY: with no room, only the length is answered.
    unsafe { GetDefaultPrinterW(ptr::null_mut(), &mut length) };
    let mut name = vec![0_u16; length as usize];
    // SAFETY: `name` has room for `length` letters.
    let found = unsafe { GetDefaultPrinterW(name.as_mut_ptr(), &mut length) } != 0;
    let end = name.iter().position(|unit| *unit == 0)?;
    found.then(|| String::from_utf16_lossy(name.get(..end).unwrap_or_default()))
}

impl Queue {
    /// Opens the queue of this printer.
    pub(crate) fn open(name: &str) -> io::Result<Self> {
        let name = wide(name);
        let mut handle = PRINTER_HANDLE::default();
        // SAFETY: the name ends in 0 and both live through the call.
        done(unsafe { OpenPrinterW(name.as_ptr(), &mut handle, ptr::null()) })?;
        Ok(Self { handle })
    }

    /// How the printer stands.
    pub(crate) fn status(&self) -> io::Result<QueueStatus> {
        let filled = Filled::by(|room, size, needed| {
            // SAFETY: the handle is open and `room` holds `size` bytes.
            unsafe { GetPrinterW(self.handle, 2, room, size, needed) }
        })?;
        let found: PRINTER_INFO_2W = filled.first()?;
        Ok(QueueStatus { status: found.Status, attributes: found.Attributes })
    }

    /// The bits of a document (`JOB_STATUS_…`); none when the queue no longer has it.
    pub(crate) fn job(&self, id: u32) -> io::Result<Option<u32>> {
        let filled = Filled::by(|room, size, needed| {
            // SAFETY: the handle is open and `room` holds `size` bytes.
            unsafe { GetJobW(self.handle, id, 1, room, size, needed) }
        });
        match filled.and_then(|filled| filled.first::<JOB_INFO_1W>()) {
            Ok(found) => Ok(Some(found.Status)),
            Err(error) if error.raw_os_error() == i32::try_from(ERROR_INVALID_PARAMETER).ok() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts bytes into the queue, past the driver; the number of the document.
    pub(crate) fn send_raw(&self, title: &str, bytes: &[u8]) -> io::Result<u32> {
        let (mut title, mut kind) = (wide(title), wide(self.raw_kind()));
        let document = DOC_INFO_1W {
            pDocName: title.as_mut_ptr(),
            pOutputFile: ptr::null_mut(),
            pDatatype: kind.as_mut_ptr(),
        };
        // SAFETY: the handle is open, and the texts outlive the call.
        let id = unsafe { StartDocPrinterW(self.handle, 1, &document) };
        if id == 0 {
            return Err(refused());
        }
        let written = self.write(bytes);
        if written.is_err() {
            // SAFETY: the handle is open; what was begun is taken back.
            unsafe { AbortPrinter(self.handle) };
        }
        // SAFETY: a document was begun on this open handle.
        let ended = done(unsafe { EndDocPrinter(self.handle) });
        written.and(ended).map(|()| id)
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        // SAFETY: a document was begun on this open handle.
        done(unsafe { StartPagePrinter(self.handle) })?;
        let mut rest = bytes;
        while !rest.is_empty() {
            let size = u32::try_from(rest.len()).unwrap_or(u32::MAX);
            let mut taken = 0;
            // SAFETY: `rest` holds `size` bytes.
            done(unsafe { WritePrinter(self.handle, rest.as_ptr().cast(), size, &mut taken) })?;
            if taken == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            rest = rest.get(taken as usize..).unwrap_or_default();
        }
        // SAFETY: a page was begun on this open handle.
        done(unsafe { EndPagePrinter(self.handle) })
    }

    /// What "unchanged" is called: drivers of the fourth kind render everything that does not say so in their way.
    fn raw_kind(&self) -> &'static str {
        let filled = Filled::by(|room, size, needed| {
            // SAFETY: the handle is open and `room` holds `size` bytes; no environment means this machine's own.
            unsafe { GetPrinterDriverW(self.handle, ptr::null(), 2, room, size, needed) }
        });
        match filled.and_then(|filled| filled.first::<DRIVER_INFO_2W>()) {
            Ok(driver) if driver.cVersion >= 4 => "XPS_PASS",
            _ => "RAW",
        }
    }

    /// The driver's settings for an upright A4 sheet; none when the driver gives none.
    fn a4(&self, name: &[u16]) -> Option<Vec<u64>> {
        let ask = |to: *mut DEVMODEW, from: *const DEVMODEW, mode| {
            // SAFETY: the handle is open, the name ends in 0, and the memory is as large as the driver asked for.
            unsafe { DocumentPropertiesW(ptr::null_mut(), self.handle, name.as_ptr(), to, from, mode) }
        };
        let size = usize::try_from(ask(ptr::null_mut(), ptr::null(), 0)).ok()?;
        if size < mem::size_of::<DEVMODEW>() {
            return None;
        }
        let mut room = vec![0_u64; size.div_ceil(8)];
        let mode = room.as_mut_ptr().cast::<DEVMODEW>();
        if ask(mode, ptr::null(), DM_OUT_BUFFER) < 0 {
            return None;
        }
        // SAFETY: the driver filled the structure, and the memory is aligned to eight bytes.
        let settings = unsafe { &mut *mode };
        settings.dmFields |= DM_PAPERSIZE | DM_ORIENTATION;
        settings.Anonymous1.Anonymous1.dmPaperSize = i16::try_from(DMPAPER_A4).unwrap_or_default();
        settings.Anonymous1.Anonymous1.dmOrientation = i16::try_from(DMORIENT_PORTRAIT).unwrap_or_default();
        (ask(mode, mode, DM_IN_BUFFER | DM_OUT_BUFFER) >= 0).then_some(room)
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        // SAFETY: the handle was opened and is closed once.
        unsafe { ClosePrinter(self.handle) };
    }
}

impl Drawing {
    /// Opens a printer for drawing on upright A4 sheets.
    pub(crate) fn on_a4(name: &str) -> io::Result<Self> {
        // A name that no printer has is refused here and with the right words.
        let queue = Queue::open(name)?;
        let name = wide(name);
        let settings = queue.a4(&name);
        let settings = settings.as_ref().map_or(ptr::null(), |room| room.as_ptr().cast::<DEVMODEW>());
        // SAFETY: the name ends in 0; the settings are null or were filled by this printer's driver.
        let dc = unsafe { CreateDCW(ptr::null(), name.as_ptr(), ptr::null(), settings) };
        if dc.is_null() { Err(refused()) } else { Ok(Self { dc, unfinished: false }) }
    }

    /// What the driver says of its paper.
    pub(crate) fn caps(&self) -> Caps {
        let ask = |index: GET_DEVICE_CAPS_INDEX| {
            // SAFETY: the context is open.
            unsafe { GetDeviceCaps(self.dc, index.cast_signed()) }
        };
        let dots = |index| u32::try_from(ask(index)).unwrap_or(0);
        Caps {
            dpi: (dots(LOGPIXELSX), dots(LOGPIXELSY)),
            paper: (dots(PHYSICALWIDTH), dots(PHYSICALHEIGHT)),
            offset: (ask(PHYSICALOFFSETX), ask(PHYSICALOFFSETY)),
        }
    }

    /// Begins a document; its number in the queue.
    pub(crate) fn begin(&mut self, title: &str) -> io::Result<u32> {
        let title = wide(title);
        let document = DOCINFOW {
            cbSize: i32::try_from(mem::size_of::<DOCINFOW>()).unwrap_or_default(),
            lpszDocName: title.as_ptr(),
            ..DOCINFOW::default()
        };
        // SAFETY: the context is open and the title outlives the call.
        let id = unsafe { StartDocW(self.dc, &document) };
        match u32::try_from(id) {
            Ok(id) if id > 0 => {
                self.unfinished = true;
                Ok(id)
            }
            _ => Err(refused()),
        }
    }

    /// Draws one page.
    pub(crate) fn page(&mut self, picture: &Dib, place: Place) -> io::Result<()> {
        let (Ok(width), Ok(height)) = (i32::try_from(picture.width), i32::try_from(picture.height)) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let needed = u64::from(picture.width.next_multiple_of(4)) * u64::from(picture.height);
        if (picture.rows.len() as u64) < needed {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let info = greys(width, height);
        // SAFETY: a document was begun on this context.
        if unsafe { StartPage(self.dc) } <= 0 {
            return Err(refused());
        }
        // SAFETY: the picture has as many rows as its head says, each filled up to four bytes, and a full palette.
        let drawn = unsafe {
            SetStretchBltMode(self.dc, HALFTONE);
            StretchDIBits(
                self.dc,
                place.left,
                place.top,
                place.width,
                place.height,
                0,
                0,
                width,
                height,
                picture.rows.as_ptr().cast(),
                ptr::from_ref(&info).cast(),
                DIB_RGB_COLORS,
                SRCCOPY,
            )
        };
        if drawn <= 0 {
            return Err(refused());
        }
        // SAFETY: a page was begun on this context.
        if unsafe { EndPage(self.dc) } <= 0 { Err(refused()) } else { Ok(()) }
    }

    /// Ends the document: the queue has it now.
    pub(crate) fn end(mut self) -> io::Result<()> {
        // SAFETY: a document was begun on this context.
        let ended = unsafe { EndDoc(self.dc) } > 0;
        self.unfinished = !ended;
        if ended { Ok(()) } else { Err(refused()) }
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        // SAFETY: the context is open, and closed once.
        unsafe {
            if self.unfinished {
                AbortDoc(self.dc);
            }
            DeleteDC(self.dc);
        }
    }
}

/// The head of a picture in 256 greys, as Windows lays it out: the palette follows the head.
#[repr(C)]
struct Greys {
    head: BITMAPINFOHEADER,
    palette: [RGBQUAD; 256],
}

fn greys(width: i32, height: i32) -> Greys {
    const { assert!(mem::offset_of!(BITMAPINFO, bmiColors) == mem::offset_of!(Greys, palette)) };
    let head = BITMAPINFOHEADER {
        biSize: u32::try_from(mem::size_of::<BITMAPINFOHEADER>()).unwrap_or_default(),
        biWidth: width,
        biHeight: height,
        biPlanes: 1,
        biBitCount: 8,
        biCompression: BI_RGB,
        biClrUsed: 256,
        ..BITMAPINFOHEADER::default()
    };
    let mut palette = [RGBQUAD::default(); 256];
    for (light, colour) in (0..=u8::MAX).zip(&mut palette) {
        *colour = RGBQUAD { rgbBlue: light, rgbGreen: light, rgbRed: light, rgbReserved: 0 };
    }
    Greys { head, palette }
}
