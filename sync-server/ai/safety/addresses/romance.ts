import { anyCase, capitalised, end, flatBehind, house, notCounted } from "./pieces.ts";

const ofFrench = String.raw`(?:(?:de|du|des|la|le|les|aux?|sur|en)\s|[dl]['’]){0,3}`;
const frenchName = String.raw`${ofFrench}\p{L}[\p{L}\p{M}'’\-]{1,24}(?:\s${ofFrench}${capitalised}){0,3}`;
const rue = anyCase(
  String.raw`rue|avenue|av\.|boulevard|bd|allée|allee|chemin|impasse|quai|faubourg|sentier`,
);
/** Words of other things, too: "1 place de parking", "1 place left". */
const place = anyCase("place|square|passage|villa|route|cours|résidence|esplanade");
const ofPlace = String.raw`(?:(?:de|du|des)\s(?!parking|stationnement|travail|concert)|d['’]|(?=\p{Lu}))`;
const numberFirst = String.raw`${house},?\s(?:(?:${rue})\s${frenchName}|(?:${place})\s${ofPlace}${frenchName})`;
/** As in Switzerland and Belgium. */
const nameFirst = String.raw`(?:Rue|Avenue|Boulevard|Chemin|Route)\s${frenchName},?\s${house}`;

/** "12 rue de la Paix", "45 bis, avenue Victor Hugo", "Rue du Lac 3" */
export const french = String.raw`(?:${numberFirst}|${nameFirst})${end}`;

const ofSouthern = String.raw`(?:(?:de|del|de la|de las|de los|el|la|las|los|dei|della|delle|da|do|dos|das)\s){0,2}`;
const southernName = String.raw`${ofSouthern}${capitalised}(?:\s${ofSouthern}${capitalised}){0,3}`;
const calle = anyCase(String.raw`calle|c\/|avenida|avda\.?|av\.`);
const piazza = anyCase(String.raw`plaza|pza\.?|paseo|camino|carrer|ronda|travesía|carretera|viale|piazza|corso|rua|praça|travessa`); // prettier-ignore
/** "La calle tiene 40 metros" */
const noName = String.raw`(?!(?:es|son|está|esta|estaba|tiene|hay|con|sin|en|a|y|o|que|muy|mide|cuesta|por|para|hasta|no|se)\s)`;
const smallName = String.raw`${ofSouthern}${noName}\p{Ll}[\p{L}\p{M}]{2,24}`;
const southernStreet = String.raw`(?:(?:(?:${calle}|${piazza})\s?|Via\s)${southernName}|(?:${calle})\s?${smallName})`;

/** "Calle Mayor 5", "calle mayor 5", "C/ de Alcalá, nº 120, 3º B", "Via Roma 12" */
export const southern = String.raw`${southernStreet},?\s(?:n[.º°]?\s?|núm\.?\s)?${house}${end}${notCounted}${flatBehind}`;

/** "P.O. Box 118", "Postfach 1120" */
export const box = String.raw`(?:${anyCase(String.raw`p\.?\s?o\.?\sbox|postfach|postbus|apartado(?:\sde\scorreos)?|boîte\spostale`)})\s\d{1,6}${end}`;
