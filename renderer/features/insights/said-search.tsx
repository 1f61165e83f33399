import { useDeferredValue, useState } from "react";
import { Search } from "lucide-react";
import { searchTranscripts } from "../../../shared/rpc/contract/insights.ts";
import type { Speaker } from "../../../shared/coaching/utterance.ts";
import { skip, useDirectory, useLive } from "../../client/index.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { useFocusOnMount } from "../../ui/fields/use-focus-on-mount.ts";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { formatDuration, shortDate } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import type { InsightsModel } from "./model/use-insights.ts";
import { TalkedWith } from "./talked-with.tsx";
import shared from "./insights.module.css";
import styles from "./said-search.module.css";

/** What was said in the calls in scope: words, or a phrase in quotes, each with its moment. */
export function SaidSearch({ model: { scope, search, go } }: { model: InsightsModel }) {
  const [text, setText] = useState("");
  const field = useFocusOnMount<HTMLInputElement>();
  const [speaker, setSpeaker] = useState<Speaker | "either">("either");
  const wanted = useDeferredValue(text.trim());
  const asked = { ...scope, text: wanted, speaker: speaker === "either" ? null : speaker };
  const found = useLive(searchTranscripts, wanted === "" ? skip : asked).value;
  const { personName } = useDirectory();
  const now = useNow();
  return (
    <section className={styles["said"]} aria-label="What was said">
      <div className={styles["said-bar"]}>
        <TextInput
          label="Search what was said"
          hideLabel
          ref={field}
          icon={Search}
          placeholder={'Words, or a phrase: "service charge"'}
          value={text}
          onChange={setText}
        />
        <Segmented
          label="Who said it"
          segments={[
            { value: "either", label: "Anybody" },
            { value: "agent", label: "Agent" },
            { value: "customer", label: "Customer" },
          ]}
          value={speaker}
          onChange={setSpeaker}
        />
        <span className={shared["note"]} role="status">
          {wanted !== "" && found && searchedText(found)}
        </span>
      </div>
      {wanted === "" && (
        <EmptyState>Type what somebody may have said. It is looked for in the calls chosen above.</EmptyState>
      )}
      {wanted !== "" && found?.done && found.hits.length === 0 && (
        <EmptyState>
          {found.calls === 0
            ? "There are no calls to look in. Choose a longer period."
            : `Nobody said this in ${countOf(found.calls, "call")}. Search for less, or a longer period.`}
        </EmptyState>
      )}
      {wanted !== "" && (
        <ul className={styles["hits"]}>
          {found?.hits.map(
            ({ segmentId, callId, agentId, leadName, at, speaker: who, startMs, text: said }) => (
              <li key={segmentId}>
                <button
                  type="button"
                  className={styles["hit"]}
                  aria-current={search.call === callId && search.at === startMs}
                  onClick={() => go({ call: callId, at: startMs })}
                >
                  <time>{formatDuration(startMs / 1_000)}</time>
                  <span>
                    <bdi>{said}</bdi>
                    <small>
                      {who === "agent" ? "said by " : "said to "}
                      <TalkedWith who={personName(agentId)} leadName={leadName} />,{" "}
                      {shortDate(new Date(at), now)}
                    </small>
                  </span>
                </button>
              </li>
            ),
          )}
        </ul>
      )}
    </section>
  );
}

function searchedText({
  hits,
  searched,
  calls,
  done,
}: {
  hits: unknown[];
  searched: number;
  calls: number;
  done: boolean;
}) {
  const found = countOf(hits.length, "place");
  if (!done) return `${found} so far, ${formatCount(searched)} of ${formatCount(calls)} calls`;
  return searched < calls ? `The newest ${found}` : `${found} in ${countOf(calls, "call")}`;
}
