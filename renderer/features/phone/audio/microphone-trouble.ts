import type { MicrophoneState } from "./microphone.ts";

/** What keeps others from hearing this person, and what to do about it; null = nothing that is known. */
export function microphoneTrouble(microphone: MicrophoneState): string | null {
  switch (microphone) {
    case "denied":
      return "Ringside may not use the microphone. Allow it in the settings of the browser or computer, then try again.";
    case "missing":
      return "No microphone can be used. Plug one in, then try again.";
    default:
      return null;
  }
}

/** What an error of the browser's tells of the microphone; null = nothing. @param name of the error */
export function microphoneAfter(name: string): MicrophoneState | null {
  if (name === "NotFoundError" || name === "OverconstrainedError" || name === "NotReadableError")
    return "missing";
  return name === "NotAllowedError" || name === "SecurityError" ? "denied" : null;
}
