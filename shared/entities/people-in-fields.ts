import type { CustomValue } from "./fields.ts";

/** Words of a field's key that say that a person is named in it, in the languages of most tenants. */
const kin = new Set(
  `spouse partner wife husband fiance fiancee child children kid kids son sons daughter daughters mother father parent
  parents brother brothers sister sisters sibling siblings relative relatives family kin guardian carer heir heirs
  grandmother grandfather grandparents uncle aunt cousin friend neighbour neighbor assistant secretary contact referrer
  applicant buyer tenant guarantor witness
  ehepartner ehefrau ehemann frau mann kind kinder sohn tochter mutter vater eltern bruder schwester angehoerige
  conjoint epouse mari enfant enfants fils fille mere pere parents frere soeur
  conyuge esposa esposo pareja hijo hija hijos madre padre hermano hermana`.split(/\s+/u),
);
const naming = new Set(["name", "names", "nombre", "nom"]);
/** A name in such a field is not a person's. */
const things = new Set(
  "company business firm employer product street project file brand pet domain user list campaign school building property listing model".split(" "), // prettier-ignore
);
const nobody = /^(?:none|no|nobody|unknown|yes|n\/a|single|married|divorced|widowed|separated)$/iu;
const between = /[,;&+/\n]|\s(?:and|und|et|y|e)\s/u;
/** One to five words that begin with a capital, or of a script that has none, with "van" or "de la" among them. */
const name =
  /^(?:[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*)(?:\s(?:\p{Ll}{1,4}\s){0,2}[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*){0,4}$/u;

/** Whom a lead's own fields name: "spouse", "emergency_contact", "name_of_child". What else stands there is no name. */
export function peopleInFields(custom: Readonly<Record<string, CustomValue>>): string[] {
  return Object.entries(custom).flatMap(([key, value]) =>
    typeof value === "string" && namesPeople(key) ? namesIn(value) : [],
  );
}

function namesPeople(key: string): boolean {
  const words = key.split("_");
  if (words.some((word) => kin.has(word))) return true;
  return words.some((word) => naming.has(word)) && !words.some((word) => things.has(word));
}

/** "Tom (7) and Lisa" */
function namesIn(value: string): string[] {
  const parts = value
    .slice(0, 300)
    .replaceAll(/\([^()]*\)|\d+/gu, " ")
    .split(between);
  return parts.map((part) => part.trim()).filter((part) => name.test(part) && !nobody.test(part));
}
