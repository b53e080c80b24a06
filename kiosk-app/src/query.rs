//! The words being searched for, typed letter by letter, with Telex if it is on.

use vi::processor::AccentStyle;

/// Letters that Vietnamese adds to the Latin ones, as three rows of keys.
pub const OWN_LETTERS: [&str; 3] = ["ăâêôơưđ", "áàảãạấầậắặ", "éếệíịóốộớợúứự"];

/// What is typed. The last word is kept as keystrokes, since Telex may still change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    done: String,
    keys: String,
}

/// Longer names than this do not exist.
const LONGEST: usize = 80;

impl Query {
    /// The words as they stand.
    ///
    /// ```
    /// use kiosk_app::query::Query;
    /// let mut query = Query::default();
    /// "giaays pheps xaay".chars().for_each(|letter| query.push(letter, true));
    /// assert_eq!(query.text(), "giấy phép xây");
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.done, telex(&self.keys))
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.keys.is_empty()
    }

    /// One more letter.
    pub fn push(&mut self, letter: char, with_telex: bool) {
        if letter.is_control() || self.done.chars().count() + self.keys.chars().count() >= LONGEST {
            return;
        }
        if letter.is_whitespace() {
            self.settle();
            if !self.done.is_empty() && !self.done.ends_with(' ') {
                self.done.push(' ');
            }
        } else if with_telex && letter.is_ascii_alphabetic() {
            self.keys.push(letter.to_ascii_lowercase());
        } else {
            self.settle();
            let joined: String = self.done.chars().chain(letter.to_lowercase()).collect();
            self.done = ui::nfc(&joined);
        }
    }

    /// Takes the last letter back, as it is seen.
    pub fn pop(&mut self) {
        let mut text = self.text();
        text.pop();
        let word_at = text.rfind(' ').map_or(0, |space| space + 1);
        let word = text.split_off(word_at);
        let again = keystrokes(&word);
        self.done = text;
        self.keys.clear();
        if telex(&again) == word {
            self.keys = again;
        } else {
            self.done.push_str(&word);
        }
    }

    fn settle(&mut self) {
        let word = telex(&self.keys);
        self.done.push_str(&word);
        self.keys.clear();
    }
}

fn telex(keys: &str) -> String {
    let mut word = String::new();
    vi::transform_buffer_with_style(&vi::TELEX, AccentStyle::Old, keys.chars(), &mut word);
    word
}

/// Keys that give `word`, tone last.
fn keystrokes(word: &str) -> String {
    let mut keys = String::new();
    let mut tone = None;
    for letter in word.chars() {
        let (bare, mark) = match fold_letter(letter) {
            Some(pair) => pair,
            None => (letter, None),
        };
        match bare {
            'â' => keys.push_str("aa"),
            'ê' => keys.push_str("ee"),
            'ô' => keys.push_str("oo"),
            'ă' => keys.push_str("aw"),
            'ơ' => keys.push_str("ow"),
            'ư' => keys.push_str("uw"),
            'đ' => keys.push_str("dd"),
            other => keys.push(other),
        }
        tone = mark.or(tone);
    }
    keys.extend(tone);
    keys
}

/// A vowel without its tone, and the key of the tone.
fn fold_letter(letter: char) -> Option<(char, Option<char>)> {
    const TONES: [char; 5] = ['f', 's', 'r', 'x', 'j'];
    const ROWS: [(&str, char); 12] = [
        ("àáảãạ", 'a'),
        ("ằắẳẵặ", 'ă'),
        ("ầấẩẫậ", 'â'),
        ("èéẻẽẹ", 'e'),
        ("ềếểễệ", 'ê'),
        ("ìíỉĩị", 'i'),
        ("òóỏõọ", 'o'),
        ("ồốổỗộ", 'ô'),
        ("ờớởỡợ", 'ơ'),
        ("ùúủũụ", 'u'),
        ("ừứửữự", 'ư'),
        ("ỳýỷỹỵ", 'y'),
    ];
    ROWS.iter().find_map(|(row, bare)| {
        let place = row.chars().position(|c| c == letter)?;
        Some((*bare, TONES.get(place).copied()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str, with_telex: bool) -> Query {
        let mut query = Query::default();
        keys.chars().for_each(|letter| query.push(letter, with_telex));
        query
    }

    #[test]
    fn telex_makes_vietnamese() {
        assert_eq!(typed("ddawng kys khai sinh", true).text(), "đăng ký khai sinh");
        assert_eq!(typed("caaps giaays chuwngs nhaanj", true).text(), "cấp giấy chứng nhận");
        assert_eq!(typed("hooj tichj", true).text(), "hộ tịch");
    }

    #[test]
    fn words_without_marks_stay_as_they_are() {
        for words in
            ["dk khai sinh", "giay phep xay dung", "dat dai", "xac nhan tinh trang hon nhan", "trich luc"]
        {
            assert_eq!(typed(words, true).text(), words);
        }
    }

    #[test]
    fn without_telex_letters_are_letters() {
        assert_eq!(typed("giaays", false).text(), "giaays");
    }

    #[test]
    fn letters_of_the_vowel_row_join_what_is_there() {
        let mut query = typed("gi", true);
        query.push('ấ', true);
        query.push('y', true);
        assert_eq!(query.text(), "giấy");
    }

    #[test]
    fn backspace_takes_one_seen_letter_and_telex_goes_on() {
        let mut query = typed("giaays", true);
        query.pop();
        assert_eq!(query.text(), "giấ");
        query.push('y', true);
        assert_eq!(query.text(), "giấy");
        for _ in 0..9 {
            query.pop();
        }
        assert!(query.is_empty());
    }

    #[test]
    fn control_letters_and_floods_do_no_harm() {
        let mut query = Query::default();
        query.push('\u{7}', true);
        assert!(query.is_empty());
        (0..500).for_each(|_| query.push('k', true));
        assert_eq!(query.text().chars().count(), 80);
    }

    #[test]
    fn spaces_never_pile_up() {
        assert_eq!(typed("  khai   sinh ", true).text(), "khai sinh ");
    }
}
