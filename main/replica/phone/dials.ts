import type { DialPermit, DialRequest } from "../../../shared/calls/server-wire.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { FromServer, Refused, Telephony } from "./ask-telephony.ts";

export type Dials = { permit(request: DialRequest): Promise<FromServer<DialPermit>>; close(): void };

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/**
 * Asks the server whether a number may be dialled. A permit whose answer was lost may have been given, and this desk does
 * not dial by it: it is taken back, or this person would stand as dialling, and be refused the next dial. One that is lost
 * with this process the server ends by itself, later.
 */
export function createDials(telephony: Pick<Telephony, "permit" | "control">, timers: Timers): Dials {
  const lost = new Set<string>();
  let tries = 0;
  let cancel = () => {};

  async function permit(request: DialRequest): Promise<FromServer<DialPermit>> {
    const stillAway = await takeBack();
    const answer = stillAway ?? (await telephony.permit(request));
    if (answer.ok) return answer;
    if (answer.isUnknown && !stillAway) {
      lost.add(request.callId);
      tries = 0;
      tryLater();
    }
    const { error, blocked } = answer;
    return { ok: false, error, blocked };
  }

  /** @returns why the server could not be asked; null = nothing is left to be taken back */
  async function takeBack(): Promise<Refused | null> {
    for (const callId of [...lost]) {
      const answer = await telephony.control(callId, { do: "hang-up" });
      if (!answer.ok && answer.isUnknown) return answer;
      // Refused, it was never permitted, or is over.
      lost.delete(callId);
    }
    return null;
  }

  function tryLater(): void {
    cancel();
    if (lost.size === 0) return;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** tries);
    tries += 1;
    cancel = timers.after(pauseMs, () => {
      void takeBack().then((stillAway) => {
        if (stillAway) tryLater();
      });
    });
  }

  return {
    permit,
    close() {
      lost.clear();
      cancel();
    },
  };
}
