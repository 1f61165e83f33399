import type { PhoneRefusal } from "../../../../shared/calls/phone.ts";

/** Thrown by what an effect is carried out with; becomes the answer to whoever asked. */
export class Refused extends Error {
  readonly refusal: PhoneRefusal;
  constructor(code: PhoneRefusal["code"], message: string) {
    super(message);
    this.refusal = { code, message };
  }
}

/** What a person is told of a failure, whoever it came from: us, the device or the browser. */
export function refusalOf(error: unknown): PhoneRefusal {
  if (error instanceof Refused) return error.refusal;
  const { name = "", code = "", message = "" } = (error ?? {}) as Record<string, string | undefined>;
  if (name === "NotAllowedError" || name === "SecurityError") {
    return { code: "no-microphone", message: "Ringside may not use the microphone. Allow it for this page." };
  }
  if (name === "NotFoundError" || name === "NotReadableError") {
    return { code: "no-microphone", message: "No microphone can be used. Plug one in, then try again." };
  }
  if (code === "network") return { code: "offline", message: message || "The carrier cannot be reached." };
  return { code: "failed", message: message || "That did not work." };
}
