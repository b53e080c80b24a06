//! Invariant 13: every route is documented and its access is written down.

use server::endpoints;

#[test]
fn every_route_and_who_may_call_it() {
    let mut lines: Vec<String> = endpoints()
        .iter()
        .map(|route| {
            format!(
                "{:6} {:36} {:?}{}",
                route.method.as_str(),
                route.path,
                route.access,
                if route.changes { " changes" } else { "" }
            )
        })
        .collect();
    lines.sort();
    insta::assert_snapshot!("routes", lines.join("\n"));
}

#[test]
fn the_document_is_the_one_that_was_agreed() {
    let document = server::http::openapi::document();
    let paths = document["paths"].as_object().unwrap();
    for route in endpoints() {
        let method = route.method.as_str().to_lowercase();
        assert!(paths[route.path].get(&method).is_some(), "{method} {} is not documented", route.path);
    }
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document).unwrap());
}
