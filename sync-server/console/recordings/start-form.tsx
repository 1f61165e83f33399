import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { countOf, formatCount } from "../../../renderer/ui/format/numbers.ts";
import type { RecordingImport } from "../../../shared/calls/recording-import-wire.ts";
import { People } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import styles from "./recordings.module.css";
import { importsPath } from "./use-archive.ts";

/** What would come in, whose the calls are that name nobody, and the button. */
export function StartForm({ one: { id, counts } }: { one: RecordingImport }) {
  const people = useAnswer("/people", People).value?.people ?? [];
  const [agentId, setAgentId] = useState<string | null>(null);
  const change = useChange();
  const coming = counts.ready + (agentId === null ? 0 : counts.unnamed);
  const start = () =>
    change({
      request: { method: "POST", path: `${importsPath}/${id}/start`, body: { agentId } },
      said: `${countOf(coming, "recording")} ${coming === 1 ? "comes" : "come"} in.`,
      touches: [importsPath],
    });
  return (
    <div className={styles["start"]}>
      <p>
        <b>
          {formatCount(coming)} of{" "}
          {countOf(counts.ready + counts.unnamed + counts.known + counts.refused, "recording")}
        </b>{" "}
        {coming === 1 ? "becomes a call" : "become calls"}; {formatCount(counts.known)}{" "}
        {counts.known === 1 ? "is" : "are"} here already, {formatCount(counts.refused)} cannot be read.
      </p>
      {counts.unnamed > 0 && (
        <Select
          label={`Who held the ${counts.unnamed === 1 ? "call that names" : `${formatCount(counts.unnamed)} calls that name`} nobody`}
          hint="Left open, these stay out."
          placeholder="Nobody yet"
          clearable
          value={agentId}
          choices={people.map(({ userId, name }) => ({ value: userId as string, label: name }))}
          onChange={setAgentId}
        />
      )}
      <Button kind="primary" size="large" disabled={coming === 0} onClick={() => void start()}>
        {coming === 0 ? "Bring them in" : `Bring ${countOf(coming, "recording")} in`}
      </Button>
    </div>
  );
}
