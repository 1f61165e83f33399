import { useRef, useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { isNotUnderstood } from "../../../renderer/ui/fields/not-understood.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useChange, type Request } from "../api/use-change.ts";
import { NumberField } from "./number-field.tsx";
import { readPrice, sayDay, sayPrice } from "./words.ts";
import styles from "./ai.module.css";

/** An amount for each of what is paid for, in millionths of a dollar, from a day on. */
type DatedPrice<What extends string> = { fromDay: string } & Record<What, number>;

/** Prices by day, the newest first; a later price ends an earlier one. */
export function PriceTable<What extends string>({
  path,
  titles,
  besides,
  prices,
}: {
  /** Each price is kept at its day below it. */
  path: string;
  titles: Readonly<Record<What, string>>;
  /** What else a new price says. */
  besides?: Readonly<Record<string, number>>;
  prices: readonly DatedPrice<NoInfer<What>>[];
}) {
  const whats = Object.keys(titles) as What[];
  const change = useChange();
  const put = ({ fromDay, ...price }: DatedPrice<What>): Request => ({
    ...{ method: "PUT", path: `${path}/${fromDay}`, body: price },
  });
  const drop = ({ fromDay }: DatedPrice<What>): Request => ({ method: "DELETE", path: `${path}/${fromDay}` });
  return (
    <>
      {prices.length > 0 && (
        <table className={styles["prices"]}>
          <thead>
            <tr>
              <th scope="col">From</th>
              {whats.map((what) => (
                <th key={what} scope="col">
                  {titles[what]}
                </th>
              ))}
              <th>
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {prices.map((price) => (
              <tr key={price.fromDay}>
                <td>{sayDay(price.fromDay)}</td>
                {whats.map((what) => (
                  <td key={what}>{sayPrice(price[what])}</td>
                ))}
                <td>
                  <Button
                    size="small"
                    kind="quiet"
                    aria-label={`Forget the price from ${sayDay(price.fromDay)} on`}
                    onClick={() => void change({ request: drop(price), undo: [put(price)], said: "The price is forgotten." })} // prettier-ignore
                  >
                    Forget
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <NewPrice
        titles={titles}
        last={prices[0]}
        onAdd={(price) =>
          void change({
            request: put({ ...besides, ...price }),
            undo: [drop(price)],
            said: "The price is kept.",
          })
        }
      />
    </>
  );
}

function NewPrice<What extends string>({
  titles,
  last,
  onAdd,
}: {
  titles: Readonly<Record<What, string>>;
  last: DatedPrice<What> | undefined;
  onAdd: (price: DatedPrice<What>) => void;
}) {
  const whats = Object.keys(titles) as What[];
  const fields = useRef<HTMLDivElement>(null);
  const [fromDay, setFromDay] = useState(useNow().toISOString().slice(0, 10));
  const [amounts, setAmounts] = useState(
    () => Object.fromEntries(whats.map((what) => [what, last?.[what] ?? 0])) as Record<What, number>,
  );
  return (
    <div ref={fields} className={styles["new-price"]}>
      <DateField label="From" value={fromDay} onChange={(day) => day && setFromDay(day)} />
      {whats.map((what) => (
        <NumberField
          key={what}
          label={titles[what]}
          show={sayPrice}
          parse={readPrice}
          value={amounts[what]}
          onChange={(amount) => setAmounts({ ...amounts, [what]: amount })}
        />
      ))}
      <Button onClick={() => isNotUnderstood(fields.current) || onAdd({ fromDay, ...amounts })}>
        Keep the price
      </Button>
    </div>
  );
}
