//! Signing and sending back. Each form carries the version that was seen and an id made when the page was,
//! so a second tap changes nothing and a case that moved meanwhile is shown anew instead of signed unread.

use super::{Kept, Shown, Tab, page::Flash, show};
use crate::{
    app::{App, Asked, cases, turns},
    error::Error,
    http::web::{Me, guard, problem, sent::Sent},
};
use api::TurnRequest;
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    case::Turn,
    ids::{CaseId, CommandId},
};
use http::StatusCode;
use i18n::t;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// A signature.
#[derive(Deserialize)]
pub(in crate::http::web) struct ApproveForm {
    csrf: String,
    command: CommandId,
    version: u32,
    #[serde(default)]
    muc: String,
    #[serde(default)]
    remark: String,
}

/// A case sent back.
#[derive(Deserialize)]
pub(in crate::http::web) struct SendBackForm {
    csrf: String,
    command: CommandId,
    version: u32,
    #[serde(default)]
    muc: String,
    #[serde(default)]
    reason: String,
}

/// `POST /lanh-dao/{case}/duyet`.
pub(in crate::http::web) async fn approve(
    State(app): State<App>,
    me: Me,
    Path(case): Path<String>,
    Sent(form): Sent<ApproveForm>,
) -> Response {
    if !guard::is_token(&form.csrf, &me.token) {
        return problem::forged();
    }
    let Ok(case) = case.parse::<CaseId>() else { return problem::not_found() };
    let turn = Turn::Approve { remark: form.remark.clone() };
    match take(&app, &me, case, form.command, TurnRequest { version: form.version, turn }).await {
        Ok(()) => done(&app, &me, case, &form.muc, "da-duyet").await,
        Err(error) => {
            let kept = Kept { remark: form.remark, reason: None };
            again(&app, &me, case, &form.muc, kept, &error).await
        }
    }
}

/// `POST /lanh-dao/{case}/tra-lai`.
pub(in crate::http::web) async fn send_back(
    State(app): State<App>,
    me: Me,
    Path(case): Path<String>,
    Sent(form): Sent<SendBackForm>,
) -> Response {
    if !guard::is_token(&form.csrf, &me.token) {
        return problem::forged();
    }
    let Ok(case) = case.parse::<CaseId>() else { return problem::not_found() };
    if form.reason.trim().is_empty() {
        let kept = Kept { reason: Some(String::new()), remark: String::new() };
        let flash = Flash::bad(t("web.leader.reason_needed").into_owned());
        let shown = Shown { tab: Tab::of(&form.muc), case: Some(case), flash, kept };
        return show(&app, &me, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let turn = Turn::SendBack { reason: form.reason.clone() };
    match take(&app, &me, case, form.command, TurnRequest { version: form.version, turn }).await {
        Ok(()) => done(&app, &me, case, &form.muc, "da-tra-lai").await,
        Err(error) => {
            let kept = Kept { reason: Some(form.reason), remark: String::new() };
            again(&app, &me, case, &form.muc, kept, &error).await
        }
    }
}

/// `POST /lanh-dao/duyet-loat`: each ticked case is signed by itself; one that cannot be does not stop the
/// others.
pub(in crate::http::web) async fn batch(
    State(app): State<App>,
    me: Me,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Response {
    let field =
        |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    if !guard::is_token(field("csrf").unwrap_or_default(), &me.token) {
        return problem::forged();
    }
    let (mut signed, mut failed) = (0_usize, 0_usize);
    for (_, value) in fields.iter().filter(|(name, _)| name == "ho-so") {
        let Some((case, version, command)) = ticked(value) else {
            failed += 1;
            continue;
        };
        let turn = Turn::Approve { remark: String::new() };
        match take(&app, &me, case, command, TurnRequest { version, turn }).await {
            Ok(()) => signed += 1,
            Err(error) if error.status().is_server_error() => return problem::of(&error),
            Err(_) => failed += 1,
        }
    }
    Redirect::to(&format!("/lanh-dao?bao=loat&n={signed}&loi={failed}")).into_response()
}

/// `case:version:command`, as a tick box carries it.
fn ticked(value: &str) -> Option<(CaseId, u32, CommandId)> {
    let mut parts = value.split(':');
    let read = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(read)
}

async fn take(
    app: &App,
    me: &Me,
    case: CaseId,
    command: CommandId,
    request: TurnRequest,
) -> Result<(), Error> {
    let body = serde_json::to_vec(&request).map_err(|_| Error::Internal("a turn is not JSON"))?;
    let asked = Asked {
        id: command,
        actor: me.actor().staff,
        route: format!("POST /api/cases/{case}/turns"),
        body_hash: Sha256::digest(&body).to_vec(),
    };
    turns::turn(app, me.actor(), asked, case, request).await.map(drop)
}

async fn done(app: &App, me: &Me, case: CaseId, muc: &str, what: &str) -> Response {
    let code = cases::get(app, me.actor(), case)
        .await
        .map_or_else(|_| String::new(), |view| view.case.code.to_string());
    Redirect::to(&format!("{}&bao={what}&ma={code}", Tab::of(muc).address())).into_response()
}

/// The page once more, with what was written and what went wrong.
async fn again(app: &App, me: &Me, case: CaseId, muc: &str, kept: Kept, error: &Error) -> Response {
    let status = error.status();
    let words = match error {
        Error::Stale | Error::NotAllowed(domain::case::NotAllowed::NotNow { .. }) => {
            t("web.leader.stale").into_owned()
        }
        Error::NotFound | Error::Denied { .. } | Error::Store(_) | Error::Internal(_) => {
            return problem::of(error);
        }
        other => other.message(),
    };
    let shown = Shown { tab: Tab::of(muc), case: Some(case), flash: Flash::bad(words), kept };
    show(app, me, shown, status).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_box_reads_back() {
        let (case, command) = (CaseId::new(), CommandId::new());
        assert_eq!(ticked(&format!("{case}:7:{command}")), Some((case, 7, command)));
        for wrong in [
            "",
            "a:b:c",
            &format!("{case}:7"),
            &format!("{case}:-1:{command}"),
            &format!("{case}:7:{command}:x"),
        ] {
            assert_eq!(ticked(wrong), None);
        }
    }
}
