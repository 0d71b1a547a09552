//! Lists the texts of faults of sources on the web.

use crate::app::messages::texts;

texts! {
    STOPPED: "keskeytettiin", "avbröts", "was stopped";
    NO_NETWORK: "verkkoyhteyttä ei ole", "det finns ingen nätverksanslutning", "there is no network connection";
    NOT_AN_ADDRESS: "ei ole verkko-osoite", "är ingen webbadress", "is not a web address";
    NO_SUCH_HOST: "palvelinta {name} ei löydy", "servern {name} hittas inte", "the host {name} is unknown";
    NO_ROUTE: "palvelimelle {name} ei pääse", "det går inte att nå servern {name}", "the host {name} cannot be reached";
    REFUSED: "palvelin {name} ei ota yhteyttä vastaan", "servern {name} tar inte emot anslutningar", "the host {name} refuses the connection";
    TIME_OUT: "palvelin {name} ei vastannut ajoissa", "servern {name} svarade inte i tid", "the host {name} did not answer in time";
    CUT: "vastaus katkesi kesken", "svaret avbröts", "the answer was cut off";
    GARBAGE: "vastaus ei ole kelvollista HTTP:tä", "svaret är inte giltig HTTP", "the answer is not valid HTTP";
    PROXY: "välityspalvelin ei muodosta yhteyttä", "proxyservern ansluter inte", "the proxy does not connect";
    ISSUER: "palvelimen {name} varmenteen myöntäjää ei tunneta, tai varmenneketju on vajaa", "utfärdaren av certifikatet för {name} är okänd, eller så är certifikatkedjan ofullständig", "the issuer of the certificate of {name} is unknown, or its chain is incomplete";
    NAME: "palvelimen {name} varmenne on myönnetty toiselle nimelle: {detail}", "certifikatet för {name} är utfärdat för ett annat namn: {detail}", "the certificate of {name} is for another name: {detail}";
    OTHER_NAME: "palvelimen {name} varmenne on myönnetty toiselle nimelle", "certifikatet för {name} är utfärdat för ett annat namn", "the certificate of {name} is for another name";
    EXPIRED: "palvelimen {name} varmenne on vanhentunut", "certifikatet för {name} har gått ut", "the certificate of {name} has expired";
    EXPIRED_ON: "palvelimen {name} varmenne vanheni {detail}", "certifikatet för {name} gick ut {detail}", "the certificate of {name} expired on {detail}";
    NOT_YET_VALID: "palvelimen {name} varmenne ei ole vielä voimassa", "certifikatet för {name} gäller inte ännu", "the certificate of {name} is not yet valid";
    VALID_FROM: "palvelimen {name} varmenne on voimassa vasta {detail} alkaen", "certifikatet för {name} gäller först från {detail}", "the certificate of {name} is valid only from {detail}";
    INVALID: "palvelimen {name} varmenne ei kelpaa", "certifikatet för {name} är ogiltigt", "the certificate of {name} is not valid";
    INSECURE: "palvelimeen {name} ei saada suojattua yhteyttä", "det går inte att upprätta en säker anslutning till {name}", "no secure connection to {name} could be made";
    PASSWORD: "pyytää salasanaa", "kräver lösenord", "asks for a password";
    FORBIDDEN: "ei päästä ohjelmia sisään", "släpper inte in program", "refuses programs";
    NOT_FOUND: "osoitteessa ei ole mitään (404)", "det finns ingenting på adressen (404)", "there is nothing at the address (404)";
    GONE: "on poistettu pysyvästi (410)", "har tagits bort för gott (410)", "is gone for good (410)";
    WAIT: "pyytää odottamaan", "ber att få vänta", "asks to wait";
    WAIT_UNTIL: "pyytää odottamaan: seuraava yritys {name}", "ber att få vänta: nästa försök {name}", "asks to wait until {name}";
    OUT_OF_ORDER: "palvelin on epäkunnossa ({name})", "servern är ur funktion ({name})", "the host is out of order ({name})";
    STATUS: "palvelin vastasi {name}", "servern svarade {name}", "the host answered {name}";
    REDIRECT: "ohjaa osoitteeseen {to}, mutta {reason}", "hänvisar till {to}, men {reason}", "redirects to {to}, but {reason}";
    NOWHERE: "(ei mihinkään)", "(ingenstans)", "(nowhere)";
    NOT_WEB: "se ei ole verkko-osoite", "det är ingen webbadress", "that is not a web address";
    TOO_MANY: "ohjauksia on liikaa", "hänvisningarna är för många", "there are too many redirects";
    LEADS_TO_INSECURE: "se ei ole suojattu niin kuin alkuperäinen", "den är inte säker som den ursprungliga", "that is not secure as the first one is";
    LEADS_TO_PRIVATE: "se on yksityisessä verkossa", "den ligger i ett privat nätverk", "that is in a private network";
    TOO_LONG: "se on liian pitkä", "den är för lång", "that is too long";
    TOO_LARGE: "vastaus on suurempi kuin {name}, joka on enimmäiskoko", "svaret är större än {name}, som är gränsen", "the answer is larger than {name}, the limit";
    PACKING: "vastaus on pakattu tuntemattomalla tavalla ({name})", "svaret är komprimerat på ett okänt sätt ({name})", "the answer is compressed in an unknown way ({name})";
    PAGE: "on verkkosivu eikä syöte: {name}", "är en webbsida, inte ett flöde: {name}", "is a page, not a feed: {name}";
    UNTITLED_PAGE: "on verkkosivu eikä syöte", "är en webbsida, inte ett flöde", "is a page, not a feed";
    EMPTY: "vastaus on tyhjä", "svaret är tomt", "the answer is empty";
    ENCODING: "vastauksen merkistöä ei tunneta ({name})", "svarets teckenkodning är okänd ({name})", "the encoding of the answer is unknown ({name})";
    UNREADABLE: "vastausta ei voi lukea syötteenä", "svaret går inte att läsa som ett flöde", "the answer cannot be read as a feed";
    NO_TEXT: "sivulla ei ole tiedotteen tekstiä", "sidan innehåller inte meddelandets text", "the page does not hold the text of the announcement";
    PANIC: "jokin meni vikaan, kun vastausta luettiin", "något gick fel när svaret lästes", "something went wrong while the answer was read";
    UNKNOWN: "ei onnistunut", "misslyckades", "failed";
    IN_A_MINUTE: "minuutin kuluttua", "om en minut", "in a minute";
    IN_MINUTES: "{number} minuutin kuluttua", "om {number} minuter", "in {number} minutes";
    IN_AN_HOUR: "tunnin kuluttua", "om en timme", "in an hour";
    IN_HOURS: "{number} tunnin kuluttua", "om {number} timmar", "in {number} hours";
}
