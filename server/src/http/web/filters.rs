//! What templates may ask for: words, icons, and the addresses of styles.

#![expect(unreachable_pub, reason = "the macro writes `pub` functions into a private module")]

use super::static_files;
use askama::{Values, filters::Safe};
use std::borrow::Cow;

/// The Vietnamese words of a key.
#[askama::filter_fn]
pub(super) fn t(key: impl AsRef<str>, _: &dyn Values) -> askama::Result<Cow<'static, str>> {
    Ok(i18n::t(key.as_ref()))
}

/// An icon, by its name in `assets/icons`.
#[askama::filter_fn]
pub(super) fn icon(name: impl AsRef<str>, _: &dyn Values) -> askama::Result<Safe<&'static str>> {
    Ok(Safe(static_files::icon(name.as_ref())))
}

/// The address of a style sheet or script.
#[askama::filter_fn]
pub(super) fn asset(path: impl AsRef<str>, _: &dyn Values) -> askama::Result<String> {
    Ok(static_files::address(path.as_ref()))
}
