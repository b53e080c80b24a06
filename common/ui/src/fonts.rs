//! Be Vietnam Pro in five weights, and Phosphor's icons.

use egui::{FontData, FontDefinitions, FontFamily, FontId};
use std::sync::{Arc, LazyLock};

/// A weight of the text face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 500.
    Medium,
    /// 600.
    Semi,
    /// 700.
    Bold,
    /// 800.
    Heavy,
}

/// Which cut of the icons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// Outlines.
    #[default]
    Regular,
    /// Filled.
    Fill,
    /// Heavy outlines.
    Bold,
}

struct Names {
    medium: Arc<str>,
    semi: Arc<str>,
    bold: Arc<str>,
    heavy: Arc<str>,
    icon: Arc<str>,
    icon_fill: Arc<str>,
    icon_bold: Arc<str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    medium: "text-500".into(),
    semi: "text-600".into(),
    bold: "text-700".into(),
    heavy: "text-800".into(),
    icon: "icon".into(),
    icon_fill: "icon-fill".into(),
    icon_bold: "icon-bold".into(),
});

fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name(NAMES.medium.clone()),
        Weight::Semi => FontFamily::Name(NAMES.semi.clone()),
        Weight::Bold => FontFamily::Name(NAMES.bold.clone()),
        Weight::Heavy => FontFamily::Name(NAMES.heavy.clone()),
    }
}

/// Text of a weight and size in points.
#[must_use]
pub fn font(weight: Weight, size: f32) -> FontId {
    FontId::new(size, family(weight))
}

/// Icons of a size in points.
#[must_use]
pub fn icon_font(cut: Cut, size: f32) -> FontId {
    let name = match cut {
        Cut::Regular => &NAMES.icon,
        Cut::Fill => &NAMES.icon_fill,
        Cut::Bold => &NAMES.icon_bold,
    };
    FontId::new(size, FontFamily::Name(name.clone()))
}

/// All faces, built into the program: a screen looks alike on every machine.
pub(crate) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8], FontFamily); 5] = [
        (
            "bvp-400",
            include_bytes!("../../../assets/fonts/BeVietnamPro_400Regular.ttf"),
            FontFamily::Proportional,
        ),
        (
            "bvp-500",
            include_bytes!("../../../assets/fonts/BeVietnamPro_500Medium.ttf"),
            family(Weight::Medium),
        ),
        (
            "bvp-600",
            include_bytes!("../../../assets/fonts/BeVietnamPro_600SemiBold.ttf"),
            family(Weight::Semi),
        ),
        ("bvp-700", include_bytes!("../../../assets/fonts/BeVietnamPro_700Bold.ttf"), family(Weight::Bold)),
        (
            "bvp-800",
            include_bytes!("../../../assets/fonts/BeVietnamPro_800ExtraBold.ttf"),
            family(Weight::Heavy),
        ),
    ];
    let icons: [(&str, &'static [u8], Cut); 3] = [
        ("phosphor", include_bytes!("../../../assets/icons/Phosphor.ttf"), Cut::Regular),
        ("phosphor-fill", include_bytes!("../../../assets/icons/Phosphor-Fill.ttf"), Cut::Fill),
        ("phosphor-bold", include_bytes!("../../../assets/icons/Phosphor-Bold.ttf"), Cut::Bold),
    ];
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, bytes, family) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let order = std::iter::once(name.to_owned()).chain(fallback.clone()).collect();
        fonts.families.insert(family, order);
    }
    for (name, bytes, cut) in icons {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        fonts.families.insert(icon_font(cut, 0.0).family, vec![name.to_owned()]);
    }
    fonts
}
