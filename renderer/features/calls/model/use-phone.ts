import { useCallback } from "react";
import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import {
  phoneOff,
  type PhoneAnswer,
  type PhoneCommand,
  type PhoneState,
} from "../../../../shared/calls/phone.ts";
import { newRecordId, type RecordId } from "../../../../shared/entities/id.ts";
import { doOnPhone, phoneState } from "../../../../shared/rpc/contract/phone.ts";
import { useClient, useCommand, useDirectory, useLive, type Client } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";
import { openPhoneWindow } from "../../phone/index.ts";
import { askForNotices } from "./browser-notices.ts";
import { readDialled } from "./read-dialled.ts";

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
export function useOpenPhone(): () => boolean {
  const client = useClient();
  const toast = useToast();
  return useCallback(() => {
    askForNotices();
    const opened = openPhoneWindow(client);
    if (!opened) {
      const text =
        "The browser did not let the phone's window open. Allow pop-ups for this page and try again.";
      toast({ text, trouble: true });
    }
    return opened;
  }, [client, toast]);
}

export type Dial = (typed: string, leadId: string | null) => Promise<boolean>;

/**
 * Calls a number from wherever it stands; a number without a prefix is one of the tenant's country. A phone that is
 * off is turned on first.
 */
export function useDial(): Dial {
  const ask = useAskPhone();
  const turnOn = useTurnOn();
  const { business } = useDirectory();
  const toast = useToast();
  const country = business?.country ?? "US";
  return useCallback(
    async (typed, leadId) => {
      if (!readDialled(typed, { country, atExchange: false })) {
        toast({ text: `“${typed}” is not a number that can be called.`, trouble: true });
        return false;
      }
      const phone = await turnOn();
      // Only a phone that is on says by whose line it calls.
      const dialled = phone && readDialled(typed, { country, atExchange: callsAtExchange(phone) });
      if (!dialled) return false;
      const callId = newRecordId();
      const answer = await ask({ do: "dial", callId, to: dialled.number, leadId: leadId as RecordId | null });
      return answer.ok;
    },
    [ask, turnOn, country, toast],
  );
}

/** A line that has not come up by then has a trouble of its own to tell. */
const longestStartMs = 15_000;

/** Whether this desk calls by way of the company's own exchange, as far as that is known. */
export function callsAtExchange({ line }: Pick<PhoneState, "line">): boolean {
  return line.state === "ready" && isOfOwnExchange(line);
}

/** The phone, once it can be asked; null where it does not get to be on. */
export function useTurnOn(): () => Promise<PhoneState | null> {
  const client = useClient();
  const open = useOpenPhone();
  return useCallback(async () => {
    const isOn = (state: PhoneState) => state.line.state !== "off" && state.line.state !== "starting";
    const phone = await until(client, isOn, 0);
    return phone ?? (open() ? until(client, isOn, longestStartMs) : null);
  }, [client, open]);
}

/** The phone as soon as it is as wanted; null where that is not within `timeoutMs`. 0 = as it is now. */
function until(
  client: Client,
  isWanted: (state: PhoneState) => boolean,
  timeoutMs: number,
): Promise<PhoneState | null> {
  return new Promise((resolve) => {
    let stop = () => {};
    const timer = timeoutMs > 0 ? setTimeout(() => done(null), timeoutMs) : undefined;
    const done = (phone: PhoneState | null) => {
      clearTimeout(timer);
      // The first answer may come before there is anything to stop.
      queueMicrotask(() => stop());
      resolve(phone);
    };
    stop = client.watch(
      phoneState,
      {},
      (state) => {
        if (isWanted(state)) done(state);
        else if (timeoutMs === 0) done(null);
      },
      () => done(null),
    );
  });
}
