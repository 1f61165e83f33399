import type { CollectionName } from "../../shared/entities/collections.ts";
import type { FieldValue } from "../../shared/entities/fields.ts";
import type { FieldType } from "../../shared/entities/setting.ts";
import { dueDate } from "../ui/format/due.ts";
import { formatMoneyShort } from "../ui/format/numbers.ts";
import { formatPhone } from "../ui/format/phones.ts";
import { clockTime, shortDate } from "../ui/format/times.ts";
import type { Directory } from "./directory.ts";

/**
 * How a field's value reads, wherever it is shown: "$450k", "Qualified", "Ana Ruiz", "31 Mar 2027"; "empty" for none.
 * @param allDay of a task for a whole day, which is due on a day rather than at a time
 */
export function fieldText(
  directory: Directory,
  collection: CollectionName,
  path: string,
  value: FieldValue,
  now: Date,
  allDay = false,
): string {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "empty";
  if (path === "stage" && (collection === "leads" || collection === "deals")) {
    return directory.stageLabel(collection, String(value));
  }
  if (path === "disposition" && collection === "calls") return directory.dispositionLabel(String(value));
  if (path === "ownerId" || path === "assigneeId" || path === "agentId")
    return directory.personName(String(value));
  if (path === "teamId") return directory.teamName(String(value));
  if (path === "dueAt" && allDay) return shortDate(dueDate({ dueAt: String(value), allDay }), now);
  return textByType(typeOf(directory, collection, path, value), value, directory, now);
}

type ValueType = FieldType | "instant";

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d/u;
const dayPattern = /^\d{4}-\d\d-\d\d$/u;

function typeOf(
  directory: Directory,
  collection: CollectionName,
  path: string,
  value: FieldValue,
): ValueType {
  const custom = directory.customField(collection, path);
  if (custom) return custom.type;
  if (path === "price" || path === "value") return "money";
  if (path === "phone" || path === "phoneSecond") return "phone";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "number";
  if (typeof value === "string" && instantPattern.test(value)) return "instant";
  if (typeof value === "string" && dayPattern.test(value)) return "date";
  return "text";
}

function textByType(type: ValueType, value: FieldValue, directory: Directory, now: Date): string {
  if (type === "boolean") return value === true ? "yes" : "no";
  if (type === "phone" && typeof value === "string") return formatPhone(value);
  if (type === "money" && typeof value === "number") {
    return formatMoneyShort(value, directory.business?.currency ?? "USD");
  }
  if (typeof value === "number") return new Intl.NumberFormat("en").format(value);
  if (type === "date" && typeof value === "string") return shortDate(new Date(`${value}T00:00`), now);
  if (type === "instant" && typeof value === "string") return instantText(new Date(value), now);
  return Array.isArray(value) ? value.map(String).join(", ") : plainText(value);
}

function instantText(at: Date, now: Date): string {
  return `${shortDate(at, now)} ${clockTime(at)}`;
}

function plainText(value: FieldValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
