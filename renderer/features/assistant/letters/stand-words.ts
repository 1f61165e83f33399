import type { WhyHeld } from "../../../../shared/assistant/letters/approval.ts";
import type { LetterStand, letterDecided } from "../../../../shared/rpc/contract/assistant.ts";
import type { PayloadOf } from "../../../../shared/rpc/define.ts";
import { dayAndTime } from "../../../ui/format/times.ts";
import { foreignWords } from "../model/words.ts";

const reasons: Record<WhyHeld, string> = {
  flagged: foreignWords,
  always: "Every letter is read by somebody else before it leaves.",
};

/** Where a letter stands on its way out, in a sentence or two; empty = it may leave. */
export function standWords(stand: LetterStand, now: Date): string {
  const when = (at: string) => dayAndTime(new Date(at), now);
  switch (stand.state) {
    case "free":
      return "";
    case "held":
      if (stand.trouble !== "") return `Nobody was asked: ${stand.trouble}`;
      return stand.why === "flagged" ? `${reasons.flagged} Somebody else has to approve it.` : reasons.always;
    case "kept":
      return "Approval is asked for when there is a network again. Until then it waits here.";
    case "waiting":
      return `Waits for approval, asked for ${when(stand.at)}.`;
    case "approved":
      return `Approved by ${stand.by}, ${when(stand.at)}.`;
    case "rejected":
      return `Refused by ${stand.by}, ${when(stand.at)}: ${stand.reason}`;
  }
}

/** "Grace approved your letter to Maria Kowalski". */
export function decidedWords({ by, approved, leadName, reason }: PayloadOf<typeof letterDecided>): string {
  return approved ? `${by} approved your letter to ${leadName}` : `${by} refused your letter to ${leadName}: ${reason}`; // prettier-ignore
}
