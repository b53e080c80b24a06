//! Contracts: what both databases, every route and every document must keep to.

mod api_shape;
mod papers;
mod printing;
mod store;
