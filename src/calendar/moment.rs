//! A moment in time with the offset of the user's zone, as events bring it.

use std::fmt;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// A moment in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds since the beginning of 1970 in UTC.
    pub seconds: i64,
    /// Seconds by which clocks in the user's zone are ahead of UTC.
    pub offset: i32,
}

impl Moment {
    /// Returns the hour and the minute that clocks in the user's zone show.
    #[must_use]
    pub fn time_of_day(self) -> (u8, u8) {
        let local = (self.seconds + i64::from(self.offset)).rem_euclid(DAY);
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        (part(local / 3600), part(local / 60 % 60))
    }
}

/// Writes the time of day in 24 hours: `08:05`.
impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.time_of_day();
        write!(formatter, "{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_show_the_time_of_the_zone() {
        let at = |seconds, offset| Moment { seconds, offset }.to_string();
        assert_eq!(at(0, 0), "00:00");
        assert_eq!(at(1_604_500_000, 7200), "16:26");
        assert_eq!(at(3600, -7200), "23:00");
        assert_eq!(at(-60, 0), "23:59");
    }
}
