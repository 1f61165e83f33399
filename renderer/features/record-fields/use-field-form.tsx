import { useState, type ReactNode } from "react";
import { isEmptyValue } from "../../../shared/entities/custom-fields.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { FieldEditor } from "./field-editor.tsx";
import { emptyValue } from "./field-values.ts";
import type { RecordField } from "./record-field.ts";

type Values = Record<string, FieldValue>;

export interface FieldForm {
  /** By path. */
  values: Values;
  /** Everything that is required is there, and nothing is typed that cannot be taken. */
  isReady: boolean;
  editors: ReactNode;
}

/**
 * The fields of a form for a new record, beginning with what the tenant wants them to begin with.
 * @param fields those of the first look stay: nothing is taken from under the hands of who types
 * @param focus the path of the field that has the caret first
 * @param start what some of them begin with instead, by path
 */
export function useFieldForm(
  fields: readonly RecordField[],
  { focus, start = {} }: { focus?: string | undefined; start?: Values } = {},
): FieldForm {
  const [asked] = useState(fields);
  const [values, setValues] = useState(() => ({ ...startValues(asked), ...start }));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const editors = asked.map((field) => (
    <FieldEditor
      key={field.path}
      field={field}
      takesFocus={field.path === focus}
      value={values[field.path] ?? null}
      onChange={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
      onWrong={(isWrong) => setWrong((before) => withMember(before, field.path, isWrong))}
    />
  ));
  return { values, isReady: wrong.size === 0 && !lacksRequired(asked, values), editors };
}

function startValues(fields: readonly RecordField[]): Values {
  return Object.fromEntries(fields.map((field) => [field.path, startValue(field)]));
}

/** A box that must be answered and is not ticked says no. */
function startValue(field: RecordField): FieldValue {
  const { custom, kind } = field;
  if (custom && kind === "boolean" && custom.required) return custom.default ?? false;
  return custom?.default ?? emptyValue(field);
}

function lacksRequired(fields: readonly RecordField[], values: Values): boolean {
  return fields.some(({ custom, path }) => custom?.required && isEmptyValue(values[path]));
}

function withMember(set: ReadonlySet<string>, member: string, present: boolean): ReadonlySet<string> {
  if (set.has(member) === present) return set;
  const next = new Set(set);
  if (present) next.add(member);
  else next.delete(member);
  return next;
}
