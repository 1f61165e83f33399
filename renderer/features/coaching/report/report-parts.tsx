import type { CallReport, ReportPart } from "../../../../shared/entities/insight.ts";
import { useDirectory } from "../../../client/index.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import { Moment, type Play } from "./moment.tsx";
import { Part } from "./part.tsx";
import styles from "./report.module.css";

/** What colleagues did who had the call before whoever has it now: their words are not the agent's. */
export function ReportParts({ report, play }: { report: CallReport; play: Play | null }) {
  const { personName } = useDirectory();
  // Reports from before parts were kept have none.
  const others = (report.parts ?? []).filter(({ agentId }) => agentId !== report.agentId);
  return others.map((part) => (
    <Part key={part.agentId} title={`${personName(part.agentId)} had it ${spanWords(part)}`}>
      <p className={styles["figures"]}>{figureWords(part)}</p>
      {findingsOf(part).map(({ text, advice, atMs }) => (
        <Moment key={text} atMs={atMs} play={play}>
          {text}
          {advice !== "" && <span className={styles["advice"]}>{advice}</span>}
        </Moment>
      ))}
    </Part>
  ));
}

function findingsOf({ strengths, improvements }: ReportPart): ReportPart["improvements"] {
  return [...strengths.map((strength) => ({ ...strength, advice: "" })), ...improvements];
}

function spanWords({ spans }: ReportPart): string {
  const words = spans.map(({ fromMs, toMs }) => {
    const from = formatDuration(fromMs / 1_000);
    return toMs === null ? `from ${from}` : `${from}–${formatDuration(toMs / 1_000)}`;
  });
  return words.join(", ");
}

function figureWords({ metrics, score }: ReportPart): string {
  const { talkShareOfSpeech: share, longestMonologueMs: longest = 0 } = metrics;
  const words = [
    ...(share === undefined ? [] : [`${Math.round(share * 100)} % of what was said`]),
    ...(longest > 0 ? [`longest turn ${formatDuration(longest / 1_000)}`] : []),
    ...(score === null ? [] : [`${Math.round(score)} of 100`]),
  ];
  return words.length === 0 ? "Nothing was heard" : words.join(" · ");
}
