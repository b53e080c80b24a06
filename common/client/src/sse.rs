//! Server-Sent Events, read piece by piece.

/// One event of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    /// Its place in the stream, to resume after.
    pub(crate) id: Option<String>,
    /// Its content.
    pub(crate) data: String,
}

/// Cuts a byte stream into events; pieces may end anywhere, even inside a letter.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    rest: Vec<u8>,
    message: Message,
    has_data: bool,
}

/// A line longer than this is no event of ours.
const MAX_LINE: usize = 1024 * 1024;

impl Parser {
    /// Takes a piece; returns the events that it completed.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Vec<Message> {
        self.rest.extend_from_slice(piece);
        let mut done = Vec::new();
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line);
            done.extend(self.line(line.trim_end_matches(['\r', '\n'])));
        }
        if self.rest.len() > MAX_LINE {
            self.rest.clear();
        }
        done
    }

    fn line(&mut self, line: &str) -> Option<Message> {
        if line.is_empty() {
            let message = std::mem::take(&mut self.message);
            return std::mem::take(&mut self.has_data).then_some(message);
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if self.has_data {
                    self.message.data.push('\n');
                }
                self.message.data.push_str(value);
                self.has_data = true;
            }
            "id" => self.message.id = Some(value.to_owned()),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_whole_however_the_bytes_are_cut() {
        let stream = ": xin chào\n\nid: 7\ndata: {\"tên\":\n data: 1}\n\nid: 8\r\ndata: b\r\n\r\n".as_bytes();
        for cut in 1..stream.len() {
            let mut parser = Parser::default();
            let messages: Vec<Message> = stream.chunks(cut).flat_map(|piece| parser.push(piece)).collect();
            assert_eq!(messages.len(), 2, "cut at {cut}");
            assert_eq!(messages[1], Message { id: Some("8".into()), data: "b".into() });
            assert!(messages[0].data.contains("tên"));
        }
    }
}
