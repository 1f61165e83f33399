import type { z } from "zod";
import type { AiFailureCode, AiFeature } from "../../shared/ai/vocabulary.ts";
import type { Picture } from "./provider-port.ts";
import type { Known } from "./safety/hide-personal-data.ts";

// What everybody else asks of the gateway. What the gateway asks of a provider is provider-port.ts.

/** The message is for people and quotes nothing of what was asked. `until`: of `limited`, when it may go on (ISO 8601); null = nobody knows. */
export type AiFailure = { code: AiFailureCode; message: string; until?: string | null };

/** What every task says of itself, whatever comes of it. */
export type TaskTraits = {
  /** `capability.what`; the name of its prompt's file. */
  name: string;
  /** Of its prompt: resources/prompts/<name>.v<version>.md. */
  promptVersion: number;
  feature: AiFeature;
  /** `light`: a small model does as well. */
  difficulty: "light" | "hard";
  /** Who waits: somebody in a call, somebody at a screen, or nobody. */
  priority: "live" | "waiting" | "background";
  /** `hidden`: names, numbers and e-mail addresses leave the server as placeholders, and come back in the answer. */
  personalData: "hidden" | "needed";
  /** For how long the same question has the same answer; 0 = each time anew. */
  sameForMs: number;
  maxOutputTokens: number;
  /** For everything together: waiting in line, other models and a second attempt included; of prose until it begins. */
  timeoutMs: number;
};

/** Something that a model is asked for: data of one form in, data of another out. */
export type AiTask<Input, Output> = TaskTraits & {
  schema: z.ZodType<Output>;
  /** What the model may read; what people said and wrote is in here and never in the prompt. */
  dataOf(input: Input): unknown;
  /** Whom no pattern finds; with `personalData` hidden they leave as placeholders too. */
  knownIn?(input: Input): Known;
  /** The same without what people outside have said and written: a link in an answer must stand in this. Absent = all is ours. */
  withoutOthers?(input: Input): Input;
  /** The answer of Ringside's own rules, where no model is set up or none answered. */
  byRules(input: Input): Output;
};

/** Prose instead of data: it can be shown while it comes. */
export type AiTextTask<Input> = TaskTraits & {
  dataOf(input: Input): unknown;
  knownIn?(input: Input): Known;
  /** As of data. */
  withoutOthers?(input: Input): Input;
  /** What was said so far between a person and the model, oldest first; the last turn is the person's. */
  turnsOf?(input: Input): readonly Turn[];
  /** When its last word must have come, in ms since it was asked for: what came by then stays. Absent: three minutes. */
  toldWithinMs?: number;
  byRules(input: Input): string;
};
export type Turn = { role: "user" | "assistant"; text: string };

/**
 * A picture instead of words. None is cached, as whoever asks again wants another one: what was drawn is kept by who
 * asked.
 */
export type AiPictureTask<Input> = Pick<
  TaskTraits,
  "name" | "promptVersion" | "feature" | "priority" | "personalData" | "timeoutMs"
> & {
  dataOf(input: Input): unknown;
  knownIn?(input: Input): Known;
  /** What Ringside draws by itself, as SVG without scripts and links. */
  byRules(input: Input): string;
};

type Asker = {
  tenantId: string;
  /** Null = the server's own work, in nobody's name. */
  userId: string | null;
  signal?: AbortSignal;
};
/** A model that gave no whole answer, by its id, and what it used up its room with. */
export type BrokeOff = { modelId: string; by: "thinking" | "writing" };
export type AiRequest<Input, Output> = Asker & {
  task: AiTask<Input, Output>;
  input: Input;
  /** It was asked before, in a batch, and this broke off: that model has more room at once, and no second time. */
  brokeOff?: BrokeOff | null;
};
export type AiTextRequest<Input> = Asker & { task: AiTextTask<Input>; input: Input };
export type AiPictureRequest<Input> = Asker & { task: AiPictureTask<Input>; input: Input };

/** Who answered, and what kept a model from it where one is set up. */
export type Origin = {
  /** Of the request's line in the audit; people rate it by this. */
  requestId: string;
  by: "rules" | "model";
  /** The model's name in the catalogue; empty = rules. */
  model: string;
  /** Null with `by` "rules": no model is set up for this, and nothing went wrong. */
  instead: AiFailure | null;
};
export type Generated<Output> = Origin & { output: Output };
/** Whole, and of the type that it says, whoever has drawn it. */
export type Drawn = Origin & { picture: Picture };

/** Why an answer ends early: it was longer than it may be, or its words stopped coming. */
export type Cut = "length" | "time";

/**
 * `begin` takes back what came before: another model, or the rules, start over, or what was said is cut back to its last
 * whole sentence. There is always an `end`. `flagged`: the
 * output rules have objected to something since the beginning; what was foreign is left out. It comes with the words, as
 * who asked may stop before the end.
 */
export type StreamPart =
  | { kind: "begin"; by: Origin["by"] }
  | { kind: "text"; text: string; flagged: boolean }
  | ({ kind: "end"; cut: Cut | null } & Origin);

type Embedding = Asker & { feature: AiFeature };
export type EmbedRequest = Embedding & {
  priority: TaskTraits["priority"];
  texts: readonly string[];
  /** To be compared with vectors of this space: no model of another is asked. Without one the first that answers. */
  space?: string;
  /** Whoever asks keeps the vectors: they take no room in the gateway's cache. */
  keptByAsker?: boolean;
};
/** One vector for each text, of length one, comparable with those of the same `space` alone; and why no model made them. */
export type Embedded = { vectors: readonly Float32Array[]; space: string } & Pick<Origin, "by" | "instead">;

/** One way to every model. Nothing throws but a bug, and there is always an answer: the rules' where no model has one. */
export type Ai = {
  generate<Input, Output>(request: AiRequest<Input, Output>): Promise<Generated<Output>>;
  stream<Input>(request: AiTextRequest<Input>): AsyncIterable<StreamPart>;
  draw<Input>(request: AiPictureRequest<Input>): Promise<Drawn>;
  embed(request: EmbedRequest): Promise<Embedded>;
  /** Of the model that is asked for vectors first; `ownSpace` = none is set up: Ringside's own find words again, and no meaning. */
  space(request: Embedding): Promise<string>;
};
