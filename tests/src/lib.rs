//! The harness: real servers on both databases, for stories that read as people live them.
