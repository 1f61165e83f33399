import { ParsedField, type ParsedFieldProps } from "../../../renderer/ui/fields/parsed-field.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { readNumber } from "./words.ts";

type OptionalProps = Omit<ParsedFieldProps<number>, "parse" | "notUnderstood" | "show">;
type Props = Omit<OptionalProps, "onChange"> & {
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

/** A count that may be left empty. */
export function OptionalNumberField(props: OptionalProps) {
  return (
    <ParsedField
      {...props}
      inputMode="decimal"
      show={formatCount}
      parse={readCount}
      notUnderstood="Not a number"
    />
  );
}

function readCount(typed: string): number | null {
  const number = readNumber(typed);
  return number === null ? null : Math.round(number);
}
