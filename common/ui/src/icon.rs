//! Phosphor's icons that the product uses (MIT), by their names there.

/// `arrow-clockwise`.
pub const ARROW_CLOCKWISE: &str = "\u{e036}";
/// `arrow-counter-clockwise`.
pub const ARROW_COUNTER_CLOCKWISE: &str = "\u{e038}";
/// `arrow-left`.
pub const ARROW_LEFT: &str = "\u{e058}";
/// `arrow-right`.
pub const ARROW_RIGHT: &str = "\u{e06c}";
/// `arrows-clockwise`.
pub const ARROWS_CLOCKWISE: &str = "\u{e094}";
/// `arrows-left-right`.
pub const ARROWS_LEFT_RIGHT: &str = "\u{e0a0}";
/// `baby`.
pub const BABY: &str = "\u{e774}";
/// `backspace`.
pub const BACKSPACE: &str = "\u{e0ae}";
/// `bank`.
pub const BANK: &str = "\u{e0b4}";
/// `barcode`.
pub const BARCODE: &str = "\u{e0b8}";
/// `bell`.
pub const BELL: &str = "\u{e0ce}";
/// `book-open-text`.
pub const BOOK_OPEN_TEXT: &str = "\u{e8f2}";
/// `briefcase`.
pub const BRIEFCASE: &str = "\u{e0ee}";
/// `broadcast`.
pub const BROADCAST: &str = "\u{e0f2}";
/// `buildings`.
pub const BUILDINGS: &str = "\u{e102}";
/// `car`.
pub const CAR: &str = "\u{e112}";
/// `caret-down`.
pub const CARET_DOWN: &str = "\u{e136}";
/// `caret-left`.
pub const CARET_LEFT: &str = "\u{e138}";
/// `caret-right`.
pub const CARET_RIGHT: &str = "\u{e13a}";
/// `caret-up`.
pub const CARET_UP: &str = "\u{e13c}";
/// `certificate`.
pub const CERTIFICATE: &str = "\u{e766}";
/// `check`.
pub const CHECK: &str = "\u{e182}";
/// `check-circle`.
pub const CHECK_CIRCLE: &str = "\u{e184}";
/// `circle`.
pub const CIRCLE: &str = "\u{e18a}";
/// `circle-half`.
pub const CIRCLE_HALF: &str = "\u{e18c}";
/// `clock`.
pub const CLOCK: &str = "\u{e19a}";
/// `clock-counter-clockwise`.
pub const CLOCK_COUNTER_CLOCKWISE: &str = "\u{e1a0}";
/// `cloud-check`.
pub const CLOUD_CHECK: &str = "\u{e1b0}";
/// `cloud-slash`.
pub const CLOUD_SLASH: &str = "\u{e1b6}";
/// `dots-three`.
pub const DOTS_THREE: &str = "\u{e1fe}";
/// `drop`.
pub const DROP: &str = "\u{e210}";
/// `export`.
pub const EXPORT: &str = "\u{eaf0}";
/// `eye`.
pub const EYE: &str = "\u{e220}";
/// `eye-slash`.
pub const EYE_SLASH: &str = "\u{e224}";
/// `file-plus`.
pub const FILE_PLUS: &str = "\u{e236}";
/// `file-text`.
pub const FILE_TEXT: &str = "\u{e23a}";
/// `files`.
pub const FILES: &str = "\u{e710}";
/// `fingerprint`.
pub const FINGERPRINT: &str = "\u{e23e}";
/// `first-aid`.
pub const FIRST_AID: &str = "\u{e56e}";
/// `folders`.
pub const FOLDERS: &str = "\u{e260}";
/// `gear`.
pub const GEAR: &str = "\u{e270}";
/// `globe`.
pub const GLOBE: &str = "\u{e288}";
/// `graduation-cap`.
pub const GRADUATION_CAP: &str = "\u{e62c}";
/// `hammer`.
pub const HAMMER: &str = "\u{e80e}";
/// `hand-coins`.
pub const HAND_COINS: &str = "\u{ea8c}";
/// `hand-palm`.
pub const HAND_PALM: &str = "\u{e57e}";
/// `heart`.
pub const HEART: &str = "\u{e2a8}";
/// `hourglass-medium`.
pub const HOURGLASS_MEDIUM: &str = "\u{e2b8}";
/// `house`.
pub const HOUSE: &str = "\u{e2c2}";
/// `house-line`.
pub const HOUSE_LINE: &str = "\u{e2c4}";
/// `identification-card`.
pub const IDENTIFICATION_CARD: &str = "\u{e2c8}";
/// `image`.
pub const IMAGE: &str = "\u{e2ca}";
/// `info`.
pub const INFO: &str = "\u{e2ce}";
/// `keyboard`.
pub const KEYBOARD: &str = "\u{e2d8}";
/// `list`.
pub const LIST: &str = "\u{e2f0}";
/// `list-checks`.
pub const LIST_CHECKS: &str = "\u{eadc}";
/// `lock-key`.
pub const LOCK_KEY: &str = "\u{e2fe}";
/// `magnifying-glass`.
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
/// `map-pin`.
pub const MAP_PIN: &str = "\u{e316}";
/// `map-trifold`.
pub const MAP_TRIFOLD: &str = "\u{e31a}";
/// `money`.
pub const MONEY: &str = "\u{e588}";
/// `monitor`.
pub const MONITOR: &str = "\u{e32e}";
/// `music-notes`.
pub const MUSIC_NOTES: &str = "\u{e340}";
/// `note-pencil`.
pub const NOTE_PENCIL: &str = "\u{e34c}";
/// `numpad`.
pub const NUMPAD: &str = "\u{e3c8}";
/// `paperclip`.
pub const PAPERCLIP: &str = "\u{e39a}";
/// `plant`.
pub const PLANT: &str = "\u{ebae}";
/// `printer`.
pub const PRINTER: &str = "\u{e3dc}";
/// `question`.
pub const QUESTION: &str = "\u{e3e8}";
/// `receipt`.
pub const RECEIPT: &str = "\u{e3ec}";
/// `scales`.
pub const SCALES: &str = "\u{e750}";
/// `scan`.
pub const SCAN: &str = "\u{ebb6}";
/// `seal-check`.
pub const SEAL_CHECK: &str = "\u{e606}";
/// `sign-out`.
pub const SIGN_OUT: &str = "\u{e42a}";
/// `signature`.
pub const SIGNATURE: &str = "\u{ebac}";
/// `smiley`.
pub const SMILEY: &str = "\u{e436}";
/// `smiley-meh`.
pub const SMILEY_MEH: &str = "\u{e43a}";
/// `smiley-sad`.
pub const SMILEY_SAD: &str = "\u{e43e}";
/// `speaker-high`.
pub const SPEAKER_HIGH: &str = "\u{e44a}";
/// `stamp`.
pub const STAMP: &str = "\u{ea48}";
/// `storefront`.
pub const STOREFRONT: &str = "\u{e470}";
/// `sun`.
pub const SUN: &str = "\u{e472}";
/// `text-aa`.
pub const TEXT_AA: &str = "\u{e6ee}";
/// `text-t`.
pub const TEXT_T: &str = "\u{e48a}";
/// `ticket`.
pub const TICKET: &str = "\u{e490}";
/// `translate`.
pub const TRANSLATE: &str = "\u{e4a2}";
/// `trash`.
pub const TRASH: &str = "\u{e4a6}";
/// `tray-arrow-down`.
pub const TRAY_ARROW_DOWN: &str = "\u{e010}";
/// `tree`.
pub const TREE: &str = "\u{e6da}";
/// `user`.
pub const USER: &str = "\u{e4c2}";
/// `user-circle`.
pub const USER_CIRCLE: &str = "\u{e4c4}";
/// `users`.
pub const USERS: &str = "\u{e4d6}";
/// `users-three`.
pub const USERS_THREE: &str = "\u{e68e}";
/// `warning`.
pub const WARNING: &str = "\u{e4e0}";
/// `warning-circle`.
pub const WARNING_CIRCLE: &str = "\u{e4e2}";
/// `x`.
pub const X: &str = "\u{e4f6}";
/// `x-circle`.
pub const X_CIRCLE: &str = "\u{e4f8}";
