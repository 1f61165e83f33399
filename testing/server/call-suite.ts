import { describe, expect, test } from "vitest";
import type { CallState } from "../../shared/calls/call.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { newEditId, newRecordId, type RecordId } from "../../shared/entities/id.ts";
import type { EditOf } from "../../shared/sync/edit.ts";
import { inTenant } from "../../sync-server/database/index.ts";
import { takeCallEvents } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import type { TestServer } from "./start-test-server.ts";
import { createTestDevice, edit } from "./test-device.ts";
import { people, testTenant } from "./test-identities.ts";

/** The call rules of shared/sync/SPEC.md. @param server which runs when the tests do */
export function describeCalls(server: () => TestServer): void {
  const device = (who: keyof typeof people) => createTestDevice(server(), people[who]);

  describe("calls", () => {
    test("[CALL-1] what a desk and the carrier say makes one call, in whichever order they come", async () => {
      const ana = device("ana");
      const id = newRecordId();
      await hear(server(), id, event("carrier:CA1", 3, "40", { type: "ended", why: "completed" }));
      await ana.push(report(id, event("device:d1", 0, "00", requested)));
      await hear(server(), id, event("carrier:CA1", 1, "05", { type: "answered", agentId: null }));
      await ana.pull("calls");
      expect(ana.get("calls", id)).toMatchObject({
        direction: "outbound",
        agentId: "ana",
        answeredAt: at("05"),
        endedAt: at("40"),
        endReason: "completed",
        line: { phase: { phase: "wrap-up" } },
      });
    });

    test("[CALL-2] what comes twice changes nothing, not even the record's number", async () => {
      const ana = device("ana");
      const id = newRecordId();
      const said = event("device:d1", 0, "00", requested);
      await ana.push(report(id, said));
      const [again] = await ana.push(report(id, said));
      await hear(server(), id, said);
      expect(again).toMatchObject({ outcome: "accepted", doc: { rev: 1 } });
      await ana.pull("calls");
      expect(ana.get("calls", id)?.rev).toBe(1);
    });

    test("[CALL-2] what a desk writes between two reports of one push costs the call nothing that was said of it", async () => {
      const ana = device("ana");
      const id = newRecordId();
      await ana.push(report(id, event("device:d1", 0, "00", requested)));
      await ana.push(
        report(id, event("device:d1", 1, "05", { type: "answered", agentId: "ana" })),
        report(id, event("device:d1", 2, "40", { type: "ended", why: "completed" })),
        edit.update("calls", id, 1, { notes: { from: "", to: "Wants the fourth floor" } }),
        report(id, event("device:d1", 3, "50", { type: "wrapped-up", by: "agent" })),
      );
      await ana.pull("calls");
      expect(ana.get("calls", id)).toMatchObject({
        ...{ direction: "outbound", agentId: "ana", answeredAt: at("05"), endedAt: at("40") },
        ...{ notes: "Wants the fourth floor", line: { phase: { phase: "ended", why: "completed" } } },
      });
    });

    test("[CALL-1] a report touches nothing that a person wrote", async () => {
      const ana = device("ana");
      const id = newRecordId();
      await ana.push(report(id, event("device:d1", 0, "00", requested)));
      await ana.push(edit.update("calls", id, 1, { notes: { from: "", to: "Wants the fourth floor" } }));
      await hear(server(), id, event("carrier:CA1", 1, "05", { type: "answered", agentId: null }));
      await ana.pull("calls");
      expect(ana.get("calls", id)).toMatchObject({ notes: "Wants the fourth floor", kept: [] });
    });

    test("[CALL-3] nobody's desk speaks for a carrier, for a colleague or about a colleague's call", async () => {
      const [ana, ben] = [device("ana"), device("ben")];
      const id = newRecordId();
      const forbidden = { outcome: "refused", refusal: { code: "forbidden" } };
      const [asCarrier] = await ana.push(report(id, event("carrier:CA1", 0, "00", requested)));
      expect(asCarrier).toMatchObject(forbidden);
      const [forAna] = await ben.push(report(id, event("device:d2", 0, "00", requested)));
      expect(forAna).toMatchObject(forbidden);
      await ana.push(report(id, event("device:d1", 0, "00", requested)));
      const [hungUp] = await ben.push(
        report(id, event("device:d2", 1, "09", { type: "ended", why: "completed" })),
      );
      expect(hungUp).toMatchObject({ outcome: "refused" });
    });

    test("[CALL-3] not even a manager rewrites what the line said", async () => {
      const [ana, max] = [device("ana"), device("max")];
      const id = newRecordId();
      await hear(server(), id, event("carrier:CA1", 0, "00", { type: "offered", ...number }));
      const [result] = await max.push(edit.update("calls", id, 1, { from: { from: number.from, to: "+1" } }));
      expect(result).toMatchObject({ outcome: "refused", refusal: { code: "forbidden", field: "from" } });
      await ana.pull("calls");
      expect(ana.get("calls", id), "nobody's call is everybody's").toMatchObject({ from: number.from });
    });

    test("[CALL-4] a call is of the team of whoever has it, and goes over with it", async () => {
      const [ana, max] = [device("ana"), device("max")];
      const id = newRecordId();
      await ana.push(report(id, event("device:d1", 0, "00", { ...requested, ...number })));
      await max.pull("calls");
      expect(max.get("calls", id), "its manager sees it").toMatchObject({ agentId: "ana", teamId: "north" });
      await hear(server(), id, event("carrier:CA1", 1, "05", { type: "answered", agentId: "ben" }));
      await max.pull("calls");
      expect(max.get("calls", id)).toMatchObject({ agentId: "ben", teamId: "south" });
    });

    test("[CALL-5] a lead that the caller may not see is not told of the call", async () => {
      const [ana, ben] = [device("ana"), device("ben")];
      const lead = edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" }));
      await ben.push(lead);
      const id = newRecordId();
      const [result] = await ana.push(
        report(id, event("device:d1", 0, "00", { ...requested, leadId: lead.id })),
      );
      expect(result).toMatchObject({ outcome: "accepted", doc: { leadId: null } });
    });

    test("[CALL-5] a call from somebody's number stands in their story", async () => {
      const [ben, max] = [device("ben"), device("max")];
      const lead = edit.create("leads", fields.lead({ ownerId: "ben", teamId: "south" }));
      await ben.push(lead);
      const id = newRecordId();
      await hear(
        server(),
        id,
        event("carrier:CA1", 0, "00", { type: "offered", ...number, leadId: lead.id }),
      );
      await Promise.all([ben.pull("calls"), max.pull("calls")]);
      expect(ben.get("calls", id)).toMatchObject({ leadId: lead.id, from: number.from });
    });

    test("[CALL-5] whoever sees a call says whose it was, but not that it was a stranger's; the line leaves that", async () => {
      const [ana, ben] = [device("ana"), device("ben")];
      const [own, strange] = [{ ownerId: "ana" }, { ownerId: "ben", teamId: "south" }].map((owner) =>
        edit.create("leads", fields.lead(owner)),
      ) as [Created, Created];
      await Promise.all([ana.push(own), ben.push(strange)]);
      const id = newRecordId();
      await ana.push(report(id, event("device:d1", 0, "00", requested)));
      const [told] = await ana.push(edit.update("calls", id, 1, { leadId: { from: null, to: strange.id } }));
      expect(told).toMatchObject({ outcome: "refused", refusal: { code: "not-found", field: "leadId" } });
      const [said] = await ana.push(edit.update("calls", id, 1, { leadId: { from: null, to: own.id } }));
      expect(said).toMatchObject({ outcome: "accepted", doc: { leadId: own.id } });
      const [ended] = await ana.push(
        report(id, event("device:d1", 1, "10", { type: "ended", why: "completed" })),
      );
      expect(ended).toMatchObject({ doc: { leadId: own.id } });
    });

    test("two webhooks of one call at the same time lose nothing", async () => {
      const id = newRecordId();
      const said = Array.from({ length: 8 }, (_, n) =>
        event("carrier:CA1", n, `1${n}`, n % 2 === 0 ? { type: "held" } : { type: "resumed" }),
      );
      const first = event("carrier:CA1", 0, "05", { type: "answered", agentId: "ana" });
      await hear(server(), id, { ...first, key: "answer" });
      await Promise.all(said.map((one) => hearPatiently(server(), id, one)));
      const call = await hear(
        server(),
        id,
        event("carrier:CA1", 9, "20", { type: "ended", why: "completed" }),
      );
      expect(call?.holdMs).toBe(4_000);
    });
  });
}

type Created = ReturnType<typeof edit.create>;

const number = { from: "+13125550147", to: "+17735550100", provider: "simulator" };
const requested = { type: "requested", ...number, agentId: "ana", leadId: null };

function at(second: string): string {
  return `2026-11-21T09:00:${second}.000Z`;
}

function event(source: string, seq: number, second: string, what: object): CallEvent {
  return CallEvent.parse({ source, key: `${source}:${seq}`, seq, at: at(second), ...what });
}

function report(id: RecordId, ...events: CallEvent[]): EditOf<"report"> {
  return { editId: newEditId(), kind: "report", collection: "calls", id, at: at("00"), rev: 0, events };
}

async function hear({ db }: TestServer, id: string, ...events: CallEvent[]): Promise<CallState | undefined> {
  const told = await inTenant(db, { tenantId: testTenant }, (tx) =>
    takeCallEvents(tx, testTenant, new Map([[id, events]]), { now: new Date().toISOString() }),
  );
  return told.get(id);
}

/** As a job does: a lost race is tried again. */
async function hearPatiently(server: TestServer, id: string, one: CallEvent): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      await hear(server, id, one);
      return;
    } catch (error) {
      if (attempt === 9) throw error;
    }
  }
}
