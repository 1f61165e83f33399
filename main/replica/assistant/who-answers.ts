import type { whoAnswers } from "../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { sameValue } from "../../../shared/sync/fields.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { SyncEngine } from "../sync/engine.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import { onPhase } from "./on-phase.ts";
import { whyOf } from "./origin.ts";

export type WhoAnswersPorts = {
  ask: Pick<AskAssistant, "status">;
  engine: Pick<SyncEngine, "state" | "onChange">;
  /** An admin may have set up a model meanwhile. */
  onMinute: (again: () => void) => () => void;
};

/** Who would answer a question now: nobody is to take rules for a model, nor wait for one that is not there. */
export function createWhoAnswers({
  ask,
  engine,
  onMinute,
}: WhoAnswersPorts): QueryHandler<typeof whoAnswers> {
  return (_input, emit) => {
    let told: OutputOf<typeof whoAnswers> | null = null;
    let asked = 0;
    let stopped = false;
    const look = async () => {
      const mine = (asked += 1);
      const answer = await ask.status();
      const now = answer.ok
        ? {
            by: answer.value.model === "" ? ("rules" as const) : ("model" as const),
            model: answer.value.model,
            why: whyOf(answer.value),
          }
        : { by: "device" as const, model: "", why: "" };
      // Of a server that is gone it takes long to hear nothing: by then it may have been found again.
      if (stopped || mine !== asked || sameValue(told, now)) return;
      told = now;
      emit(now);
    };
    const again = () => void look();
    again();
    const stops = [onPhase(engine, again), onMinute(again)];
    return () => {
      stopped = true;
      for (const stop of stops) stop();
    };
  };
}
