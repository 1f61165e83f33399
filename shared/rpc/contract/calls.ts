import { z } from "zod";
import { Call, Segment } from "../../entities/call.ts";
import { RecordId } from "../../entities/id.ts";
import { Task } from "../../entities/task.ts";
import { query } from "../define.ts";

/** One call with what was said in it and what is to be done after it; `call` null = it is not on this device. */
export const callDetail = query("calls.detail", {
  input: z.object({ id: RecordId }),
  output: z.object({
    call: Call.nullable(),
    leadName: z.string().nullable(),
    segments: z.array(Segment),
    /** Tasks that were made in or after it. */
    tasks: z.array(Task),
    /** One's own, over, and without how it ended or the task that this asks for. */
    toWriteDown: z.boolean(),
  }),
});

/** How many calls of one's own are still to be written down, and the newest of them. */
export const callsToWriteDown = query("calls.toWriteDown", {
  input: z.object({}),
  output: z.object({ calls: z.int(), newestId: RecordId.nullable() }),
});

export const callsContract = { callDetail, callsToWriteDown };
