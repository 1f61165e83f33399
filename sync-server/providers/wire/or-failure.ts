import { err, type Result } from "../../../shared/result/result.ts";
import type { ProviderFailure } from "../../ai/index.ts";

/** Turns what a library throws into a value. */
export async function orFailure<T>(
  explain: (error: unknown) => ProviderFailure,
  ask: () => Promise<Result<T, ProviderFailure>>,
): Promise<Result<T, ProviderFailure>> {
  try {
    return await ask();
  } catch (error) {
    return err(explain(error));
  }
}
