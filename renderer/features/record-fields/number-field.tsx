import { ParsedField } from "../../ui/fields/parsed-field.tsx";
import { Unit } from "../../ui/fields/text-input.tsx";

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A number within bounds; whole where `step` is 1. */
export function NumberField({
  label,
  value,
  onChange,
  max,
  whole = false,
  unit,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null, seen?: number | null) => void;
  max: number;
  whole?: boolean;
  unit?: string;
}) {
  return (
    <ParsedField<number>
      label={label}
      compact
      inputMode="decimal"
      value={value}
      onChange={onChange}
      show={(number) => grouped.format(number)}
      parse={(typed) => parseNumber(typed, max, whole)}
      notUnderstood={`A ${whole ? "whole " : ""}number from 0 to ${grouped.format(max)}`}
      end={unit && <Unit>{unit}</Unit>}
    />
  );
}

/** Null: not a number within bounds. Commas group. */
export function parseNumber(typed: string, max: number, whole: boolean): number | null {
  const number = Number(typed.replaceAll(/[\s,]/gu, ""));
  const fits =
    Number.isFinite(number) && number >= 0 && number <= max && (!whole || Number.isInteger(number));
  return fits ? number : null;
}
