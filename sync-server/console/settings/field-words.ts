import type { CustomField, FieldType } from "../../../shared/entities/setting.ts";

export const typeWords: Record<FieldType, string> = {
  text: "Text",
  number: "Number",
  money: "Money",
  date: "Date",
  select: "One of several",
  "multi-select": "Some of several",
  boolean: "Yes or no",
  phone: "Phone",
  email: "E-mail",
  url: "Web address",
};

export function isChoice(type: FieldType): boolean {
  return type === "select" || type === "multi-select";
}

/** A default that names an option which is gone would be refused on every new record. */
export function defaultWithout(value: CustomField["default"], option: string): CustomField["default"] {
  if (Array.isArray(value)) return value.filter((one) => one !== option);
  return value === option ? null : value;
}

/** An option under another name, in the default too. */
export function renameOption(
  { options, default: value }: Pick<CustomField, "options" | "default">,
  from: string,
  to: string,
): Pick<CustomField, "options" | "default"> {
  const rename = (one: string) => (one === from ? to : one);
  const renamed = Array.isArray(value) ? value.map(rename) : value === from ? to : value;
  return { options: options.map(rename), default: renamed };
}
