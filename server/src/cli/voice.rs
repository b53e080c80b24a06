//! `server voice`: what a speaker has to record, and whether what was recorded can be played.

use crate::{
    app::hall::voice::{self, FORMAT, Finding, Flaw, GAP, LANGUAGES, LONGEST},
    config::Config,
};
use anyhow::Context as _;
use clap::Subcommand;
use i18n::{Lang, t, with};
use std::{io::Write, path::PathBuf};

/// Commands for the clips of the loudspeaker.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Voice {
    /// Prints every clip's name and what is said in it, separated by a tab.
    List {
        /// `vi` or `en`.
        #[arg(long, default_value = "vi", value_parser = language)]
        lang: Lang,
    },
    /// Says which clips are missing, of a wrong format, silent, too long or not trimmed.
    Check {
        /// A folder with `vi` and `en`, which must be complete; without it, what this server plays.
        #[arg(long)]
        folder: Option<PathBuf>,
    },
}

fn language(code: &str) -> Result<Lang, String> {
    let known = LANGUAGES.into_iter().find(|(_, folder)| *folder == code);
    known.map(|(lang, _)| lang).ok_or_else(|| "vi, en".to_owned())
}

impl Voice {
    /// Whether the answer is good.
    pub(super) fn run(&self, config: &Config, out: &mut dyn Write) -> anyhow::Result<bool> {
        match self {
            Self::List { lang } => {
                for clip in lang.clips() {
                    writeln!(out, "{}\t{}", clip.name, clip.says)?;
                }
                Ok(true)
            }
            Self::Check { folder } => {
                let own = folder.clone().unwrap_or_else(|| voice::own_folder(&config.data));
                let found = voice::check(&own, folder.is_none());
                let found = found.with_context(|| own.display().to_string())?;
                for finding in &found {
                    writeln!(out, "{}", said(finding))?;
                }
                let count = LANGUAGES.iter().map(|(lang, _)| lang.clips().len()).sum::<usize>().to_string();
                let (bad, folder) = (found.len().to_string(), own.display().to_string());
                let key = if found.is_empty() { "voice.all_good" } else { "voice.some_bad" };
                writeln!(out, "{}", with(key, &[("n", &count), ("bad", &bad), ("folder", &folder)]))?;
                Ok(found.is_empty())
            }
        }
    }
}

fn said(finding: &Finding) -> String {
    let folder = LANGUAGES.iter().find(|(lang, _)| *lang == finding.lang).map_or("", |(_, folder)| folder);
    let flaw = match &finding.flaw {
        Flaw::Missing => t("voice.missing").into_owned(),
        Flaw::Unreadable { why } => with("voice.unreadable", &[("why", why)]),
        Flaw::Format { rate, channels, bits } => {
            let has = [rate.to_string(), channels.to_string(), bits.to_string()];
            let [rate, channels, bits] = has.each_ref().map(String::as_str);
            let needed = FORMAT.sample_rate.to_string();
            with(
                "voice.format",
                &[("rate", rate), ("channels", channels), ("bits", bits), ("needed", &needed)],
            )
        }
        Flaw::Silent => t("voice.silent").into_owned(),
        Flaw::Long { millis } => {
            with("voice.long", &[("ms", &millis.to_string()), ("most", &LONGEST.to_string())])
        }
        Flaw::Gap { millis } => with("voice.gap", &[("ms", &millis.to_string()), ("most", &GAP.to_string())]),
        Flaw::Unknown => t("voice.unknown").into_owned(),
    };
    format!("{folder}/{}: {flaw}", finding.clip)
}
