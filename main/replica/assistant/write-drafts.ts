import { cutWords } from "../../../shared/ai/cut-words.ts";
import { answerQuestionByRules } from "../../../shared/assistant/answer-by-rules.ts";
import { splitAnswer } from "../../../shared/assistant/chat/proposal.ts";
import { placeOf, type Question } from "../../../shared/assistant/question.ts";
import type { AnswerPart, Turn } from "../../../shared/assistant/server-wire.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Draft } from "../../../shared/rpc/contract/assistant.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import type { NoHelp } from "./no-help.ts";
import type { DraftStore } from "./draft-store.ts";
import { ruledHere, whyOf } from "./origin.ts";
import { readSubject, type SubjectPorts } from "./read-subject.ts";

export type DraftPorts = SubjectPorts & {
  store: DraftStore;
  ask: Pick<AskAssistant, "write">;
  newId: () => string;
  onTrouble: (text: string, cause?: unknown) => void;
};

export type DraftWriter = {
  start(question: Question): Promise<Result<{ id: string }, RpcError>>;
  stop(id: string): void;
  /** Ends what is under way; what came so far stays. Resolves when nothing changes the store any more. */
  close(): Promise<void>;
};

/** Writes what is asked for: the server's answer as it comes, and this device's rules' where there is none. */
export function createDraftWriter(ports: DraftPorts): DraftWriter {
  const { store, newId, clock } = ports;
  const running = new Map<string, { stopped: AbortController; done: Promise<void> }>();
  return {
    async start(question) {
      if ((await readSubject(ports, question)) === null) return err(isGone);
      const id = newId();
      const turns = turnsOf(store.all(placeOf(question)));
      store.add({
        ...{ id, question, text: "", edited: null, state: "coming", origin: null, why: "" },
        ...{ useful: null, acted: false, flagged: false, at: new Date(clock.now()).toISOString() },
      });
      const stopped = new AbortController();
      const done = write(ports, { id, question, turns, signal: stopped.signal })
        .catch((cause: unknown) => fail(ports, id, cause))
        .finally(() => running.delete(id));
      running.set(id, { stopped, done });
      return ok({ id });
    },
    stop(id) {
      running.get(id)?.stopped.abort();
    },
    async close() {
      for (const { stopped } of running.values()) stopped.abort();
      await Promise.all(Array.from(running.values(), ({ done }) => done));
    },
  };
}

const isGone: RpcError = { code: "not-found", message: "This is not on this device any more." };

type Writing = { id: string; question: Question; turns: Turn[]; signal: AbortSignal };

async function write(ports: DraftPorts, { id, question, turns, signal }: Writing): Promise<void> {
  const { store, ask } = ports;
  const done = await ask.write({ question, turns }, (part) => take(store, id, part), signal);
  if (done.ok) return;
  if (signal.aborted) return store.change(id, { state: "stopped" });
  await writeByRules(ports, id, question, done.error);
}

function take(store: DraftStore, id: string, part: AnswerPart): void {
  if (part.kind === "begin") return store.change(id, { text: "", flagged: false });
  const draft = store.get(id);
  if (part.kind === "text")
    return store.change(id, {
      text: (draft?.text ?? "") + part.text,
      flagged: (draft?.flagged ?? false) || part.flagged,
    });
  const { requestId, by, model, instead, cut } = part;
  const origin = { requestId, by, model, instead };
  store.change(id, { state: "done", origin, why: cut === null ? whyOf(origin) : cutWords[cut] });
}

/** Nobody waits for an answer that does not come. */
function fail({ store, onTrouble }: DraftPorts, id: string, cause: unknown): void {
  store.change(id, { state: "stopped" });
  onTrouble("The assistant could not write an answer.", cause);
}

/** What came before the connection broke is half an answer: the rules begin anew. */
async function writeByRules(ports: DraftPorts, id: string, question: Question, why: NoHelp): Promise<void> {
  const subject = await readSubject(ports, question);
  const text = subject === null ? "" : answerQuestionByRules(question, subject);
  ports.store.change(id, { text, flagged: false, state: "done", origin: ruledHere, why });
}

/** A talk goes on from what was said; more than that costs with each question and changes no answer. */
const mostTurns = 12;
const longestTurn = 8_000;

function turnsOf(earlier: readonly Draft[]): Turn[] {
  const turns = earlier.flatMap(({ question, text }): Turn[] =>
    question.about === "chat" && text !== ""
      ? [
          { role: "user", text: question.said },
          { role: "assistant", text: splitAnswer(text).prose.slice(0, longestTurn) || "…" },
        ]
      : [],
  );
  return turns.slice(-mostTurns);
}
