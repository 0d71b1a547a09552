//! Hyphenation: Finnish by rules and stem lists of our own, Swedish and English by Liang's patterns.
//! It sees one run of letters at a time and never decides whether a cut is wanted.

mod finnish;
mod stems;

use crate::text::Language;

/// How good a cut is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutClass {
    /// Between two parts of a compound, the best place.
    Seam,
    /// Between two syllables of one part.
    Syllable,
}

/// A place where a hyphen may be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes from the start of the run to the first letter of the next line.
    pub offset: usize,
    /// How good the cut is.
    pub class: CutClass,
}

/// Which cuts are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Those that the style guides allow: three letters on each side, no lone vowels.
    Norms,
    /// Any syllable boundary with two letters on each side: for words that no line can hold.
    Loose,
}

/// The longest run passed to `hypher`, in bytes: built without an allocator it takes no more.
const PATTERN_LIMIT: usize = 45;

/// Finds the cuts of words. It keeps its buffers between words: make one per paragraph at least.
#[derive(Debug, Default)]
pub struct Hyphenator {
    finnish: finnish::Buffers,
    cuts: Vec<Cut>,
}

impl Hyphenator {
    /// Finds the cuts of `run`, which holds letters only, in rising order.
    pub fn cuts(&mut self, run: &str, language: Language, care: Care) -> &[Cut] {
        self.cuts.clear();
        match language {
            Language::Finnish => finnish::cuts(run, care, &mut self.finnish, &mut self.cuts),
            Language::Swedish => patterns(run, hypher::Lang::Swedish, care, &mut self.cuts),
            Language::English => patterns(run, hypher::Lang::English, care, &mut self.cuts),
        }
        &self.cuts
    }
}

/// Finds cuts by Liang's patterns (1983) as `hypher` carries them; they know syllables, not seams.
fn patterns(run: &str, language: hypher::Lang, care: Care, out: &mut Vec<Cut>) {
    if run.len() > PATTERN_LIMIT {
        return;
    }
    let side = match care {
        Care::Norms => 3,
        Care::Loose => 2,
    };
    let mut offset = 0;
    for syllable in hypher::hyphenate_bounded(run, language, side, side) {
        if offset > 0 {
            out.push(Cut { offset, class: CutClass::Syllable });
        }
        offset += syllable.len();
    }
}

#[cfg(test)]
mod tests {
    use super::{Care, Cut, CutClass, Hyphenator};
    use crate::text::Language;
    use proptest::prelude::*;

    /// The word with `=` at its seams and `-` at its other cuts.
    fn split(word: &str, language: Language) -> String {
        let mut hyphenator = Hyphenator::default();
        let mut shown = word.to_owned();
        for cut in hyphenator.cuts(word, language, Care::Norms).iter().rev() {
            shown.insert(cut.offset, if cut.class == CutClass::Seam { '=' } else { '-' });
        }
        shown
    }

    #[test]
    fn finnish_is_cut_at_seams_and_syllables() {
        for shown in FINNISH.split_whitespace() {
            assert_eq!(split(&shown.replace(['-', '='], ""), Language::Finnish), shown);
        }
    }

    #[test]
    fn case_and_foreign_letters_change_nothing_or_stop_it() {
        assert_eq!(split("HYVINVOINTIALUE", Language::Finnish), "HYVIN-VOIN-TI=ALUE");
        assert_eq!(split("Päijät", Language::Finnish), "Päi-jät");
        assert_eq!(split("Достоевский", Language::Finnish), "Достоевский");
    }

    #[test]
    fn loose_cuts_are_for_emergencies() {
        let mut hyphenator = Hyphenator::default();
        let offsets = |cuts: &[Cut]| cuts.iter().map(|cut| cut.offset).collect::<Vec<_>>();
        assert_eq!(offsets(hyphenator.cuts("organisaatio", Language::Finnish, Care::Norms)), [4, 6, 9]);
        assert_eq!(offsets(hyphenator.cuts("organisaatio", Language::Finnish, Care::Loose)), [2, 4, 6, 9]);
    }

    /// Words of municipal announcements, each cut as it should be.
    const FINNISH: &str = "
        kau-pun-gin=hal-li-tus val-tuus-to=aloite asu-kas=yh-dis-tys ter-veys=kes-kus=lää-käri päi-vä=hoi-to=paikka
        esi=ope-tus=paikka koti=hoi-don=tuki raken-nus=val-vonta yleis=kaa-va=luon-nos ase-ma=kaa-va=muu-tos
        maan=käyt-tö=so-pi-mus jäte=ve-den=puh-dis-tamo vesi=joh-to=ver-kosto katu=va-lais-tus kir-jas-to=auto
        per-he=hoi-taja omais=hoi-taja vam-mais=pal-ve-lu=laki eri-tyis=ope-tus ammat-ti=opisto yri-tys=neu-vonta
        työl-li-syys=aste osal-lis-tuva osal-li-suus=oh-jelma tur-val-li-suus=suun-ni-telma ensi=hoi-to=yk-sikkö
        mie-len=ter-veys=pal-ve-lut päih-de=työ nuo-ri-so=val-tuusto van-hus=neu-vosto tilin=pää-tös=tie-dot
        talous=ar-vio=esi-tys vero=pro-sentti kun-ta=lii-tos hen-ki-lös-tö=asiat ympä-ris-tö=lupa hule=ve-si=maksu
        luon-non=suo-je-lu=alue kier-rä-tys=asema jäte=asema läm-pö=lai-tos säh-kö=auto lataus=asema
        pysä-köin-ti=alue bus-si=yh-teys jouk-ko=lii-ken-ne=uu-dis-tus kevyen=lii-ken-teen=väylä hir-vi=eläin
        uudis=ra-ken-nus sisä=il-ma=on-gelma ilta=päi-vä=toi-minta avus-tus=ha-ke-mus kult-tuu-ri=avus-tus
        kan-sa-lais=opisto museo=alue tapah-tu-ma=jär-jes-täjä vapaa=eh-tois=työ val-tion=avus-tus oma=vas-tuu=osuus
        lää-kä-ri=aika influens-sa=ro-kote sai-raan=hoi-to=piiri alue=hal-lin-to=vi-rasto äänes-tys=alue
        asuin=alue viran=omais=yh-teis=työ maan=omis-taja raken-nus=ala asia-kas tuo-mioita hakeak-seen
        pää-tös=kri-teeri demo=kra-tia onnis-tua epä=on-nis-tu-nut joh-taja tuot-taa asun-to=lai-nat suur=yri-tys
        vas-taan=otto linja yhteis=kunta";

    #[test]
    fn swedish_and_english_follow_their_patterns() {
        for (language, shown) in [
            (Language::English, "orga-ni-za-tion"),
            (Language::English, "admin-is-tra-tion"),
            (Language::Swedish, "häl-so-vårds-cen-tra-len"),
        ] {
            assert_eq!(split(&shown.replace('-', ""), language), shown);
        }
    }

    #[test]
    fn very_long_runs_are_left_alone() {
        let long = "organization".repeat(5);
        assert_eq!(split(&long, Language::English), long);
    }

    proptest! {
        #[test]
        fn cuts_rise_inside_the_run_and_keep_their_sides(run in "\\p{L}{0,40}", pick in 0usize..3) {
            let language = Language::ALL[pick];
            let mut hyphenator = Hyphenator::default();
            let mut before = 0;
            for cut in hyphenator.cuts(&run, language, Care::Norms) {
                prop_assert!(cut.offset > before && run.is_char_boundary(cut.offset));
                let (head, tail) = run.split_at(cut.offset);
                prop_assert!(head.chars().count() >= 3 && tail.chars().count() >= 3);
                before = cut.offset;
            }
        }
    }
}
