import type { SyncEngine } from "../sync/engine.ts";

/** The server was found, or lost: of what the two say to each other meanwhile nothing matters here. */
export function onPhase(engine: Pick<SyncEngine, "state" | "onChange">, listener: () => void): () => void {
  let { phase } = engine.state();
  return engine.onChange(() => {
    const before = phase;
    phase = engine.state().phase;
    if (phase !== before) listener();
  });
}
