//! From the bytes of a serial scanner to whole codes.

/// A code longer than this is noise: the longest, a citizen's card, has some 250 bytes.
const LONGEST: usize = 4_096;

/// What a scanner read.
#[derive(Clone, PartialEq, Eq)]
pub enum Read {
    /// A whole code.
    Code(String),
    /// Bytes that are no text: the code was torn on its way, or the scanner writes another alphabet than UTF-8.
    /// How many there were.
    Torn(usize),
}

/// What a citizen's card says is nobody's business in a log.
impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "Code({} bytes)", code.len()),
            Self::Torn(bytes) => write!(f, "Torn({bytes} bytes)"),
        }
    }
}

/// A scanner that ends its codes with a line is given so many silences within one before the code counts as torn:
/// adapters to USB pause now and then.
const PAUSES: u32 = 10;

/// Gathers bytes until a code is whole: at CR, LF or both; of a scanner that never sends those, when it falls silent.
#[derive(Default)]
pub(super) struct Lines {
    held: Vec<u8>,
    ends_lines: bool,
    silences: u32,
}

impl Lines {
    /// Takes what came; returns the codes that it completed.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Read> {
        self.silences = 0;
        let mut done = Vec::new();
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => {
                    self.ends_lines = true;
                    done.extend(self.take());
                }
                byte if self.held.len() < LONGEST => self.held.push(*byte),
                _ => {}
            }
        }
        done
    }

    /// The scanner was silent for a moment.
    pub(super) fn silence(&mut self) -> Option<Read> {
        self.silences = self.silences.saturating_add(1);
        if !self.ends_lines {
            self.take()
        } else if self.silences >= PAUSES {
            self.cut()
        } else {
            None
        }
    }

    /// The line broke: what came so far is no whole code.
    pub(super) fn cut(&mut self) -> Option<Read> {
        let held = std::mem::take(&mut self.held);
        (!held.is_empty()).then_some(Read::Torn(held.len()))
    }

    fn take(&mut self) -> Option<Read> {
        let held = std::mem::take(&mut self.held);
        if held.is_empty() {
            return None;
        }
        let length = held.len();
        Some(match String::from_utf8(held) {
            Ok(code) if length < LONGEST && !code.chars().any(|c| c.is_control() && c != '\t') => {
                Read::Code(code)
            }
            _ => Read::Torn(length),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "014088004512||Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La|25072021";

    #[test]
    fn a_code_ends_at_any_end_of_line_wherever_the_bytes_are_cut() {
        for end in ["\r", "\n", "\r\n"] {
            let stream = format!("{CARD}{end}H52.125-261123-0032{end}").into_bytes();
            for cut in 1..stream.len() {
                let mut lines = Lines::default();
                let read: Vec<Read> = stream.chunks(cut).flat_map(|bytes| lines.push(bytes)).collect();
                assert!(read == [Read::Code(CARD.into()), Read::Code("H52.125-261123-0032".into())]);
                assert!(lines.silence().is_none());
            }
        }
    }

    #[test]
    fn a_scanner_without_an_end_ends_by_silence() {
        let mut lines = Lines::default();
        assert!(lines.push(CARD.as_bytes()).is_empty());
        assert!(lines.silence() == Some(Read::Code(CARD.into())));
    }

    #[test]
    fn a_scanner_that_ends_its_lines_may_pause_but_not_for_ever() {
        let mut lines = Lines::default();
        let (begin, end) = CARD.as_bytes().split_at(20);
        assert_eq!(lines.push(b"H52.125-261123-0032\r").len(), 1);
        assert!(lines.push(begin).is_empty());
        assert!((1..PAUSES).all(|_| lines.silence().is_none()));
        assert!(lines.push(&[end, b"\r"].concat()) == [Read::Code(CARD.into())]);
        assert!(lines.push(begin).is_empty());
        let read: Vec<Read> = (0..PAUSES).filter_map(|_| lines.silence()).collect();
        assert!(read == [Read::Torn(20)]);
    }

    #[test]
    fn torn_letters_are_no_code() {
        let mut lines = Lines::default();
        let (torn, _) = CARD.as_bytes().split_at(CARD.find('à').unwrap() + 1);
        assert!(lines.push(torn).is_empty());
        assert!(lines.silence() == Some(Read::Torn(torn.len())));
        assert!(lines.push(&[b'x'; 9_000]).is_empty());
        assert!(matches!(lines.silence(), Some(Read::Torn(_))));
        assert!(lines.push(b"014\x00\x01\r") == [Read::Torn(5)]);
    }

    #[test]
    fn a_log_shows_no_card() {
        assert!(!format!("{:?}", Read::Code(CARD.into())).contains("Thưởng"));
    }
}
