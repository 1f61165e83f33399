import { anyCase, capitalised, end, house, notCounted } from "./pieces.ts";

/** Words that end as streets do and are none: a way home, a place to park. */
const noStreet = anyCase(
  String.raw`(?!(?:hin|rück|heim|um|arbeits|schul|park|stell|sitz|steh|spiel|camping|sport|liege)(?:weg|platz)|(?:super|floh|bau|arbeits|wohnungs|immobilien|lebensmittel)markt)`,
);
const endings = anyCase(
  "stra(?:ß|ss)e|str|weg|allee|platz|gasse|ring|damm|ufer|chaussee|steig|stieg|pfad|graben|promenade|markt|straat|laan|plein|gracht|kade|singel|dreef|steeg|gatan|vägen|gade|veien",
);
/** "Hauptstraße", "bahnhofstr.", "Konrad-Adenauer-Platz", "Kerkstraat" */
const compound = String.raw`${noStreet}\p{L}[\p{L}\-]{1,30}?(?:${endings})\.?`;

const preposition = anyCase("am|an der|an den|an dem|im|in der|in den|auf der|auf dem|unter den|zum|zur|hinter der|vor dem"); // prettier-ignore
const types = String.raw`(?:Stra(?:ß|ss)e|Str\.|Weg|Allee|Platz|Gasse|Ring|Damm|Ufer|Chaussee|Markt)`;
/** "Berliner Platz", "Große Bleiche Straße" */
const apart = String.raw`(?!(?:Auf|Im|In|Am|Vom|Zum|Der|Die|Das|Den|Dem|Ein|Eine|Einen|Kein|Mein|Unser|Ihr)\s)(?:(?:Alte|Neue|Kleine|Gro(?:ß|ss)e|Obere|Untere|Sankt|St\.|Dr\.)\s)?${capitalised}\s${types}`;

/** When and where else: "Am Montag 12", "Im Zimmer 3". */
const noPlace = String.raw`(?!(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahr|Woche|Wochenende|Zeit|Tag|Morgen|Abend|Vormittag|Nachmittag|Mittag|Ende|Anfang|Monat|Quartal|Telefon|Stock|Schnitt|Durchschnitt|Punkt|Teil|Kapitel|Anhang|Zimmer|Raum|Haus|Wohnung|Platz|Parkplatz|Stellplatz|Alter|Nummer|Preis|Angebot|Büro)${end})`;
/** "in der Lindenallee 5" is a Lindenallee. */
const noCompound = String.raw`(?!\p{L}[\p{L}\-]{1,30}?(?:${endings})\.?\s)`;
/** "Am Mühlenberg 3": nothing is counted there, which German writes with a capital. */
const placed = String.raw`(?:${preposition})\s${noPlace}${noCompound}${capitalised}(?:\s${capitalised})?\s\d{1,3}(?:\s?[a-z]${end})?${end}(?!\s\p{Lu})`;

/** Streets as German, Dutch, Swedish, Danish and Norwegian write them: the number behind the name. */
export const german = String.raw`(?:(?:${compound}|${apart})\s${house}${end}|${placed})${notCounted}`;
