//! Lists the texts of problems and their reasons.

use crate::app::messages::texts;

texts! {
    UNUSABLE: "{path}: {reason}", "{path}: {reason}", "{path}: {reason}";
    GONE: "Tiedotetta ei enää ole.", "Meddelandet finns inte längre.", "The announcement no longer exists.";
    UNWATCHED: "Kaikkia kansioita ei voi tarkkailla: niiden muutokset näkyvät, kun ohjelma käynnistetään uudelleen.", "Alla mappar kan inte bevakas: ändringar i dem syns när programmet startas på nytt.", "Some folders cannot be watched: changes in them show when the program is restarted.";
    MARK_UNKEPT: "Tähdet ja tunnisteet säilyvät vain ohjelman loppuun: tiedote ei ole kirjastossa.", "Stjärnor och taggar finns kvar bara tills programmet avslutas: meddelandet är inte i biblioteket.", "Stars and tags last only until the program ends: the announcement is not in the library.";
    SEARCH_UNKEPT: "Haku säilyy vain ohjelman loppuun: sille ei ole tallennuspaikkaa.", "Sökningen finns kvar bara tills programmet avslutas: det finns ingen plats att spara den på.", "The search lasts only until the program ends: there is no library to store it in.";
    SEARCH_UNWRITTEN: "Haku säilyy vain ohjelman loppuun: {path} ei ole kirjoitettavissa.", "Sökningen finns kvar bara tills programmet avslutas: det går inte att skriva i {path}.", "The search lasts only until the program ends: {path} cannot be written.";
    WAITING: "Ei vielä tallennettu: {path}: {reason}.", "Ännu inte sparat: {path}: {reason}.", "Not saved yet: {path}: {reason}.";
    MARKS_UNKEPT: "Merkintöjä ei tallenneta: {path}: {reason}.", "Märkningar sparas inte: {path}: {reason}.", "Marks are not saved: {path}: {reason}.";
    NOTHING_KEPT: "{path}: {reason}; mitään ei tallenneta.", "{path}: {reason}; ingenting sparas.", "{path}: {reason}; nothing is saved.";
    NETWORKED: "{path} on verkkolevyllä: pidä ohjelmaa auki vain yhdessä paikassa kerrallaan.", "{path} ligger på en nätverksdisk: ha programmet öppet bara på ett ställe åt gången.", "{path} is on a network drive: open the program in only one place at a time.";
    STUCK: "{path} on vioittunut, eikä sitä voi siirtää syrjään ({reason}); mitään ei tallenneta.", "{path} är skadad och kan inte läggas åt sidan ({reason}); ingenting sparas.", "{path} is damaged and cannot be set aside ({reason}); nothing is saved.";
    REPLACED: "{path} oli vioittunut: se on nyt {aside}, ja siitä saatiin talteen {marks} ja {announcements}.", "{path} var skadad: den heter nu {aside}, och {marks} och {announcements} räddades.", "{path} was damaged: it was renamed to {aside}, and {marks} and {announcements} were recovered.";
    LOST: "{path} oli vioittunut ja on nyt {aside}; uutta ei voitu luoda: {reason}.", "{path} var skadad och heter nu {aside}; en ny kunde inte skapas: {reason}.", "{path} was damaged and was renamed to {aside}; a new one could not be made: {reason}.";
    MARKS_LOST: "Tallentamatta jääneitä merkintöjen muutoksia: {marks} ({path}: {reason}).", "Ändringar av märkningar som inte sparades: {marks} ({path}: {reason}).", "Changes of marks that were not saved: {marks} ({path}: {reason}).";
    MARKS_DOUBTFUL: "Merkintöjen muutoksia, jotka ehkä jäivät tallentamatta: {marks} ({path}: tallennus kesti liian kauan).", "Ändringar av märkningar som kanske inte sparades: {marks} ({path}: det tog för lång tid att spara).", "Changes of marks that may not have been saved: {marks} ({path}: saving took too long).";
    EMPTIED: "{path} oli tyhjä: siihen tehtiin uusi kirjasto.", "{path} var tom: ett nytt bibliotek skapades i den.", "{path} was empty: a new library was made in it.";
    ONE_MARK: "{number} merkintä", "{number} märkning", "{number} mark";
    MARKS: "{number} merkintää", "{number} märkningar", "{number} marks";
    ONE_ANNOUNCEMENT: "{number} tiedote", "{number} meddelande", "{number} announcement";
    ANNOUNCEMENTS: "{number} tiedotetta", "{number} meddelanden", "{number} announcements";
    BROKEN: "Jokin meni taustalla vikaan ({part}); lukemista voi jatkaa.", "Något gick fel i bakgrunden ({part}); du kan läsa vidare.", "Something went wrong in the background ({part}); you can continue reading.";
    UNSTARTED: "Ohjelman osa ei käynnistynyt ({part}): {reason}.", "En del av programmet startade inte ({part}): {reason}.", "A part of the program did not start ({part}): {reason}.";
    MISSING: "tiedostoa tai kansiota ei ole", "filen eller mappen finns inte", "no such file or folder";
    FORBIDDEN: "lukuoikeutta ei ole", "läsbehörighet saknas", "no permission to read it";
    FOLDER: "on kansio", "är en mapp", "is a folder";
    IRREGULAR: "ei ole tavallinen tiedosto", "är inte en vanlig fil", "is not a regular file";
    TOO_LARGE: "on suurempi kuin {most} MiB, joka on enimmäiskoko", "är större än {most} MiB, som är gränsen", "is larger than {most} MiB, the limit";
    TOO_DEEP: "on liian syvällä luettavaksi", "ligger för djupt för att läsas", "is nested too deep to be read";
    LINK_OUT: "on linkki kansion ulkopuolelle, eikä sitä seurattu", "är en länk ut ur mappen och följdes inte", "is a link out of the folder and was not followed";
    DEAD_LINK: "on linkki, joka ei johda mihinkään", "är en länk som inte leder någonstans", "is a link that leads nowhere";
    NOT_IN_IT: "tiedote ei ole enää siinä", "meddelandet finns inte längre i den", "the announcement is no longer in it";
    ASTRAY: "ei ole missään kirjaston kansiossa", "ligger inte i någon av bibliotekets mappar", "is in none of the library's folders";
    PANIC: "jokin meni vikaan, kun sitä luettiin", "något gick fel när den lästes", "something went wrong while it was read";
    TEXT_DAMAGED: "tiedotteen teksti on vioittunut, eikä sitä voi lukea tiedostosta", "meddelandets text är skadad och kan inte läsas ur en fil", "the text of an announcement is damaged and cannot be read from a file";
    DAMAGED: "se on vioittunut", "den är skadad", "it is damaged";
    FULL: "levy on täynnä", "disken är full", "the disk is full";
    READ_ONLY: "sitä voi vain lukea", "den kan bara läsas", "it is read-only";
    UNWRITABLE: "kirjoitusoikeutta ei ole", "skrivbehörighet saknas", "no permission to write it";
    UNOPENED: "sitä ei voi avata kirjoitettavaksi", "den kan inte öppnas för skrivning", "it cannot be opened for writing";
    BUSY: "se on toisen ohjelman käytössä", "ett annat program använder den", "another program is using it";
    DISK: "levy ilmoittaa virheestä", "disken rapporterar ett fel", "the disk reports an error";
    NEWER: "sen on kirjoittanut ohjelman uudempi versio", "den har skrivits av en nyare version av programmet", "it was written by a newer version of the program";
    FOREIGN: "on toisen ohjelman tietokanta", "är ett annat programs databas", "is a database of another program";
    ANNOUNCEMENT: "on tiedote, ei kirjasto", "är ett meddelande, inte ett bibliotek", "is an announcement, not a library";
    NO_LIBRARY: "ei ole kirjasto", "är inget bibliotek", "is no library";
    DATABASE: "ei vastaa niin kuin kirjasto", "svarar inte som ett bibliotek", "does not answer as a library does";
}
