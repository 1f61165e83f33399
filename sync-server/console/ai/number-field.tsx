import { ParsedField, type ParsedFieldProps } from "../../../renderer/ui/fields/parsed-field.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { readNumber } from "./words.ts";

type Props = Omit<ParsedFieldProps<number>, "parse" | "notUnderstood" | "show" | "onChange"> & {
  onChange: (value: number) => void;
  show?: (value: number) => string;
  parse?: (typed: string) => number | null;
};

/** A count that cannot be left empty. */
export function NumberField({ onChange, show = formatCount, parse = readCount, ...rest }: Props) {
  return (
    <ParsedField
      {...rest}
      inputMode="decimal"
      show={show}
      parse={parse}
      notUnderstood="Not a number"
      onChange={(value) => value !== null && onChange(value)}
    />
  );
}

function readCount(typed: string): number | null {
  const number = readNumber(typed);
  return number === null ? null : Math.round(number);
}
