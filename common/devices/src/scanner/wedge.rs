//! Barcode scanners that type like a keyboard ("wedge"): telling a scan from typing.
//!
//! A scanner types a whole code within a few milliseconds a letter and ends it with Enter; nobody types that
//! fast. So letters are held back for a moment. Windows deliver keys in batches, once a frame, and a slow frame
//! gathers many: what counts is therefore the pace over all that is held, not the pause between two letters.
//! What was held when Enter comes is a candidate: whether it is a code at all is for the domain to say, and if it
//! is none, it was a fast typist (or a program) and is let through.

/// How a scanner frames its codes, and how fast it types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// Slowest pace of a scan, in milliseconds a letter; also the longest silence within one.
    pub pace_ms: u64,
    /// How much later than its pace a scan may be: the length of a slow frame.
    pub slack_ms: u64,
    /// Shorter than this is never a scan.
    pub min_letters: usize,
    /// Letters that the scanner puts before each code; cut off.
    pub prefix: String,
    /// Letters that it puts behind, before Enter; cut off.
    pub suffix: String,
}

impl Default for Framing {
    fn default() -> Self {
        Self { pace_ms: 30, slack_ms: 150, min_letters: 8, prefix: String::new(), suffix: String::new() }
    }
}

/// What Enter ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enter {
    /// Typing: let through what is held, then Enter.
    Typing,
    /// Perhaps a scan.
    Scan(String),
}

/// The state between two batches of keys.
#[derive(Clone, Debug, Default)]
pub struct Wedge {
    framing: Framing,
    held: String,
    count: u64,
    first_ms: u64,
    last_ms: u64,
}

impl Wedge {
    /// For a scanner that frames in this way.
    #[must_use]
    pub fn new(framing: Framing) -> Self {
        Self { framing, ..Self::default() }
    }

    /// A letter came in the batch of `now_ms`: hold it back.
    pub fn letter(&mut self, letter: char, now_ms: u64) {
        if self.held.is_empty() {
            self.first_ms = now_ms;
            self.count = 0;
        }
        self.held.push(letter);
        self.count += 1;
        self.last_ms = now_ms;
    }

    /// Backspace came in the batch of `now_ms`. Programs that make Vietnamese letters while one types (UniKey, EVKey)
    /// send it at once before the letter in its new shape, within a scan as well. True while something is
    /// held: the key then stays with it; otherwise it is a person's.
    pub fn erase(&mut self, now_ms: u64) -> bool {
        if self.held.pop().is_none() {
            return false;
        }
        self.count += 1;
        self.last_ms = now_ms;
        !self.held.is_empty()
    }

    /// Whether what is held is too slow for a scanner.
    fn is_slow(&self, now_ms: u64) -> bool {
        let took = now_ms.saturating_sub(self.first_ms);
        took > self.count * self.framing.pace_ms + self.framing.slack_ms
    }

    /// Enter came in the batch of `now_ms`.
    pub fn enter(&mut self, now_ms: u64) -> Enter {
        let slow = self.is_slow(now_ms);
        let held = std::mem::take(&mut self.held);
        if slow || held.chars().count() < self.framing.min_letters {
            return Enter::Typing;
        }
        let code = held.strip_prefix(&self.framing.prefix).unwrap_or(&held);
        let code = code.strip_suffix(&self.framing.suffix).unwrap_or(code);
        Enter::Scan(code.to_owned())
    }

    /// Any other key came: what is held was typing.
    pub fn other(&mut self) {
        self.held.clear();
    }

    /// After a batch: whether what is held was typing, because no letter followed in time or all came too slowly;
    /// forgets it then.
    pub fn settle(&mut self, now_ms: u64) -> bool {
        // So many letters at such a pace are no person's: their Enter may take its time.
        let burst = self.held.chars().count() >= self.framing.min_letters;
        let patience =
            if burst { self.framing.pace_ms + self.framing.slack_ms } else { self.framing.pace_ms };
        let silent = now_ms.saturating_sub(self.last_ms) > patience;
        let typing = !self.held.is_empty() && (silent || self.is_slow(now_ms));
        if typing {
            self.held.clear();
        }
        typing
    }

    /// Whether letters are held back now.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters in batches of `batch` every `every_ms`; how often letters were let go, and what Enter ended.
    fn keys(wedge: &mut Wedge, text: &str, batch: usize, every_ms: u64) -> (usize, Enter) {
        let letters: Vec<char> = text.chars().collect();
        let (mut now, mut released) = (1_000, 0);
        for batch in letters.chunks(batch) {
            batch.iter().for_each(|letter| wedge.letter(*letter, now));
            released += usize::from(wedge.settle(now));
            now += every_ms;
        }
        (released, wedge.enter(now))
    }

    const CODE: &str = "H52.125-261123-0032";

    #[test]
    fn fast_letters_with_enter_are_a_scan() {
        assert_eq!(keys(&mut Wedge::default(), CODE, 1, 3), (0, Enter::Scan(CODE.into())));
    }

    #[test]
    fn a_slow_window_does_not_tear_a_scan() {
        let card = "014088004512||Quàng Văn Thưởng|12041988|Nam|Bản Mòng, xã Hua La|25072021";
        assert_eq!(keys(&mut Wedge::default(), card, 25, 120), (0, Enter::Scan(card.into())));
    }

    #[test]
    fn a_person_types_slower() {
        let (released, enter) = keys(&mut Wedge::default(), CODE, 1, 70);
        assert!(released > 0);
        assert_eq!(enter, Enter::Typing);
    }

    #[test]
    fn a_person_types_slower_in_a_slow_window_too() {
        let (released, enter) = keys(&mut Wedge::default(), CODE, 2, 130);
        assert!(released > 0);
        assert_eq!(enter, Enter::Typing);
    }

    #[test]
    fn a_short_burst_is_no_scan() {
        assert_eq!(keys(&mut Wedge::default(), "ok", 1, 1).1, Enter::Typing);
    }

    #[test]
    fn prefix_and_suffix_are_cut() {
        let framing = Framing { prefix: "~".into(), suffix: "$".into(), ..Framing::default() };
        assert_eq!(
            keys(&mut Wedge::new(framing), "~014088004512|$", 1, 5).1,
            Enter::Scan("014088004512|".into())
        );
    }

    #[test]
    fn a_scan_that_was_made_vietnamese_on_its_way_stays_one() {
        let mut wedge = Wedge::default();
        let keys =
            "014088004512||Quang\u{8}\u{8}\u{8}àng Van\u{8}\u{8}ăn Thuong\u{8}\u{8}\u{8}\u{8}ưởng|12041988";
        for (now, key) in (0..).step_by(3).zip(keys.chars()) {
            if key == '\u{8}' {
                assert!(wedge.erase(now));
            } else {
                wedge.letter(key, now);
            }
        }
        let now = 3 * keys.chars().count() as u64;
        assert_eq!(wedge.enter(now), Enter::Scan("014088004512||Quàng Văn Thưởng|12041988".into()));
    }

    #[test]
    fn backspace_by_itself_is_a_persons() {
        let mut wedge = Wedge::default();
        assert!(!wedge.erase(0));
        wedge.letter('a', 1);
        assert!(!wedge.erase(2));
        assert!(!wedge.is_holding());
    }

    #[test]
    fn a_single_letter_is_let_go_when_nothing_follows() {
        let mut wedge = Wedge::default();
        wedge.letter('a', 0);
        assert!(!wedge.settle(16));
        assert!(wedge.settle(32));
        assert!(!wedge.is_holding());
    }
}
