import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { sameValue } from "../../../shared/sync/fields.ts";
import type { Choice } from "../../ui/fields/choices.ts";
import { parseDay, showDay } from "../../ui/fields/parse-day.ts";
import { parseMoney, readingOfMoney } from "../../ui/fields/parse-money.ts";
import { parseNumber, readingOfNumber } from "../../ui/fields/parse-number.ts";
import { formatMoney } from "../../ui/format/numbers.ts";
import { formatPhone, parsePhone } from "../../ui/format/phones.ts";
import type { FieldKind, RecordField } from "./record-field.ts";

export interface TypingContext {
  country: string;
  currency: string;
  now: Date;
}

type Kinded = Pick<RecordField, "kind" | "custom">;

/** Kinds that are picked from a list rather than typed. */
const picked: ReadonlySet<FieldKind> = new Set([
  "stage",
  "person",
  "team",
  "select",
  "multi-select",
  "boolean",
]);

export function isPicked(kind: FieldKind): boolean {
  return picked.has(kind);
}

/** What may be chosen, and what was chosen when it could be: it can stay, or be taken off. */
export function optionChoices({ options }: Pick<CustomField, "options">, held: FieldValue): Choice[] {
  const chosen = (Array.isArray(held) ? held : [held]).filter((one) => typeof one === "string" && one !== "");
  const gone = chosen.map(String).filter((one) => !options.includes(one));
  return [
    ...options.map((option) => ({ value: option, label: option })),
    ...gone.map((option) => ({ value: option, label: option, note: "not offered any more" })),
  ];
}

/** What an empty field holds: own texts are "", everything else is null or an empty list. */
export function emptyValue({ kind, custom }: Kinded): FieldValue {
  if (kind === "tags") return [];
  if (kind === "boolean" && !custom) return false;
  const isText =
    kind === "text" || kind === "phone" || kind === "email" || kind === "url" || kind === "stage";
  return isText && !custom ? "" : null;
}

/** The text to begin editing with. */
export function typedText({ kind }: Kinded, value: FieldValue, { currency }: TypingContext): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.join(", ");
  if (kind === "money" && typeof value === "number") return formatMoney(value, currency);
  if (kind === "date" && typeof value === "string" && value !== "") return showDay(value);
  if (kind === "phone") return formatPhone(String(value));
  return String(value);
}

/** The value that a typed text stands for, or what is wrong with it and what would be right. */
export function readTyped(
  field: Kinded & Pick<RecordField, "label" | "path">,
  typed: string,
  context: TypingContext,
): Result<FieldValue, string> {
  const text = typed.trim();
  if (text === "") return isRequired(field) ? err(`${field.label} is needed.`) : ok(emptyValue(field));
  const value = readers[field.kind]?.(text, context) ?? text;
  return isWrong(value) ? err(value.wrong) : ok(value);
}

/** How what is being typed is read, where that is not plain. */
export function readingOf({ kind }: Kinded, typed: string, { currency }: TypingContext): string | null {
  if (kind === "money") return readingOfMoney(typed, currency);
  return kind === "number" ? readingOfNumber(typed) : null;
}

/** What comes of leaving a field in which something was typed. */
export type Left = { as: "before" } | { as: "changed"; value: FieldValue } | { as: "wrong"; why: string };

/** @param seen what stood there when the typing began */
export function leaveField(
  field: Kinded & Pick<RecordField, "label" | "path">,
  typed: string,
  seen: FieldValue,
  context: TypingContext,
): Left {
  const read = readTyped(field, typed, context);
  if (!read.ok) return { as: "wrong", why: read.error };
  return sameValue(read.value, seen) ? { as: "before" } : { as: "changed", value: read.value };
}

/** For a field that went away with something in it that it cannot take. */
export function wordsOfLost({ label }: Pick<RecordField, "label">, typed: string, why: string): string {
  return `“${typed.trim()}” was not kept as ${label}. ${why}`;
}

function isRequired({ path, custom }: Pick<RecordField, "path" | "custom">): boolean {
  return path === "name" || custom?.required === true;
}

type Wrong = { wrong: string };

function isWrong(value: FieldValue | Wrong): value is Wrong {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "wrong" in value;
}

const readers: Partial<Record<FieldKind, (text: string, context: TypingContext) => FieldValue | Wrong>> = {
  number: (text) => parseNumber(text) ?? { wrong: "Not a number." },
  score: (text) => {
    const score = parseNumber(text);
    const fits = score !== null && Number.isInteger(score) && score >= 0 && score <= 100;
    return fits ? score : { wrong: "A score is a whole number from 0 to 100." };
  },
  money: (text, { currency }) => parseMoney(text, currency) ?? { wrong: "Not a sum: try 450k or 1,200.50." },
  date: (text, { now }) => parseDay(text, now) ?? { wrong: "Not a day: try fri, +10 or 1 Mar 2027." },
  // What is no valid number is kept as typed by other ways in; typed by hand, it is most likely a slip.
  phone(text, { country }) {
    const { phone, valid } = parsePhone(text, country);
    return valid ? phone : { wrong: "Not a full phone number: digits are missing or too many." };
  },
  email: (text) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text)
      ? text
      : { wrong: "Not an address: it needs a name, @ and a domain." },
  url: (text) => readUrl(text),
  tags: (text) => [
    ...new Set(
      text
        .split(",")
        .map((tag) => tag.trim())
        .filter(Boolean),
    ),
  ],
};

function readUrl(text: string): string | Wrong {
  const url = /^https?:\/\//iu.test(text) ? text : `https://${text}`;
  return URL.canParse(url) && new URL(url).hostname.includes(".")
    ? url
    : { wrong: "Not a web address: try example.com." };
}
