import { listCalls, whoCalls } from "../../../../shared/rpc/contract/phone.ts";
import { record } from "../../../../shared/rpc/contract/records.ts";
import { CallState } from "../../../../shared/calls/call.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import type { Client } from "../../../client/index.ts";
import type { Phone, PhoneEvent } from "../machine/model.ts";
import { numberOf } from "../machine/own-call.ts";

/** Watches what the replica knows of the calls that are here, and of who calls; lets go of those that have left. */
export function createCallFollower(
  client: Client,
  tell: (event: PhoneEvent) => void,
): { follow(callId: RecordId): void; look(phone: Phone): void; stop(): void } {
  const records = new Map<RecordId, () => void>();
  const names = new Map<RecordId, { key: string; stop: () => void }>();
  /** Whose call a person says it is, where that is not whom the line suggests. */
  const byHand = new Map<RecordId, RecordId>();

  function follow(callId: RecordId): void {
    if (records.has(callId)) return;
    const stop = client.watch(record, { collection: "calls", id: callId }, ({ record: call, unsent }) => {
      const line = CallState.safeParse(call?.["line"]);
      if (!line.success) return;
      const isOwnWord = unsent.waiting.length > 0;
      tell({ type: "record", callId, call: line.data, isOwnWord });
      putRight(callId, (call?.["leadId"] ?? null) as RecordId | null, line.data.leadId);
    });
    records.set(callId, stop);
  }

  /** Who it is then is read by the record that it now names; taken back, by whom the line suggests, or by the number. */
  function putRight(callId: RecordId, leadId: RecordId | null, suggested: RecordId | null): void {
    const before = byHand.get(callId);
    const said = leadId === null || leadId === suggested ? undefined : leadId;
    if (said === before) return;
    if (said) byHand.set(callId, said);
    else byHand.delete(callId);
    names.get(callId)?.stop();
    names.delete(callId);
    tell({ type: "named", callId, lead: { id: said ?? suggested, name: "", company: "" } });
  }

  /** By their record where somebody said which, otherwise by their number. */
  function nameOf(callId: RecordId, leadId: RecordId | null, number: string): void {
    const key = leadId ?? number;
    if (key === "" || names.get(callId)?.key === key) return;
    names.get(callId)?.stop();
    const stop = leadId
      ? client.watch(record, { collection: "leads", id: leadId }, ({ record: lead }) => {
          if (lead) tell({ type: "named", callId, lead: shortOf(lead as unknown as Lead) });
        })
      : client.watch(whoCalls, { number }, ({ leads }) => {
          // Of several who share it, it is nobody's by chance: a person says whose.
          const only = leads.length === 1 ? leads[0] : undefined;
          if (only) tell({ type: "named", callId, lead: shortOf(only), byNumber: true });
        });
    names.set(callId, { key, stop });
  }

  function look({ calls, permits, left }: Phone): void {
    for (const call of calls) nameOf(call.callId, call.leadId, numberOf(call));
    for (const { callId, lead, to } of permits) nameOf(callId, lead.id, to);
    const here = new Set([...calls, ...permits, ...left].map(({ callId }) => callId));
    for (const callId of new Set([...records.keys(), ...names.keys()])) if (!here.has(callId)) leave(callId);
  }

  function leave(callId: RecordId): void {
    records.get(callId)?.();
    names.get(callId)?.stop();
    records.delete(callId);
    names.delete(callId);
    byHand.delete(callId);
  }

  return {
    follow,
    look,
    stop() {
      for (const stop of records.values()) stop();
      for (const { stop } of names.values()) stop();
    },
  };
}

function shortOf({ id, name, company }: Pick<Lead, "id" | "name" | "company">) {
  return { id, name, company };
}

/** What this person was still writing down when this window was loaded. */
export function findUnwrapped(client: Client, tell: (event: PhoneEvent) => void): void {
  const input = { scope: "all", agent: "me", search: "", offset: 0, limit: 5 } as const;
  const stop = client.watch(listCalls, input, ({ rows }) => {
    // The answer may come before `watch` has returned.
    queueMicrotask(() => stop());
    for (const { id, line } of rows) {
      // Of a list nobody knows what of it is sent. Once it is followed, that is told.
      if (line?.phase.phase === "wrap-up") tell({ type: "record", callId: id, call: line, isOwnWord: true });
    }
  });
}
