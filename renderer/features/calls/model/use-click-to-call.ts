import { useCallback } from "react";
import { useDirectory } from "../../../client/index.ts";
import { readDialled } from "./read-dialled.ts";
import { useDial } from "./use-phone.ts";

/** What a click on a number that is shown does; undefined where nobody can be called at it. */
export type ClickToCall = (number: string, leadId: string | null) => (() => void) | undefined;

export function useClickToCall(): ClickToCall {
  const dial = useDial();
  const { business } = useDirectory();
  const country = business?.country ?? "US";
  return useCallback(
    (number, leadId) => {
      // As records keep them; only what was typed otherwise has to be read, which takes time in a list.
      const canBeCalled = number.startsWith("+") || readDialled(number, { country, atExchange: false });
      return canBeCalled ? () => void dial(number, leadId) : undefined;
    },
    [dial, country],
  );
}
