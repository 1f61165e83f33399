import { isPossiblePhoneNumber } from "libphonenumber-js/min";
import type { z } from "zod";
import { schemas, type CollectionName } from "./collections.ts";
import { isEmptyValue } from "./custom-fields.ts";
import type { FieldType } from "./setting.ts";

/** What is wrong with one field, as one sentence for the person who typed it. */
export type FieldProblem = { field: string; message: string; unknown: boolean };

/** What `checkRecord` needs to know of a `field` setting. */
export type FieldRule = {
  collection: string;
  key: string;
  label: string;
  type: FieldType;
  required: boolean;
  options: readonly string[];
  archived: boolean;
};

type Fields = Readonly<Record<string, unknown>>;

const customPrefix = "custom.";

/**
 * Checks a record as it would stand: its schema, its telephone numbers, and the tenant's own fields. Pure, so that
 * the desk refuses while the person types what the server would refuse later.
 *
 * @param changed the fields that this edit names, or `all` for a new record: a rule that was made after the record
 *   does not hold up an edit of something else
 * @param stood the record as it stood before: an option that it had chosen may stay although it is not offered any more
 * @returns the first problem, or null
 */
export function checkRecord(
  collection: CollectionName,
  record: Fields,
  rules: readonly FieldRule[],
  changed: readonly string[] | "all",
  stood: Fields | null = null,
): FieldProblem | null {
  return checkSchema(collection, record) ?? checkNamed(collection, record, rules, changed, stood);
}

/** The same of a record whose named values fit their schema as is known: twenty times as fast. */
export function checkNamed(
  collection: CollectionName,
  record: Fields,
  rules: readonly FieldRule[],
  changed: readonly string[] | "all",
  stood: Fields | null = null,
): FieldProblem | null {
  return (
    checkPhones(record, changed) ?? checkCustom(collection, customOf(record), rules, changed, customOf(stood))
  );
}

function customOf(record: Fields | null): Fields {
  return (record?.["custom"] ?? {}) as Fields;
}

function checkSchema(collection: CollectionName, record: unknown): FieldProblem | null {
  const parsed = schemas[collection].safeParse(record);
  const issue = parsed.success ? undefined : parsed.error.issues[0];
  return issue ? describeIssue(issue) : null;
}

function describeIssue(issue: z.core.$ZodIssue): FieldProblem {
  if (issue.code === "unrecognized_keys") {
    const field = issue.keys[0] ?? "";
    return { field, message: `“${field}” is not a field of this record.`, unknown: true };
  }
  const field = issue.path.slice(0, issue.path[0] === "custom" ? 2 : 1).join(".");
  return { field, message: `“${field}”: ${sentenceFor(issue)}`, unknown: false };
}

function sentenceFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_big":
      return issue.origin === "string"
        ? `at most ${issue.maximum} characters fit.`
        : `at most ${issue.maximum} is allowed.`;
    case "too_small":
      return issue.origin === "string" ? "it must not be empty." : `at least ${issue.minimum} is needed.`;
    case "invalid_value":
      return `it must be one of ${issue.values.slice(0, 10).map(String).join(", ")}.`;
    default:
      return "this value does not fit here.";
  }
}

const phoneFields = ["phone", "phoneSecond"] as const;

function checkPhones(
  record: Readonly<Record<string, unknown>>,
  changed: readonly string[] | "all",
): FieldProblem | null {
  const wrong = phoneFields.find(
    (field) => (changed === "all" || changed.includes(field)) && !isUsablePhone(record[field] ?? ""),
  );
  return wrong ? { field: wrong, message: notPhone, unknown: false } : null;
}

const notPhone = "This is not a telephone number that can exist.";

/**
 * Empty, a possible number in E.164, or what somebody typed without a country: the desk could not understand that,
 * and a number is never thrown away. What claims to be international must be one.
 */
export function isUsablePhone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (value === "") return true;
  return value.startsWith("+") ? /^\+\d+$/u.test(value) && isPossiblePhoneNumber(value) : /\d/u.test(value);
}

function checkCustom(
  collection: CollectionName,
  custom: Fields,
  rules: readonly FieldRule[],
  changed: readonly string[] | "all",
  stood: Fields,
): FieldProblem | null {
  const own = rules.filter((rule) => rule.collection === collection);
  const keys =
    changed === "all"
      ? [...new Set([...Object.keys(custom), ...own.filter(isAsked).map(({ key }) => key)])]
      : changed
          .filter((path) => path.startsWith(customPrefix))
          .map((path) => path.slice(customPrefix.length));
  for (const key of keys) {
    const rule = own.find((candidate) => candidate.key === key);
    const problem = rule ? checkValue(rule, custom[key] ?? null, stood[key]) : unknownField(key);
    if (problem) return problem;
  }
  return null;
}

function isAsked(rule: FieldRule): boolean {
  return rule.required && !rule.archived;
}

function unknownField(key: string): FieldProblem {
  return { field: customPrefix + key, message: `There is no field “${key}” here.`, unknown: true };
}

function checkValue(rule: FieldRule, value: unknown, stood: unknown): FieldProblem | null {
  const problem = (message: string) => ({ field: customPrefix + rule.key, message, unknown: false });
  if (isEmptyValue(value)) return isAsked(rule) ? problem(`“${rule.label}” must be filled in.`) : null;
  const expected = valueChecks[rule.type](
    value,
    (option) => rule.options.includes(option) || isIn(stood, option),
  );
  return expected === true ? null : problem(`“${rule.label}” must be ${expected}.`);
}

function isIn(chosen: unknown, option: string): boolean {
  return chosen === option || (Array.isArray(chosen) && chosen.includes(option));
}

type ValueCheck = (value: unknown, isOption: (option: string) => boolean) => true | string;

/** By type: true, or what the value must be. */
const valueChecks: Record<FieldType, ValueCheck> = {
  text: (value) => typeof value === "string" || "text",
  number: (value) => Number.isFinite(value) || "a number",
  money: (value) => (Number.isFinite(value) && Math.abs(value as number) <= 1e12) || "a sum of money",
  date: (value) => isDay(value) || "a day",
  select: (value, isOption) => isOption(value as string) || "one of its options",
  "multi-select": (value, isOption) =>
    (Array.isArray(value) && value.every((item) => isOption(item as string))) || "some of its options",
  boolean: (value) => typeof value === "boolean" || "yes or no",
  phone: (value) => isUsablePhone(value) || "a telephone number that can exist",
  email: (value) => (typeof value === "string" && /^\S+@\S+$/u.test(value)) || "an e-mail address",
  url: (value) =>
    (typeof value === "string" && /^https?:\/\/\S+$/u.test(value)) || "a web address (https://…)",
};

function isDay(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false;
  const day = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
