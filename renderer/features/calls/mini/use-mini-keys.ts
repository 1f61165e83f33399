import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useAnswerKeys } from "../incoming/use-answer-keys.ts";
import { useCallKeys } from "../live/use-call-keys.ts";
import { turnRecording } from "../model/phone-view.ts";
import { useAskPhone } from "../model/use-phone.ts";

/** The desk's keys, for what the small window has buttons for. */
export function useMiniKeys(incoming: PhoneCall | null, current: PhoneCall | null): void {
  const ask = useAskPhone();
  useAnswerKeys(incoming);
  useCallKeys(
    current
      ? {
          mute: () => void ask({ do: "mute", callId: current.callId, on: !current.muted }),
          hold: () =>
            void ask({ do: "hold", callId: current.callId, on: current.call.phase.phase !== "held" }),
          record: () => void ask(turnRecording(current)),
          end: () => void ask({ do: "hang-up", callId: current.callId }),
        }
      : {},
  );
}
