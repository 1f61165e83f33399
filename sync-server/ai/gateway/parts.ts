import type { AnswerCache, Catalogue, Guard, Ledger, ModelRoute } from "../parts-port.ts";
import type { AiFailure, Origin, TaskTraits } from "../port.ts";
import type { ModelProvider, ProviderFailure } from "../provider-port.ts";

/** What the gateway is put together from. */
export type Parts = {
  catalogue: Catalogue;
  ledger: Ledger;
  guard: Guard;
  cache: AnswerCache;
  /** Ringside's own: it makes vectors where no model for that is set up. */
  builtIn: ModelProvider;
  /**
   * Goes on while whoever asked has the answer already: the bill, which is as good as written once it is held back. A
   * failure is noted.
   */
  later(work: Promise<void>): void;
  /** Told of every answer, without a word of what was asked or said. */
  report(facts: Facts): void;
};

export type Facts = {
  of: "words" | "vectors" | "pictures";
  tenantId: string;
  userId: string | null;
  task: string;
  model: string;
  /** `rules`: no model is set up. */
  outcome: "answered" | "rules" | AiFailure["code"];
  seconds: number;
};

/** Who asks, what for, and until when. */
export type Asker = { tenantId: string; userId: string | null };

/** How a provider's failure is told to whoever asked. */
export function failureOf({ code, message }: ProviderFailure): AiFailure {
  switch (code) {
    case "refused":
    case "timed-out":
    case "too-long":
    case "no-access":
      return { code, message };
    default:
      return { code: "unavailable", message };
  }
}

/** No other model is asked: this one would not answer whoever asks, or nobody waits any more. */
export function isFinal({ code }: AiFailure, until: AbortSignal): boolean {
  return until.aborted || code === "refused";
}

export const tooLong: AiFailure = {
  code: "too-long",
  message: "This is longer than a model can take in at once.",
};
export const noTime: AiFailure = { code: "timed-out", message: "There was no answer in time." };

/** Tells of one answer, with the time since `began` (performance.now). */
export function reportAnswer(
  { report }: Parts,
  of: "words" | "pictures",
  { task, tenantId, userId }: Asker & { task: { name: string } },
  { model, by, instead }: Omit<Origin, "requestId">,
  began: number,
): void {
  const outcome = by === "model" ? "answered" : (instead?.code ?? "rules");
  const seconds = (performance.now() - began) / 1_000;
  report({ of, tenantId, userId, task: task.name, model, outcome, seconds });
}

type Noted = Asker & { task: Pick<TaskTraits, "feature" | "name" | "promptVersion"> };

/** Where an answer of a model is from. */
export function fromModel(requestId: string, model: string): Origin {
  return { requestId, by: "model", model, instead: null };
}

/** Where the rules' answer is from. @param instead what kept the models from answering; null = there are none */
export function fromRules(parts: Pick<Parts, "ledger">, request: Noted, instead: AiFailure | null): Origin {
  const requestId = note(parts, request, { modelId: "", from: "rules", instead: instead?.code ?? null });
  return { requestId, by: "rules", model: "", instead };
}

/** Where an answer is from that was given before. */
export function fromCache(parts: Parts, request: Noted, { modelId, label }: ModelRoute): Origin {
  return fromModel(note(parts, request, { modelId, from: "cache", instead: null }), label);
}

function note(
  { ledger }: Pick<Parts, "ledger">,
  { tenantId, userId, task }: Noted,
  answer: Pick<Parameters<Ledger["note"]>[0], "modelId" | "from" | "instead">,
): string {
  const { feature, name, promptVersion } = task;
  return ledger.note({ tenantId, userId, feature, task: name, promptVersion, ...answer });
}
