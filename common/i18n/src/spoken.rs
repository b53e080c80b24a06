//! What the loudspeaker says when a number is called: recorded clips, one after the other, and the same in writing.
//!
//! "Mời số A không một hai đến quầy số ba." Numbers in the line are read digit by digit, counters as numbers. What a
//! clip says stands here and not among the words: it belongs to a recording, and each language needs clips of its own.

use crate::Lang;
use domain::hall::{Class, TicketNumber};

/// A recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clip {
    /// Its name, and that of its file in the language's folder.
    pub name: &'static str,
    /// The words that are recorded; none for a sound.
    pub says: &'static str,
}

/// A call, to be heard and to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Names of clips, in order.
    pub clips: Vec<&'static str>,
    /// The same as a sentence, for screen readers and logs.
    pub text: String,
}

impl Lang {
    /// The call of a number to a counter. That it has priority is said, never why; an appointment is called like any
    /// other.
    ///
    /// ```
    /// use domain::hall::Class;
    /// use i18n::Lang;
    /// let call = Lang::Vi.call("A012".parse().unwrap(), 21, Class::Ordinary);
    /// assert_eq!(call.text, "Mời số A không một hai đến quầy số hai mươi mốt.");
    /// assert_eq!(call.clips.join(" "), "chime moi-so chu-a so-0 so-1 so-2 den-quay so-2 muoi-chuc mot-cuoi");
    /// ```
    #[must_use]
    pub fn call(self, number: TicketNumber, counter: u16, class: Class) -> Spoken {
        let voice = self.voice();
        let opening = if matches!(class, Class::Priority { .. }) { voice.priority } else { voice.ordinary };
        let mut clips: Vec<Clip> = opening.to_vec();
        clips.extend(number.to_string().chars().filter_map(|sign| voice.sign(sign)));
        clips.push(voice.to_counter);
        voice.number(counter, &mut clips);
        let said: Vec<&str> = clips.iter().map(|clip| clip.says).filter(|says| !says.is_empty()).collect();
        Spoken { clips: clips.iter().map(|clip| clip.name).collect(), text: sentence(&said.join(" ")) }
    }

    /// Every clip that a call in this language can ask for, each once, sorted by name.
    #[must_use]
    pub fn clips(self) -> Vec<Clip> {
        let voice = self.voice();
        let mut clips = [voice.ordinary, voice.priority, &voice.digits, &voice.letters].concat();
        clips.extend(voice.parts.concat());
        clips.push(voice.to_counter);
        clips.sort_by_key(|clip| clip.name);
        clips.dedup();
        clips
    }

    fn voice(self) -> &'static Voice {
        match self {
            Self::Vi => &VIETNAMESE,
            Self::En => &ENGLISH,
        }
    }
}

/// The clips of a language.
struct Voice {
    /// Before an ordinary number.
    ordinary: &'static [Clip],
    /// Before a number with priority.
    priority: &'static [Clip],
    to_counter: Clip,
    /// 0 to 9.
    digits: [Clip; 10],
    /// A to Z.
    letters: [Clip; 26],
    /// What numbers from 10 on need beside the digits.
    parts: &'static [&'static [Clip]],
    /// Reads 1 to 999 out of digits and parts.
    read: fn(&Voice, u16, &mut Vec<Clip>),
}

impl Voice {
    /// A letter or a digit.
    fn sign(&self, sign: char) -> Option<Clip> {
        let letters = ('A'..='Z').zip(self.letters);
        let mut signs = letters.chain(('0'..='9').zip(self.digits));
        signs.find(|(known, _)| *known == sign).map(|(_, clip)| clip)
    }

    fn digit(&self, digit: u16) -> Option<Clip> {
        self.digits.get(usize::from(digit)).copied()
    }

    /// A number as it is read; from 1000 on, which no hall has, digit by digit.
    fn number(&self, n: u16, clips: &mut Vec<Clip>) {
        match n {
            0..=9 => clips.extend(self.digit(n)),
            10..=999 => (self.read)(self, n, clips),
            _ => clips.extend(n.to_string().chars().filter_map(|sign| self.sign(sign))),
        }
    }
}

/// A capital at the beginning and a stop at the end.
fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

const fn clip(name: &'static str, says: &'static str) -> Clip {
    Clip { name, says }
}

const CHIME: Clip = clip("chime", "");

/// Ten clips for the digits, 26 for the letters, named with a prefix.
macro_rules! signs {
    ($prefix:literal: $($sign:literal $says:literal),+ $(,)?) => {
        [$(clip(concat!($prefix, $sign), $says)),+]
    };
}

macro_rules! letters {
    ($prefix:literal) => {
        signs![$prefix:
            "a" "A", "b" "B", "c" "C", "d" "D", "e" "E", "f" "F", "g" "G", "h" "H", "i" "I", "j" "J", "k" "K",
            "l" "L", "m" "M", "n" "N", "o" "O", "p" "P", "q" "Q", "r" "R", "s" "S", "t" "T", "u" "U", "v" "V",
            "w" "W", "x" "X", "y" "Y", "z" "Z"]
    };
}

/// "mười" of 10 to 19.
const TEN: Clip = clip("muoi", "mười");
/// "mươi" of 20 to 99.
const TENS: Clip = clip("muoi-chuc", "mươi");
/// The one of 21, 31…: "hai mươi mốt".
const LAST_ONE: Clip = clip("mot-cuoi", "mốt");
/// The five of 15, 25…: "hai mươi lăm".
const LAST_FIVE: Clip = clip("lam-cuoi", "lăm");
const HUNDRED: Clip = clip("tram", "trăm");
/// The empty tens of 101 to 109, as the north says it: "một trăm linh một".
const NO_TENS: Clip = clip("linh", "linh");

static VIETNAMESE: Voice = Voice {
    ordinary: &[CHIME, clip("moi-so", "mời số")],
    priority: &[CHIME, clip("moi-so", "mời số"), clip("uu-tien", "ưu tiên")],
    to_counter: clip("den-quay", "đến quầy số"),
    digits: signs!["so-":
        "0" "không", "1" "một", "2" "hai", "3" "ba", "4" "bốn", "5" "năm", "6" "sáu", "7" "bảy", "8" "tám",
        "9" "chín"],
    letters: letters!("chu-"),
    parts: &[&[TEN, TENS, LAST_ONE, LAST_FIVE, HUNDRED, NO_TENS]],
    read: read_vietnamese,
};

fn read_vietnamese(voice: &Voice, n: u16, clips: &mut Vec<Clip>) {
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    if hundreds > 0 {
        clips.extend(voice.digit(hundreds));
        clips.push(HUNDRED);
    }
    match tens {
        0 if ones > 0 => clips.push(NO_TENS),
        0 => {}
        1 => clips.push(TEN),
        _ => {
            clips.extend(voice.digit(tens));
            clips.push(TENS);
        }
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => clips.push(LAST_ONE),
        (1.., 5) => clips.push(LAST_FIVE),
        _ => clips.extend(voice.digit(ones)),
    }
}

const ENGLISH_HUNDRED: Clip = clip("hundred", "hundred");
const ENGLISH_AND: Clip = clip("and", "and");
const TEENS: [Clip; 10] = [
    clip("ten", "ten"),
    clip("eleven", "eleven"),
    clip("twelve", "twelve"),
    clip("thirteen", "thirteen"),
    clip("fourteen", "fourteen"),
    clip("fifteen", "fifteen"),
    clip("sixteen", "sixteen"),
    clip("seventeen", "seventeen"),
    clip("eighteen", "eighteen"),
    clip("nineteen", "nineteen"),
];
const ENGLISH_TENS: [Clip; 8] = [
    clip("twenty", "twenty"),
    clip("thirty", "thirty"),
    clip("forty", "forty"),
    clip("fifty", "fifty"),
    clip("sixty", "sixty"),
    clip("seventy", "seventy"),
    clip("eighty", "eighty"),
    clip("ninety", "ninety"),
];
static ENGLISH: Voice = Voice {
    ordinary: &[CHIME, clip("number", "number")],
    priority: &[CHIME, clip("priority-number", "priority number")],
    to_counter: clip("to-counter", "please go to counter"),
    digits: signs!["digit-":
        "0" "zero", "1" "one", "2" "two", "3" "three", "4" "four", "5" "five", "6" "six", "7" "seven",
        "8" "eight", "9" "nine"],
    letters: letters!("letter-"),
    parts: &[&TEENS, &ENGLISH_TENS, &[ENGLISH_HUNDRED, ENGLISH_AND]],
    read: read_english,
};

fn read_english(voice: &Voice, n: u16, clips: &mut Vec<Clip>) {
    let (hundreds, rest) = (n / 100, n % 100);
    if hundreds > 0 {
        clips.extend(voice.digit(hundreds));
        clips.push(ENGLISH_HUNDRED);
        clips.extend((rest > 0).then_some(ENGLISH_AND));
    }
    let of = |clips: &[Clip], at: u16| clips.get(usize::from(at)).copied();
    match (rest / 10, rest % 10) {
        (0, 0) => {}
        (0, ones) => clips.extend(voice.digit(ones)),
        (1, ones) => clips.extend(of(&TEENS, ones)),
        (tens, ones) => {
            clips.extend(of(&ENGLISH_TENS, tens - 2));
            clips.extend((ones > 0).then(|| voice.digit(ones)).flatten());
        }
    }
}

#[cfg(test)]
mod tests;
