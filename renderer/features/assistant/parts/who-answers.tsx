import { whoAnswers } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useLive } from "../../../client/index.ts";

/** Who would answer a question now, before it is asked. */
export function WhoAnswers() {
  const now = useLive(whoAnswers, {}).value;
  return <span>{now ? words(now) : ""}</span>;
}

function words({ by, model, why }: OutputOf<typeof whoAnswers>): string {
  if (by === "model") return `${model} answers.`;
  if (by === "device") return "Rules of this device answer, in English: the server cannot be reached.";
  return why === "" ? "Rules answer, in English: no model is set up." : `Rules answer, in English. ${why}`;
}
