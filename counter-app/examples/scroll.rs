//! How much work a frame is while a work list of 100,000 rows scrolls. Prints percentiles, and the ratio of
//! the slowest of a hundred frames to the 8 ms that the screen is promised.
//!
//! `cargo run --release -p counter-app --example scroll`
#![expect(clippy::print_stdout, reason = "this program's job is to print")]

use counter_app::scroll_frames;

fn main() {
    let rows = 100_000;
    let mut times = scroll_frames(rows, 600);
    times.sort();
    let at = |per_cent: usize| {
        let place = (times.len() * per_cent / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    };
    println!("{rows} rows, {} frames: p50 {:.2} ms, p99 {:.2} ms", times.len(), at(50), at(99));
    println!("p99 / 8 ms = {:.2}", at(99) / 8.0);
}
