import type { Queue, QueueAddOptions } from "p-queue";

/** Whose turn somebody waits for. */
export type Place = QueueAddOptions & { tenantId?: string };

type Waiting<Run> = { id: string; run: Run };

/**
 * A line in which the higher priority goes first, and tenants of the same priority in turns: one with a thousand
 * questions holds up another's only one by a single turn.
 */
export class FairLine<Run> implements Queue<Run, Place> {
  size = 0;
  /** By priority, then by tenant; the tenant that is next stands first. */
  readonly #byPriority = new Map<number, Map<string, Waiting<Run>[]>>();

  enqueue(run: Run, { id = "", priority = 0, tenantId = "" }: Partial<Place> = {}): void {
    const tenants = this.#byPriority.get(priority) ?? new Map<string, Waiting<Run>[]>();
    const line = tenants.get(tenantId) ?? [];
    line.push({ id, run });
    this.#byPriority.set(priority, tenants.set(tenantId, line));
    this.size += 1;
  }

  dequeue(): Run | undefined {
    const highest = [...this.#byPriority.keys()].toSorted((a, b) => b - a)[0];
    const tenants = this.#byPriority.get(highest ?? 0);
    const [next] = tenants ?? [];
    if (tenants === undefined || next === undefined) return undefined;
    const [tenantId, line] = next;
    const first = line.shift();
    // Behind all others of this priority.
    tenants.delete(tenantId);
    if (line.length > 0) tenants.set(tenantId, line);
    this.#settle(highest ?? 0, tenants);
    return first?.run;
  }

  remove(id: string): void {
    for (const [priority, tenants] of this.#byPriority)
      for (const [tenantId, line] of tenants) {
        const at = line.findIndex((waiting) => waiting.id === id);
        if (at === -1) continue;
        line.splice(at, 1);
        if (line.length === 0) tenants.delete(tenantId);
        this.#settle(priority, tenants);
        return;
      }
  }

  filter({ priority = 0 }: Readonly<Partial<Place>>): Run[] {
    const lines = this.#byPriority.get(priority)?.values() ?? [];
    return [...lines].flatMap((line) => line.map(({ run }) => run));
  }

  setPriority(): never {
    throw new Error("nobody's priority changes while they wait");
  }

  #settle(priority: number, tenants: ReadonlyMap<string, unknown>): void {
    if (tenants.size === 0) this.#byPriority.delete(priority);
    this.size -= 1;
  }
}
