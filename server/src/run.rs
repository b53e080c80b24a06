//! Putting a server together, starting it and stopping it.

use crate::{
    app::{
        App, Parts,
        catalogue::Catalogue,
        fresh::Fresh,
        hall::{self, halls::Halls, key::HallSecret},
        live::Hub,
        load, sessions,
    },
    clock::DemoClock,
    config::Config,
    error::Error,
    http::{AppState, State, limits::Limits, observe::Figures},
    pack::{Pack, PackError},
    router::router,
    store::{
        Db, StoreError,
        listen::{Ear, Sign},
        queue::{News, Queue},
    },
};
use ::api::{FILES_PATH, HALL_LIVE_PATH, LIVE_PATH};
use axum_server::{Handle, accept::NoDelayAcceptor, tls_rustls::RustlsConfig};
use domain::time::Clock;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock, RwLock, atomic::AtomicBool, atomic::Ordering},
    time::Duration,
};
use tokio::{sync::watch, task::JoinHandle};

/// Edges of the histogram of requests, in seconds.
const BUCKETS: [f64; 9] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
/// How long requests under way may take when the server stops.
const GRACE: Duration = Duration::from_secs(20);
/// A connection that asks for nothing in this time is let go.
const FIRST_REQUEST: Duration = Duration::from_secs(30);
/// How often other processes' actions are looked for when the database does not tell.
const LISTEN_EVERY: Duration = Duration::from_millis(500);
/// How long this process's own writes take from their commit to its listeners.
const OWN_NEWS: Duration = Duration::from_millis(5);
/// How often a catalogue that another process has changed is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often ended sessions are swept out.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error("the database")]
    Store(#[from] StoreError),
    /// The pack.
    #[error("the pack")]
    Pack(#[from] PackError),
    /// The catalogue.
    #[error("the catalogue")]
    Catalogue(#[from] Error),
    /// The address or the certificate.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Its use cases and database, for tests.
    pub app: App,
    /// `http://ADDR` or `https://ADDR`.
    pub url: String,
    handle: Handle<SocketAddr>,
    served: JoinHandle<std::io::Result<()>>,
    queue: JoinHandle<()>,
    helpers: Vec<JoinHandle<()>>,
    state: AppState,
    stop: watch::Sender<bool>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("addr", &self.addr).finish_non_exhaustive()
    }
}

/// Starts a server. An empty database is filled with the configured pack.
///
/// # Errors
/// [`StartError`].
pub async fn start(config: Config, clock: Arc<dyn Clock>) -> Result<Running, StartError> {
    launch(config, clock, None).await
}

/// Starts a server whose clock may be moved through `POST /api/demo/clock`.
///
/// # Errors
/// [`StartError`].
pub async fn start_demo(config: Config, clock: Arc<DemoClock>) -> Result<Running, StartError> {
    let movable = Arc::clone(&clock);
    launch(config, clock, Some(movable)).await
}

async fn launch(
    config: Config,
    clock: Arc<dyn Clock>,
    demo_clock: Option<Arc<DemoClock>>,
) -> Result<Running, StartError> {
    let db = open(&config).await?;
    if load::loaded(&db).await?.is_none() {
        let pack = Pack::read(&config.pack)?;
        let changed = load::load(&db, &pack).await?;
        tracing::info!(pack = %pack.about.code, changes = changed.total(), "an empty database was filled");
    }
    let listener = std::net::TcpListener::bind(config.listen)
        .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
        .map_err(|source| StartError::Io { what: format!("cannot listen at {}", config.listen), source })?;
    let addr =
        listener.local_addr().map_err(|source| StartError::Io { what: "no address".to_owned(), source })?;
    let tls = tls(&config).await?;
    let url = format!("{}://{addr}", if tls.is_some() { "https" } else { "http" });

    let fresh = Arc::new(Fresh::default());
    let catalogue = Arc::new(RwLock::new(Arc::new(Catalogue::read(&db).await?)));
    let hub = Hub::open(db.clone(), Arc::clone(&fresh), Arc::clone(&catalogue)).await?;
    let hub = Arc::new(hub);
    let (stop, stopped) = watch::channel(false);
    let halls = Arc::new(Halls::default());
    let told = (Arc::clone(&hub), Arc::clone(&halls));
    let published = Box::new(move |news: News| {
        let (hub, halls) = (Arc::clone(&told.0), Arc::clone(&told.1));
        let publish: futures_util::future::BoxFuture<'static, ()> = Box::pin(async move {
            for hall in &news.halls {
                halls.changed(hall).await;
            }
            hub.publish(news.written).await;
        });
        publish
    });
    let (queue, queue_task) = Queue::start(db.clone(), published, stopped.clone());
    let config = Arc::new(config);
    let app = App::new(Parts {
        db: db.clone(),
        queue,
        clock,
        public_url: config.public_base(addr).into(),
        config: Arc::clone(&config),
        fresh,
        live: hub,
        halls,
        hall_secret: HallSecret::open(&db).await?,
        catalogue,
        stop: stopped.clone(),
    });
    sessions::warm_up();
    // Before anything is counted.
    let metrics = recorder();
    let state = Arc::new(State {
        app: app.clone(),
        limits: Limits::new(config.sign_ins_per_minute),
        metrics,
        figures: Figures::new(counted_routes()),
        demo_clock,
        stopping: AtomicBool::new(false),
    });
    let helpers = vec![
        tokio::spawn(hear_others(app.clone(), stopped.clone())),
        tokio::spawn(sweep(app.clone(), stopped)),
    ];
    let handle = Handle::new();
    let service = router(Arc::clone(&state)).into_make_service_with_connect_info::<SocketAddr>();
    let failed = |source| StartError::Io { what: format!("cannot serve at {addr}"), source };
    let served = match tls {
        Some(tls) => {
            let server = axum_server::from_tcp_rustls(listener, tls).map_err(failed)?;
            let server = server.map(|tls| tls.acceptor(NoDelayAcceptor::new()));
            let server = server.handle(handle.clone()).first_request_timeout(FIRST_REQUEST);
            tokio::spawn(server.serve(service))
        }
        None => {
            let server = axum_server::from_tcp(listener).map_err(failed)?.acceptor(NoDelayAcceptor::new());
            let server = server.handle(handle.clone()).first_request_timeout(FIRST_REQUEST);
            tokio::spawn(server.serve(service))
        }
    };
    tracing::info!(%addr, engine = db.engine().name(), "listening");
    Ok(Running { addr, app, url, handle, served, queue: queue_task, helpers, state, stop })
}

/// Opens the database, making the folder and the tables where there are none.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn open(config: &Config) -> Result<Db, StoreError> {
    if config.database.is_none() {
        std::fs::create_dir_all(&config.data)?;
    }
    let db = Db::connect(&config.database_url()?, config.readers).await?;
    db.migrate().await?;
    Ok(db)
}

async fn tls(config: &Config) -> Result<Option<RustlsConfig>, StartError> {
    let Some(tls) = &config.tls else {
        return Ok(None);
    };
    // A second server in one process finds the provider installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    let loaded = RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await;
    let what = format!("cannot use certificate {}", tls.certificate.display());
    loaded.map(Some).map_err(|source| StartError::Io { what, source })
}

/// The recorder of this process's figures; the process has one, however many servers it runs.
fn recorder() -> Option<PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let seconds = Matcher::Full("mot_cua_http_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(seconds, &BUCKETS).ok()?;
        builder.install_recorder().ok()
    };
    HANDLE.get_or_init(install).clone()
}

/// The routes that are counted one by one.
fn counted_routes() -> impl Iterator<Item = &'static str> {
    let plain =
        [FILES_PATH, "/api/files/{file}", LIVE_PATH, HALL_LIVE_PATH, "/healthz", "/readyz", "/metrics"];
    let pages = [
        "/",
        "/tra-cuu",
        "/tra-cuu/{code}",
        "/lanh-dao",
        "/giam-sat",
        "/sanh/{unit}",
        "/so-thu-tu/{ticket}",
        "/so-thu-tu/{ticket}/bo",
        "/so-thu-tu/{ticket}/danh-gia",
        "/may-tram",
        "/voice/{lang}/{file}",
        "/static/{*path}",
    ];
    crate::endpoints().into_iter().map(|info| info.path).chain(plain).chain(pages)
}

/// Hears what other processes write to the same database.
async fn hear_others(app: App, mut stopped: watch::Receiver<bool>) {
    let mut ear = None;
    let mut looked = tokio::time::Instant::now();
    loop {
        if ear.is_none() {
            ear = Ear::open(&app.db, LISTEN_EVERY).await.ok();
        }
        let wait = async {
            match &mut ear {
                Some(ear) => ear.wait().await,
                None => {
                    tokio::time::sleep(LISTEN_EVERY).await;
                    Sign::Time
                }
            }
        };
        let told = tokio::select! {
            _ = stopped.changed() => return,
            told = wait => told,
        };
        if let Err(error) = hear(&app, told).await {
            tracing::warn!(error = %crate::store::queue::chain(&error), "cannot hear what others wrote");
        }
        if looked.elapsed() >= LOOK_EVERY {
            looked = tokio::time::Instant::now();
            if let Err(error) = app.refresh_catalogue().await {
                tracing::warn!(error = %crate::store::queue::chain(&error), "cannot read the catalogue");
            }
        }
    }
}

/// Looks at what a sign says may be new.
async fn hear(app: &App, told: Sign) -> Result<(), Error> {
    match told {
        Sign::Hall(_) => hall::sweep::catch_up(app).await,
        Sign::Log(pos) if knows(app, pos).await => Ok(()),
        Sign::Log(_) => Ok(app.live.catch_up().await?),
        Sign::Time => {
            app.live.catch_up().await?;
            hall::sweep::catch_up(app).await
        }
    }
}

/// Whether what is told is known here already: most of it this process has written itself, and publishes just now.
async fn knows(app: &App, pos: i64) -> bool {
    if app.live.pos() < pos {
        tokio::time::sleep(OWN_NEWS).await;
    }
    app.live.pos() >= pos
}

async fn sweep(app: App, mut stopped: watch::Receiver<bool>) {
    let mut swept = tokio::time::Instant::now();
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        // What was counted is added up, or it would fill the memory until somebody asks for it.
        if let Some(handle) = recorder() {
            handle.run_upkeep();
        }
        if swept.elapsed() < SWEEP_EVERY {
            continue;
        }
        swept = tokio::time::Instant::now();
        if let Err(error) = sessions::sweep(&app).await {
            tracing::warn!(%error, "ended sessions were not swept out");
        }
        if let Err(error) = hall::sweep::sweep(&app).await {
            tracing::warn!(%error, "numbers of days before were not ended");
        }
    }
}

impl Running {
    /// Stops taking requests, finishes those under way and what waits to be written, closes the database.
    pub async fn stop(self) {
        self.state.stopping.store(true, Ordering::SeqCst);
        self.app.live.close();
        self.app.halls.close();
        self.handle.graceful_shutdown(Some(GRACE));
        if let Ok(Err(error)) = self.served.await {
            tracing::warn!(%error, "the listener ended badly");
        }
        self.stop.send_replace(true);
        for helper in self.helpers {
            drop(helper.await);
        }
        let db = self.app.db.clone();
        if tokio::time::timeout(GRACE, self.queue).await.is_err() {
            tracing::warn!("what waited to be written took too long");
        }
        self.app.lookups.close();
        db.close().await;
        tracing::info!("stopped");
    }

    /// Waits until the listener ends by itself.
    ///
    /// # Errors
    /// Why it ended.
    pub async fn ended(&mut self) -> std::io::Result<()> {
        (&mut self.served).await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
    }
}
