import type { Result } from "../../../shared/result/result.ts";
import type { AiFailure, Hearing } from "../../ai/index.ts";
import type { SpeechSession, SpeechToText } from "./port.ts";

/** Sound that waits until the bill has room for it; what is older is of no use any more. */
const mostEarlyFrames = 500;

/** @returns null where nobody knows any more whose sound it is @throws where the bill cannot be kept */
export type BeginHearing = (onStop: (why: AiFailure) => void) => Promise<Result<Hearing, AiFailure> | null>;

/**
 * As `speech`, with each session on the bill: nothing is sent before there is room for it, and no more when there is
 * none. Then the session ends and says why, and what was understood until then is told.
 */
export function meterSpeech(speech: SpeechToText, begin: BeginHearing): SpeechToText {
  return {
    name: speech.name,
    open(wanted) {
      const early: Int16Array[] = [];
      let session: SpeechSession | null = null;
      let sentMs = 0;
      let stoppedBy: string | null = null;
      let closing = false;

      function start(begun: Hearing): void {
        session = speech.open({
          ...wanted,
          onSent(ms) {
            sentMs += ms;
            begun.use(ms);
            wanted.onSent(ms);
          },
          onEnd(why) {
            const isOurs = closing || stoppedBy !== null;
            // A bill that cannot be written now is settled as expected after a while.
            begun.end(isOurs ? "answered" : sentMs > 0 ? "cut-off" : "unreachable").catch(() => {});
            wanted.onEnd(stoppedBy ?? why);
          },
        });
        for (const audio of early.splice(0)) session.hear(audio);
        if (closing) session.close();
      }

      function stop({ message }: AiFailure): void {
        if (stoppedBy !== null || closing) return;
        stoppedBy = message;
        session?.close();
      }

      begin(stop).then(
        (begun) => {
          if (begun?.ok) start(begun.value);
          else wanted.onEnd(begun?.error.message ?? "the call is none of ours any more");
        },
        () => wanted.onEnd("what it costs could not be written down"),
      );
      return {
        hear(audio) {
          if (stoppedBy !== null || closing) return;
          if (session) return session.hear(audio);
          early.push(audio);
          if (early.length > mostEarlyFrames) early.shift();
        },
        close() {
          closing = true;
          session?.close();
        },
      };
    },
  };
}
