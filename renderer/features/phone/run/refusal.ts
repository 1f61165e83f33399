import type { PhoneRefusal } from "../../../../shared/calls/phone.ts";
import type { MicrophoneState } from "../audio/microphone.ts";
import { microphoneAfter, microphoneTrouble } from "../audio/microphone-trouble.ts";

/** Thrown by what an effect is carried out with; becomes the answer to whoever asked. */
export class Refused extends Error {
  readonly refusal: PhoneRefusal;
  constructor(code: PhoneRefusal["code"], message: string) {
    super(message);
    this.refusal = { code, message };
  }
}

/** Of a microphone that still cannot be had, having looked again. */
export function refuseSilent(microphone: MicrophoneState): void {
  const trouble = microphoneTrouble(microphone);
  if (trouble !== null) throw new Refused("no-microphone", trouble);
}

/** What a person is told of a failure, whoever it came from: us, the device or the browser. */
export function refusalOf(error: unknown): PhoneRefusal {
  if (error instanceof Refused) return error.refusal;
  const { name = "", code = "", message = "" } = (error ?? {}) as Record<string, string | undefined>;
  const microphone = microphoneAfter(name);
  const trouble = microphone && microphoneTrouble(microphone);
  if (trouble) return { code: "no-microphone", message: trouble };
  if (code === "network") return { code: "offline", message: message || "The carrier cannot be reached." };
  return { code: "failed", message: message || "That did not work." };
}
