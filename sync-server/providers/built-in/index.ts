import { err, ok } from "../../../shared/result/result.ts";
import type { Batches, BatchState, Completed, ModelProvider, Piece, Question } from "../../ai/index.ts";
import { failure } from "../wire/failure.ts";
import { embedText } from "./embed-text.ts";

/** Its texts are never asked of anybody, so that they cost no tokens. */
const usage = { inputTokens: 0, outputTokens: 0 };

/** Ringside's own rules behind the port of models: no key, no network, no cost, and the same answer each time. */
export function createBuiltInProvider(): ModelProvider {
  return {
    kind: "rules",
    complete: (question) => Promise.resolve(ok(answer(question))),
    stream,
    embed: ({ texts }) => Promise.resolve(ok({ vectors: texts.map(embedText), usage })),
    draw: ({ byRules }) => {
      const bytes = new TextEncoder().encode(byRules());
      return Promise.resolve(ok({ bytes, mimeType: "image/svg+xml" as const, usage }));
    },
    countTokens: () => 0,
    batches: createBatches(),
  };
}

function answer({ byRules }: Question): Completed {
  return { text: byRules(), usage, stoppedBy: "end" };
}

/** Word by word, as models write, so that whoever shows it needs one way only. */
async function* stream(question: Question): AsyncGenerator<Piece> {
  const completed = answer(question);
  for (const [text] of completed.text.matchAll(/\s*\S+\s*$|\s*\S+|\s+/gu)) {
    if (question.signal.aborted) return yield { kind: "end", result: err(failure("timed-out")) };
    yield { kind: "text", text };
  }
  yield { kind: "end", result: ok(completed) };
}

/** As many as a process may have open before somebody reads them. */
const mostBatches = 1_000;

/** Answered when they are asked; kept until they are cancelled or many others have come. */
function createBatches(): Batches {
  const done = new Map<string, BatchState>();
  return {
    submit(mark, questions) {
      const answers = new Map(questions.map(({ key, question }) => [key, ok(answer(question))]));
      done.set(mark, { state: "done", answers });
      const [oldest] = done.keys();
      if (done.size > mostBatches && oldest !== undefined) done.delete(oldest);
      return Promise.resolve(ok(mark));
    },
    find: ({ mark }) => Promise.resolve(ok(done.has(mark) ? { state: "found", batch: mark } : { state: "none" })), // prettier-ignore
    read(batch) {
      const state = done.get(batch);
      return Promise.resolve(state ? ok(state) : err(failure("unsupported")));
    },
    cancel(batch) {
      done.delete(batch);
      return Promise.resolve(ok(null));
    },
  };
}
