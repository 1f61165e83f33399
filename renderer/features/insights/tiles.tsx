import { parseISO } from "date-fns";
import type { FigureName } from "../../../shared/rpc/contract/insights.ts";
import { shortDate } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { WeekLine } from "./charts/week-line.tsx";
import type { Look } from "./model/insights-search.ts";
import type { Overview } from "./model/use-insights.ts";
import { changeText, figureLabel, figureText, goalText } from "./model/words.ts";
import shared from "./insights.module.css";
import styles from "./tiles.module.css";

const shown: readonly FigureName[] = ["talkShare", "longestTurn", "checklist", "outcome"];

/** Four figures, how they moved, and their last twelve weeks over the goal. */
export function Tiles({
  overview,
  outcome,
  look,
  onFormula,
}: {
  overview: Overview;
  outcome: string;
  look: Look;
  onFormula: () => void;
}) {
  return (
    <>
      {look !== "told" && (
        <div className={styles["tiles"]}>
          {shown.map((name) => (
            <Tile key={name} name={name} overview={overview} outcome={outcome} onFormula={onFormula} />
          ))}
        </div>
      )}
      {look !== "drawn" && <WeekTable overview={overview} outcome={outcome} />}
    </>
  );
}

function Tile({
  name,
  overview: { whole, weeks, goals },
  outcome,
  onFormula,
}: {
  name: FigureName;
  overview: Overview;
  outcome: string;
  onFormula: () => void;
}) {
  const today = useNow();
  const label = figureLabel(name, outcome);
  const { now, before } = whole[name];
  const text = figureText(name, now);
  const values = weeks.map(({ figures }) => figures[name]);
  const spoken = `${label} by week: ${values.map((value) => figureText(name, value)).join(", ")}`;
  return (
    <section className={styles["tile"]} aria-label={label}>
      <button type="button" className={styles["tile-label"]} title="Formulas and units" onClick={onFormula}>
        <span className="cut">{label}</span>
      </button>
      <p className={styles["tile-figure"]}>
        <strong>
          {text.replace("%", "")}
          {text.endsWith("%") && <small> %</small>}
        </strong>
        <span>{changeText(name, now, before)}</span>
      </p>
      <WeekLine values={values} goal={goals[name]} label={spoken} />
      <p className={styles["tile-foot"]}>
        <span>{weeks[0] && shortDate(parseISO(weeks[0].from), today)}</span>
        <span>{goalText(name, goals[name])}</span>
      </p>
    </section>
  );
}

function WeekTable({ overview: { whole, weeks, goals }, outcome }: { overview: Overview; outcome: string }) {
  const today = useNow();
  return (
    <div className={styles["table-box"]}>
      <table className={shared["table"]}>
        <caption>By week</caption>
        <thead>
          <tr>
            <th scope="col">Week from</th>
            <th scope="col">Calls</th>
            {shown.map((name) => (
              <th key={name} scope="col">
                {figureLabel(name, outcome)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ from, calls, figures }) => (
            <tr key={from}>
              <th scope="row">{shortDate(parseISO(from), today)}</th>
              <td>{calls}</td>
              {shown.map((name) => (
                <td key={name}>{figureText(name, figures[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <SumRow label="Period" of={(name) => figureText(name, whole[name].now)} />
          <SumRow label="Before" of={(name) => figureText(name, whole[name].before)} />
          <SumRow label="Goal" of={(name) => goalText(name, goals[name]).replace("Goal ", "")} />
        </tfoot>
      </table>
    </div>
  );
}

function SumRow({ label, of }: { label: string; of: (name: FigureName) => string }) {
  return (
    <tr>
      <th scope="row" colSpan={2}>
        {label}
      </th>
      {shown.map((name) => (
        <td key={name}>{of(name)}</td>
      ))}
    </tr>
  );
}
