//! Knows the lines that invite readers to a newsletter, an application or a channel, or say that the page is paid for.

/// Longest invitation, in bytes.
const LONGEST: usize = 260;

/// Words that invite by themselves.
const ALONE: &[&str] = &[
    "abonnez-vous à notre",
    "become a member",
    "become a subscriber",
    "folge uns",
    "folgen sie uns",
    "follow us on",
    "följ oss på",
    "gefällt dir dieser artikel",
    "hier abonnieren",
    "jetzt abonnieren",
    "jetzt registrieren",
    "join our channel",
    "liity kanavallemme",
    "prenumerera på vårt",
    "seguici su",
    "seuraa meitä",
    "sign up for our",
    "sign up to our",
    "subscribe now",
    "subscribe to our",
    "suivez-nous",
    "support our journalism",
    "suscríbete",
    "síguenos",
    "tilaa uutiskirje",
    "tue toimintaamme",
    "unterstützen sie unsere arbeit",
    "únete a nuestro",
];

/// What readers are invited to receive.
const LETTERS: &[&str] = &[
    "boletín",
    "infolettre",
    "mailing list",
    "newsletter",
    "nyhetsbrev",
    "postituslista",
    "push-nachricht",
    "subskrypcj",
    "uutiskirje",
];

/// What readers are asked to do for it.
const VERBS: &[&str] = &[
    "abonnez",
    "abonnier",
    "anmelden",
    "anmäl",
    "bestell",
    "get our",
    "informed",
    "inscri",
    "iscriviti",
    "join ",
    "liity",
    "melde",
    "prenumerera",
    "register",
    "registrera",
    "sign up",
    "subscribe",
    "suscrib",
    "suscrí",
    "tilaa",
    "zapisz",
    "zapraszam",
];

/// Services with channels.
const CHANNELS: &[&str] = &["signal", "telegram", "viber", "whatsapp"];

/// Words for a channel.
const KINDS: &[&str] = &["canal", "channel", "gruppe", "kanal", "kanava"];

/// Words that say that a page earns by its links or is paid for.
const PAID: &[&str] = &[
    "affiliate link",
    "affiliate-link",
    "affiliatelink",
    "contains affiliate",
    "enthält werbung",
    "i betalt samarbete",
    "innehåller reklam",
    "kaupallinen yhteistyö",
    "kaupallisessa yhteistyössä",
    "paid partnership",
    "provisions-link",
    "sisältää mainos",
    "sponsored post",
    "werbelinks",
];

/// Reports whether a line invites the reader to a newsletter, an application or a channel, or says that the page is paid for.
pub(super) fn invites(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    any(PAID)
        || any(ALONE)
        || (any(LETTERS) && any(VERBS))
        || (any(CHANNELS) && any(KINDS))
        || (["download", "lataa", "ladda ner", "descarga", "télécharge", "herunter"]
            .iter()
            .any(|verb| lower.contains(verb))
            && lower
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| matches!(word, "app" | "apps" | "appen" | "appi"))
            && ["ios", "android", "app store", "google play"].iter().any(|shop| lower.contains(shop)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_are_known_by_their_words() {
        for line in [
            "Tilaa uutiskirjeemme ja saat tiedotteet kerran viikossa.",
            "Prenumerera på vårt nyhetsbrev",
            "Sign up for our newsletter to read the news first.",
            "Melde dich jetzt zum Newsletter an!",
            "Download the Harbour app for iOS and Android.",
            "Liity kanavallemme Telegramissa",
            "Seuraa meitä somessa",
            "*Werbung. Dieser Beitrag enthält Werbung.",
            "This post contains affiliate links.",
        ] {
            assert!(invites(line), "{line}");
        }
        for line in [
            "Uutiskirje ilmestyy neljä kertaa vuodessa.",
            "Kommunens nyhetsbrev har fått nytt utseende.",
            "The app was made by students of the Harbour School.",
            "Kanava suljetaan veneliikenteeltä kesäkuussa.",
        ] {
            assert!(!invites(line), "{line}");
        }
    }
}
