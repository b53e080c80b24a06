//! Search without diacritics: one folding for both databases and every list.

use unicode_normalization::UnicodeNormalization as _;

/// Folds text for searching: marks stripped, đ to d, lower case, other signs to single spaces.
///
/// ```
/// use domain::search::fold;
/// assert_eq!(fold("Đăng ký  khai sinh"), "dang ky khai sinh");
/// assert_eq!(fold("ĐƯỜNG, Sắt"), "duong sat");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        let c = match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
            other => other,
        };
        if c.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.extend(c.to_lowercase());
        } else {
            gap = true;
        }
    }
    folded
}

/// How well `query` finds `name`: none if it does not, higher is better.
///
/// Every word of the query must begin a word of the name, so `dk khai sinh` finds
/// "Đăng ký khai sinh": a word that begins none may be the initials of neighbouring words.
/// A hit typed with its marks ranks above one that only matches folded.
///
/// ```
/// use domain::search::rank;
/// assert!(rank("dk khai sinh", "Đăng ký khai sinh").is_some());
/// assert!(rank("dk khai sinh", "Đăng ký khai tử").is_none());
/// assert!(rank("khai sinh", "Đăng ký khai sinh") > rank("khai sinh", "Đăng ký lại việc khai và sinh"));
/// ```
#[must_use]
pub fn rank(query: &str, name: &str) -> Option<u32> {
    let folded_name = fold(name);
    let words: Vec<&str> = folded_name.split(' ').filter(|w| !w.is_empty()).collect();
    let folded_query = fold(query);
    let mut score: u32 = 0;
    for part in folded_query.split(' ').filter(|w| !w.is_empty()) {
        score += word_score(part, &words)?;
    }
    if folded_name.contains(&folded_query) {
        score += 20;
    }
    if folded_name.starts_with(&folded_query) {
        score += 10;
    }
    let typed: String = query.nfc().collect::<String>().to_lowercase();
    let marked: String = name.nfc().collect::<String>().to_lowercase();
    if marked.contains(typed.trim()) {
        score += 40;
    }
    // Of two names that match alike, the shorter is the likelier.
    Some(score * 1_000 + 1_000_u32.saturating_sub(u32::try_from(name.len()).unwrap_or(1_000)))
}

fn word_score(part: &str, words: &[&str]) -> Option<u32> {
    if words.contains(&part) {
        return Some(6);
    }
    if words.iter().any(|word| word.starts_with(part)) {
        return Some(4);
    }
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    (part.chars().count() > 1 && initials.contains(part)).then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        let nfd: String = "Nguyễn Thị Ường".nfd().collect();
        assert_eq!(fold(&nfd), "nguyen thi uong");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_name_finds_itself(words in proptest::collection::vec("[a-zđĂÂÊÔƠƯáàảãạ]{1,8}", 1..6)) {
            let name = words.join(" ");
            prop_assert!(rank(&name, &name).is_some());
        }
    }
}
