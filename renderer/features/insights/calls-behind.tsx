import { Play, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { insightCallsBehind, type Behind } from "../../../shared/rpc/contract/insights.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { IconButton } from "../../ui/controls/button.tsx";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Icon } from "../../ui/display/icon.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { formatDuration, shortDate } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { textOfBehind } from "./model/behind.ts";
import type { InsightsModel } from "./model/use-insights.ts";
import { usePlaceKeys } from "./model/use-place-keys.ts";
import { useRowInView } from "./model/use-row-in-view.ts";
import { metricLabels, metricText } from "./model/words.ts";
import type { CallsBehindFound } from "./model/use-insights.ts";
import { TalkedWith } from "./talked-with.tsx";
import shared from "./insights.module.css";
import styles from "./calls-behind.module.css";

type ListedCall = CallsBehindFound["listed"][number];

/** The calls behind a bar or an item: each opens at the second to listen to. J and K go through them. */
export function CallsBehind({ model, behind }: { model: InsightsModel; behind: Behind }) {
  const { scope, go } = model;
  const answer = useLive(insightCallsBehind, { ...scope, behind });
  const found = answer.pending ? undefined : answer.value;
  const listed = found?.listed ?? [];
  const chosen = usePlaceKeys(listed, model);
  const { personName } = useDirectory();
  const now = useNow();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section ref={box} aria-label="Calls behind it">
      <div className={shared["head"]}>
        <h2 className="cut">
          <bdi>{found && titleOf(behind, found)}</bdi>
        </h2>
        <span className={styles["tools"]}>
          <span className={shared["note"]} role="status">
            {found && countText(found)}
          </span>
          {behind.of === "item" && (
            <Segmented
              label="In which it was"
              segments={[
                { value: "skipped", label: "Skipped" },
                { value: "done", label: "Done" },
              ]}
              value={behind.done ? "done" : "skipped"}
              onChange={(made) => go({ behind: textOfBehind({ ...behind, done: made === "done" }) })}
            />
          )}
          <IconButton icon={X} label="Leave these calls" onClick={() => go({ behind: undefined })} />
        </span>
      </div>
      {found?.calls === 0 && <EmptyState>{noneText(behind)}</EmptyState>}
      <ul className={styles["calls"]}>
        {listed.map((call, index) => (
          <CallRow
            key={call.callId}
            call={call}
            behind={behind}
            who={personName(call.agentId)}
            on={shortDate(new Date(call.at), now)}
            chosen={index === chosen}
            onOpen={() => go({ call: call.callId, at: call.atMs })}
          />
        ))}
      </ul>
    </section>
  );
}

function titleOf(behind: Behind, { bin, label }: CallsBehindFound): string {
  if (behind.of === "item") return label || "This item";
  const { metric } = behind;
  const name = metricLabels[metric];
  if (!bin) return name;
  const [from, to] = [metricText(metric, bin.from), metricText(metric, bin.to)];
  return from === to ? `${name}: ${from}` : `${name} from ${from} to ${to}`;
}

function countText({ calls, listed }: CallsBehindFound): string {
  return listed.length < calls
    ? `The newest ${listed.length} of ${countOf(calls, "call")}`
    : countOf(calls, "call");
}

function noneText(behind: Behind): string {
  if (behind.of === "metric") return "No call lies here any more. Choose another bar.";
  return behind.done
    ? "It was done in none of these calls. Choose a longer period."
    : "It was skipped in none of these calls.";
}

function CallRow({
  call: { leadName, at, atMs, text, value },
  behind,
  who,
  on,
  chosen,
  onOpen,
}: {
  call: ListedCall;
  behind: Behind;
  who: string;
  /** The day, in short. */
  on: string;
  chosen: boolean;
  onOpen: () => void;
}) {
  const row = useRowInView(chosen);
  return (
    <li>
      <button ref={row} type="button" aria-current={chosen} className={styles["call"]} onClick={onOpen}>
        <span className={styles["at"]}>
          <Icon of={Play} size={13} />
          {formatDuration(atMs / 1_000)}
        </span>
        <span className={styles["value"]}>{behind.of === "metric" && metricText(behind.metric, value)}</span>
        <span className="cut">
          <TalkedWith who={who} leadName={leadName} />
        </span>
        <bdi className={`${styles["said"] ?? ""} cut`}>{text}</bdi>
        <time dateTime={at}>{on}</time>
      </button>
    </li>
  );
}
