import { GainLine, gainScale } from "./charts/gain-line.tsx";
import type { Scale } from "./charts/scale.ts";
import { Gain } from "./gain.tsx";
import type { Look } from "./model/insights-search.ts";
import type { Card } from "./model/use-insights.ts";
import { dismissedFormula, dueFormula, figureText, shownFormula, valueText } from "./model/words.ts";
import own from "./cards.module.css";

/** What the table of cards has by column, on the screen and on paper. */
export const cardColumns = 10;

export function CardHeads({ outcome }: { outcome: string }) {
  return (
    <tr>
      <th scope="col">Card</th>
      <th scope="col" title={dueFormula}>
        Due
      </th>
      <th scope="col">Calls</th>
      <th scope="col" title={shownFormula}>
        Shown
      </th>
      <th scope="col" title={dismissedFormula}>
        Dismissed
      </th>
      <th scope="col">Useful</th>
      <th scope="col">Not useful</th>
      <th scope="col">Helped</th>
      <th scope="col" className={own["came"]}>
        <span className="cut">{outcome} per 100 calls</span>
      </th>
      <th scope="col">Gain</th>
    </tr>
  );
}

/** How often a card was due and shown, to everybody or to one agent, and whether it helped. */
export function Figures({
  of: { due, calls, shown, dismissed, useful, notUseful },
}: {
  of: Card["agents"][number] | Card;
}) {
  return (
    <>
      <td>{due}</td>
      <td>{calls}</td>
      <td>{shown}</td>
      <td>{dismissed}</td>
      <td>{useful}</td>
      <td>{notUseful}</td>
      <td>{helpedText(useful, notUseful)}</td>
    </>
  );
}

/** Of those who said anything. */
function helpedText(useful: number, notUseful: number): string {
  return useful + notUseful === 0 ? "–" : valueText(useful / (useful + notUseful), "share");
}

/** What calls came to without it and with it. */
export function Outcome({ of, scale, look }: { of: Card; scale: Scale; look: Look }) {
  const { outcomeWith, outcomeWithout } = of;
  const both = `${figureText("outcome", outcomeWithout)} without, ${figureText("outcome", outcomeWith)} with`;
  return (
    <>
      <td className={own["came"]}>
        {look !== "told" && <GainLine without={outcomeWithout} having={outcomeWith} scale={scale} />}
        <span className={look === "drawn" ? "visually-hidden" : undefined}>{both}</span>
      </td>
      <td data-unsure={of.unsure} className={own["gain"]}>
        <Gain of={of} />
      </td>
    </>
  );
}

export function scaleOfCards(cards: readonly Card[]): Scale {
  return gainScale(cards.flatMap(({ outcomeWith, outcomeWithout }) => [outcomeWith, outcomeWithout]));
}
