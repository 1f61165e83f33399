import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import type { AiModel } from "../../admin/ai/wire.ts";
import { useChange, type Request } from "../api/use-change.ts";
import { Section } from "../parts/page.tsx";
import { NumberField } from "./number-field.tsx";
import { isUnpriced, unpricedWords } from "./unpriced.ts";
import { readPrice, sayDay, sayPrice } from "./words.ts";
import styles from "./ai.module.css";

type Price = AiModel["prices"][number];

/** What a million tokens cost from a day on; a later price ends an earlier one. */
export function PriceSection({ path, model }: { path: string; model: AiModel }) {
  const { prices } = model;
  const today = useNow().toISOString().slice(0, 10);
  const change = useChange();
  const put = ({ fromDay, input, output }: Price): Request => ({
    ...{ method: "PUT", path: `${path}/prices/${fromDay}`, body: { input, output } },
  });
  const drop = ({ fromDay }: Price): Request => ({ method: "DELETE", path: `${path}/prices/${fromDay}` });
  return (
    <Section title="Prices" note="US dollars for a million tokens. Budgets and the bill go by them.">
      {isUnpriced(model, today) && <p className={styles["calm"]}>{unpricedWords}.</p>}
      {prices.length > 0 && (
        <table className={styles["prices"]}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">In</th>
              <th scope="col">Out</th>
              <th>
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {prices.map((price) => (
              <tr key={price.fromDay}>
                <td>{sayDay(price.fromDay)}</td>
                <td>{sayPrice(price.input)}</td>
                <td>{sayPrice(price.output)}</td>
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
        today={today}
        last={prices[0]}
        onAdd={(price) =>
          void change({ request: put(price), undo: [drop(price)], said: "The price is kept." })
        }
      />
    </Section>
  );
}

function NewPrice({
  today,
  last,
  onAdd,
}: {
  today: string;
  last: Price | undefined;
  onAdd: (price: Price) => void;
}) {
  const [price, setPrice] = useState({
    fromDay: today,
    input: last?.input ?? 0,
    output: last?.output ?? 0,
  });
  const set = (next: Partial<Price>) => setPrice({ ...price, ...next });
  const money = { show: sayPrice, parse: readPrice };
  return (
    <div className={styles["new-price"]}>
      <DateField label="From" value={price.fromDay} onChange={(fromDay) => fromDay && set({ fromDay })} />
      <NumberField label="In" {...money} value={price.input} onChange={(input) => set({ input })} />
      <NumberField label="Out" {...money} value={price.output} onChange={(output) => set({ output })} />
      <Button onClick={() => onAdd(price)}>Keep the price</Button>
    </div>
  );
}
