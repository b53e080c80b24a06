//! What citizens take a number for, and at which counters.

use super::{choose::Ratio, number::Prefix};
use crate::{
    procedure::Field,
    unit::{Counter, FieldCode, ServiceCode, UnitCode},
};
use serde::{Deserialize, Serialize};

/// What a citizen comes for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Hand in papers (nộp hồ sơ).
    #[default]
    Submit,
    /// Collect a result (nhận kết quả).
    Collect,
    /// Pay a fee (nộp phí, lệ phí).
    Pay,
    /// Ask (hỏi, được hướng dẫn).
    Ask,
}

impl Purpose {
    /// All, in the order of the kiosk.
    pub const ALL: [Self; 4] = [Self::Submit, Self::Collect, Self::Pay, Self::Ask];
}

/// A service of a site's hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The agency whose hall it is.
    pub site: UnitCode,
    /// Its code, unique at the site.
    pub code: ServiceCode,
    /// "Hộ tịch, tư pháp".
    pub name: String,
    /// English name for the kiosk; empty where there is none.
    #[serde(default)]
    pub name_en: String,
    /// The letter of its series. Services with the same letter, or none, share one series.
    #[serde(default)]
    pub prefix: Option<Prefix>,
    /// The fields that it covers; empty means all.
    #[serde(default)]
    pub fields: Vec<FieldCode>,
    /// What for.
    #[serde(default)]
    pub purpose: Purpose,
    /// How many with priority are called before one of the ordinary.
    #[serde(default)]
    pub ratio: Ratio,
}

impl Service {
    /// Whether it covers a field.
    #[must_use]
    pub fn covers(&self, field: &FieldCode) -> bool {
        self.fields.is_empty() || self.fields.contains(field)
    }
}

/// The service that a citizen with this purpose and field takes a number for: one that names the field rather than
/// one that covers all.
#[must_use]
pub fn find_service<'a>(services: &'a [Service], purpose: Purpose, field: &FieldCode) -> Option<&'a Service> {
    let fitting = || services.iter().filter(|service| service.purpose == purpose && service.covers(field));
    fitting().find(|service| !service.fields.is_empty()).or_else(|| fitting().next())
}

/// Whether a counter serves a service unless the office says otherwise: they are of one site and have a field in
/// common. So no service is left without a counter that could take it or transfer it.
///
/// ```
/// use domain::{hall::{default_services, serves}, unit::{Counter, FieldCode, UnitCode}};
/// let counter = |number, fields: &[&str]| Counter {
///     unit: UnitCode::from("H52.125"),
///     number,
///     name: format!("Quầy {number}"),
///     fields: fields.iter().map(|field| FieldCode::from(*field)).collect(),
/// };
/// let counters = [counter(1, &["dat-dai"]), counter(2, &["ho-tich", "tu-phap"]), counter(3, &["dat-dai"])];
/// let services = default_services(&counters[0].unit, &counters, &[]);
/// assert_eq!(services.iter().map(|service| service.code.as_str()).collect::<Vec<_>>(), ["q1", "q2"]);
/// assert!(serves(&counters[0], &services[0]) && serves(&counters[2], &services[0]));
/// assert!(!serves(&counters[1], &services[0]));
/// ```
#[must_use]
pub fn serves(counter: &Counter, service: &Service) -> bool {
    let meet = counter.fields.is_empty()
        || service.fields.is_empty()
        || counter.fields.iter().any(|field| service.fields.contains(field));
    counter.unit == service.site && meet
}

/// The services of a hall that has not described its own: one for each set of fields that hangs above its counters,
/// with letters A, B, C… in the order of counters; beyond Z they share the series without a letter.
///
/// A service is named after its first counter, in English after its `fields`.
#[must_use]
pub fn default_services(site: &UnitCode, counters: &[Counter], fields: &[Field]) -> Vec<Service> {
    let mut ours: Vec<&Counter> = counters.iter().filter(|counter| counter.unit == *site).collect();
    ours.sort_by_key(|counter| counter.number);
    let (mut services, mut letters) = (Vec::<Service>::new(), Prefix::all());
    for counter in ours {
        let mut covered = counter.fields.clone();
        covered.sort();
        covered.dedup();
        if services.iter().any(|service| service.fields == covered) {
            continue;
        }
        let named = fields.iter().filter(|field| covered.contains(&field.code));
        let name_en: Vec<&str> =
            named.map(|field| field.name_en.as_str()).filter(|name| !name.is_empty()).collect();
        services.push(Service {
            site: site.clone(),
            code: ServiceCode(format!("q{}", counter.number)),
            name: counter.name.clone(),
            name_en: name_en.join(", "),
            prefix: letters.next(),
            fields: covered,
            purpose: Purpose::Submit,
            ratio: Ratio::default(),
        });
    }
    services
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(unit: &str, number: u16, fields: &[&str]) -> Counter {
        let fields = fields.iter().map(|field| FieldCode::from(*field)).collect();
        Counter { unit: UnitCode::from(unit), number, name: format!("Quầy {number}"), fields }
    }

    #[test]
    fn a_hall_that_described_nothing() {
        let counters = [
            counter("H52.125", 2, &["tu-phap", "ho-tich"]),
            counter("H52.125", 1, &["dat-dai"]),
            counter("H52.125", 3, &["ho-tich", "tu-phap", "ho-tich"]),
            counter("H52.126", 1, &[]),
        ];
        let field = |code: &str, name_en: &str| Field {
            code: FieldCode::from(code),
            order: 1,
            name: String::new(),
            name_en: name_en.to_owned(),
        };
        let fields = [field("ho-tich", "Civil status"), field("tu-phap", "Justice"), field("dat-dai", "")];
        let services = default_services(&UnitCode::from("H52.125"), &counters, &fields);
        let told: Vec<_> = services
            .iter()
            .map(|service| {
                (service.code.as_str(), service.prefix.map(Prefix::letter), service.name_en.as_str())
            })
            .collect();
        assert_eq!(told, [("q1", Some('A'), ""), ("q2", Some('B'), "Civil status, Justice")]);
        for service in &services {
            assert!(counters.iter().any(|counter| serves(counter, service)), "{}", service.code);
            assert!(!serves(&counters[3], service), "another hall's counter");
        }
        assert_eq!(default_services(&UnitCode::from("H52.127"), &counters, &fields), []);
    }

    #[test]
    fn a_counter_for_everything_serves_everything() {
        let all = counter("H52", 1, &[]);
        let services = default_services(&UnitCode::from("H52"), std::slice::from_ref(&all), &[]);
        assert_eq!((services.len(), services[0].fields.len()), (1, 0));
        assert!(serves(&all, &services[0]) && services[0].covers(&FieldCode::from("anything")));
        assert!(serves(&counter("H52", 2, &["dat-dai"]), &services[0]));
    }

    #[test]
    fn the_service_that_names_the_field_is_found_first() {
        let service = |code: &str, purpose, fields: &[&str]| Service {
            site: UnitCode::from("H52"),
            code: ServiceCode::from(code),
            name: String::new(),
            name_en: String::new(),
            prefix: None,
            fields: fields.iter().map(|field| FieldCode::from(*field)).collect(),
            purpose,
            ratio: Ratio::default(),
        };
        let services = [
            service("all", Purpose::Submit, &[]),
            service("land", Purpose::Submit, &["dat-dai"]),
            service("results", Purpose::Collect, &[]),
        ];
        let find = |purpose, field: &str| {
            find_service(&services, purpose, &FieldCode::from(field)).map(|service| service.code.as_str())
        };
        assert_eq!(find(Purpose::Submit, "dat-dai"), Some("land"));
        assert_eq!(find(Purpose::Submit, "ho-tich"), Some("all"));
        assert_eq!(find(Purpose::Collect, "dat-dai"), Some("results"));
        assert_eq!(find(Purpose::Pay, "dat-dai"), None);
    }

    #[test]
    fn a_service_file_may_be_short() {
        let service: Service =
            serde_json::from_str(r#"{"site":"H52","code":"kq","name":"Nhận kết quả","prefix":"K"}"#).unwrap();
        assert_eq!((service.ratio.priority(), service.purpose), (2, Purpose::Submit));
        assert!(serde_json::from_str::<Ratio>("0").is_err());
    }
}
