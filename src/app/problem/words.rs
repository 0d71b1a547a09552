//! Lists the texts of problems and their reasons.

use crate::app::messages::texts;

texts! {
    UNUSABLE: "{path}: {reason}", "{path}: {reason}", "{path}: {reason}";
    GONE: "Tiedotetta ei enää ole.", "Meddelandet finns inte längre.", "The announcement is no longer there.";
    UNWATCHED: "Kaikkia kansioita ei voi seurata: niiden muutokset näkyvät, kun ohjelma käynnistetään uudelleen.", "Alla mappar kan inte bevakas: ändringar i dem syns när programmet startas på nytt.", "Not every folder can be watched: changes in it show when the program is started again.";
    MARK_UNKEPT: "Tähdet ja tunnisteet säilyvät vain ohjelman loppuun: tiedote ei ole kirjastossa.", "Stjärnor och taggar finns kvar bara tills programmet avslutas: meddelandet är inte i biblioteket.", "Stars and tags last until the program ends: the announcement is not in the library.";
    SEARCH_UNKEPT: "Haku säilyy vain ohjelman loppuun: sille ei ole tallennuspaikkaa.", "Sökningen finns kvar bara tills programmet avslutas: det finns ingen plats att spara den på.", "The search lasts until the program ends: there is no place to keep it.";
    SEARCH_UNWRITTEN: "Haku säilyy vain ohjelman loppuun: {path} ei ole kirjoitettavissa.", "Sökningen finns kvar bara tills programmet avslutas: det går inte att skriva i {path}.", "The search lasts until the program ends: {path} cannot be written.";
    WAITING: "Ei vielä tallennettu: {path}: {reason}.", "Ännu inte sparat: {path}: {reason}.", "Not kept yet: {path}: {reason}.";
    MARKS_UNKEPT: "Merkintöjä ei tallenneta: {path}: {reason}.", "Märkningar sparas inte: {path}: {reason}.", "Marks are not kept: {path}: {reason}.";
    NOTHING_KEPT: "{path}: {reason}; mitään ei tallenneta.", "{path}: {reason}; ingenting sparas.", "{path}: {reason}; nothing is kept.";
    NETWORKED: "{path} on verkkolevyllä: pidä ohjelmaa auki vain yhdessä paikassa kerrallaan.", "{path} ligger på en nätverksdisk: ha programmet öppet bara på ett ställe åt gången.", "{path} is on a network disk: start the program once at a time.";
    STUCK: "{path} on vioittunut, eikä sitä voi siirtää syrjään ({reason}); mitään ei tallenneta.", "{path} är skadad och kan inte läggas åt sidan ({reason}); ingenting sparas.", "{path} is damaged and cannot be set aside ({reason}); nothing is kept.";
    REPLACED: "{path} oli vioittunut: se on nyt {aside}, ja siitä saatiin talteen {marks} ja {announcements}.", "{path} var skadad: den heter nu {aside}, och {marks} och {announcements} togs över.", "{path} was damaged: it is kept as {aside}, and {marks} and {announcements} were taken over.";
    LOST: "{path} oli vioittunut ja on nyt {aside}; uutta ei ole: {reason}.", "{path} var skadad och heter nu {aside}; det finns ingen ny: {reason}.", "{path} was damaged and is kept as {aside}; there is no new one: {reason}.";
    ONE_MARK: "{number} merkintä", "{number} märkning", "{number} mark";
    MARKS: "{number} merkintää", "{number} märkningar", "{number} marks";
    ONE_ANNOUNCEMENT: "{number} tiedote", "{number} meddelande", "{number} announcement";
    ANNOUNCEMENTS: "{number} tiedotetta", "{number} meddelanden", "{number} announcements";
    BROKEN: "Jokin meni taustalla vikaan ({part}); lukeminen jatkuu.", "Något gick fel i bakgrunden ({part}); läsningen fortsätter.", "Something went wrong in the background ({part}); reading goes on.";
    UNSTARTED: "Ohjelman osa ei käynnistynyt ({part}): {reason}", "En del av programmet startade inte ({part}): {reason}", "A part of the program did not start ({part}): {reason}";
    MISSING: "tiedostoa tai kansiota ei ole", "filen eller mappen finns inte", "no such file or folder";
    FORBIDDEN: "lukuoikeutta ei ole", "det finns ingen rätt att läsa", "no permission to read it";
    FOLDER: "on kansio", "är en mapp", "is a folder";
    IRREGULAR: "ei ole tavallinen tiedosto", "är inte en vanlig fil", "is not a regular file";
    TOO_LARGE: "on suurempi kuin {most} MiB, eikä suurempaa lueta", "är större än {most} MiB, och större läses inte", "is larger than {most} MiB, which is the most that is read";
    TOO_DEEP: "on niin syvällä, ettei sitä lueta", "ligger så djupt att det inte läses", "lies too deep to be looked into";
    LINK_OUT: "on linkki kansion ulkopuolelle, eikä sitä seurattu", "är en länk ut ur mappen och följdes inte", "is a link out of the folder and was not followed";
    DEAD_LINK: "on linkki, joka ei johda mihinkään", "är en länk som inte leder någonstans", "is a link that leads nowhere";
    NOT_IN_IT: "tiedote ei ole enää siinä", "meddelandet finns inte längre i den", "the announcement is no longer in it";
    ASTRAY: "ei ole missään kirjaston kansiossa", "ligger inte i någon av bibliotekets mappar", "lies in no folder of the library";
    PANIC: "jokin meni vikaan, kun sitä luettiin", "något gick fel när den lästes", "something went wrong while it was read";
    DAMAGED: "se on vioittunut", "den är skadad", "it is damaged";
    FULL: "levy on täynnä", "disken är full", "the disk is full";
    READ_ONLY: "sitä voi vain lukea", "den kan bara läsas", "it may only be read";
    UNWRITABLE: "kirjoitusoikeutta ei ole", "det finns ingen rätt att skriva", "there is no permission to write it";
    UNOPENED: "sitä ei voi avata kirjoitettavaksi", "den kan inte öppnas för skrivning", "it cannot be opened for writing";
    BUSY: "se on toisen ohjelman käytössä", "ett annat program använder den", "another program holds it";
    DISK: "levy ilmoittaa virheestä", "disken rapporterar ett fel", "the disk reports an error";
    NEWER: "sen on kirjoittanut ohjelman uudempi versio", "den är skriven av en nyare version av programmet", "it was written by a newer version of the program";
    FOREIGN: "on toisen ohjelman tietokanta", "är ett annat programs databas", "is a database of another program";
    ANNOUNCEMENT: "ei ole kirjasto vaan tiedote", "är inget bibliotek utan ett meddelande", "is no library but an announcement";
}
