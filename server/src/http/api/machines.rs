//! Installed machines.

use crate::{
    app::{Answer, machines},
    error::Error,
    http::call::{Call, Mounted, route},
};
use api::{ForgetMachine, GetMachines, Machines, ReportMachine, ReportTaken};

pub(super) fn routes() -> Vec<Mounted> {
    vec![
        route::<ReportMachine, _, _>(report),
        route::<GetMachines, _, _>(all),
        route::<ForgetMachine, _, _>(forget),
    ]
}

async fn report(call: Call<ReportMachine>) -> Result<Answer<ReportTaken>, Error> {
    if !call.state.limits.may_report(call.address) {
        return Err(Error::TooMany);
    }
    machines::report(&call.state.app, call.req).await.map(Answer::Value)
}

async fn all(call: Call<GetMachines>) -> Result<Answer<Machines>, Error> {
    machines::all(&call.state.app, &call.signed()?.actor).await.map(Answer::Value)
}

async fn forget(call: Call<ForgetMachine>) -> Result<Answer<()>, Error> {
    machines::forget(&call.state.app, &call.signed()?.actor, call.params.machine).await.map(Answer::Value)
}
