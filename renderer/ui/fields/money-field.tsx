import { currencySymbol, formatMoney } from "../format/numbers.ts";
import { ParsedField, type ParsedFieldProps } from "./parsed-field.tsx";
import { parseMoney } from "./parse-money.ts";
import { Unit } from "./text-input.tsx";

export interface MoneyFieldProps extends Omit<
  ParsedFieldProps<number>,
  "show" | "parse" | "notUnderstood" | "end"
> {
  currency: string;
}

/** A sum; "450k" is understood. */
export function MoneyField({ currency, ...rest }: MoneyFieldProps) {
  return (
    <ParsedField
      {...rest}
      inputMode="decimal"
      show={(value) => formatMoney(value, currency)}
      parse={parseMoney}
      notUnderstood={`Not a sum: try ${currencySymbol(currency)}450k or 1,200.50`}
      end={<Unit>{currency}</Unit>}
    />
  );
}
