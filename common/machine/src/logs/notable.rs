//! Warnings and errors, for the event log of Windows.

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

/// The layer that hands on what matters; none where the system has no event log of this kind.
#[cfg(windows)]
pub(super) fn to_the_system<S: Subscriber + for<'a> LookupSpan<'a>>() -> Option<impl Layer<S>> {
    let source = crate::windows::EventSource::open(super::EVENT_SOURCE)?;
    Some(Notable(move |level: Level, text: &str| source.report(level == Level::ERROR, text)))
}

/// See above: systemd's journal has its own way.
#[cfg(not(windows))]
pub(super) fn to_the_system<S: Subscriber + for<'a> LookupSpan<'a>>() -> Option<impl Layer<S>> {
    None::<Notable<fn(Level, &str)>>
}

struct Notable<F>(F);

impl<S, F> Layer<S> for Notable<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    F: Fn(Level, &str) + Send + Sync + 'static,
{
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = *event.metadata().level();
        if level <= Level::WARN {
            let mut words = Words::default();
            event.record(&mut words);
            (self.0)(level, &format!("{}\n{}{}", words.message, event.metadata().target(), words.fields));
        }
    }
}

/// What an event says.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        } else {
            self.fields.push_str(&format!("\n{} = {value:?}", field.name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tracing_subscriber::layer::SubscriberExt as _;

    #[test]
    fn only_what_matters_reaches_the_event_log() {
        let heard: Arc<Mutex<Vec<(Level, String)>>> = Arc::default();
        let told = Arc::clone(&heard);
        let layer =
            Notable(move |level: Level, text: &str| told.lock().unwrap().push((level, text.to_owned())));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            tracing::info!("listening");
            tracing::warn!(error = "full", "the disk");
            tracing::error!("gone");
        });
        let heard = heard.lock().unwrap();
        assert_eq!(heard.len(), 2);
        assert!(heard[0].1.starts_with("the disk\n") && heard[0].1.ends_with("error = \"full\""));
        assert_eq!(heard[1].0, Level::ERROR);
    }
}
