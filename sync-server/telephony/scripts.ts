import { agentLegOf, type Leg, type Line } from "./line.ts";
import type { Script, Step } from "./port.ts";
import { mustHear } from "./recording-terms.ts";

const longestMessageMs = 180_000;

const recordingNotice = "This call is recorded, so that we can serve you better.";
const nobodyThere = "Nobody can take your call at the moment.";
const pleaseSpeak = "Please leave your name, your number and a message after the tone.";

/**
 * What a leg does once it is up. Everybody of a call meets in one room, named by the call.
 * @param mediaUrl where we listen ourselves to what is said on this leg; null = we cannot
 */
export function scriptFor(line: Line, leg: Leg, mediaUrl: string | null): Script {
  const announcement: Step[] = mustHear(line, leg) ? [{ do: "say", text: recordingNotice }] : [];
  const transcription = leg.role === "customer" ? transcriptionOf(line, leg, mediaUrl) : [];
  return [...announcement, ...transcription, joinOf(line, leg), { do: "hang-up" }];
}

/** One hears both sides where the customer is: everybody of us comes to them through the room. */
function transcriptionOf({ call }: Line, leg: Leg, mediaUrl: string | null): Step[] {
  const { transcribedBy } = call;
  if (transcribedBy === "speech" && mediaUrl !== null)
    return [{ do: "stream", legId: leg.id, url: mediaUrl }];
  const isBegun = transcribedBy === "speech" || transcribedBy === "carrier";
  return isBegun ? [{ do: "transcribe", legId: leg.id }] : [];
}

function joinOf(line: Line, leg: Leg): Step {
  const { role } = leg.purpose;
  return {
    do: "join",
    room: line.call.callId,
    legId: leg.id,
    anchor: leg.anchorWanted,
    // A caller alone in the room hears music until one of us comes in.
    opens: leg.role !== "customer" || line.call.direction === "outbound",
    muted: role === "listen",
    coach: role === "whisper" ? (agentLegOf(line)?.sid ?? null) : null,
  };
}

/**
 * What a caller hears who cannot be put through.
 * @param takesMessages false: they are told so, and that is all
 * @param greets the tenant's own words; null = ours
 */
export function voicemailScript(
  leg: Pick<Leg, "id">,
  takesMessages: boolean,
  greets: readonly Step[] | null,
): Script {
  if (!takesMessages) return [{ do: "say", text: nobodyThere }, { do: "hang-up" }];
  return [
    ...(greets ?? [{ do: "say", text: `${nobodyThere} ${pleaseSpeak}` } as const]),
    { do: "take-message", legId: leg.id, longestMs: longestMessageMs },
    { do: "hang-up" },
  ];
}

/** What is left on a machine. @param waitMs until its tone, as far as that is known */
export function dropScript(message: readonly Step[], waitMs: number): Script {
  const wait: Step[] = waitMs > 0 ? [{ do: "pause", ms: waitMs }] : [];
  return [...wait, ...message, { do: "hang-up" }];
}

/** What somebody hears who is alone in the room. @param position of a caller in the queue, from 1; null = not in one */
export function waitScript(sounds: string, what: "ringing" | "music", position: number | null): Script {
  const said: Step[] = position === null ? [] : [{ do: "say", text: positionText(position) }];
  const sound = what === "ringing" ? "ringing.wav" : "music.wav";
  return [...said, { do: "play", url: `${sounds}/${sound}`, times: what === "ringing" ? 20 : 3 }];
}

function positionText(position: number): string {
  return position === 1 ? "You are next." : `There are ${position - 1} before you.`;
}
