import { useState } from "react";
import { scoreCall } from "../../../../shared/rpc/contract/insights.ts";
import { useCommand, useDirectory, useEdits } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { Select } from "../../../ui/fields/select.tsx";
import { TextArea } from "../../../ui/fields/text-input.tsx";
import { countOf } from "../../../ui/format/numbers.ts";
import type { MomentView, Review } from "./use-moment.ts";
import styles from "./side.module.css";

type Points = Record<string, number | null>;

const doesNotApply = "none";
const choices = [
  ...[5, 4, 3, 2, 1, 0].map((points) => ({ value: String(points), label: String(points) })),
  { value: doesNotApply, label: "Does not apply" },
];

/** One's own points by criterion; another's stand beside them once one's own are given. */
export function Scoring({ view: { callId, review } }: { view: MomentView }) {
  const { scorecard, mine, others, hidden } = review;
  const [points, setPoints] = useState<Points>(mine?.points ?? {});
  const [note, setNote] = useState(mine?.note ?? "");
  const score = useCommand(scoreCall);
  const { report } = useEdits();
  if (!scorecard)
    return <EmptyState>There is no scorecard yet. An admin makes one in the console.</EmptyState>;
  const complete = scorecard.criteria.every(({ key }) => points[key] !== undefined);
  const submit = async () =>
    report(await score({ callId, scorecard: scorecard.key, points, note }), "Scored");
  return (
    <section className={styles["scoring"]} aria-label={scorecard.label}>
      {hidden > 0 && (
        <p className={styles["quiet"]}>
          {countOf(hidden, "other scoring", "other scorings")} of this call. You see{" "}
          {hidden === 1 ? "it" : "them"} once you have given yours.
        </p>
      )}
      <ScoreTable criteria={scorecard.criteria} points={points} others={others} onPoints={setPoints} />
      <TextArea label="Note" value={note} onChange={setNote} rows={2} />
      <Button kind="primary" disabled={!complete} onClick={() => void submit()}>
        {mine ? "Change my scoring" : "Give my scoring"}
      </Button>
    </section>
  );
}

function ScoreTable({
  criteria,
  points,
  others,
  onPoints,
}: {
  criteria: NonNullable<Review["scorecard"]>["criteria"];
  points: Points;
  others: Review["others"];
  onPoints: (points: Points) => void;
}) {
  const { personName } = useDirectory();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col">You</th>
          {others.map(({ id, byId }) => (
            <th key={id} scope="col">
              <bdi>{personName(byId).split(" ")[0]}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {criteria.map(({ key, label }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              <Select
                label={`Points for ${label}`}
                hideLabel
                compact
                placeholder="–"
                value={valueOf(points[key])}
                choices={choices}
                onChange={(value) =>
                  onPoints({ ...points, [key]: value === doesNotApply ? null : Number(value) })
                }
              />
            </td>
            {others.map(({ id, points: theirs }) => (
              <td key={id} data-apart={isApart(points[key], theirs[key])}>
                {theirs[key] ?? "–"}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function valueOf(points: number | null | undefined): string | null {
  if (points === undefined) return null;
  return points === null ? doesNotApply : String(points);
}

/** Two points or more: to be talked about. */
function isApart(mine: number | null | undefined, theirs: number | null | undefined): boolean {
  return typeof mine === "number" && typeof theirs === "number" && Math.abs(mine - theirs) >= 2;
}
