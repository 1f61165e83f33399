import type { AiTask, BrokeOff, Generated } from "../port.ts";

/** Work that nobody waits for: its questions are asked together, where a model can be asked that way. */
export type BulkWork<Input, Output> = {
  task: AiTask<Input, Output>;
  /** What is asked about `key` as it is now; null = there is nothing to ask any more. */
  read(tenantId: string, key: string): Promise<Input | null>;
  /** May come a second time. `input` is what was answered to. */
  take(tenantId: string, key: string, input: Input, answer: Generated<Output>): Promise<void>;
  /** No batch answers it: it is asked by itself. @param brokeOff as the request to the gateway has it */
  askAlone(tenantId: string, key: string, brokeOff: BrokeOff | null): Promise<void>;
};

/** Batches of providers: half the price, an answer within a day (docs/decisions/0033-batches.md). */
export type Bulk = {
  /** Says how work is done whose questions are added; before the server listens. */
  does<Input, Output>(work: BulkWork<Input, Output>): void;
  /**
   * Puts one more question into the batch that is being gathered.
   * @param work the name of its task
   * @returns false: the model that would answer it takes no batches; ask it by itself
   */
  add(of: { tenantId: string; work: string; key: string }): Promise<boolean>;
};
