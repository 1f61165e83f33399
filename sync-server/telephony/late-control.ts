import type { ConsentAnswer } from "../../shared/calls/server-wire.ts";
import type { LineControl } from "./control.ts";
import { ask, changeCall, dismiss, transferLegOf, type Leg, type Line } from "./line.ts";
import { withheld } from "./recording-terms.ts";
import { cancelTransfer, isHandedOver } from "./transfer.ts";
import { forgetDrop } from "./voicemail.ts";

/** What is told of a wish for which the carrier took too long. */
export type Late =
  /** It has come about; something else of the call is what the carrier still owes. */
  | { is: "done" }
  | { is: "undone"; line: Line; message: string }
  /** Something else has been decided since: taking this back would undo that. */
  | { is: "superseded"; message: string }
  /** It cannot be taken back, and somebody may be waiting for it: it goes on being tried. */
  | { is: "goes-on"; message: string };

/** What becomes of a control that the carrier has not carried out in time. Pure. @param userId who asked for it */
export function judgeLate(line: Line, control: LineControl, userId: string): Late {
  switch (control.do) {
    case "hold":
      return control.on ? judgeHold(line) : judgeHeard(line);
    case "transfer":
      return judgeTransfer(line, control.transferId, userId);
    case "complete-transfer":
      return isHandedOver(line, control.transferId) && !isIn(line, userId)
        ? done
        : goesOn("The call is handed over");
    case "cancel-transfer":
      return judgeHeard(line);
    case "add-party":
      return judgeDial(line, (leg) => leg.purpose.partyId === control.partyId);
    case "monitor":
      return judgeDial(line, ({ role, agentId, purpose }) => role === "monitor" && agentId === userId && purpose.role === control.role); // prettier-ignore
    case "record":
      return judgeRecording(line, control.state);
    case "consent":
      return judgeConsent(line, control.answer);
    case "drop-voicemail":
      return line.call.voicemailTold ? done : undone(forgetDrop(line));
    case "drop-party":
      return line.legs.some((leg) => leg.purpose.partyId === control.partyId && leg.state !== "ended")
        ? goesOn("They are let go of")
        : done;
    case "hang-up":
    case "end":
      return line.legs.some(({ state }) => state !== "ended") ? goesOn("The call is ended") : done;
  }
}

const done = { is: "done" } as const;
const superseded = {
  is: "superseded",
  message: "The carrier has not done it in time, and something else was decided since: that holds.",
} as const;

function undone(line: Line): Late {
  return {
    is: "undone",
    line: ask(line, "settle"),
    message: "The carrier has not done it in time. Nothing was changed: try again.",
  };
}

function goesOn(what: string): Late {
  return { is: "goes-on", message: `The carrier has not done it yet. ${what} as soon as it does.` };
}

/** Whoever is given away or handed to a colleague waits for that, whoever held them before. */
function judgeHold(line: Line): Late {
  const { held, holdWanted, queuedAt } = line.call;
  if (held === true) return done;
  if (!holdWanted || queuedAt !== null || transferLegOf(line)) return superseded;
  return undone(changeCall(line, { holdWanted: false }));
}

function judgeHeard({ call: { held, holdWanted } }: Line): Late {
  if (held === false) return done;
  return holdWanted ? superseded : goesOn("The caller is heard again");
}

function judgeRecording(line: Line, state: "on" | "paused"): Late {
  const { recording, recordingWanted } = line.call;
  if (recording === state) return done;
  if (recordingWanted !== state) return superseded;
  // Somebody who must agree first came in since, or has refused: the pause is no longer the agent's to take back.
  if (state === "paused" && withheld(line.call)) return goesOn("The recording pauses");
  return undone(changeCall(line, { recordingWanted: state === "on" ? "paused" : "on" }));
}

/** What they answered stands, however long the carrier takes. */
function judgeConsent({ call }: Line, answer: ConsentAnswer): Late {
  const { consent, recording, recordingWanted } = call;
  if (consent !== answer || (answer === "given" && recordingWanted !== "on")) return superseded;
  if (recording === recordingWanted) return done;
  return goesOn(answer === "given" ? "The recording begins" : "The recording stops");
}

/** Once the target is being rung, whoever asked sees what becomes of it; until then its fate is no word about them. */
function judgeTransfer(line: Line, transferId: string, userId: string): Late {
  const leg = line.legs.find(({ purpose }) => purpose.transferId === transferId);
  if (!leg) return isIn(line, userId) ? goesOn("The call goes into the queue") : done;
  return isRung(leg) ? done : undone(cancelTransfer(line, transferId, "agent"));
}

function judgeDial(line: Line, which: (leg: Leg) => boolean): Late {
  const legs = line.legs.filter((leg) => leg.wanted && which(leg));
  return legs.every(isRung) ? done : undone(dismiss(line, (leg) => which(leg) && !isRung(leg)));
}

/** Where nobody knows, what rings after all is found and taken down. */
function isRung({ sid, state }: Leg): boolean {
  return sid !== null || state === "ended";
}

function isIn(line: Line, userId: string): boolean {
  return line.legs.some((leg) => leg.agentId === userId && leg.state === "live");
}
