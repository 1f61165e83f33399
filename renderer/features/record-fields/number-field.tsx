import { parseNumber, readingOfNumber, showNumber } from "../../ui/fields/parse-number.ts";
import { ParsedField } from "../../ui/fields/parsed-field.tsx";
import { Unit } from "../../ui/fields/text-input.tsx";

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
      show={showNumber}
      parse={(typed) => parseWithin(typed, max, whole)}
      reading={readingOfNumber}
      notUnderstood={`A ${whole ? "whole " : ""}number from 0 to ${showNumber(max)}`}
      end={unit && <Unit>{unit}</Unit>}
    />
  );
}

/** Null: not a number within bounds. */
function parseWithin(typed: string, max: number, whole: boolean): number | null {
  const number = parseNumber(typed);
  const fits = number !== null && number >= 0 && number <= max && (!whole || Number.isInteger(number));
  return fits ? number : null;
}
