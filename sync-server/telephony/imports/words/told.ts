import type { Result } from "../../../../shared/result/result.ts";
import type { ImportedCall } from "../imported-call.ts";

/** Which files say what was said. `metadata` only where the layout has it. */
export type Transcript =
  { layout: "plain"; file: string } | { layout: "harper-valley"; file: string; metadata: string };

/** What a transcript says of its call; where on the call's clock the file of each side begins, ms. */
export type Told = { call: ImportedCall; agentMs: number; customerMs: number };

/** The error completes a sentence about the recording. */
export type ReadTranscript = (transcript: Transcript) => Promise<Result<Told, string>>;
