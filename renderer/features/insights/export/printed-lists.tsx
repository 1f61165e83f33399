import { dayOf } from "../../../../shared/time/zone.ts";
import { useDirectory } from "../../../client/index.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import type { ShownMoment } from "../model/use-insights.ts";
import { goalWords } from "../side/goal-words.ts";
import type { PrintedAssignment } from "./use-printed.ts";

export function PrintedMoments({ moments }: { moments: readonly ShownMoment[] }) {
  const { business, personName } = useDirectory();
  if (moments.length === 0) return null;
  return (
    <section aria-label="Moments to review">
      <h2>Moments to review</h2>
      <table className="listed">
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">What</th>
            <th scope="col">Agent</th>
            <th scope="col">With</th>
            <th scope="col">On</th>
          </tr>
        </thead>
        <tbody>
          {moments.map(({ callId, moment, agentId, leadName, at }) => (
            <tr key={`${callId} ${moment.atMs}`}>
              <td>{formatDuration(moment.atMs / 1_000)}</td>
              <td>{moment.text}</td>
              <td>
                <bdi>{personName(agentId)}</bdi>
              </td>
              <td>
                <bdi>{leadName ?? "–"}</bdi>
              </td>
              <td className="day">{dayOf(Date.parse(at), business?.timeZone ?? "UTC")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function PrintedPractice({ practised }: { practised: readonly PrintedAssignment[] }) {
  const { personName } = useDirectory();
  if (practised.length === 0) return null;
  return (
    <section aria-label="Being practised">
      <h2>Being practised</h2>
      <table className="listed">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Until</th>
            <th scope="col">Done when</th>
            <th scope="col">So far</th>
          </tr>
        </thead>
        <tbody>
          {practised.map(({ assignment: { id, practise, agentId, dueOn, goal }, reached, calls }) => (
            <tr key={id}>
              <td>{practise}</td>
              <td>
                <bdi>{personName(agentId)}</bdi>
              </td>
              <td className="day">{dueOn ?? "–"}</td>
              <td>{goal ? goalWords(goal) : "they say so"}</td>
              <td>{goal ? `${Math.min(reached, goal.calls)} of ${goal.calls}; ${calls} since` : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
