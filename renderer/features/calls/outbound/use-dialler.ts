import { useCallback, useEffect, useState } from "react";
import {
  diallerOff,
  type DiallerCommand,
  type DiallerState,
} from "../../../../shared/calls/outbound/dialler.ts";
import type { CallListState } from "../../../../shared/calls/outbound/wire.ts";
import { diallerState, doOnDialler, readCallLists } from "../../../../shared/rpc/contract/call-lists.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";

/** How far this agent is with a list; off until the replica has answered. */
export function useDialler(): DiallerState {
  return useLive(diallerState, {}).value ?? diallerOff;
}

export function useAskDialler(): (command: DiallerCommand) => Promise<void> {
  const ask = useCommand(doOnDialler);
  const toast = useToast();
  return useCallback(
    async (command) => {
      const result = await ask(command);
      if (!result.ok) toast({ text: result.error.message, trouble: true });
    },
    [ask, toast],
  );
}

/** Others work the same lists: counts are asked for again now and then. */
const readEveryMs = 30_000;

/** The lists of this person with counts, as the server has them; null until it has answered, or where it cannot. */
export function useCallLists(): readonly CallListState[] | null {
  const read = useCommand(readCallLists);
  const [lists, setLists] = useState<readonly CallListState[] | null>(null);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const result = await read({});
      if (!gone && result.ok && result.value.ok) setLists(result.value.value.lists);
    };
    void look();
    const timer = setInterval(() => void look(), readEveryMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [read]);
  return lists;
}
