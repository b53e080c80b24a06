//! People at their desks, with the verbs of their work.

use crate::{PASSWORD, World};
use api::{
    CaseParam, CaseView, FindCase, GetCase, GetWork, Intake, IntakeRequest, MakeTurn, PersonInput, Pile,
    Session, SignIn, SignInRequest, TurnRequest, WorkPage, WorkRequest,
};
use bytes::Bytes;
use client::{Client, ClientError};
use domain::{
    case::{Attachment, HandedPaper, Payment, ReturnedTo, Turn},
    code::CaseCode,
    ids::{CaseId, CommandId, FileId},
    person::Name,
    procedure::PaperForm,
    unit::{ProcedureCode, UnitCode},
};

/// A signed-in member of staff.
pub struct Desk {
    pub client: Client,
    pub session: Session,
}

impl Desk {
    pub async fn sign_in(world: &World, login: &str) -> Self {
        let client = world.visitor();
        let request = SignInRequest { login: login.to_owned(), password: PASSWORD.to_owned() };
        let session = client.call::<SignIn>(&(), &request).await.unwrap();
        client.set_token(Some(session.token.clone()));
        Self { client, session }
    }

    pub async fn intake(&self, request: &IntakeRequest) -> Result<CaseView, ClientError> {
        self.client.command::<Intake>(CommandId::new(), &(), request).await
    }

    pub async fn case(&self, case: CaseId) -> CaseView {
        self.client.call::<GetCase>(&CaseParam { case }, &()).await.unwrap()
    }

    pub async fn scan(&self, code: &CaseCode) -> CaseView {
        self.client.call::<FindCase>(&api::CodeParam { code: code.clone() }, &()).await.unwrap()
    }

    pub async fn turn(&self, seen: &CaseView, turn: Turn) -> Result<CaseView, ClientError> {
        let params = CaseParam { case: seen.case.id };
        let request = TurnRequest { version: seen.case.version, turn };
        self.client.command::<MakeTurn>(CommandId::new(), &params, &request).await
    }

    pub async fn pile(&self, pile: Pile) -> WorkPage {
        self.client.call::<GetWork>(&(), &WorkRequest { pile, ..WorkRequest::default() }).await.unwrap()
    }

    /// Finds a case in my work, as one does in the morning.
    pub async fn find_in(&self, pile: Pile, code: &CaseCode) -> CaseView {
        let page = self.pile(pile).await;
        let item = page.items.iter().find(|item| item.code == *code);
        let item = item.unwrap_or_else(|| panic!("{code} is not in {pile:?}"));
        self.case(item.case).await
    }

    pub async fn take_up(&self, seen: &CaseView) -> CaseView {
        self.turn(seen, Turn::TakeUp).await.unwrap()
    }

    pub async fn draft(&self, seen: &CaseView, text: &str) -> CaseView {
        self.turn(seen, Turn::Draft { text: text.to_owned() }).await.unwrap()
    }

    pub async fn submit(&self, seen: &CaseView) -> CaseView {
        self.turn(seen, Turn::Submit { note: String::new() }).await.unwrap()
    }

    pub async fn approve(&self, seen: &CaseView) -> CaseView {
        self.turn(seen, Turn::Approve { remark: String::new() }).await.unwrap()
    }

    pub async fn seal(&self, seen: &CaseView, number: &str) -> CaseView {
        self.turn(seen, Turn::Seal { number: number.to_owned() }).await.unwrap()
    }

    pub async fn take_fee(&self, seen: &CaseView, amount: i64) -> CaseView {
        let payment = Payment { amount, receipt_no: "0001".to_owned() };
        self.turn(seen, Turn::TakeFee { payment }).await.unwrap()
    }

    pub async fn give_back(&self, seen: &CaseView) -> CaseView {
        let to = ReturnedTo { name: seen.case.applicant.name.clone(), authorisation: None };
        self.turn(seen, Turn::Return { to }).await.unwrap()
    }

    pub async fn scan_page(&self, name: &str) -> Attachment {
        self.client.upload(FileId::new(), name, "image/png", Bytes::from(page_png(40, 56))).await.unwrap()
    }
}

/// A small scanned page.
pub fn page_png(width: u32, height: u32) -> Vec<u8> {
    let page = image::GrayImage::from_fn(width, height, |x, y| {
        image::Luma([if (x / 4 + y / 4) % 2 == 0 { 255 } else { 30 }])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    page.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

fn request(procedure: &str, name: &str, papers: &[&str]) -> IntakeRequest {
    // Checked as the server will check it.
    let name = Name::parse(name).unwrap();
    IntakeRequest {
        case: CaseId::new(),
        agency: UnitCode::from("H52.125"),
        counter: Some(3),
        procedure: ProcedureCode::from(procedure),
        applicant: PersonInput {
            name: name.as_str().to_owned(),
            citizen_id: "014088004512".to_owned(),
            birth: "12/04/1988".to_owned(),
            phone: "0912345678".to_owned(),
            address: "Bản Mòng, xã Hua La, tỉnh Sơn La".to_owned(),
        },
        papers: papers
            .iter()
            .map(|name| HandedPaper { name: (*name).to_owned(), form: PaperForm::Original, count: 1 })
            .collect(),
        files: Vec::new(),
        sets: 1,
        request: String::new(),
        channel: domain::case::Channel::Direct,
    }
}

/// Quàng Văn Thưởng registers the birth of his child.
pub fn birth() -> IntakeRequest {
    request("1.001193", "Quàng Văn Thưởng", &["Tờ khai đăng ký khai sinh"])
}

/// Cà Văn Dũng wants to build a house.
pub fn permit() -> IntakeRequest {
    request("1.013225", "Cà Văn Dũng", &["Bản vẽ thiết kế"])
}
