import { telephonyPaths } from "../../../shared/calls/server-wire.ts";
import type { MonitorCall } from "../../admin/monitor-wire.ts";
import { belowApi } from "../api/use-answer.ts";
import { Question } from "../parts/question.tsx";
import { sayCaller } from "./monitor-words.ts";

/** Asked, because nothing brings a call back. */
export function EndCallDialog({ call, onClose }: { call: MonitorCall | null; onClose: () => void }) {
  const name = call ? sayCaller(call) : "";
  return (
    <Question
      title={`Hang up ${name}?`}
      ask={
        call && {
          change: {
            request: {
              method: "POST",
              path: belowApi(telephonyPaths.control(call.callId)),
              body: { do: "end" },
            },
            said: call.endsAtDesk
              ? `The desk of ${call.agents.join(", ")} was asked to hang up.`
              : `The call with ${name} is over.`,
            touches: ["/admin/monitor"],
          },
          keep: "Let them talk",
          go: "Hang up",
        }
      }
      onClose={onClose}
    >
      <p>
        {call && call.agents.length > 0 ? `${call.agents.join(", ")} and the caller are` : "The caller is"}{" "}
        {call?.endsAtDesk ? "cut off as soon as that desk does so." : "cut off at once."} The audit log keeps
        that it was you.
      </p>
    </Question>
  );
}
