import type { Ai, Origin } from "../../../sync-server/ai/index.ts";
import { writeTaskFor } from "../../../sync-server/assistant/tasks.ts";
import type { Asked } from "./checks.ts";

/** What somebody who asks is told in the end, and by whom. */
export async function answerTo(ai: Ai, { question, subject }: Pick<Asked, "question" | "subject">) {
  let text = "";
  let from = "";
  const input = { question, subject, turns: [] };
  for await (const part of ai.stream({
    tenantId: "eval",
    userId: null,
    task: writeTaskFor(question),
    input,
  })) {
    if (part.kind === "begin") text = "";
    if (part.kind === "text") text += part.text;
    if (part.kind === "end") from = nameOf(part);
  }
  return { text, from };
}

/** A model that does not answer is not what was measured. */
export function nameOf({ model, instead }: Pick<Origin, "model" | "instead">): string {
  return model || (instead ? `rules (${instead.message})` : "rules");
}
