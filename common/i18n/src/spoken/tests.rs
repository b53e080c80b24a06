use super::*;
use domain::hall::{MAX_NUMBER, Prefix, PriorityReason};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn priority() -> Class {
    Class::Priority { reason: PriorityReason::Pregnant }
}

fn call(lang: Lang, number: &str, counter: u16, class: Class) -> Spoken {
    lang.call(number.parse().unwrap(), counter, class)
}

/// A counter's number in words.
fn read(lang: Lang, n: u16) -> String {
    let mut clips = Vec::new();
    lang.voice().number(n, &mut clips);
    clips.iter().map(|clip| clip.says).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_call_with_priority() {
    let vi = call(Lang::Vi, "U004", 4, priority());
    assert_eq!(vi.text, "Mời số ưu tiên U không không bốn đến quầy số bốn.");
    assert_eq!(vi.clips, ["chime", "moi-so", "uu-tien", "chu-u", "so-0", "so-0", "so-4", "den-quay", "so-4"]);
    let en = call(Lang::En, "U004", 12, priority());
    assert_eq!(en.text, "Priority number U zero zero four please go to counter twelve.");
    assert_eq!(call(Lang::Vi, "12", 3, Class::Ordinary).text, "Mời số không một hai đến quầy số ba.");
}

#[test]
fn an_appointment_is_called_like_any_other() {
    let appointment = Class::appointment(domain::time::Millis(0), 5);
    assert_eq!(call(Lang::Vi, "A1", 1, appointment), call(Lang::Vi, "A1", 1, Class::Ordinary));
}

#[test]
fn counters_as_vietnamese_read_them() {
    for (n, said) in [
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (12, "mười hai"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1_205, "một hai không năm"),
    ] {
        assert_eq!(read(Lang::Vi, n), said, "{n}");
    }
    for (n, said) in [
        (7, "seven"),
        (10, "ten"),
        (19, "nineteen"),
        (20, "twenty"),
        (42, "forty two"),
        (101, "one hundred and one"),
    ] {
        assert_eq!(read(Lang::En, n), said, "{n}");
    }
}

#[test]
fn no_two_counters_sound_alike() {
    for lang in [Lang::Vi, Lang::En] {
        let all: std::collections::BTreeSet<String> = (0..=9_999).map(|n| read(lang, n)).collect();
        assert_eq!(all.len(), 10_000);
    }
}

#[test]
fn the_set_holds_every_clip_once_and_no_other() {
    for (lang, count) in [(Lang::Vi, 46), (Lang::En, 60)] {
        let clips = lang.clips();
        let names: std::collections::BTreeSet<&str> = clips.iter().map(|clip| clip.name).collect();
        assert_eq!((clips.len(), names.len()), (count, count));
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        assert!(names.iter().all(|name| name.bytes().all(is_name)), "{names:?}");
        // Every letter and digit, every counter, with and without priority: nothing is recorded for nothing.
        let mut asked: std::collections::BTreeSet<&str> = (0..=999)
            .flat_map(|counter| lang.call("A123".parse().unwrap(), counter, Class::Ordinary).clips)
            .collect();
        for prefix in Prefix::all() {
            let number = TicketNumber::new(Some(prefix), 1_234_567).unwrap();
            asked.extend(lang.call(number, 89, priority()).clips);
        }
        assert_eq!(asked, names);
    }
}

proptest! {
    #[test]
    fn text_and_clips_say_the_same_and_only_what_is_recorded(
        letter in proptest::option::of(0_usize..26), count in prop_oneof![1_u32..2_000, 1..=MAX_NUMBER],
        counter in prop_oneof![0_u16..120, any::<u16>()], first: bool, english: bool,
    ) {
        let lang = if english { Lang::En } else { Lang::Vi };
        let known: BTreeMap<&str, &str> = lang.clips().iter().map(|clip| (clip.name, clip.says)).collect();
        let number = TicketNumber::new(letter.and_then(|at| Prefix::all().nth(at)), count).unwrap();
        let spoken = lang.call(number, counter, if first { priority() } else { Class::Ordinary });
        prop_assert_eq!(spoken.clips.first(), Some(&"chime"));
        let mut said: Vec<&str> = Vec::new();
        for name in &spoken.clips {
            prop_assert!(known.contains_key(name), "{} is not in the set", name);
            said.extend(known.get(name).filter(|says| !says.is_empty()));
        }
        prop_assert_eq!(spoken.text.to_lowercase(), format!("{}.", said.join(" ")).to_lowercase());
        // Every sign of the number is heard, one clip each.
        let lead = if first { lang.voice().priority } else { lang.voice().ordinary };
        let signs = number.to_string().chars().count();
        let to = spoken.clips.iter().position(|name| *name == lang.voice().to_counter.name);
        prop_assert_eq!(to, Some(lead.len() + signs));
    }
}
