import type { FieldType } from "../entities/setting.ts";
import { looksLikePhone } from "../phone/normalise-phone.ts";
import { fold } from "../text/fold.ts";
import { parseAmount } from "../text/parse-amount.ts";
import { isEmail } from "./parse-value.ts";
import { parseDay } from "./parse-day.ts";

/** A field that a column may go to. `choices` are what its values may be, by any of their names. */
export type ImportTarget = {
  path: string;
  label: string;
  type: FieldType;
  choices?: readonly { key: string; names: readonly string[] }[];
};

export type ColumnSample = { header: string; values: readonly string[] };

export type Guess = {
  field: string | null;
  why: { kind: "same-name" | "values" | "last-import" | "none"; text: string };
};

/** Values must look alike in this share of cells before a guess is made. */
const convincing = 0.8;
/** Fewer values than this say nothing against a header. */
const telling = 10;

/**
 * Where each column of a file belongs, with the reason: as last time, by name, by what its values look like.
 * Every field is given to one column at most, the surest first.
 * @param last header to field of an earlier file with the same headers
 */
export function guessMapping(
  columns: readonly ColumnSample[],
  targets: readonly ImportTarget[],
  last: Readonly<Record<string, string | null>> | null,
): Map<string, Guess> {
  const guesses = new Map<string, Guess>();
  const free = new Map(targets.map((target) => [target.path, target]));
  const give = (header: string, field: string, why: Guess["why"]) => {
    guesses.set(header, { field, why });
    free.delete(field);
  };
  for (const { header } of columns) {
    const field = last?.[header];
    if (field && free.has(field)) give(header, field, { kind: "last-import", text: "same as last import" });
    // A field of the tenant's that is called the same may be there because this file had no place for the column.
    if (field === null && !byLabel(header, targets)?.path.startsWith("custom."))
      guesses.set(header, leftOutAgain);
  }
  for (const column of columns) {
    const { header } = column;
    const target = guesses.has(header) ? null : byName(column, [...free.values()]);
    if (target) give(header, target.path, { kind: "same-name", text: "same name" });
  }
  for (const { column, target, share, text } of byValues(columns, [...free.values()])) {
    if (guesses.has(column.header) || !free.has(target.path) || share < convincing) continue;
    give(column.header, target.path, { kind: "values", text });
  }
  const none: Guess = { field: null, why: { kind: "none", text: "no field fits" } };
  return new Map(columns.map(({ header }) => [header, guesses.get(header) ?? none]));
}

const leftOutAgain: Guess = { field: null, why: { kind: "last-import", text: "left out last time" } };

/** What people call our fields in files, in the forms that `plain` makes of them. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  name: [
    "fullname",
    "contact",
    "contactname",
    "leadname",
    "customer",
    "customername",
    "client",
    "person",
    "naam",
    "nombre",
    "nom",
  ],
  company: [
    "org",
    "organisation",
    "organization",
    "companyname",
    "account",
    "accountname",
    "business",
    "firm",
    "employer",
    "firma",
    "empresa",
    "societe",
  ],
  title: ["jobtitle", "role", "position", "funktion", "puesto"],
  phone: [
    "phonenumber",
    "tel",
    "tel1",
    "phone1",
    "telephone",
    "telephonenumber",
    "mobile",
    "mobilephone",
    "cell",
    "cellphone",
    "telefon",
    "telefono",
    "handy",
  ],
  phoneSecond: [
    "phone2",
    "tel2",
    "secondphone",
    "otherphone",
    "homephone",
    "workphone",
    "phonesecond",
    "mobile2",
  ],
  email: ["mail", "emailaddress", "mailaddress", "correo", "courriel"],
  city: ["town", "location", "ort", "stadt", "ciudad", "ville"],
  stage: ["status", "leadstatus", "leadstage", "pipelinestage"],
  score: ["leadscore", "rating"],
  source: ["leadsource", "origin", "channel", "campaign"],
  ownerId: ["owner", "rep", "agent", "salesrep", "assignedto", "leadowner", "accountmanager"],
  tags: ["tag", "labels", "groups"],
  notes: ["note", "comment", "comments", "remarks", "description", "bemerkung", "notas"],
  lastContactAt: ["lastcontact", "lastcontacted", "lastcalled", "lastactivity"],
  doNotCall: ["dnc", "donotcontact", "optout"],
};

/** First and last name in columns of their own become one name. */
const namePairs = [
  ["firstname", "lastname"],
  ["givenname", "familyname"],
  ["givenname", "surname"],
  ["firstname", "surname"],
  ["vorname", "nachname"],
  ["prenom", "nom"],
] as const;

/** The template of a name from two columns, where a file has no column for the whole. */
export function guessNameTemplate(headers: readonly string[]): string | null {
  const byPlain = new Map(headers.map((header) => [plain(header), header]));
  for (const [first, last] of namePairs) {
    const pair = [byPlain.get(first), byPlain.get(last)];
    if (pair[0] !== undefined && pair[1] !== undefined) return `{${pair[0]}} {${pair[1]}}`;
  }
  return null;
}

function byName({ header, values }: ColumnSample, targets: readonly ImportTarget[]): ImportTarget | null {
  const named = byLabel(header, targets);
  if (named) return named;
  const name = plain(header);
  const meant = targets.find(({ path }) => synonyms[path]?.includes(name));
  return meant && !speaksAgainst(values, meant) ? meant : null;
}

function byLabel(header: string, targets: readonly ImportTarget[]): ImportTarget | undefined {
  const name = plain(header);
  if (name === "") return undefined;
  return targets.find(({ path, label }) => [plain(label), plain(path.replace("custom.", ""))].includes(name));
}

/** Our own labels are believed; a word that may mean something else (“contact”: by phone) must not be contradicted. */
function speaksAgainst(values: readonly string[], { path, type }: ImportTarget): boolean {
  const filled = values.map((value) => value.trim()).filter(Boolean);
  if (filled.length < telling) return false;
  const most = (test: (value: string) => boolean) => filled.filter(test).length > filled.length / 2;
  const isNumber = (value: string) => parseAmount(value).ok;
  switch (type) {
    case "text":
      return most(isNumber) || (path === "name" && new Set(filled).size < filled.length / 10);
    case "phone":
      return !most(looksLikePhone);
    case "email":
      return !most(isEmail);
    case "number":
      return !most(isNumber);
    default:
      return false;
  }
}

/** Letters and digits alone: `E-Mail Address` and `email_address` are one name. */
export function plain(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}]/gu, "");
}

type ValueGuess = { column: ColumnSample; target: ImportTarget; share: number; text: string };

function byValues(columns: readonly ColumnSample[], targets: readonly ImportTarget[]): ValueGuess[] {
  const guesses = columns.flatMap((column) =>
    targets.flatMap((target): ValueGuess[] => {
      const filled = column.values.filter((value) => value.trim() !== "");
      const likeness = filled.length < 3 ? null : likenessOf(filled, target);
      return likeness ? [{ column, target, ...likeness }] : [];
    }),
  );
  return guesses.sort((a, b) => b.share - a.share);
}

/** Only kinds whose values give themselves away; any text could be a name. */
function likenessOf(values: readonly string[], target: ImportTarget): { share: number; text: string } | null {
  const shareOf = (test: (value: string) => boolean) => values.filter(test).length / values.length;
  const percent = (share: number) => `${Math.floor(share * 100)}%`;
  if (target.choices && target.choices.length > 0) {
    const names = new Set(target.choices.flatMap(({ names: all }) => all.map(fold)));
    const share = shareOf((value) => names.has(fold(value.trim())));
    const people = new Set(values.map((value) => fold(value.trim()))).size;
    return { share, text: target.path === "ownerId" ? `matched ${people} people` : "values look alike" };
  }
  switch (target.type) {
    case "phone": {
      const share = shareOf(looksLikePhone);
      return { share, text: `${percent(share)} are numbers` };
    }
    case "email": {
      const share = shareOf((value) => isEmail(value.trim()));
      return { share, text: `${percent(share)} are addresses` };
    }
    case "money": {
      const share = shareOf((value) => /[$€£¥]/u.test(value) && parseAmount(value.trim()).ok);
      return { share, text: share === 1 ? "money in all rows" : `money in ${percent(share)}` };
    }
    case "date": {
      const share = shareOf((value) => parseDay(value, "day-first").ok);
      return { share, text: `${percent(share)} are dates` };
    }
    default:
      return null;
  }
}
