//! A configuration file through its life: made, filled by an installer, spoilt by hand, explained, put right.

use super::{Command, Gathered, Key, Kind, Request, Settings, Trouble, Usual, Wrong, read, set, template};
use crate::{App, places::Places};
use serde::{Deserialize, Serialize};
use std::{fs, path::PathBuf};

/// Settings as an app has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    server: Option<String>,
    site: Option<String>,
    counter: Option<u16>,
    printer: Option<String>,
    roll_printer: Option<String>,
    scanner_port: Option<String>,
    scanner_baud: Option<u32>,
    print_dir: Option<PathBuf>,
    renderer: Option<String>,
    data: Option<PathBuf>,
    update_from: Option<i8>,
    update_to: Option<i8>,
    metered: Option<bool>,
    log: Option<String>,
}

impl Settings for Sample {
    const APP: App = App::Counter;
    const KEYS: &'static [Key] = &[
        Key::new("server", Kind::Address, Usual::Is("\"http://127.0.0.1:8080\"")),
        Key::new("site", Kind::Unit, Usual::Example("\"H52.125\"")),
        Key::new("counter", Kind::Number(1, 999), Usual::Example("3")),
        Key::new("printer", Kind::Text, Usual::Example("\"Canon LBP2900\"")).secret(),
        Key::new("roll_printer", Kind::Text, Usual::Example("\"windows:XP-80C\"")),
        Key::new("scanner_port", Kind::Text, Usual::Example("\"COM3\"")),
        Key::new("scanner_baud", Kind::Number(300, 921_600), Usual::Is("9600")),
        Key::new("print_dir", Kind::Folder, Usual::Example("\"\"")),
        Key::new("renderer", Kind::Choice(&["auto", "wgpu", "glow"]), Usual::Is("\"auto\"")),
        Key::new("data", Kind::Folder, Usual::Place(|| Places::here().user_data(App::Counter))),
        Key::new("update_from", Kind::Number(0, 23), Usual::Is("19")),
        Key::new("update_to", Kind::Number(0, 23), Usual::Is("6")),
        Key::new("metered", Kind::YesNo, Usual::Is("false")),
        Key::new("log", Kind::Filter, Usual::Is("\"warn\"")),
    ];
}

struct Desk {
    dir: tempfile::TempDir,
    environment: Vec<(&'static str, &'static str)>,
    flags: Sample,
}

impl Desk {
    fn with(text: &str) -> Self {
        let desk =
            Self { dir: tempfile::tempdir().unwrap(), environment: Vec::new(), flags: Sample::default() };
        fs::write(desk.file(), text).unwrap();
        desk
    }

    fn file(&self) -> PathBuf {
        self.dir.path().join("counter.toml")
    }

    fn ask<A>(&self, ask: impl FnOnce(&Request<'_, Sample>) -> A) -> A {
        let environment = |name: &str| {
            let found = self.environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        ask(&Request { file: Some(&self.file()), flags: &self.flags, environment: &environment })
    }

    fn read(&self) -> Result<Sample, Wrong> {
        self.ask(read)
    }

    fn wrong(&self) -> Wrong {
        self.read().unwrap_err()
    }

    fn says(&self, command: Command) -> (bool, String) {
        let mut out = Vec::new();
        let fits = |_: &mut Gathered<Sample>, _: &Sample| {};
        let good = self.ask(|request| command.run(request, &fits, &mut out)).unwrap();
        (good, String::from_utf8(out).unwrap())
    }

    fn set(&self, settings: &[&str]) -> Result<Vec<&'static str>, Wrong> {
        let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
        set::<Sample>(Some(&self.file()), &settings)
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }
}

#[test]
fn flag_before_environment_before_file() {
    let mut desk = Desk::with("server = 'http://file'\nsite = 'H52.125'\ncounter = 1\n");
    desk.environment =
        vec![("MOTCUA_SERVER", "http://environment"), ("MOTCUA_COUNTER", "2"), ("MOTCUA_SITE", "")];
    desk.flags.server = Some("http://flag".to_owned());
    let read = desk.read().unwrap();
    assert_eq!((read.server.as_deref(), read.counter), (Some("http://flag"), Some(2)));
    assert_eq!(read.site.as_deref(), Some("H52.125"), "an empty variable says nothing");
}

#[test]
fn a_file_that_nobody_named_may_be_missing() {
    let request = Request { file: None, flags: &Sample::default(), environment: &|_| None };
    if !Places::here().config_file(App::Counter).exists() {
        assert_eq!(read(&request).unwrap(), Sample::default());
    }
    let gone = PathBuf::from("nowhere/counter.toml");
    let wrong = read(&Request { file: Some(&gone), ..request }).unwrap_err();
    assert_eq!(wrong.problems[0].trouble, Trouble::Missing);
}

#[test]
fn a_slip_is_explained_with_its_place_and_the_key_that_was_meant() {
    let desk = Desk::with("# Quầy 3\r\n  sever = \"http://a\"\r\n");
    let wrong = desk.wrong();
    assert_eq!(wrong.problems[0].trouble, Trouble::UnknownKey { nearest: Some("server") });
    let said = wrong.to_string();
    assert!(said.contains("dòng 2, cột 3"), "{said}");
    assert!(said.contains("\"sever\"") && said.contains("\"server\""), "{said}");
    let desk = Desk::with("mau_nen = 1\n");
    assert_eq!(desk.wrong().problems[0].trouble, Trouble::UnknownKey { nearest: None });
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut desk =
        Desk::with("server = 'motcua.sonla.gov.vn'\nsite = 'Mai Sơn'\ncounter = 0\nrenderer = 'vulkan'\n");
    desk.environment = vec![("MOTCUA_LOG", "===")];
    let wrong = desk.wrong();
    let said = wrong.to_string();
    assert_eq!(wrong.problems.len(), 5, "{said}");
    for part in ["https://", "mã đơn vị", "từ 1 đến 999", "auto, wgpu, glow", "MOTCUA_LOG"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_path_with_single_backslashes_is_explained() {
    let wrong = Desk::with("site = 'H52'\nprint_dir = \"C:\\Users\\La\"\n").wrong();
    assert!(matches!(wrong.problems[0].trouble, Trouble::Syntax { .. }));
    assert!(wrong.to_string().contains("dòng 2"), "{wrong}");
}

#[test]
fn values_of_another_type_are_told_apart() {
    for text in ["counter = 'ba'\n", "server = 8080\n", "[server]\nhost = 'a'\n", "site = ['H52']\n"] {
        let wrong = Desk::with(text).wrong();
        assert!(matches!(wrong.problems[0].trouble, Trouble::WrongKind { .. }), "{text}: {wrong}");
    }
}

#[test]
fn an_installer_sets_what_it_was_given_and_leaves_the_comments() {
    let desk = Desk::with("");
    fs::remove_file(desk.file()).unwrap();
    let set =
        desk.set(&["SERVER=https://motcua.sonla.gov.vn", "SITE=H52.125", "COUNTER=3", "PRINTER="]).unwrap();
    assert_eq!(set, ["server", "site", "counter"]);
    let text = desk.text();
    assert_eq!(text.lines().count(), template(App::Counter).lines().count());
    assert!(
        text.contains("\nserver = \"https://motcua.sonla.gov.vn\"\n") && text.contains("\ncounter = 3\n")
    );
    assert!(text.contains("#printer = "), "{text}");
    assert_eq!(desk.read().unwrap().counter, Some(3));
    desk.set(&["counter=4"]).unwrap();
    assert_eq!(desk.text(), text.replace("counter = 3", "counter = 4"));
}

#[test]
fn a_line_that_notepad_wrote_keeps_its_remark() {
    let desk = Desk::with("\u{FEFF}# Quầy của chị Hà\r\ncounter = 3   # cạnh cửa\r\n");
    desk.set(&["counter=5", "site=H52.125"]).unwrap();
    let text = desk.text();
    assert!(text.contains("# Quầy của chị Hà") && text.contains("counter = 5   # cạnh cửa"), "{text:?}");
    let read = desk.read().unwrap();
    assert_eq!((read.counter, read.site.as_deref()), (Some(5), Some("H52.125")));
}

#[test]
fn nothing_is_written_when_one_setting_is_wrong() {
    let desk = Desk::with("counter = 3\n");
    let wrong = desk.set(&["counter=4", "sitte=H52", "server=motcua"]).unwrap_err();
    assert_eq!(wrong.problems.len(), 2, "{wrong}");
    assert_eq!(desk.text(), "counter = 3\n");
    let (good, said) = desk.says(Command::Set { values: vec!["counter=ba".to_owned()] });
    assert!(!good && said.contains("Chưa ghi gì"), "{said}");
}

#[test]
fn a_file_that_cannot_be_written_is_told_as_such() {
    let desk = Desk::with("");
    let taken = desk.file().join("counter.toml");
    let wrong = set::<Sample>(Some(&taken), &["counter=4".to_owned()]).unwrap_err();
    let said = wrong.to_string();
    assert!(said.contains("Không") && said.contains(&taken.display().to_string()), "{said}");
}

#[test]
fn what_holds_is_shown_with_where_it_comes_from_and_without_secrets() {
    let mut desk = Desk::with("counter = 3\nprinter = 'bí mật'\n");
    desk.environment = vec![("MOTCUA_SITE", "H52.125")];
    desk.flags.renderer = Some("glow".to_owned());
    let (good, said) = desk.says(Command::Show);
    assert!(good && !said.contains("bí mật"), "{said}");
    let line = |key: &str| said.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(line("counter").contains("= 3") && line("counter").ends_with("tệp, dòng 1"));
    assert!(line("site").ends_with("biến môi trường MOTCUA_SITE"));
    assert!(line("renderer").ends_with("tham số --renderer"));
    assert!(line("server").contains("127.0.0.1:8080") && line("server").ends_with("mặc định"));
    assert!(line("print_dir").ends_with("không đặt"));
}

#[test]
fn a_secret_is_not_told_when_it_is_wrong() {
    let said = Desk::with("printer = 250900\n").wrong().to_string();
    assert!(!said.contains("250900"), "{said}");
}

#[test]
fn a_check_looks_at_folders_too_and_says_so_in_its_exit_code() {
    let desk = Desk::with("counter = 3\n");
    let (good, said) = desk.says(Command::Check { out: None });
    assert!(good && said.contains("Cấu hình dùng được."), "{said}");
    let taken = desk.file().join("data").display().to_string();
    fs::write(desk.file(), format!("data = '{taken}'\n")).unwrap();
    let (good, said) = desk.says(Command::Check { out: None });
    assert!(!good && said.contains("Thư mục ở \"data\" không dùng được"), "{said}");
    let out = desk.dir.path().join("answer.txt");
    let (_, nothing) = desk.says(Command::Check { out: Some(out.clone()) });
    assert_eq!((nothing.as_str(), fs::read_to_string(out).unwrap()), ("", said));
}

#[test]
fn the_sample_is_the_template() {
    assert_eq!(super::proof::disagreements::<Sample>(), Vec::<String>::new());
}
