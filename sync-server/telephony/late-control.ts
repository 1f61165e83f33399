import type { CallControl } from "../../shared/calls/server-wire.ts";
import { ask, changeCall, dismiss, type Leg, type Line } from "./line.ts";
import { cancelTransfer, isHandedOver } from "./transfer.ts";
import { forgetDrop } from "./voicemail.ts";

/** What is told of a wish for which the carrier took too long. */
export type Late =
  /** It has come about; something else of the call is what the carrier still owes. */
  | { is: "done" }
  | { is: "undone"; line: Line; message: string }
  /** It cannot be taken back, and somebody may be waiting for it: it goes on being tried. */
  | { is: "goes-on"; message: string };

/** What becomes of a control that the carrier has not carried out in time. Pure. @param userId who asked for it */
export function judgeLate(line: Line, control: CallControl, userId: string): Late {
  switch (control.do) {
    case "hold":
      if (line.call.held === control.on) return done;
      return control.on
        ? undone(changeCall(line, { holdWanted: false }))
        : goesOn("The caller is heard again");
    case "transfer":
      return judgeTransfer(line, control.transferId, userId);
    case "complete-transfer":
      return isHandedOver(line, control.transferId) && !isIn(line, userId)
        ? done
        : goesOn("The call is handed over");
    case "cancel-transfer":
      return line.call.held === false ? done : goesOn("The caller is heard again");
    case "add-party":
      return judgeDial(line, (leg) => leg.purpose.partyId === control.partyId);
    case "monitor":
      return judgeDial(line, (leg) => leg.role === "monitor" && leg.agentId === userId);
    case "record":
      return line.call.recording === control.state
        ? done
        : undone(changeCall(line, { recordingWanted: control.state === "on" ? "paused" : "on" }));
    case "consent":
      // What they answered stands, however long the carrier takes.
      return line.call.recording === line.call.recordingWanted ? done : goesOn("The recording begins");
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
