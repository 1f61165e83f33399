import type { Call } from "@twilio/voice-sdk";
import { systemTimers, type Timers } from "../../../../shared/result/ports.ts";
import { isLineFailure, type LineFailure } from "./device-port.ts";

/** A register or a connect of the SDK with a bad token may never settle: nobody waits longer than this. */
const settleWithinMs = 15_000;

type Failing = {
  on(type: "error", listener: (error: unknown, call?: Call) => void): unknown;
  removeListener(type: "error", listener: (error: unknown, call?: Call) => void): unknown;
};

type Settling<T> = {
  timers?: Timers;
  /** What comes after nobody waits any more, to be given back. */
  late?: (value: T) => void;
};

/**
 * Waits for the SDK, for its error, or for as long as one can wait, whichever comes first.
 * Throws a `LineFailure`.
 */
export function settled<T>(
  device: Failing,
  work: Promise<T>,
  { timers = systemTimers, late = () => {} }: Settling<T> = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isWaiting = true;
    const leave = () => {
      isWaiting = false;
      device.removeListener("error", onError);
      cancel();
    };
    const fail = (error: unknown) => {
      leave();
      reject(isLineFailure(error) && typeof error.code === "string" ? error : failureOf(error));
    };
    const onError = (error: unknown, call?: Call) => {
      if (!call) fail(error);
    };
    const cancel = timers.after(settleWithinMs, () =>
      fail({ code: 0, message: "The carrier does not answer." }),
    );
    device.on("error", onError);
    work.then((value) => {
      if (!isWaiting) return late(value);
      leave();
      resolve(value);
    }, fail);
  });
}

/** What an error of the SDK means for the line. */
export function failureOf(error: unknown): LineFailure {
  const { code = 0, message = "The carrier refused." } = (error ?? {}) as { code?: number; message?: string };
  if (isAccessError(code)) return { code: "access", message: "The carrier no longer takes this sign-in." };
  if (code === 0 || code === 31005 || code === 31009 || code === 31000 || code === 53000)
    return { code: "network", message: "The carrier cannot be reached." };
  return { code: "refused", message };
}

export function isAccessError(code: number): boolean {
  return [20101, 20102, 20103, 20104, 20151, 20157, 31201, 31202, 31204, 31205, 31207].includes(code);
}
