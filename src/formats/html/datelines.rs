//! Knows the lines that say nothing but when a page was made or changed, also in languages whose dates are not read.

/// Longest line that can be a dateline, in bytes.
const LONGEST: usize = 100;

/// Words that say what a date is of.
const LABELS: &str = "actualisé actualizado aggiornato aktualisiert aktualizacja atualizado created datum eingetragen erschienen erstellt geändert julkaistu letzte modifica modified modifié muokattu online opublikowano posted pubblicato publicado publicerad publicerat publikowano published publiziert publié päivitetty stand update updated zuletzt uppdaterad uppdaterat veröffentlicht veröffentlichung änderung";

/// Words beside dates.
const FILLERS: &str = "a alle am at cet de del den der di do el est et fecha gmt h il ist jour kello kl klo la las last le los mis mise o on ore os pm por seitdem the uhr ultima um und upp utc vom w à";

/// How the names of months begin.
const MONTHS: &str = "abr ago aoû apr aug avr dec dez dic déc elo ene feb fév févr gen giu hei hel huh jan janv juil juin jul jun kes lok lug maa mai maj mar may mär nov oct okt ott sep set syy tam tou";

/// Days of the week.
const DAYS: &str = "dienstag dimanche domingo donnerstag freitag friday jeudi jueves keskiviikko lauantai lundi lunes maanantai mardi martes mercredi mittwoch miércoles monday montag måndag perjantai samedi samstag saturday sonntag sunday sunnuntai sábado thursday tiistai torstai tuesday vendredi viernes wednesday";

/// Reports whether a line is nothing but when the page was made or changed.
pub(super) fn is_dateline(text: &str) -> bool {
    if text.len() > LONGEST || text.len() < 5 {
        return false;
    }
    let (mut numbers, mut labels) = (0, 0);
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            if word.len() > 4 {
                return false;
            }
            numbers += 1;
            continue;
        }
        let word = word.to_lowercase();
        let month = word.chars().count() <= 10 && MONTHS.split(' ').any(|month| word.starts_with(month));
        if has(LABELS, &word) {
            labels += 1;
        } else if !month && !has(DAYS, &word) && !has(FILLERS, &word) {
            return false;
        }
    }
    // A label alone, with a colon, heads the date of the next line.
    labels > 0 && (numbers >= 2 || (numbers == 0 && text.ends_with(':')))
}

/// Reports whether a list of words parted by blanks has a word.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_say_what_their_date_is_of() {
        for line in [
            "Aktualisiert: 11.04.2020, 10:27",
            "Pubblicato il 19 Febbraio 2020 Ultima modifica 19 Febbraio 2020 12:02",
            "Zuletzt geändert am 3. Januar 2020",
            "Publié le 12 juin 2021",
            "Päivitetty 4.3.2025 klo 11:00",
            "Uppdaterad: 4 mars 2025 kl. 11.00",
            "Updated:",
        ] {
            assert!(is_dateline(line), "{line}");
        }
        for line in [
            "4.3.2025 klo 10",
            "Julkaistu kirja 2020",
            "Updated",
            "The stand opened on 4 March 2025",
            "12 ja 14 kello 10",
        ] {
            assert!(!is_dateline(line), "{line}");
        }
    }
}
