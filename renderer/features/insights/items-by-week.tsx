import { parseISO } from "date-fns";
import { checklistGoal } from "../../../shared/coaching/goals.ts";
import { insightAdherence } from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { shortDate } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { WeekLine } from "./charts/week-line.tsx";
import { textOfBehind } from "./model/behind.ts";
import type { Adherence, InsightsModel } from "./model/use-insights.ts";
import { valueText } from "./model/words.ts";
import { RowLink } from "./row-link.tsx";
import shared from "./insights.module.css";
import styles from "./spread.module.css";

type Item = Adherence["items"][number];

/** Whether a team comes to do more of its playbook: each item's own twelve weeks on one scale. */
export function ItemsByWeek({ model }: { model: InsightsModel }) {
  const items = useLive(insightAdherence, model.scope).value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={styles["by-week"]} aria-label="Checklist by week">
      <div className={shared["head"]}>
        <h2>Checklist followed, by week</h2>
      </div>
      {model.look !== "told" && <Lines items={items} model={model} />}
      {model.look !== "drawn" && <WeekTable items={items} model={model} />}
    </section>
  );
}

function Lines({ items, model: { go } }: { items: readonly Item[]; model: InsightsModel }) {
  return (
    <ul>
      {items.map((item) => {
        const { playbook, key, label, weeks } = item;
        const spoken = weeks.map((share) => valueText(share, "share")).join(", ");
        return (
          <li key={`${playbook} ${key}`}>
            <p>
              <RowLink cut onClick={() => go({ behind: behindOf(item) })}>
                {nameAmong(items, item)}
              </RowLink>
              <span>{valueText(weeks.findLast((share) => share !== null) ?? null, "share")}</span>
            </p>
            <WeekLine values={weeks} goal={checklistGoal} label={`${label} by week: ${spoken}`} />
          </li>
        );
      })}
    </ul>
  );
}

function WeekTable({ items, model: { overview, go } }: { items: readonly Item[]; model: InsightsModel }) {
  const now = useNow();
  return (
    <table className={shared["table"]}>
      <caption className="visually-hidden">Checklist by week, from each week's first day</caption>
      <thead>
        <tr>
          <th scope="col">Week from</th>
          {overview?.weeks.map(({ from }) => (
            <th key={from} scope="col">
              {shortDate(parseISO(from), now)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.playbook} ${item.key}`}>
            <th scope="row">
              <RowLink onClick={() => go({ behind: behindOf(item) })}>{nameAmong(items, item)}</RowLink>
            </th>
            {item.weeks.map((share, week) => (
              <td key={overview?.weeks[week]?.from ?? week}>{valueText(share, "share")}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** With its playbook where there are several. */
function nameAmong(items: readonly Item[], { label, playbook, playbookLabel }: Item): string {
  return items.some((other) => other.playbook !== playbook) ? `${label} · ${playbookLabel}` : label;
}

/** What to coach by: the calls in which it was skipped, where there are any. */
export function behindOf({ playbook, key, skipped }: Item): string {
  return textOfBehind({ of: "item", playbook, key, done: skipped === 0 });
}
