//! Who may do what. Asked once, in the server's use cases; the apps ask too, to explain
//! beforehand, but the server decides.

use crate::{
    case::{Case, Turn},
    ids::StaffId,
    unit::UnitCode,
};
use serde::{Deserialize, Serialize};

/// What a post lets its holder do (III.1 of Part III of the decision).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Receives papers and returns results at the counter (công chức tiếp nhận và trả kết quả).
    Clerk,
    /// Examines cases in a division (chuyên môn).
    Specialist,
    /// Heads a division (trưởng phòng).
    DivisionHead,
    /// Signs for the agency (lãnh đạo).
    Leader,
    /// Numbers and stamps (văn thư).
    SealClerk,
    /// Heads the one-stop office (trưởng bộ phận).
    OfficeHead,
    /// Keeps units, staff and catalogue for the province (Sở Nội vụ).
    ProvinceAdmin,
    /// Installs and looks after machines.
    ItStaff,
    /// Sees the province's figures.
    Monitor,
}

/// A role held at a unit. One person may hold several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Where.
    pub unit: UnitCode,
    /// As what.
    pub role: Role,
}

/// A signed-in member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub staff: StaffId,
    /// Name as the log keeps it.
    pub name: String,
    /// Posts held now.
    pub posts: Vec<Post>,
}

impl Actor {
    /// Whether this person holds `role` at `unit`.
    #[must_use]
    pub fn holds(&self, unit: &UnitCode, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role && post.unit == *unit)
    }

    /// Whether this person holds `role` anywhere.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }
}

/// Why somebody may not do something; shown to them as it is.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Denied {
    /// The case lies with another desk.
    #[error("the case lies with {unit} as {role:?}")]
    NotYourDesk {
        /// The unit that holds the case.
        unit: UnitCode,
        /// In which role.
        role: Role,
    },
    /// Somebody else of the same desk has taken it up.
    #[error("a colleague works on this case")]
    TakenByColleague,
    /// The post is missing altogether.
    #[error("this needs the post of {role:?} at {unit}")]
    NeedsPost {
        /// Where.
        unit: UnitCode,
        /// As what.
        role: Role,
    },
    /// The case belongs to an agency that this person does not work for.
    #[error("the case belongs to another agency")]
    OtherAgency,
}

/// What can be asked for outside a single case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permission<'a> {
    /// Take a case in at an agency's counter.
    Receive(&'a UnitCode),
    /// Read and change catalogue, units and staff.
    Administer(&'a UnitCode),
    /// See figures of the whole province with names of staff.
    SeeProvince(&'a UnitCode),
    /// Call numbers at an agency's counters.
    ServeHall(&'a UnitCode),
    /// See how the day goes in an agency's hall.
    SeeHall(&'a UnitCode),
    /// See how the machines of a place stand, and forget those that are gone.
    LookAfterMachines(&'a UnitCode),
}

/// Whether `actor` has `permission`.
///
/// # Errors
/// [`Denied`] with the post that is missing.
pub fn allowed(actor: &Actor, permission: &Permission<'_>) -> Result<(), Denied> {
    let (unit, roles): (&UnitCode, &[Role]) = match permission {
        Permission::Receive(unit) => (unit, &[Role::Clerk]),
        Permission::Administer(unit) => (unit, &[Role::ProvinceAdmin, Role::ItStaff]),
        Permission::SeeProvince(unit) => (unit, &[Role::Monitor, Role::Leader, Role::ProvinceAdmin]),
        Permission::ServeHall(unit) => (unit, &[Role::Clerk, Role::OfficeHead]),
        Permission::SeeHall(unit) => (unit, &[Role::OfficeHead, Role::Leader, Role::Clerk]),
        Permission::LookAfterMachines(unit) => (unit, &[Role::ItStaff, Role::ProvinceAdmin]),
    };
    if roles.iter().any(|role| actor.holds(unit, *role)) {
        return Ok(());
    }
    let role = roles.first().copied().unwrap_or(Role::ProvinceAdmin);
    Err(Denied::NeedsPost { unit: unit.clone(), role })
}

/// Whether `actor` may open a case and read its papers: everybody with a post in the agency,
/// in the desk that holds it or held it, and the province's administrators.
///
/// # Errors
/// [`Denied::OtherAgency`].
pub fn may_see(actor: &Actor, case: &Case) -> Result<(), Denied> {
    let concerned = |post: &Post| {
        post.unit == case.agency
            || post.unit == case.division
            || post.unit == case.holder.unit
            || post.role == Role::ProvinceAdmin
    };
    actor.posts.iter().any(concerned).then_some(()).ok_or(Denied::OtherAgency)
}

/// Whether `actor` may make this turn of this case, and from which post.
///
/// # Errors
/// [`Denied`] with the reason.
pub fn can(actor: &Actor, turn: &Turn, case: &Case) -> Result<Post, Denied> {
    let needs = |unit: &UnitCode, roles: &[Role]| {
        let held = roles.iter().find(|role| actor.holds(unit, **role));
        let role = roles.first().copied().unwrap_or(case.holder.role);
        held.map(|role| Post { unit: unit.clone(), role: *role })
            .ok_or(Denied::NeedsPost { unit: unit.clone(), role })
    };
    match turn {
        // The counter speaks with the citizen, wherever the case lies (NĐ 61/2018 Art. 5.1e).
        Turn::ReceiveSupplement { .. } | Turn::Withdraw { .. } => needs(&case.agency, &[Role::Clerk]),
        Turn::Apologise { .. } => needs(&case.agency, &[Role::OfficeHead, Role::Leader]),
        Turn::Assign { .. } => needs(&case.holder.unit, &[Role::DivisionHead])
            .or_else(|_| needs(&case.agency, &[Role::OfficeHead])),
        _ => holds_desk(actor, case),
    }
}

fn holds_desk(actor: &Actor, case: &Case) -> Result<Post, Denied> {
    let holder = &case.holder;
    if !actor.holds(&holder.unit, holder.role) {
        return Err(Denied::NotYourDesk { unit: holder.unit.clone(), role: holder.role });
    }
    match holder.staff {
        Some(staff) if staff != actor.staff => Err(Denied::TakenByColleague),
        _ => Ok(Post { unit: holder.unit.clone(), role: holder.role }),
    }
}
