import { Fragment, useMemo } from "react";
import { insightAdherence } from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { GainLine, gainScale } from "./charts/gain-line.tsx";
import type { Scale } from "./charts/scale.ts";
import { Gain } from "./gain.tsx";
import { behindOf } from "./items-by-week.tsx";
import { Legend } from "./legend.tsx";
import type { Adherence, InsightsModel } from "./model/use-insights.ts";
import { figureText } from "./model/words.ts";
import { RowLink } from "./row-link.tsx";
import shared from "./insights.module.css";
import styles from "./adherence-table.module.css";

type Item = Adherence["items"][number];

/** How often each item of the checklist was done, and what calls came to with it and without. */
export function AdherenceTable({ model }: { model: InsightsModel }) {
  const { scope, outcomeLabel } = model;
  const items = useLive(insightAdherence, scope).value?.items;
  const scale = useMemo(
    () =>
      gainScale((items ?? []).flatMap(({ outcomeDone, outcomeSkipped }) => [outcomeDone, outcomeSkipped])),
    [items],
  );
  const title = "Playbook followed, and what came of it";
  return (
    <section className={shared["half"]} aria-label={title}>
      <div className={shared["head"]}>
        <h2>{title}</h2>
        {model.look !== "told" && <Legend items={["skipped", "done"]} />}
      </div>
      {items?.length === 0 && (
        <EmptyState>
          {model.overview?.calls === 0
            ? "No calls in this time. Choose a longer period."
            : "No call of this time had a playbook. Playbooks are made in the admin console."}
        </EmptyState>
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
                  <ItemRow key={item.key} item={item} scale={scale} model={model} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Its name opens the calls in which it was skipped. */
function ItemRow({ item, scale, model }: { item: Item; scale: Scale; model: InsightsModel }) {
  const { label, done, skipped, outcomeDone, outcomeSkipped, unsure } = item;
  const { look, behind, go } = model;
  const isOpen = behind?.of === "item" && behind.playbook === item.playbook && behind.key === item.key;
  const followed = done / Math.max(1, done + skipped);
  const both = `${figureText("outcome", outcomeSkipped)} skipped (${skipped}), ${figureText("outcome", outcomeDone)} done (${done})`;
  return (
    <tr
      data-open={isOpen}
      title={`Done in ${countOf(done, "call")}, skipped in ${skipped}${unsure ? ": too few to say" : ""}`}
    >
      <th scope="row">
        <RowLink cut pressed={isOpen} onClick={() => go({ behind: isOpen ? undefined : behindOf(item) })}>
          {label}
        </RowLink>
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
        {look !== "told" && <GainLine without={outcomeSkipped} having={outcomeDone} scale={scale} />}
        <span className={toldClass[look]}>{both}</span>
      </td>
      <td className={styles["end"]} data-unsure={unsure}>
        <Gain of={item} />
      </td>
    </tr>
  );
}

/** On paper under its drawing. */
const toldClass = { drawn: "visually-hidden", told: undefined, both: styles["told"] };

/** In their order; an item says nothing beside one of another playbook. */
function byPlaybook(items: readonly Item[]): [string, Item[]][] {
  return [...Map.groupBy(items, ({ playbook }) => playbook)];
}
