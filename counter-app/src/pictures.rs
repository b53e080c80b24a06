//! Pictures of the model, uploaded once to the graphics card.

use crate::{Model, model::Picture};
use domain::ids::{CaseId, FileId};
use egui::{ColorImage, TextureHandle, TextureOptions};
use std::{collections::HashMap, sync::Arc};

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Page(FileId),
    Sheet(CaseId),
}

/// Textures of the pictures that the model holds now.
#[derive(Default)]
pub struct Pictures {
    textures: HashMap<Key, TextureHandle>,
}

impl Pictures {
    /// Uploads what is new and forgets what the model no longer holds.
    pub(crate) fn follow(&mut self, ctx: &egui::Context, model: &Model) {
        let pages =
            model.thumbs.iter().filter_map(|(file, picture)| Some((Key::Page(*file), picture.as_ref()?)));
        let sheet =
            model.last.as_ref().and_then(|last| Some((Key::Sheet(last.view.case.id), last.sheet.as_ref()?)));
        let wanted: HashMap<Key, &Picture> = pages.chain(sheet).collect();
        self.textures.retain(|key, _| wanted.contains_key(key));
        for (key, picture) in wanted {
            self.textures.entry(key).or_insert_with(|| {
                let image = ColorImage::from_rgba_unmultiplied(picture.size, &picture.rgba);
                ctx.load_texture("picture", Arc::new(image), TextureOptions::LINEAR)
            });
        }
    }

    /// The picture of a page.
    #[must_use]
    pub fn page(&self, file: FileId) -> Option<&TextureHandle> {
        self.textures.get(&Key::Page(file))
    }

    /// The picture of a case's receipt.
    #[must_use]
    pub fn sheet(&self, case: CaseId) -> Option<&TextureHandle> {
        self.textures.get(&Key::Sheet(case))
    }
}
