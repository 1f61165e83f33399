import { currencySymbol, formatMoney } from "../format/numbers.ts";
import { ParsedField, type ParsedFieldProps } from "./parsed-field.tsx";
import { parseMoney, readingOfMoney } from "./parse-money.ts";
import { Unit } from "./text-input.tsx";

export interface MoneyFieldProps extends Omit<
  ParsedFieldProps<number>,
  "show" | "parse" | "reading" | "notUnderstood" | "end"
> {
  currency: string;
}

/** A sum; "450k" is understood, and how "250.000" is shows while it is typed. */
export function MoneyField({ currency, ...rest }: MoneyFieldProps) {
  return (
    <ParsedField
      {...rest}
      inputMode="decimal"
      show={(value) => formatMoney(value, currency)}
      parse={(typed) => parseMoney(typed, currency)}
      reading={(typed) => readingOfMoney(typed, currency)}
      notUnderstood={`Not a sum: try ${currencySymbol(currency)}450k or 1,200.50`}
      end={<Unit>{currency}</Unit>}
    />
  );
}
