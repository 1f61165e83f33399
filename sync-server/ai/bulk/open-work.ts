import { createHash } from "node:crypto";
import { composedFor, composeQuestion, type Composed } from "../gateway/compose-question.ts";
import { formOf } from "../gateway/generate.ts";
import { takeAnswer } from "../gateway/take-answer.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { BrokeOff, Origin, TaskTraits } from "../port.ts";
import type { Question } from "../provider-port.ts";
import type { BulkWork } from "./work.ts";

/** Work, whatever its data are. */
export type OpenWork = {
  task: TaskTraits;
  form: Question["form"];
  read(tenantId: string, key: string): Promise<Asked | null>;
  askAlone(tenantId: string, key: string, brokeOff: BrokeOff | null): Promise<void>;
};

/** What is asked about one key, and who takes what is answered. */
export type Asked = {
  /** Null = there is more of it than is ever asked at once. */
  composed: Composed | null;
  /** Names it without a word of it: an answer to something else is none. */
  mark: string;
  byRules: () => string;
  /** @returns false: the answer is not of the form that was asked for */
  take(text: string, origin: Origin, route: Pick<ModelRoute, "systemMessage">): Promise<boolean>;
  takeRules(origin: Origin): Promise<void>;
};

export function openWork<Input, Output>(work: BulkWork<Input, Output>): OpenWork {
  const { task, askAlone } = work;
  return {
    ...{ task, form: formOf(task), askAlone },
    async read(tenantId, key) {
      const input = await work.read(tenantId, key);
      if (input === null) return null;
      const composed = await composeQuestion(task, input);
      return {
        ...{ composed, mark: markOf(composed) },
        byRules: () => JSON.stringify(task.byRules(input)),
        async take(text, origin, route) {
          const taken = composed && takeAnswer(task.schema, composedFor(route, composed), text);
          if (!taken?.ok) return false;
          await work.take(tenantId, key, input, { output: taken.value, ...origin });
          return true;
        },
        takeRules: (origin) => work.take(tenantId, key, input, { output: task.byRules(input), ...origin }),
      };
    },
  };
}

/** With what is hidden: it is put back by what stands there then. */
function markOf(composed: Composed | null): string {
  return createHash("sha256")
    .update(JSON.stringify([composed?.messages, composed?.given]))
    .digest("base64url");
}
