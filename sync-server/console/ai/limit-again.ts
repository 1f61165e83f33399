import type { z } from "zod";
import type { AiLimit, NewAiLimit } from "../../admin/ai/wire.ts";

/** What brings a limit back that was removed: as somebody sets it, without what the server says of it. */
export function limitAgain(limit: AiLimit): z.input<typeof NewAiLimit> {
  const { per, userId, feature, modelId, measure, period, most, action, plan } = limit;
  return { per, userId, feature, modelId, measure, period, most, action, plan };
}
