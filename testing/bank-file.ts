import { join } from "node:path";
import type { FieldType } from "../shared/entities/setting.ts";

/** Contacts of a bank's campaign: a real file, which is not part of this repository. Whoever needs it does without where it is not. */
export const bankFile = join(import.meta.dirname, "../../shared/data/bank-marketing/bank.csv");
export const bankRows = 32_950;

const texts = [
  "job",
  "marital",
  "education",
  "default",
  "housing",
  "loan",
  "contact",
  "month",
  "day_of_week",
];
const outcomes = ["poutcome", "y"];
const numbers = ["age", "duration", "campaign", "pdays", "previous"];
const economy = ["emp.var.rate", "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed"];

type BankField = { column: string; key: string; label: string; type: FieldType };

/** A field of one's own for each column, found by its name; those of numbers are numbers. */
export const bankFields: readonly BankField[] = [
  ...[...texts, ...outcomes].map((column) => fieldOf(column, "text")),
  ...[...numbers, ...economy].map((column) => fieldOf(column, "number")),
];

/** What the file lacks that a lead needs. */
export const bankTemplates = { name: "Bank contact {row}", phone: "+1312{row:7}" };

function fieldOf(column: string, type: FieldType): BankField {
  return { column, key: column.replaceAll(".", "_"), label: `Bank ${column}`, type };
}
