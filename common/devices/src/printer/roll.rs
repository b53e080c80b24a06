//! Printers of 80 mm rolls, whatever way they hang on.

#[cfg(not(windows))]
use super::Cups;
#[cfg(windows)]
use super::Spooler;
use super::{Job, JobState, Network, PrintError, Printer, Promise, Raw, RawFile, RollAddress, escpos};
use crate::DeviceState;
use image::GrayImage;

/// A printer of 80 mm rolls: takes pictures of 576 dots across and cuts after each.
pub struct RollPrinter {
    way: Box<dyn Raw>,
}

impl RollPrinter {
    /// The printer that hangs on this way.
    #[must_use]
    pub fn new(way: Box<dyn Raw>) -> Self {
        Self { way }
    }

    /// The printer at an address.
    ///
    /// # Errors
    /// [`PrintError::NoPrinter`] when it names an installed printer of another system than this.
    pub fn at(address: &RollAddress) -> Result<Self, PrintError> {
        let way: Box<dyn Raw> = match address {
            #[cfg(windows)]
            RollAddress::Windows(name) => Box::new(Spooler::new(name)),
            #[cfg(not(windows))]
            RollAddress::Cups(queue) => Box::new(Cups::new(queue)),
            RollAddress::Tcp { host, port } => Box::new(Network::new(host, *port)),
            RollAddress::File(path) => Box::new(RawFile::new(path.clone())),
            foreign => return Err(PrintError::NoPrinter(foreign.to_string())),
        };
        Ok(Self::new(way))
    }

    /// Hands a picture over, one pixel a dot, 0 for black and 255 for white.
    ///
    /// # Errors
    /// [`PrintError`]; nothing was printed then.
    pub async fn print(&self, title: &str, dots: &GrayImage) -> Result<Job, PrintError> {
        self.way.send(title, &escpos::encode(dots)).await
    }
}

impl Printer for RollPrinter {
    fn name(&self) -> String {
        self.way.name()
    }

    fn job<'a>(&'a self, job: &'a Job) -> Promise<'a, JobState> {
        self.way.job(job)
    }

    fn state(&self) -> Promise<'_, DeviceState> {
        self.way.state()
    }
}
