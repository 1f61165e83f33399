import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { callChord } from "../model/call-chord.ts";
import { useAskPhone } from "../model/use-phone.ts";

export const answerKeys = { answer: callChord, decline: "mod+backspace" } as const;

/** Answers and declines what rings by key. Above the call or wrap-up that is on the screen: the same chord ends those. */
export function useAnswerKeys(incoming: PhoneCall | null): void {
  const ask = useAskPhone();
  const group = "In a call";
  useShortcuts(
    "panel",
    incoming
      ? [
          {
            ...{ id: "answer", keys: answerKeys.answer, title: "Answer", group },
            run: () => void ask({ do: "answer", callId: incoming.callId }),
          },
          {
            ...{ id: "decline", keys: answerKeys.decline, title: "Decline", group },
            // In a field it takes a word back.
            whileTyping: false,
            run: () => void ask({ do: "decline", callId: incoming.callId }),
          },
        ]
      : [],
  );
}
