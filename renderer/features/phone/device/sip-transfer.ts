import type { Timers } from "../../../../shared/result/ports.ts";
import type { CallListener, LineFailure, OwnControls } from "./device-port.ts";

/** What giving a SIP call away needs of the call. `To` is an address, `C` a call to whom is asked first. */
export type GivenCall<C extends Consultation> = {
  /** Throws where the exchange refuses. */
  hold(on: boolean): Promise<void>;
  isHeld(): boolean;
  isOver(): boolean;
  /** The caller is what is heard again, and not whoever was asked. */
  listen(): void;
  consult(to: string, answered: () => void): Promise<C>;
  /** Resolves when the exchange has taken the call over; throws where it does not. */
  refer(to: string | C): Promise<void>;
  /** Ends the call: nobody hung up. */
  drop(why: string): void;
  listener: Pick<CallListener, "broken" | "mended" | "transfer">;
  timers: Timers;
};

export type Consultation = { ended: Promise<ConsultationEnd>; drop(): void };
export type ConsultationEnd = "busy" | "no-answer" | "failed" | "declined";

/** How long an exchange that will not take a caller off hold is asked again. */
const resumeAgainMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000] as const;
/** Exchanges that end our talk with whoever was asked, once both are put through, have done so by then. */
const leaveAskedAfterMs = 5_000;

/**
 * Gives a call away between this device and its exchange. Whatever a transfer comes to, the caller is not left on hold:
 * a refused resume is tried again, shown as a broken line, and in the end the call is ended rather than forgotten.
 */
export function createSipTransfer<C extends Consultation>(call: GivenCall<C>) {
  let consulting: C | null = null;
  /** The exchange takes whoever was asked out of our call when it has put them through: that is no end of theirs. */
  let isCompleting = false;
  let lostMeanwhile: (() => void) | null = null;
  let cancelResume: (() => void) | null = null;

  const own: Omit<OwnControls, "leaveMessage"> = {
    hold: (on) => insteadOfResuming(() => call.hold(on)),
    async transfer(to, mode, transferId) {
      if (mode === "blind") return insteadOfResuming(() => call.refer(to));
      await insteadOfResuming(() => (call.isHeld() ? Promise.resolve() : call.hold(true)));
      const asked = await consult(to, transferId);
      if (call.isOver()) {
        asked.drop();
        throw callerGone;
      }
      consulting = asked;
      void asked.ended.then((why) => lose(asked, transferId, why));
    },
    async completeTransfer() {
      const asked = consulting;
      if (!asked) throw notPossible;
      isCompleting = true;
      try {
        await call.refer(asked);
        consulting = null;
        call.timers.after(leaveAskedAfterMs, () => asked.drop());
      } finally {
        isCompleting = false;
        lostMeanwhile?.();
        lostMeanwhile = null;
      }
    },
    cancelTransfer: comeBack,
  };

  async function consult(to: string, transferId: string): Promise<C> {
    try {
      return await call.consult(to, () => call.listener.transfer({ transferId, change: "answered" }));
    } catch (error) {
      await comeBack();
      throw error;
    }
  }

  async function lose(asked: C, transferId: string, why: ConsultationEnd): Promise<void> {
    if (isCompleting) {
      lostMeanwhile = () => void lose(asked, transferId, why);
      return;
    }
    if (consulting !== asked) return;
    await comeBack();
    call.listener.transfer({ transferId, change: "cancelled", why });
  }

  /** Resolves after the first attempt, whatever came of it: the transfer is over either way. */
  async function comeBack(): Promise<void> {
    consulting?.drop();
    consulting = null;
    if (!(await resume())) resumeLater(0);
  }

  async function resume(): Promise<boolean> {
    if (call.isOver()) return true;
    try {
      await call.hold(false);
    } catch {
      return call.isOver();
    }
    call.listen();
    return true;
  }

  function resumeLater(attempt: number): void {
    const delayMs = resumeAgainMs[attempt];
    if (delayMs === undefined) return call.drop("The exchange did not take the caller off hold.");
    if (attempt === 0) call.listener.broken();
    cancelResume = call.timers.after(delayMs, async () => {
      const mine = cancelResume;
      const isBack = await resume();
      if (cancelResume !== mine) return;
      if (isBack) stopResuming();
      else resumeLater(attempt + 1);
    });
  }

  /** The person has decided anew; where that is refused the caller is still to come back. */
  async function insteadOfResuming(work: () => Promise<void>): Promise<void> {
    const wasResuming = cancelResume !== null;
    stopResuming();
    try {
      await work();
    } catch (error) {
      if (wasResuming && !call.isOver()) resumeLater(0);
      throw error;
    }
  }

  function stopResuming(): void {
    if (!cancelResume) return;
    cancelResume();
    cancelResume = null;
    if (!call.isOver()) call.listener.mended();
  }

  return {
    own,
    /** With the call. */
    end(): void {
      cancelResume?.();
      cancelResume = null;
      consulting?.drop();
      consulting = null;
    },
  };
}

const notPossible: LineFailure = { code: "refused", message: "Nobody has been asked to take this call." };
const callerGone: LineFailure = { code: "network", message: "The caller hung up." };
