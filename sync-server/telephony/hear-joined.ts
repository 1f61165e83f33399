import { ask, changeCall, type Line } from "./line.ts";

/**
 * The customer is in the room, so they have heard what they had to hear first; what had to wait for that, such as to be
 * held or recorded, is done now.
 */
export function hearJoined(line: Line): Line {
  return ask(line.call.announce ? changeCall(line, { announce: false }) : line, "settle");
}
