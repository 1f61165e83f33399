import { Fragment, useMemo } from "react";
import { insightAdherence } from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { GainLine } from "./charts/gain-line.tsx";
import { scaleOf, type Scale } from "./charts/scale.ts";
import { Legend } from "./legend.tsx";
import type { Adherence, InsightsModel } from "./model/use-insights.ts";
import { figureText } from "./model/words.ts";
import shared from "./insights.module.css";
import styles from "./adherence-table.module.css";

type Item = Adherence["items"][number];

/** How often each item of the checklist was done, and what calls came to with it and without. */
export function AdherenceTable({ model: { scope, outcomeLabel, search } }: { model: InsightsModel }) {
  const items = useLive(insightAdherence, scope).value?.items;
  const scale = useMemo(() => scaleOfItems(items ?? []), [items]);
  const title = "Playbook followed, and what came of it";
  return (
    <section className={shared["half"]} aria-label={title}>
      <div className={shared["head"]}>
        <h2>{title}</h2>
        <Legend items={["skipped", "done"]} />
      </div>
      {items?.length === 0 && (
        <EmptyState>No call of this time had a playbook. Playbooks are made in the admin console.</EmptyState>
      )}
      {items && items.length > 0 && (
        <table className={styles["items"]}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Item</span>
              </th>
              <th scope="col">Followed</th>
              <th scope="col">
                <span className="cut">{outcomeLabel} per 100 calls</span>
              </th>
              <th scope="col" className={styles["end"]}>
                Gain
              </th>
            </tr>
          </thead>
          <tbody>
            {byPlaybook(items).map(([playbook, own], _, all) => (
              <Fragment key={playbook}>
                {all.length > 1 && (
                  <tr className={styles["playbook"]}>
                    <th scope="rowgroup" colSpan={4}>
                      <bdi>{own[0]?.playbookLabel}</bdi>
                    </th>
                  </tr>
                )}
                {own.map((item) => (
                  <ItemRow key={item.key} item={item} scale={scale} tables={search.tables === true} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ItemRow({ item, scale, tables }: { item: Item; scale: Scale; tables: boolean }) {
  const { label, done, skipped, outcomeDone, outcomeSkipped, unsure } = item;
  const followed = done / Math.max(1, done + skipped);
  const both = `${figureText("outcome", outcomeSkipped)} skipped (${skipped}), ${figureText("outcome", outcomeDone)} done (${done})`;
  return (
    <tr title={`Done in ${countOf(done, "call")}, skipped in ${skipped}${unsure ? ": too few to say" : ""}`}>
      <th scope="row">
        <bdi className="cut">{label}</bdi>
      </th>
      <td>
        <span className={styles["followed"]}>
          <span className={styles["bar"]} aria-hidden>
            <span style={{ width: `${100 * followed}%` }} />
          </span>
          {figureText("checklist", followed)}
        </span>
      </td>
      <td>
        {tables ? both : <GainLine skipped={outcomeSkipped} done={outcomeDone} scale={scale} />}
        {!tables && <span className="visually-hidden">{both}</span>}
      </td>
      <td className={styles["end"]} data-unsure={unsure}>
        {gainText(item)}
        {unsure && <span className="visually-hidden">, too few to say</span>}
      </td>
    </tr>
  );
}

/** In their order; an item says nothing beside one of another playbook. */
function byPlaybook(items: readonly Item[]): [string, Item[]][] {
  return [...Map.groupBy(items, ({ playbook }) => playbook)];
}

/** In brackets where it may be chance. */
function gainText({ gain, unsure }: Item): string {
  if (gain === null) return "–";
  const text = `${gain > 0 ? "+" : ""}${gain.toFixed(1)}`;
  return unsure ? `(${text})` : text;
}

/** In per cent of a drawing's width, with room for the dots at its ends. */
const [left, right] = [5, 95];

function scaleOfItems(items: readonly Item[]): Scale {
  const values = items.flatMap(({ outcomeDone, outcomeSkipped }) => [outcomeDone, outcomeSkipped]);
  return scaleOf(values, null, left, right);
}
