//! The leader's piles and the rows in them.

use crate::app::catalogue::Catalogue;
use api::WorkItem;
use domain::{
    deadline::Standing,
    ids::{CaseId, CommandId},
    procedure::StepKind,
    time::Millis,
};
use i18n::{Lang, number, t, with};

/// A pile of the leader's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// Waits for approval.
    #[default]
    Waiting,
    /// Waits, and is due within a working day or late.
    Soon,
    /// Signed, and not yet given back.
    Done,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Waiting, Self::Soon, Self::Done];

    /// Its name in addresses.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Waiting => "cho-duyet",
            Self::Soon => "sap-den-han",
            Self::Done => "da-duyet",
        }
    }

    /// The pile of an address; the first for anything else.
    pub(super) fn of(slug: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.slug() == slug).unwrap_or_default()
    }

    /// Where it is.
    pub(super) fn address(self) -> String {
        format!("/lanh-dao?muc={}", self.slug())
    }

    fn empty(self) -> (String, String) {
        let key = match self {
            Self::Waiting => "web.leader.empty",
            Self::Soon => "web.leader.empty_soon",
            Self::Done => "web.leader.empty_done",
        };
        (t(key).into_owned(), t(&format!("{key}_more")).into_owned())
    }
}

/// A tab's link.
pub(super) struct TabLink {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) current: bool,
}

/// A row.
pub(super) struct Row {
    pub(super) id: CaseId,
    pub(super) href: String,
    pub(super) current: bool,
    pub(super) procedure: String,
    pub(super) who: String,
    pub(super) code: String,
    pub(super) left: String,
    pub(super) tone: &'static str,
    pub(super) value: String,
}

/// What lies on the leader's desk.
#[derive(Default)]
pub(super) struct Desk {
    /// Cases that wait for approval, earliest due first.
    pub(super) waiting: Vec<WorkItem>,
    /// Whether there are more of them than were read.
    pub(super) more: bool,
    /// Signed cases that were not yet given back.
    pub(super) done: Vec<WorkItem>,
    /// Those of `waiting` that nothing speaks against.
    pub(super) clear: Vec<CaseId>,
}

/// The left-hand side.
#[derive(Default)]
pub(super) struct List {
    pub(super) summary: String,
    pub(super) tabs: Vec<TabLink>,
    pub(super) rows: Vec<Row>,
    pub(super) empty: (String, String),
    pub(super) batch: Vec<Row>,
}

impl List {
    /// The list of `tab` with `chosen` marked.
    pub(super) fn new(
        desk: &Desk,
        tab: Tab,
        chosen: Option<CaseId>,
        catalogue: &Catalogue,
        now: Millis,
    ) -> Self {
        let standing = |item: &WorkItem| catalogue.standing(item.due, now);
        let count = |wanted: Standing| desk.waiting.iter().filter(|item| standing(item) == wanted).count();
        let (soon, late) = (count(Standing::Soon), count(Standing::Late));
        let plus = if desk.more { "+" } else { "" };
        let waiting = format!("{}{plus}", said(desk.waiting.len()));
        let row = |item: &WorkItem| row(item, tab, chosen, standing(item), now);
        let rows: Vec<Row> = match tab {
            Tab::Waiting => desk.waiting.iter().map(row).collect(),
            Tab::Soon => {
                desk.waiting.iter().filter(|item| standing(item) != Standing::OnTime).map(row).collect()
            }
            Tab::Done => desk.done.iter().map(row).collect(),
        };
        let batch = desk.waiting.iter().filter(|item| tab != Tab::Done && desk.clear.contains(&item.case));
        Self {
            summary: summary(&waiting, soon, late),
            tabs: Tab::ALL
                .into_iter()
                .map(|other| TabLink {
                    href: other.address(),
                    name: match other {
                        Tab::Waiting => with("web.leader.tab_waiting", &[("n", &waiting)]),
                        Tab::Soon => with("web.leader.tab_soon", &[("n", &said(soon + late))]),
                        Tab::Done => t("web.leader.tab_done").into_owned(),
                    },
                    current: other == tab,
                })
                .collect(),
            rows,
            empty: tab.empty(),
            batch: batch.map(row).collect(),
        }
    }
}

fn said(n: usize) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn summary(waiting: &str, soon: usize, late: usize) -> String {
    let key = if late == 0 { "web.leader.summary" } else { "web.leader.summary_late" };
    with(key, &[("n", waiting), ("soon", &said(soon)), ("late", &said(late))])
}

/// The class of a standing's pill.
pub(super) fn tone_of(standing: Standing) -> &'static str {
    match standing {
        Standing::OnTime => "ok",
        Standing::Soon => "soon",
        Standing::Late => "late",
    }
}

fn row(item: &WorkItem, tab: Tab, chosen: Option<CaseId>, standing: Standing, now: Millis) -> Row {
    let ready = item.step == StepKind::Return;
    let (tone, left) = match tab {
        Tab::Done if ready => ("info", Lang::Vi.state(item.state)),
        _ => (tone_of(standing), Lang::Vi.left(item.due, now)),
    };
    Row {
        id: item.case,
        href: format!("{}&ho-so={}", tab.address(), item.case),
        current: chosen == Some(item.case),
        procedure: item.procedure.clone(),
        who: item.applicant.clone(),
        code: item.code.to_string(),
        left,
        tone,
        value: format!("{}:{}:{}", item.case, item.version, CommandId::new()),
    }
}
