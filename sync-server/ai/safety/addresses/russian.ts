import { anyCase, end } from "./pieces.ts";

const types = anyCase(
  String.raw`улиц(?:а|ы|у|е|ей)|ул\.?|проспект(?:а|е|у|ом)?|просп\.?|пр-к?т(?:а|е|у)?|пр\.|переул(?:ок|ка|ке|ку|ком)|пер\.|бульвар(?:а|е|у|ом)?|б-р(?:а|е|у)?|бул\.|площад(?:ь|и)|пл\.|шоссе|ш\.|набережн(?:ая|ой|ую)|наб\.|проезд(?:а|е|у)?|пр-д(?:а|е)?|тупик(?:а|е)?|алле(?:я|и|е|ю)|микрорайон(?:а|е)?|мкр\.?`,
);
const typeEnd = String.raw`(?<=\.)|${end}`;
const word = String.raw`\p{Lu}(?:\.|[\p{L}\-]{1,24}${end})`;
/** "Ленина", "К. Маркса", "8 Марта", "50 лет Октября" */
const name = String.raw`(?:\d{1,4}(?:-\p{Ll}{1,2})?\s(?:\p{Ll}{2,6}\s)?)?${word}(?:\s?${word}){0,3}`;
/** Where nothing but the house behind it says that a street is meant: "улице холодно". */
const smallName = String.raw`\p{Ll}[\p{Ll}\-]{2,24}(?=,?\s${anyCase(String.raw`(?:дом|д\.?)`)}\s?\d)`;
const shortType = anyCase(String.raw`(?:ул|пер|просп)\.?|пр-к?т`);
const typeFirst = String.raw`(?:(?:${types})(?:${typeEnd})\s?(?:${name}|${smallName})|(?:${shortType})(?:${typeEnd})\s\p{Ll}[\p{Ll}\-]{2,24}${end})`;
/** "Садовая улица", "невский проспект"; how large a flat is, and where somebody is, are no streets. */
const noName = String.raw`(?!(?:${anyCase("на|по|во?|со?|от|до|из|за|у|ко?|об?|при|эта|той?|наша|моя|общая|жилая|полезная|вся|какая|та|этой|нашей|моей|общей|жилой|каждой|другой|одной|соседней|той|главной")})\s)`;
const adjective = String.raw`${noName}(?:\p{Lu}[\p{L}\-]{2,24}|\p{Ll}[\p{Ll}\-]{2,22}(?:ая|ой|ую|ий|ый|ое|ом|ого|ому|ей))`;
const nameFirst = String.raw`${adjective}\s(?:${types})(?:${typeEnd})`;
/** Counted, measured, or a day. */
const notCounted = String.raw`(?!:\d|\s?(?:%|°|(?:${anyCase(String.raw`(?:градус|минут|секунд|метр|километр|час|дн(?:я|ей)|день|дня|недел|месяц|лет|год|человек|люд|руб|тысяч|раз|мест|комнат|этаж|квартир|дом(?:ов|а)|машин|январ|феврал|март|апрел|ма(?:я|й)|июн|июл|август|сентябр|октябр|ноябр|декабр)`)})\p{L}*|(?:км|м|м²|кв\.?\sм|шт)${end}))`;
const house = String.raw`(?:(?:${anyCase("дом(?:а|у|е)?")}${end}|${anyCase("д")}\.?)\s?)?\d{1,4}(?:[\/\-]\d{1,4})?[\p{Script=Cyrillic}A-Za-z]?${end}${notCounted}`;
const parts = anyCase(
  String.raw`корп(?:ус)?\.?|к\.?|стр(?:оение)?\.?|лит(?:ера)?\.?|кв(?:артир(?:а|е|у|ы))?\.?|оф(?:ис)?\.?|под(?:ъезд)?\.?|комн(?:ата)?\.?|пом(?:ещение)?\.?`,
);
const inside = String.raw`(?:,?\s(?:${parts})\s?\d{1,4}\p{Script=Cyrillic}?${end}){0,4}`;
const town = String.raw`(?:${anyCase(String.raw`г(?:ород)?\.?`)}\s?)?\p{Lu}[\p{L}\-]{1,24}(?:\s\p{Lu}[\p{L}\-]{1,24})?`;
const codeBefore = String.raw`(?:\d{6},?\s(?:${town},\s){1,2})?`;
const codeBehind = String.raw`(?:,\s(?:${town},?\s)?\d{6}${end})?`;

/** "ул. Ленина, д. 5, кв. 3", "Невский пр-т, 28", "620014, Екатеринбург, ул. Малышева, 36", in whatever case. */
export const russian = String.raw`${codeBefore}(?:${typeFirst}|${nameFirst}),?\s${house}${inside}${codeBehind}`;
