import { useRef } from "react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import type { SettingOf } from "../../../../shared/entities/setting.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { editRecords, record } from "../../../../shared/rpc/contract/records.ts";
import type { InputOf } from "../../../../shared/rpc/define.ts";
import { createKeptScreenState, useDirectory, skip, useEdits, useLive } from "../../../client/index.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { parseTaskLine, useTaskActions } from "../../tasks/index.ts";
import { callerName } from "../model/call-words.ts";
import { useAskPhone, usePhone } from "../model/use-phone.ts";

export type WriteDown = ReturnType<typeof useWriteDown>;

/** What was typed of a follow-up, by call: it outlives the timer, and a reload. */
const useFollowUps = createKeptScreenState<{ lines: Record<string, string> }>("follow-ups", () => ({
  lines: {},
}));

/**
 * Writes down how a call of one's own ended and the task that this asks for: in the wrap-up, and for calls whose
 * wrap-up ran out.
 */
export function useWriteDown(call: Pick<PhoneCall, "callId" | "leadId" | "name" | "number">) {
  const { callId, leadId } = call;
  const ask = useAskPhone();
  const phone = usePhone();
  const now = useNow();
  const { edit } = useEdits();
  const tasks = useTaskActions();
  const { dispositions } = useDirectory();
  const finishing = useRef(false);
  const detail = useLive(callDetail, { id: callId }).value;
  const lead = useLive(record, leadId ? { collection: "leads", id: leadId } : skip).value?.record;
  const chosen = dispositions.find(({ key }) => key === detail?.call?.disposition) ?? null;
  const line = useFollowUps(({ lines }) => lines[callId]) ?? `Call ${callerName(call)} tomorrow 10:30`;
  const needsTask = chosen?.followUp === true && detail?.tasks.length === 0;
  // A tenant may have no endings to choose from.
  const whyNot =
    !chosen && dispositions.length > 0
      ? "First say how it ended"
      : needsTask && parseTaskLine(line, now).title === ""
        ? "First say what follows"
        : null;
  const isWrappingUp = phone.calls.some(
    (each) => each.callId === callId && each.call.phase.phase === "wrap-up",
  );
  const writeDown = async () => {
    if (needsTask) {
      const task = parseTaskLine(line, new Date());
      if (!(await tasks.add(task, { leadId, assigneeId: null, callId }))) return false;
    }
    keepLine(callId, null);
    if (isWrappingUp) await ask({ do: "wrapped-up", callId });
    return true;
  };
  return {
    ...{ dispositions, chosen, needsTask, line, whyNot },
    forbids: chosen?.doNotCall === true ? whomItForbids(call, lead) : null,
    choose({ key, label, doNotCall }: SettingOf<"disposition">): void {
      const drafts: InputOf<typeof editRecords>["edits"] = [
        { collection: "calls", id: callId, set: { disposition: key } },
      ];
      if (doNotCall && leadId && lead?.["doNotCall"] === false)
        drafts.push({ collection: "leads", id: leadId, set: { doNotCall: true } });
      void edit(drafts, `Call ended: ${label}`);
    },
    write: (text: string) => keepLine(callId, text),
    /** Once at a time: pressed twice, it makes one task. @returns whether it is all written down */
    async finish(): Promise<boolean> {
      if (whyNot !== null || finishing.current) return false;
      finishing.current = true;
      return writeDown().finally(() => (finishing.current = false));
    },
  };
}

/** What an ending that asks for it has come to, in words. */
function whomItForbids(
  call: Pick<PhoneCall, "name" | "number" | "leadId">,
  lead: Readonly<Record<string, unknown>> | null | undefined,
): string | null {
  if (call.leadId === null)
    return "This number is nobody's here: an admin can put it on the do-not-call list.";
  if (!lead) return null;
  return lead["doNotCall"] === true
    ? `${callerName(call)} is not called again, by anybody.`
    : `${callerName(call)} is not marked yet: choose this ending again.`;
}

function keepLine(callId: string, text: string | null): void {
  const { [callId]: _, ...others } = useFollowUps.getState().lines;
  useFollowUps.setState({ lines: text === null ? others : { ...others, [callId]: text } });
}
