import { Fragment, useMemo, type ReactNode } from "react";
import { figureNames, type FigureName } from "../../../shared/rpc/contract/insights.ts";
import { useDirectory } from "../../client/index.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { BeforeNow } from "./charts/before-now.tsx";
import { scaleOf, type Scale } from "./charts/scale.ts";
import { Legend } from "./legend.tsx";
import type { Look } from "./model/insights-search.ts";
import type { Overview } from "./model/use-insights.ts";
import { figureText, shortLabels } from "./model/words.ts";
import shared from "./insights.module.css";
import styles from "./agents-compared.module.css";

type AgentLine = Overview["agents"][number];
type Scales = Record<FigureName, Scale>;

/** Every agent on the same five scales: before hollow, now solid. Whoever is chosen is in accent. */
export function AgentsCompared({
  overview,
  outcome,
  chosen,
  look,
  onPick,
}: {
  overview: Overview;
  outcome: string;
  chosen: string | null;
  look: Look;
  /** Undefined: one looks at oneself alone. */
  onPick: ((userId: string | null) => void) | undefined;
}) {
  const { agents } = overview;
  const scales = useMemo(() => scalesOf(overview), [overview]);
  const title = onPick ? "Agents compared" : "You and the team's median";
  return (
    <section className={styles["agents"]} aria-label={title}>
      <div className={shared["head"]}>
        <h2>{title}</h2>
        {look !== "told" && <Legend items={["before-now", "median", "goal"]} />}
      </div>
      {agents.length === 0 && (
        <EmptyState>No calls with a report in this time. Choose a longer period.</EmptyState>
      )}
      {agents.length > 0 && (
        <table className={styles["grid"]} data-look={look}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Agent</span>
              </th>
              {figureNames.map((name) => (
                <th key={name} scope="col" colSpan={2}>
                  {name === "outcome" ? <span className="cut">{outcome} per 100</span> : shortLabels[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {agents.map((agent) => (
              <AgentRow
                key={agent.userId}
                agent={agent}
                overview={overview}
                scales={scales}
                look={look}
                chosen={agent.userId === chosen}
                onPick={onPick}
              />
            ))}
            {look !== "drawn" && <MedianRow overview={overview} look={look} />}
          </tbody>
        </table>
      )}
    </section>
  );
}

function AgentRow({
  agent: { userId, calls, figures },
  overview: { medians, goals },
  scales,
  look,
  chosen,
  onPick,
}: {
  agent: AgentLine;
  overview: Overview;
  scales: Scales;
  look: Look;
  chosen: boolean;
  onPick: ((userId: string | null) => void) | undefined;
}) {
  const name = useDirectory().personName(userId);
  return (
    <tr data-chosen={chosen}>
      <th scope="row">
        <button
          type="button"
          className={styles["who"]}
          disabled={!onPick}
          aria-pressed={chosen}
          title={`${calls} calls`}
          onClick={() => onPick?.(chosen ? null : userId)}
        >
          <Avatar name={name} />
          <bdi className="cut">{name}</bdi>
        </button>
      </th>
      {figureNames.map((figure) => (
        <FigureCells key={figure} name={figure} {...figures[figure]} look={look}>
          <BeforeNow
            {...figures[figure]}
            median={medians[figure]}
            goal={goals[figure]}
            scale={scales[figure]}
          />
        </FigureCells>
      ))}
    </tr>
  );
}

/** As a drawing with the figure beside it, as the two figures, or as a drawing with both. */
function FigureCells({
  name,
  before,
  now,
  look,
  children,
}: {
  name: FigureName;
  before: number | null;
  now: number | null;
  look: Look;
  /** The drawing. */
  children: ReactNode;
}) {
  const past = figureText(name, before);
  return (
    <>
      <td>
        {look !== "told" && children}
        <span className={look === "told" ? shared["past"] : "visually-hidden"}>before {past}</span>
      </td>
      <td className={styles["value"]}>
        {figureText(name, now)}
        {look === "both" && (
          <small className={shared["past"]} aria-hidden>
            was {past}
          </small>
        )}
      </td>
    </>
  );
}

function MedianRow({ overview: { medians }, look }: { overview: Overview; look: Look }) {
  return (
    <tr>
      <th scope="row">Median of the team</th>
      {figureNames.map((name) => (
        <Fragment key={name}>
          <td className={shared["past"]}>{look === "told" && "now"}</td>
          <td className={styles["value"]}>{figureText(name, medians[name])}</td>
        </Fragment>
      ))}
    </tr>
  );
}

/** In per cent of a drawing's width, with room for the dots at its ends. */
const [left, right] = [6, 94];

function scalesOf({ agents, medians, goals }: Overview): Scales {
  const scale = (name: FigureName) => {
    const values = agents.flatMap(({ figures }) => [figures[name].now, figures[name].before]);
    return scaleOf([...values, medians[name]], goals[name], left, right);
  };
  return Object.fromEntries(figureNames.map((name) => [name, scale(name)])) as Scales;
}
