import type { RecordId } from "../../../../shared/entities/id.ts";
import type { CallReport } from "../../../../shared/entities/insight.ts";
import { callReport } from "../../../../shared/rpc/contract/coaching.ts";
import { useLive } from "../../../client/index.ts";
import { Part } from "./part.tsx";
import { ReportActions } from "./report-actions.tsx";
import { ReportComments } from "./report-comments.tsx";
import { ReportMood } from "./report-mood.tsx";
import { ReportParts } from "./report-parts.tsx";
import { ReportScore } from "./report-score.tsx";
import { Moment, type Play } from "./moment.tsx";
import styles from "./report.module.css";

/**
 * What a call came to. Takes no room while nothing is known of it.
 * @param play null = there is no recording to play
 */
export function ReportCard({ callId, play }: { callId: RecordId; play: Play | null }) {
  const answer = useLive(callReport, { callId }).value;
  if (!answer?.report) return null;
  const { report, madeBy, accepted, comments } = answer;
  return (
    <section className={styles["report"]} aria-label="Report of this call">
      <header>
        <h3>What it came to</h3>
        {report.score !== null && (
          <p className={styles["score"]}>
            <b>{Math.round(report.score)}</b> of 100
          </p>
        )}
      </header>
      <p dir="auto">{report.summary}</p>
      <ReportActions callId={callId} actions={report.actions} accepted={accepted} play={play} />
      <KeyPoints points={report.keyPoints} />
      <ReportMood report={report} />
      <Objections objections={report.objections} play={play} />
      <Findings title="Went well" findings={report.strengths} play={play} />
      <Findings title="To work on" findings={report.improvements} play={play} />
      {report.score !== null && <ReportScore criteria={report.criteria} />}
      <ReportParts report={report} play={play} />
      <ReportComments comments={comments} play={play} />
      {report.followUp !== "" && (
        <Part title="Follow up">
          <p dir="auto">{report.followUp}</p>
        </Part>
      )}
      <footer>{sourceWords(report, madeBy)}</footer>
    </section>
  );
}

function KeyPoints({ points }: { points: CallReport["keyPoints"] }) {
  if (points.length === 0) return null;
  return (
    <ul className={styles["points"]}>
      {points.map((point) => (
        <li key={point} dir="auto">
          {point}
        </li>
      ))}
    </ul>
  );
}

function Objections({ objections, play }: { objections: CallReport["objections"]; play: Play | null }) {
  if (objections.length === 0) return null;
  return (
    <Part title="Objections">
      {objections.map(({ text, atMs, answered }) => (
        <Moment key={`${atMs} ${text}`} atMs={atMs} play={play} aside={answered ? "answered" : "left open"}>
          {text}
        </Moment>
      ))}
    </Part>
  );
}

type Finding = { text: string; atMs: number | null; advice?: string };

function Findings({
  title,
  findings,
  play,
}: {
  title: string;
  findings: readonly Finding[];
  play: Play | null;
}) {
  if (findings.length === 0) return null;
  return (
    <Part title={title}>
      {findings.map(({ text, atMs, advice }) => (
        <Moment key={text} atMs={atMs} play={play}>
          {text}
          {advice && <span className={styles["advice"]}>{advice}</span>}
        </Moment>
      ))}
    </Part>
  );
}

/** Whose words these are: nobody is to take a rule's for a person's. */
function sourceWords({ wordedBy, wordsMissing }: CallReport, madeBy: "server" | "desk"): string {
  if (wordedBy === "model") return "Worded by a model from the transcript.";
  if (wordsMissing !== "") return `Found by rules. ${wordsMissing}`;
  return madeBy === "desk"
    ? "Found by rules on this device, from the transcript."
    : "Found by rules in the transcript.";
}
