import type { RpcError } from "../../../shared/rpc/frames.ts";
import { formatCount } from "../../../shared/text/counts.ts";

/** Drafts of a long list that the server would refuse: counted, and why the first was left out. */
export type LeftOut = {
  take(why: RpcError): void;
  count(): number;
  /** Null = none was. */
  why(): RpcError | null;
  /** To put behind what was done; empty where nothing was left out. */
  words(): string;
  /** The same as a sentence of its own. */
  sentence(): string;
};

export function createLeftOut(): LeftOut {
  let count = 0;
  let first: RpcError | null = null;
  const sentence = () => {
    const stay = count === 1 ? "stays as it is" : "stay as they are";
    return first === null ? "" : `${formatCount(count)} ${stay}: ${first.message}`;
  };
  return {
    take(why) {
      count += 1;
      first ??= why;
    },
    count: () => count,
    why: () => first,
    words: () => (first === null ? "" : `. ${sentence()}`),
    sentence,
  };
}
