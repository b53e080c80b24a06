//! Values that live on the server.

/// A value that is being fetched, is here, or could not be had. While a new one loads, and after a failure,
/// the previous value stays, so that lists do not flicker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote<T> {
    /// Being fetched; the value from before, if there was one.
    Loading(Option<T>),
    /// Here.
    Ready(T),
    /// Not to be had; why, and the value from before.
    Failed(String, Option<T>),
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self::Loading(None)
    }
}

impl<T> Remote<T> {
    /// What there is to show: the value, or the one from before.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading(value) | Self::Failed(_, value) => value.as_ref(),
        }
    }

    /// As [`Remote::value`], to change it in place.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading(value) | Self::Failed(_, value) => value.as_mut(),
        }
    }

    /// Starts fetching again, keeping what there is.
    pub fn reload(&mut self) {
        *self = Self::Loading(self.take());
    }

    /// Takes an answer: a new value, or why there is none.
    pub fn settle(&mut self, answer: Result<T, String>) {
        *self = match answer {
            Ok(value) => Self::Ready(value),
            Err(why) => Self::Failed(why, self.take()),
        };
    }

    /// Why it could not be had.
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(why, _) => Some(why),
            _ => None,
        }
    }

    /// Whether it is being fetched.
    pub fn is_loading(&self) -> bool {
        matches!(self, Self::Loading(_))
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::replace(self, Self::Loading(None)) {
            Self::Ready(value) => Some(value),
            Self::Loading(value) | Self::Failed(_, value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Remote;

    #[test]
    fn old_rows_stay_while_new_ones_load_and_when_they_fail() {
        let mut rows = Remote::Ready(1);
        rows.reload();
        assert_eq!(rows.value(), Some(&1));
        rows.settle(Err("cut line".into()));
        assert_eq!((rows.value(), rows.failure()), (Some(&1), Some("cut line")));
        rows.settle(Ok(2));
        assert_eq!(rows, Remote::Ready(2));
    }
}
