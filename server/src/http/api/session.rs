//! Signing in and out.

use crate::{
    app::{Answer, sessions},
    error::Error,
    http::call::{Call, Mounted, route},
};
use api::{ChangePassword, Session, SignIn, SignOut, WhoAmI};
use domain::roles::Actor;

pub(super) fn routes() -> Vec<Mounted> {
    vec![
        route::<SignIn, _, _>(sign_in),
        route::<WhoAmI, _, _>(who_am_i),
        route::<SignOut, _, _>(sign_out),
        route::<ChangePassword, _, _>(change_password),
    ]
}

async fn sign_in(call: Call<SignIn>) -> Result<Answer<Session>, Error> {
    if !call.state.limits.may_sign_in(call.address) {
        return Err(Error::TooMany);
    }
    sessions::sign_in(&call.state.app, call.req).await.map(Answer::Value)
}

async fn who_am_i(call: Call<WhoAmI>) -> Result<Answer<Actor>, Error> {
    Ok(Answer::Value(call.signed()?.actor.clone()))
}

async fn sign_out(call: Call<SignOut>) -> Result<Answer<()>, Error> {
    sessions::sign_out(&call.state.app, call.signed()?).await.map(Answer::Value)
}

async fn change_password(call: Call<ChangePassword>) -> Result<Answer<()>, Error> {
    let signed = call.signed()?.clone();
    sessions::change_password(&call.state.app, &signed, call.req).await.map(Answer::Value)
}
