//! Ids that follow from the seed: the same archive has the same ids, in the order of reception.

use rand::{SeedableRng as _, rngs::StdRng};
use uuid::{Builder, Uuid};

/// The ids of one archive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    seed: u64,
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The id of a case by its number: two bytes of the archive, the number, and what nobody else would make.
    pub(super) fn case(self, number: u32) -> Uuid {
        let mut bytes = [0; 16];
        let tag = self.tag().into_iter().chain(number.to_be_bytes());
        let rest = mix(self.seed ^ mix(u64::from(number))).to_be_bytes();
        let twice = mix(mix(self.seed).wrapping_add(u64::from(number))).to_be_bytes();
        bytes.iter_mut().zip(tag.chain(rest).chain(twice)).for_each(|(to, from)| *to = from);
        Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// Every id of the archive lies between these.
    pub(super) fn span(self) -> (Uuid, Uuid) {
        let bound = |fill: u8| {
            let mut bytes = [fill; 16];
            bytes.iter_mut().zip(self.tag()).for_each(|(to, from)| *to = from);
            Uuid::from_bytes(bytes)
        };
        (bound(0), bound(0xff))
    }

    /// The number of a case of this archive; none for another id.
    pub(super) fn number(self, id: Uuid) -> Option<u32> {
        let bytes = id.as_bytes().get(2..6)?;
        let number = u32::from_be_bytes(bytes.try_into().ok()?);
        (self.case(number) == id).then_some(number)
    }

    /// Where the chances of a case come from.
    pub(super) fn chances(self, number: u32) -> StdRng {
        StdRng::seed_from_u64(mix(self.seed).rotate_left(17) ^ mix(!u64::from(number)))
    }

    /// Where the chances of something named come from: a unit's quality, a day's weather.
    pub(super) fn chances_of(self, name: &str) -> StdRng {
        let step = |sum: u64, byte: u8| mix(sum ^ u64::from(byte));
        StdRng::seed_from_u64(name.bytes().fold(mix(self.seed), step))
    }

    fn tag(self) -> [u8; 2] {
        let [.., first, second] = mix(self.seed).to_be_bytes();
        [first, second]
    }
}

/// Scatters a number over all 64 bits (SplitMix64).
fn mix(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_order_and_read_back() {
        let ids = Ids::new(7);
        let (from, to) = ids.span();
        let all: Vec<Uuid> = [0, 1, 255, 256, 65_536, u32::MAX].map(|number| ids.case(number)).to_vec();
        assert!(all.is_sorted() && all.iter().all(|id| from < *id && *id < to));
        assert_eq!(ids.number(ids.case(65_536)), Some(65_536));
        assert_eq!(Ids::new(8).number(ids.case(1)), None);
    }
}
