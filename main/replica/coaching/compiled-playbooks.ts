import { compileInTurns, type CompiledPlaybook } from "../../../shared/coaching/playbook/compile-playbook.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { takeTurns } from "../../../shared/time/turns.ts";
import { createPacer } from "../live/slices.ts";

/** Compiles each version of a playbook once, for the call that is up and for its report. */
export type CompiledPlaybooks = (playbook: Playbook) => Promise<CompiledPlaybook>;

/** In turns: the largest playbook would hold everything on this device up for a second. */
export function createCompiledPlaybooks(): CompiledPlaybooks {
  const compiled = new WeakMap<Playbook, Promise<CompiledPlaybook>>();
  return (playbook) => {
    const known = compiled.get(playbook) ?? takeTurns(compileInTurns(playbook), createPacer());
    compiled.set(playbook, known);
    return known;
  };
}
