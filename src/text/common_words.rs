//! The commonest words of the languages announcements are written in.

use super::Language;

/// The language that a common word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Common {
    /// One of the three languages.
    Of(Language),
    /// A neighbour that shares many words with the three: Norwegian, Danish, German, Estonian, French, Spanish.
    Neighbour,
}

const FI: Common = Common::Of(Language::Finnish);
const SV: Common = Common::Of(Language::Swedish);
const EN: Common = Common::Of(Language::English);
const NEIGHBOUR: Common = Common::Neighbour;

/// Looks up a word in lower case; returns the language it is common in, if it is listed.
pub fn common(word: &[u8]) -> Option<Common> {
    if word.len() > 8 {
        return None;
    }
    let packed = pack(word);
    let at = COMMON.binary_search_by_key(&packed, |(word, _)| *word).ok()?;
    COMMON.get(at).map(|(_, language)| *language)
}

/// Packs a word of up to eight bytes into one number in the order of its bytes, to be compared at once.
const fn pack(word: &[u8]) -> u64 {
    let mut packed = 0;
    let mut at = 0;
    while at < 8 {
        packed <<= 8;
        if at < word.len() {
            packed |= word[at] as u64;
        }
        at += 1;
    }
    packed
}

/// Sorted.
const COMMON: &[(u64, Common)] = &[
    (pack(b"af"), NEIGHBOUR),
    (pack(b"aga"), NEIGHBOUR),
    (pack(b"alkaen"), FI),
    (pack(b"an"), EN),
    (pack(b"and"), EN),
    (pack(b"are"), EN),
    (pack(b"as"), EN),
    (pack(b"asti"), FI),
    (pack(b"at"), EN),
    (pack(b"att"), SV),
    (pack(b"av"), SV),
    (pack(b"be"), EN),
    (pack(b"been"), EN),
    (pack(b"bland"), SV),
    (pack(b"blir"), SV),
    (pack(b"by"), EN),
    (pack(b"can"), EN),
    (pack(b"che"), NEIGHBOUR),
    (pack(b"dans"), NEIGHBOUR),
    (pack(b"das"), NEIGHBOUR),
    (pack(b"dat"), NEIGHBOUR),
    (pack(b"de"), SV),
    (pack(b"del"), NEIGHBOUR),
    (pack(b"den"), SV),
    (pack(b"der"), NEIGHBOUR),
    (pack(b"des"), NEIGHBOUR),
    (pack(b"det"), SV),
    (pack(b"detta"), SV),
    (pack(b"die"), NEIGHBOUR),
    (pack("där".as_bytes()), SV),
    (pack(b"een"), NEIGHBOUR),
    (pack(b"efter"), SV),
    (pack(b"ei"), FI),
    (pack("eikä".as_bytes()), FI),
    (pack(b"eller"), SV),
    (pack(b"enligt"), SV),
    (pack(b"er"), NEIGHBOUR),
    (pack(b"eri"), FI),
    (pack(b"est"), NEIGHBOUR),
    (pack(b"et"), NEIGHBOUR),
    (pack(b"ett"), SV),
    (pack("että".as_bytes()), FI),
    (pack(b"for"), EN),
    (pack(b"fra"), NEIGHBOUR),
    (pack(b"from"), EN),
    (pack("från".as_bytes()), SV),
    (pack("för".as_bytes()), SV),
    (pack("für".as_bytes()), NEIGHBOUR),
    (pack(b"genom"), SV),
    (pack(b"har"), SV),
    (pack(b"has"), EN),
    (pack(b"have"), EN),
    (pack(b"het"), NEIGHBOUR),
    (pack(b"how"), EN),
    (pack("hän".as_bytes()), FI),
    (pack(b"ikke"), NEIGHBOUR),
    (pack(b"il"), NEIGHBOUR),
    (pack(b"inom"), SV),
    (pack(b"inte"), SV),
    (pack(b"is"), EN),
    (pack(b"ist"), NEIGHBOUR),
    (pack(b"it"), EN),
    (pack(b"its"), EN),
    (pack(b"ja"), FI),
    (pack(b"jeg"), NEIGHBOUR),
    (pack(b"joka"), FI),
    (pack(b"jonka"), FI),
    (pack(b"jos"), FI),
    (pack(b"jotka"), FI),
    (pack(b"ka"), NEIGHBOUR),
    (pack(b"kaikki"), FI),
    (pack(b"kan"), SV),
    (pack(b"kanssa"), FI),
    (pack(b"klo"), FI),
    (pack(b"kommer"), SV),
    (pack(b"kommunen"), SV),
    (pack(b"kui"), NEIGHBOUR),
    (pack(b"kuin"), FI),
    (pack(b"kun"), FI),
    (pack(b"kuten"), FI),
    (pack(b"las"), NEIGHBOUR),
    (pack(b"lea"), NEIGHBOUR),
    (pack(b"les"), NEIGHBOUR),
    (pack("lisäksi".as_bytes()), FI),
    (pack(b"los"), NEIGHBOUR),
    (pack(b"med"), SV),
    (pack(b"mellan"), SV),
    (pack(b"men"), SV),
    (pack(b"mis"), NEIGHBOUR),
    (pack(b"mit"), NEIGHBOUR),
    (pack(b"more"), EN),
    (pack(b"mot"), SV),
    (pack(b"muassa"), FI),
    (pack(b"mukaan"), FI),
    (pack(b"mutta"), FI),
    (pack(b"muun"), FI),
    (pack("myös".as_bytes()), FI),
    (pack("många".as_bytes()), SV),
    (pack(b"new"), EN),
    (pack(b"nicht"), NEIGHBOUR),
    (pack(b"niin"), FI),
    (pack(b"ning"), NEIGHBOUR),
    (pack(b"noin"), FI),
    (pack(b"not"), EN),
    (pack(b"nya"), SV),
    (pack("när".as_bytes()), SV),
    (pack(b"och"), SV),
    (pack("också".as_bytes()), SV),
    (pack(b"of"), EN),
    (pack(b"og"), NEIGHBOUR),
    (pack(b"ole"), FI),
    (pack(b"oli"), FI),
    (pack(b"olla"), FI),
    (pack(b"ollut"), FI),
    (pack(b"om"), SV),
    (pack(b"on"), FI),
    (pack(b"or"), EN),
    (pack(b"ovat"), FI),
    (pack("på".as_bytes()), SV),
    (pack(b"que"), NEIGHBOUR),
    (pack(b"samt"), SV),
    (pack(b"se"), FI),
    (pack("sekä".as_bytes()), FI),
    (pack(b"sen"), FI),
    (pack(b"sig"), SV),
    (pack("siitä".as_bytes()), FI),
    (pack(b"ska"), SV),
    (pack(b"som"), SV),
    (pack("så".as_bytes()), SV),
    (pack(b"tai"), FI),
    (pack(b"that"), EN),
    (pack(b"the"), EN),
    (pack(b"their"), EN),
    (pack(b"this"), EN),
    (pack(b"til"), NEIGHBOUR),
    (pack(b"till"), SV),
    (pack(b"to"), EN),
    (pack(b"tulee"), FI),
    (pack("tähän".as_bytes()), FI),
    (pack("tämä".as_bytes()), FI),
    (pack(b"und"), NEIGHBOUR),
    (pack(b"under"), SV),
    (pack(b"une"), NEIGHBOUR),
    (pack(b"uuden"), FI),
    (pack(b"uusi"), FI),
    (pack(b"vain"), FI),
    (pack(b"van"), NEIGHBOUR),
    (pack(b"vi"), SV),
    (pack(b"vid"), SV),
    (pack(b"voi"), FI),
    (pack(b"von"), NEIGHBOUR),
    (pack(b"vuoden"), FI),
    (pack(b"vuonna"), FI),
    (pack("või".as_bytes()), NEIGHBOUR),
    (pack(b"was"), EN),
    (pack(b"were"), EN),
    (pack(b"what"), EN),
    (pack(b"when"), EN),
    (pack(b"which"), EN),
    (pack(b"who"), EN),
    (pack(b"will"), EN),
    (pack(b"with"), EN),
    (pack(b"you"), EN),
    (pack(b"your"), EN),
    (pack("är".as_bytes()), SV),
    (pack("år".as_bytes()), SV),
    (pack("över".as_bytes()), SV),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(COMMON.is_sorted_by(|one, other| one.0 < other.0));
        assert_eq!((common("että".as_bytes()), common(b"og"), common(b"xyz")), (Some(FI), Some(NEIGHBOUR), None));
    }
}
