//! Barcode scanners that type like a keyboard ("wedge"): telling a scan from typing.
//!
//! A scanner types a whole code within a few milliseconds a letter and ends it with Enter. So a letter is
//! held back for a moment: if the next one follows at once, it may be a scan and is held on; if not, it was a
//! person, and is let through. What was held when Enter comes is a candidate: whether it is a code at all is
//! for the domain to say, and if it is none, it was a fast typist (or pasted text) and is let through.

/// How a scanner frames its codes, and how fast it types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// Longest pause between two letters of a scan, in milliseconds.
    pub gap_ms: u64,
    /// Shorter than this is never a scan.
    pub min_letters: usize,
    /// Letters that the scanner puts before each code; cut off.
    pub prefix: String,
    /// Letters that it puts behind, before Enter; cut off.
    pub suffix: String,
}

impl Default for Framing {
    fn default() -> Self {
        Self { gap_ms: 30, min_letters: 8, prefix: String::new(), suffix: String::new() }
    }
}

/// What to do with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Hold it back with those held already.
    Hold,
    /// Let through what is held, then hold this one.
    ReleaseThenHold,
}

/// What Enter ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enter {
    /// Typing: let through what is held, then Enter.
    Typing,
    /// Perhaps a scan.
    Scan(String),
}

/// The state between two keys.
#[derive(Clone, Debug, Default)]
pub struct Wedge {
    framing: Framing,
    held: String,
    last_ms: u64,
}

impl Wedge {
    /// For a scanner that frames in this way.
    #[must_use]
    pub fn new(framing: Framing) -> Self {
        Self { framing, held: String::new(), last_ms: 0 }
    }

    /// A letter came at `now_ms`.
    pub fn letter(&mut self, letter: char, now_ms: u64) -> Letter {
        let follows = self.held.is_empty() || now_ms.saturating_sub(self.last_ms) <= self.framing.gap_ms;
        if !follows {
            self.held.clear();
        }
        self.held.push(letter);
        self.last_ms = now_ms;
        if follows { Letter::Hold } else { Letter::ReleaseThenHold }
    }

    /// Enter came at `now_ms`.
    pub fn enter(&mut self, now_ms: u64) -> Enter {
        let held = std::mem::take(&mut self.held);
        let follows = now_ms.saturating_sub(self.last_ms) <= self.framing.gap_ms;
        if !follows || held.chars().count() < self.framing.min_letters {
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

    /// Whether what is held has waited long enough to be typing; forgets it then.
    pub fn expire(&mut self, now_ms: u64) -> bool {
        let expired = !self.held.is_empty() && now_ms.saturating_sub(self.last_ms) > self.framing.gap_ms;
        if expired {
            self.held.clear();
        }
        expired
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

    fn scan(wedge: &mut Wedge, text: &str, every_ms: u64) -> (usize, Enter) {
        let mut now = 1_000;
        let mut released = 0;
        for letter in text.chars() {
            now += every_ms;
            released += usize::from(wedge.letter(letter, now) == Letter::ReleaseThenHold);
        }
        (released, wedge.enter(now + every_ms))
    }

    #[test]
    fn fast_letters_with_enter_are_a_scan() {
        let (released, enter) = scan(&mut Wedge::default(), "H52.125-261123-0032", 3);
        assert_eq!((released, enter), (0, Enter::Scan("H52.125-261123-0032".into())));
    }

    #[test]
    fn a_person_types_slower() {
        let (released, enter) = scan(&mut Wedge::default(), "H52.125-261123-0032", 70);
        assert_eq!((released, enter), (18, Enter::Typing));
    }

    #[test]
    fn a_short_burst_is_no_scan() {
        assert_eq!(scan(&mut Wedge::default(), "ok", 1).1, Enter::Typing);
    }

    #[test]
    fn prefix_and_suffix_are_cut() {
        let framing = Framing { prefix: "~".into(), suffix: "$".into(), ..Framing::default() };
        assert_eq!(
            scan(&mut Wedge::new(framing), "~014088004512|$", 5).1,
            Enter::Scan("014088004512|".into())
        );
    }

    #[test]
    fn held_letters_are_let_go_after_the_gap() {
        let mut wedge = Wedge::default();
        assert_eq!(wedge.letter('a', 0), Letter::Hold);
        assert!(!wedge.expire(30));
        assert!(wedge.expire(31));
        assert!(!wedge.is_holding());
    }
}
