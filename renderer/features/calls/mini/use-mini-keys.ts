import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { callKeys } from "../live/use-call-keys.ts";
import { useAskPhone } from "../model/use-phone.ts";

/** The desk's keys, for what the small window has buttons for. */
export function useMiniKeys(incoming: PhoneCall | null, current: PhoneCall | null): void {
  const ask = useAskPhone();
  const group = "In a call";
  const ringing = incoming && [
    {
      id: "answer",
      keys: "mod+enter",
      title: "Answer",
      run: () => ask({ do: "answer", callId: incoming.callId }),
    },
    {
      id: "decline",
      keys: "mod+backspace",
      title: "Decline",
      run: () => ask({ do: "decline", callId: incoming.callId }),
    },
  ];
  const talking = current && [
    {
      id: "mute",
      keys: callKeys.mute,
      title: "Mute or unmute",
      run: () => ask({ do: "mute", callId: current.callId, on: !current.muted }),
    },
    {
      id: "hold",
      keys: callKeys.hold,
      title: "Hold or resume",
      run: () => ask({ do: "hold", callId: current.callId, on: current.call.phase.phase !== "held" }),
    },
    // One key answers what rings and ends what one is in.
    ...(incoming
      ? []
      : [
          {
            id: "end",
            keys: callKeys.end,
            title: "End the call",
            run: () => ask({ do: "hang-up", callId: current.callId }),
          },
        ]),
  ];
  useShortcuts(
    "screen",
    [...(ringing ?? []), ...(talking ?? [])].map((key) => ({ ...key, group, run: () => void key.run() })),
  );
}
