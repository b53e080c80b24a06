//! How everything looks for the present citizen: colours, size of type, language.

use crate::model::Visit;
use domain::deadline::Standing;
use egui::{Color32, FontId, Stroke};
use i18n::Lang;
use std::borrow::Cow;
use ui::{Weight, icon, tokens};

/// The colours of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Page.
    pub ground: Color32,
    /// Cards, tiles, keys.
    pub card: Color32,
    /// Text.
    pub ink: Color32,
    /// Less important text.
    pub soft: Color32,
    /// Icons.
    pub sign: Color32,
    /// The band at the top of the first page.
    pub band: Color32,
    /// Text on it.
    pub on_band: Color32,
    /// The one accent.
    pub accent: Color32,
    /// Text on it.
    pub on_accent: Color32,
    /// What to press next, and what is chosen.
    pub primary: Color32,
    /// Text on it.
    pub on_primary: Color32,
    /// A thing under the finger.
    pub pressed: Color32,
    /// Borders.
    pub line: Color32,
    /// Width of borders.
    pub line_width: f32,
    /// What casts a shadow; transparent for none.
    pub shade: Color32,
}

/// What a coloured card says; its words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// In order.
    Good,
    /// Wants attention.
    Soon,
    /// Late, or wrong.
    Bad,
    /// Neither.
    Plain,
}

impl Palette {
    /// For everybody: all text at least 4.5 : 1, which for type of this size is AAA.
    pub const USUAL: Self = Self {
        ground: tokens::GROUND,
        card: tokens::PAPER,
        ink: tokens::INK,
        soft: tokens::INK_2,
        sign: tokens::TEAL,
        band: tokens::TEAL,
        on_band: tokens::PAPER,
        accent: tokens::BAN,
        on_accent: tokens::PAPER,
        primary: tokens::TEAL,
        on_primary: tokens::PAPER,
        pressed: tokens::TEAL_BG,
        line: tokens::LINE,
        line_width: 1.5,
        shade: tokens::TEAL_DEEP,
    };
    /// High contrast: everything at least 7 : 1.
    pub const STRONG: Self = Self {
        ground: tokens::dark::GROUND,
        card: tokens::dark::GROUND,
        ink: tokens::PAPER,
        soft: tokens::PAPER,
        sign: tokens::dark::SOON,
        band: tokens::dark::GROUND,
        on_band: tokens::PAPER,
        accent: tokens::dark::SOON,
        on_accent: tokens::dark::GROUND,
        primary: tokens::dark::SOON,
        on_primary: tokens::dark::GROUND,
        pressed: tokens::dark::CARD,
        line: tokens::PAPER,
        line_width: 3.0,
        shade: Color32::TRANSPARENT,
    };

    /// Whether this is the palette of high contrast.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        self.shade == Color32::TRANSPARENT
    }

    /// Fill, and colour of the sign, of a card of a mood; its text is ink.
    #[must_use]
    pub fn mood(&self, mood: Mood) -> (Color32, Color32) {
        if self.is_strong() {
            let sign = match mood {
                Mood::Good => tokens::dark::OK,
                Mood::Soon => tokens::dark::SOON,
                Mood::Bad => tokens::dark::LATE,
                Mood::Plain => self.sign,
            };
            return (self.card, sign);
        }
        match mood {
            Mood::Good => (tokens::OK_BG, tokens::OK),
            Mood::Soon => (tokens::SOON_BG, tokens::SOON),
            Mood::Bad => (tokens::LATE_BG, tokens::LATE),
            Mood::Plain => (tokens::TEAL_BG, tokens::TEAL),
        }
    }

    /// The border of cards and keys.
    #[must_use]
    pub fn border(&self) -> Stroke {
        Stroke::new(self.line_width, self.line)
    }
}

impl Mood {
    /// Of a due time.
    #[must_use]
    pub fn of(standing: Option<Standing>) -> Self {
        match standing {
            Some(Standing::Late) => Self::Bad,
            Some(Standing::Soon) => Self::Soon,
            Some(Standing::OnTime) => Self::Good,
            None => Self::Plain,
        }
    }

    /// Its sign.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Good => icon::CHECK_CIRCLE,
            Self::Soon => icon::CLOCK,
            Self::Bad => icon::WARNING_CIRCLE,
            Self::Plain => icon::INFO,
        }
    }
}

/// Colours, size of type and language together.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Language.
    pub lang: Lang,
    /// Colours.
    pub palette: Palette,
    /// 1, or 1.25 for large type.
    pub scale: f32,
}

/// What large type is larger by.
const LARGE: f32 = 1.25;

impl Look {
    /// The look that a visit asked for.
    #[must_use]
    pub fn of(visit: &Visit) -> Self {
        Self {
            lang: visit.lang,
            palette: if visit.contrast { Palette::STRONG } else { Palette::USUAL },
            scale: if visit.large { LARGE } else { 1.0 },
        }
    }

    /// Words in the language.
    #[must_use]
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.lang.t(key)
    }

    /// Type of a weight and of a size at 1920 × 1080.
    #[must_use]
    pub fn font(&self, weight: Weight, size: f32) -> FontId {
        ui::font(weight, self.size(size))
    }

    /// A length that grows with the type.
    #[must_use]
    pub fn size(&self, points: f32) -> f32 {
        points * self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f32 {
        let linear = |c: u8| {
            let c = f32::from(c) / 255.0;
            if c <= 0.039_28 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn text_pairs(p: Palette) -> Vec<(Color32, Color32)> {
        let mut pairs = vec![
            (p.ink, p.ground),
            (p.ink, p.card),
            (p.ink, p.pressed),
            (p.soft, p.ground),
            (p.soft, p.card),
            (p.on_band, p.band),
            (p.on_accent, p.accent),
            (p.on_primary, p.primary),
        ];
        for mood in [Mood::Good, Mood::Soon, Mood::Bad, Mood::Plain] {
            let (fill, sign) = p.mood(mood);
            pairs.push((p.ink, fill));
            // Signs are drawn, not read: 3 : 1, and they are never alone.
            assert!(contrast(sign, fill) >= 3.0, "{mood:?}");
        }
        pairs
    }

    #[test]
    fn all_text_is_aaa() {
        for (text, ground) in text_pairs(Palette::USUAL) {
            assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
        }
        for (text, ground) in text_pairs(Palette::STRONG) {
            assert!(contrast(text, ground) >= 7.0, "{text:?} on {ground:?}: {}", contrast(text, ground));
        }
    }
}
