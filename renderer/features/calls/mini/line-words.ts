import type { LineState } from "../../../../shared/calls/phone.ts";

/** How the line stands, in as few words as a small window has room for. */
export function lineWords(line: LineState): string {
  switch (line.state) {
    case "off":
      return "The phone is off";
    case "starting":
      return "The phone is starting…";
    case "ready":
      return "Ready for calls";
    case "reconnecting":
      return "The line is coming back";
    case "trouble":
      return line.message;
  }
}
