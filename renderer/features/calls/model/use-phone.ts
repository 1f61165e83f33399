import { useCallback } from "react";
import {
  phoneOff,
  type PhoneAnswer,
  type PhoneCommand,
  type PhoneState,
} from "../../../../shared/calls/phone.ts";
import { newRecordId } from "../../../../shared/entities/id.ts";
import { doOnPhone, openPhone, phoneState } from "../../../../shared/rpc/contract/phone.ts";
import { useCommand, useDirectory, useLive } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";
import { parsePhone } from "../../../ui/format/phones.ts";

/** The phone as it is now; off until the replica has answered. */
export function usePhone(): PhoneState {
  return useLive(phoneState, {}).value ?? phoneOff;
}

/** Asks the phone for something. What it refuses is said at once, in its own words. */
export function useAskPhone(): (command: PhoneCommand) => Promise<PhoneAnswer> {
  const ask = useCommand(doOnPhone);
  const toast = useToast();
  return useCallback(
    async (command) => {
      const result = await ask(command);
      const answer: PhoneAnswer = result.ok
        ? result.value
        : { ok: false, error: { code: "failed", message: result.error.message } };
      if (!answer.ok) toast({ text: answer.error.message, trouble: true });
      return answer;
    },
    [ask, toast],
  );
}

/** Opens the phone's own window. A browser lets it open only from the person's own click or key. */
export function useOpenPhone(): () => Promise<boolean> {
  const open = useCommand(openPhone);
  const toast = useToast();
  return useCallback(async () => {
    const result = await open({});
    if (result.ok && result.value.opened) return true;
    const text =
      "The browser did not let the phone's window open. Allow pop-ups for this page and try again.";
    toast({ text: result.ok ? text : result.error.message, trouble: true });
    return false;
  }, [open, toast]);
}

export type Dial = (typed: string, leadId: string | null) => Promise<boolean>;

/** Calls a number from wherever it stands; a number without a prefix is one of the tenant's country. */
export function useDial(): Dial {
  const ask = useAskPhone();
  const { business } = useDirectory();
  const toast = useToast();
  const country = business?.country ?? "US";
  return useCallback(
    async (typed, leadId) => {
      const { phone, valid } = parsePhone(typed, country);
      if (!valid) {
        toast({ text: `“${typed}” is not a number that can be called.`, trouble: true });
        return false;
      }
      const callId = newRecordId();
      const answer = await ask({
        do: "dial",
        callId,
        to: phone,
        leadId: leadId as ReturnType<typeof newRecordId> | null,
      });
      return answer.ok;
    },
    [ask, country, toast],
  );
}
