//! Printing through CUPS, on a CUPS of the test's own: receipts leave through the drivers that the product uses, and
//! what arrives at the printers is read back by programs that know nothing of ours.

use crate::papers::{STATUS_URL, codes_in, receipt, run};
use devices::{
    DeviceState, Trouble,
    printer::{A4 as _, Cups, Job, JobState, Printer, Raw, RollPrinter, Sheet, escpos},
};
use documents::Medium;
use std::{
    io::Read as _,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(60);
const CONFIG: &str = "Listen {listen}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n\
    <Location />\nOrder allow,deny\nAllow from 127.0.0.1\n</Location>\n\
    <Policy default>\n<Limit All>\nOrder allow,deny\nAllow from 127.0.0.1\n</Limit>\n</Policy>\n";

/// A CUPS that listens on this machine only and keeps everything in its own folder.
struct OwnCups {
    server: String,
    scheduler: Child,
    _folder: tempfile::TempDir,
}

impl Drop for OwnCups {
    fn drop(&mut self) {
        let ended = self.scheduler.kill().and_then(|()| self.scheduler.wait());
        assert!(ended.is_ok());
    }
}

fn succeeded(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl OwnCups {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["conf/ppd", "spool/tmp", "cache", "state", "log"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        let server = format!("127.0.0.1:{}", free_port());
        std::fs::write(root.join("conf/cupsd.conf"), CONFIG.replace("{listen}", &server)).unwrap();
        std::fs::write(root.join("conf/cups-files.conf"), files(root)).unwrap();
        if is_root() {
            // It does not print as root; let its user in.
            succeeded(Command::new("chmod").arg("755").arg(root));
            succeeded(Command::new("chown").args(["-R", "lp:lp"]).arg(root));
        }
        let scheduler = Command::new("cupsd")
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .arg("-f")
            .arg("-c")
            .arg(root.join("conf/cupsd.conf"))
            .arg("-s")
            .arg(root.join("conf/cups-files.conf"))
            .stdout(Stdio::null())
            .spawn()
            .expect("the package cups is installed");
        let cups = Self { server, scheduler, _folder: folder };
        let began = Instant::now();
        while !String::from_utf8_lossy(&cups.lpstat("-r").stdout).contains("is running") {
            assert!(began.elapsed() < PATIENCE, "cupsd does not start");
        }
        cups
    }

    fn lpstat(&self, what: &str) -> Output {
        Command::new("lpstat").args(["-h", &self.server, what]).output().unwrap()
    }

    /// Sets a queue up that leads to a port of this machine.
    fn queue(&self, name: &str, port: u16, driver: &[&str]) {
        let device = format!("socket://127.0.0.1:{port}/?waiteof=false");
        succeeded(
            Command::new("lpadmin").args(["-h", &self.server, "-p", name, "-E", "-v", &device]).args(driver),
        );
    }

    fn set(&self, program: &str, name: &str) {
        succeeded(Command::new(program).args(["-h", &self.server, name]));
    }

    fn printer(&self, name: &str) -> Cups {
        Cups::new(name).on_server(&self.server)
    }
}

fn is_root() -> bool {
    run("id", &["-u"]).trim() == "0"
}

fn files(root: &Path) -> String {
    let user = if is_root() {
        ("lp".to_owned(), "lp".to_owned())
    } else {
        (run("id", &["-un"]), run("id", &["-gn"]))
    };
    let folder = |name: &str| root.join(name).display().to_string();
    let lines = [
        ("ServerRoot", folder("conf")),
        ("RequestRoot", folder("spool")),
        ("TempDir", folder("spool/tmp")),
        ("CacheDir", folder("cache")),
        ("StateDir", folder("state")),
        ("AccessLog", folder("log/access")),
        ("ErrorLog", folder("log/error")),
        ("PageLog", folder("log/page")),
        ("SystemGroup", "root".to_owned()),
        ("User", user.0.trim().to_owned()),
        ("Group", user.1.trim().to_owned()),
    ];
    lines.iter().map(|(name, value)| format!("{name} {value}\n")).collect()
}

/// The paper side of a printer: takes what comes at a port, a document a connection.
fn paper() -> (u16, mpsc::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (to, out) = mpsc::channel();
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let mut document = Vec::new();
            line.unwrap().read_to_end(&mut document).unwrap();
            if to.send(document).is_err() {
                return;
            }
        }
    });
    (port, out)
}

async fn settled(printer: &dyn Printer, job: &Job) -> JobState {
    let began = Instant::now();
    loop {
        match printer.job(job).await {
            JobState::Printing if began.elapsed() < PATIENCE => {}
            state => return state,
        }
    }
}

fn sheet() -> Sheet {
    let pdf = receipt().pdf(Medium::A4).unwrap();
    let pages = Arc::new(|_| Err("CUPS prints the PDF".to_owned()));
    Sheet { title: "H52.125-261123-0032 · Quàng Văn Thưởng".to_owned(), pdf: pdf.into(), pages }
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_through_cups_read_back() {
    let cups = OwnCups::start();
    let ((a4_port, a4_paper), (roll_port, roll_paper)) = (paper(), paper());
    cups.queue("Quay_3", a4_port, &["-P", "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd"]);
    cups.queue("Cuon_80", roll_port, &["-m", "raw"]);

    let a4 = cups.printer("Quay_3");
    assert_eq!(a4.state().await, DeviceState::Ready);
    let job = a4.print(&sheet()).await.unwrap();
    assert_eq!(settled(&a4, &job).await, JobState::Done);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("printed.pdf");
    std::fs::write(&file, a4_paper.recv_timeout(PATIENCE).unwrap()).unwrap();
    let path = file.to_str().unwrap();
    let text = run("pdftotext", &["-layout", path, "-"]);
    assert!(text.contains("Quàng Văn Thưởng") && text.contains("GIẤY TIẾP NHẬN HỒ SƠ"), "{text}");
    assert!(run("pdfinfo", &[path]).contains("(A4)"), "the sheet is A4");
    let picture = folder.path().join("printed");
    run("pdftoppm", &["-png", "-r", "203", "-singlefile", path, picture.to_str().unwrap()]);
    let codes = codes_in(&picture.with_extension("png"));
    assert!(codes.contains("H52.125-261123-0032\n") && codes.contains(STATUS_URL), "{codes}");

    let roll = RollPrinter::new(Box::new(cups.printer("Cuon_80")));
    let job = roll.print("phiếu H52.125-261123-0032", &receipt().roll().unwrap()).await.unwrap();
    assert_eq!(settled(&roll, &job).await, JobState::Done);
    let dots = escpos::decode(&roll_paper.recv_timeout(PATIENCE).unwrap())
        .expect("a whole receipt, and nothing else");
    let picture = folder.path().join("roll.png");
    dots.save(&picture).unwrap();
    let codes = codes_in(&picture);
    assert!(codes.contains("H52.125-261123-0032\n") && codes.contains(STATUS_URL), "{codes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_queue_is_said() {
    let cups = OwnCups::start();
    let (port, paper) = paper();
    cups.queue("Cuon_80", port, &["-m", "raw"]);
    let printer = cups.printer("Cuon_80");

    // Somebody paused it: the document waits and prints when the queue goes on, once.
    cups.set("cupsdisable", "Cuon_80");
    assert_eq!(printer.state().await, DeviceState::Broken(Trouble::Paused));
    let job = printer.send("a", b"dots").await.unwrap();
    assert_eq!(settled(&printer, &job).await, JobState::Held(Trouble::Paused));
    cups.set("cupsenable", "Cuon_80");
    assert_eq!(settled(&printer, &job).await, JobState::Done);
    assert_eq!(paper.recv_timeout(PATIENCE).unwrap(), b"dots");
    assert!(paper.try_recv().is_err());

    // Removed or renamed: nothing is handed over, and it is called by its name.
    let gone = cups.printer("Cuon_cu");
    assert_eq!(gone.state().await, DeviceState::Absent);
    let error = gone.print(&sheet()).await.unwrap_err();
    assert_eq!(error, devices::printer::PrintError::NoPrinter("Cuon_cu".into()));
}
