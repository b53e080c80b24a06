//! What is wrong with a field, in words.

use domain::person::BadText;

/// Why a text about a person was not accepted.
pub(super) fn bad_text(problem: BadText) -> String {
    let key = match problem {
        BadText::Empty => "empty",
        BadText::TooLong => "too_long",
        BadText::Unprintable => "unprintable",
        BadText::WrongDigits => "wrong_digits",
        BadText::BadDate => "bad_date",
    };
    i18n::t(&format!("counter.error.{key}")).into_owned()
}

/// The last part of a field's name as the server says it: `applicant.name` is `name`.
pub(super) fn field_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The part of `name` that `query` found: the longest run of the query's last words in it.
pub(super) fn marked(query: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let mut folded = String::new();
    let mut places = Vec::new();
    for (at, letter) in name.char_indices() {
        let plain = domain::search::fold(letter.encode_utf8(&mut [0; 4]));
        let plain = if plain.is_empty() { " ".to_owned() } else { plain };
        for _ in 0..plain.len() {
            places.push(at..at + letter.len_utf8());
        }
        folded.push_str(&plain);
    }
    let query = domain::search::fold(query);
    let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|skipped| {
        let part = words.get(skipped..)?.join(" ");
        let from = folded.find(&part)?;
        let last = places.get(from + part.len() - 1)?;
        Some(places.get(from)?.start..last.end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_marked_with_its_diacritics() {
        let name = "Đăng ký khai sinh";
        let part = |query| marked(query, name).and_then(|range| name.get(range));
        assert_eq!(part("dk khai sinh"), Some("khai sinh"));
        assert_eq!(part("dang ky"), Some("Đăng ký"));
        assert_eq!(part("đất đai"), None);
    }
}
