//! Cases: intake, turns, work lists, search.

use crate::{
    app::{Answer, cases, intake, search, turns, work},
    error::Error,
    http::call::{Call, Mounted, route},
};
use api::{CaseView, FindCase, GetCase, GetWork, Intake, MakeTurn, SearchCases, WorkPage};

pub(super) fn routes() -> Vec<Mounted> {
    vec![
        route::<Intake, _, _>(take_in),
        route::<GetCase, _, _>(get),
        route::<FindCase, _, _>(find),
        route::<MakeTurn, _, _>(make_turn),
        route::<GetWork, _, _>(get_work),
        route::<SearchCases, _, _>(search_cases),
    ]
}

async fn take_in(call: Call<Intake>) -> Result<Answer<CaseView>, Error> {
    let (signed, asked) = (call.signed()?.clone(), call.asked()?);
    intake::intake(&call.state.app, &signed.actor, asked, call.req).await.map(Answer::Value)
}

async fn get(call: Call<GetCase>) -> Result<Answer<CaseView>, Error> {
    let signed = call.signed()?;
    cases::get(&call.state.app, &signed.actor, call.params.case).await.map(Answer::Value)
}

async fn find(call: Call<FindCase>) -> Result<Answer<CaseView>, Error> {
    let signed = call.signed()?;
    cases::find(&call.state.app, &signed.actor, &call.params.code).await.map(Answer::Value)
}

async fn make_turn(call: Call<MakeTurn>) -> Result<Answer<CaseView>, Error> {
    let (signed, asked) = (call.signed()?.clone(), call.asked()?);
    turns::turn(&call.state.app, &signed.actor, asked, call.params.case, call.req).await.map(Answer::Value)
}

async fn get_work(call: Call<GetWork>) -> Result<Answer<WorkPage>, Error> {
    let signed = call.signed()?.clone();
    work::page(&call.state.app, &signed.actor, call.req).await
}

async fn search_cases(call: Call<SearchCases>) -> Result<Answer<WorkPage>, Error> {
    let signed = call.signed()?;
    search::search(&call.state.app, &signed.actor, &call.req.q).await.map(Answer::Value)
}
