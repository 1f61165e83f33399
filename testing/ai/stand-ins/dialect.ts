import type { ProviderAccess } from "../../../sync-server/ai/index.ts";
import type { Asked, Reply } from "./model-server.ts";

/** What a stand-in says it has counted; anything, since providers lie. */
export type ToldUsage = { input: unknown; output: unknown } | null;
export type Ending = "end" | "length" | "refusal";

/** One provider's documented form, from its side. Messages of faults quote a secret, as providers' do. */
export interface Dialect {
  name: string;
  access(url: string): ProviderAccess;
  /** What must stand in a request, whatever was asked. */
  envelope: { path: string; headers: Record<string, string> };
  /** What a request asks for, in our words. */
  read(asked: Asked): {
    model: unknown;
    texts: unknown[];
    schema: unknown;
    mostTokens: unknown;
    effort: unknown;
  };
  says(text: string, ending?: Ending, usage?: ToldUsage): unknown;
  /** The events of a stream, one string each; the last one says that it is over. */
  events(pieces: readonly string[], ending?: Ending, usage?: ToldUsage): string[];
  /** Events that nobody has documented, and what is none. */
  noise: readonly string[];
  fault(words: { type: string; code?: string; message?: string }): unknown;
  faultEvent(type: string): string;
  tooLong: { status: number; body: unknown };
  busyEvent: string;
  /** Its answer to who asks for vectors of texts, and for a picture; null = it makes neither. */
  beyondWords: { vectors(asked: Asked): unknown; picture(bytes: Buffer): unknown } | null;
  batches: BatchDialect | null;
}

export interface BatchDialect {
  /** Replies, in the order in which `submit` asks. */
  accepts(batch: string): Reply[];
  runs(batch: string): Reply;
  /** Replies, in the order in which `read` asks; `lines` beside the answers are put in as they are. */
  isDone(
    batch: string,
    answers: { key: string; body: unknown }[],
    errors: { key: string }[],
    lines: string[],
  ): Reply[];
  /** Replies, in the order in which `find` asks for what it is to know of these batches, which are done. */
  lists(pages: readonly (readonly ListedBatch[])[]): Reply[];
  /** The keys of what was submitted. */
  keysOf(asked: readonly Asked[]): string[];
}

/** `mark`: the name that we gave it; null = the provider keeps none. */
export type ListedBatch = { batch: string; keys: readonly string[]; mark: string | null; at: Date };

export const secret = "the customer said: my mother's maiden name is Kowalski";
