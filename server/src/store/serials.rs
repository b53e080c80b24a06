//! Serial numbers of case codes. A number once given is never given again.

use super::{StoreError, Tx, db::on};

const NEXT: &str = "INSERT INTO serials (series, last) VALUES ($1, 1) \
                    ON CONFLICT (series) DO UPDATE SET last = serials.last + 1 RETURNING last";
const ADVANCE: &str = "UPDATE serials SET last = $2 WHERE series = $1";

pub(super) const SQL: &[(&str, &str)] = &[("serials.next", NEXT), ("serials.advance", ADVANCE)];

/// The next number of a series. Holds the series until the transaction ends.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn next(tx: &mut Tx, series: &str) -> Result<i64, StoreError> {
    tx.will_write();
    on!(tx, |c| Ok(sqlx::query_scalar(NEXT).bind(series).fetch_one(c).await?))
}

/// Notes the last number given of a series that this transaction holds.
///
/// # Errors
/// [`StoreError`].
pub(super) async fn advance(tx: &mut Tx, series: &str, last: i64) -> Result<(), StoreError> {
    tx.will_write();
    on!(tx, |c| sqlx::query(ADVANCE).bind(series).bind(last).execute(c).await.map(drop))?;
    Ok(())
}
