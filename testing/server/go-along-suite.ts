import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../shared/sync/edit.ts";
import { inTenant, rowsOf } from "../../sync-server/database/index.ts";
import { eraseJob, eraseSpoken, saveRecords } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import type { TestServer } from "./start-test-server.ts";
import { createTestDevice, edit } from "./test-device.ts";
import { people } from "./test-identities.ts";

/** What was said in a call goes with it. */
export function describeGoingAlong(server: () => TestServer): void {
  const tenantId = "tenant-1";
  const now = "2026-01-05T09:00:00.000Z";
  const device = (who: keyof typeof people) => createTestDevice(server(), people[who]);
  const run = <T>(work: Parameters<typeof inTenant<T>>[2]) => inTenant(server().db, { tenantId }, work);

  /** A call of Ana's with a lead, one line of transcript and what is known of it. */
  async function talk(name: string) {
    const ids = { lead: `lead-${name}`, call: `call-${name}` };
    const about = { callId: ids.call, leadId: ids.lead, agentId: "ana", teamId: "north" };
    const call = { leadId: ids.lead, agentId: "ana", teamId: "north", startedAt: now, notes: "", recording: "" }; // prettier-ignore
    const segments = ["0", "1"].map((n) => ({ id: `said-${name}:${n}`, ...about, speaker: "agent", startMs: 0, endMs: 9, text: "rent", timing: [] })); // prettier-ignore
    const comment = { id: `comment-${name}`, kind: "comment", ...about, at: now, byId: "ana", atMs: 0, text: "listen" }; // prettier-ignore
    await run(async (tx) => {
      await saveRecords(tx, tenantId, "leads", [{ id: ids.lead, ...fields.lead({ ownerId: "ana", teamId: "north" }) }], { now }); // prettier-ignore
      await saveRecords(tx, tenantId, "calls", [{ id: ids.call, ...call }], { now });
      await saveRecords(tx, tenantId, "segments", segments, { now });
      await saveRecords(tx, tenantId, "insights", [{ ...comment, id: `report:${ids.call}` }, comment], {
        now,
      });
    });
    const ana = device("ana");
    return {
      ...ids,
      comment: comment.id,
      /** What Ana's desk holds of it. */
      async held() {
        for (const collection of ["insights", "segments"] as const) await ana.pull(collection);
        return [...ana.of("insights"), ...ana.of("segments")]
          .filter(({ callId }) => callId === ids.call)
          .map(({ id }) => id)
          .sort();
      },
    };
  }

  describe("[EDIT-10] what was said in a call", () => {
    const whole = (name: string) => [`comment-${name}`, `report:call-${name}`, `said-${name}:0`, `said-${name}:1`]; // prettier-ignore

    test("leaves every desk with the call, and comes back with it", async () => {
      const { call, held } = await talk("one");
      const admin = device("admin");
      expect(await held()).toEqual(whole("one"));
      await admin.push(edit.remove("calls", call, 1));
      expect(await held()).toEqual([]);
      await admin.push(edit.restore("calls", call, 2));
      expect(await held()).toEqual(whole("one"));
    });

    test("goes with its lead too; what somebody deleted for itself stays deleted, and what two take comes with the second", async () => {
      const { lead, call, comment, held } = await talk("two");
      const admin = device("admin");
      await admin.push(edit.remove("insights", comment, 1));
      await admin.push(edit.remove("calls", call, 1), edit.remove("leads", lead, 1));
      expect(await held()).toEqual([]);
      await admin.push(edit.restore("calls", call, 2));
      expect(await held()).toEqual([]);
      await admin.push(edit.restore("leads", lead, 2));
      expect(await held()).toEqual(whole("two").filter((id) => id !== comment));
    });

    test("is erased a week after it was deleted last, if the call is still deleted then: not before, and nothing brings it back", async () => {
      const { lead, call, comment, held } = await talk("three");
      const admin = device("admin");
      await admin.push(edit.remove("calls", call, 1));
      await admin.push(edit.restore("calls", call, 2));
      expect(await run((tx) => eraseSpoken(tx, tenantId, call))).toBe(false);
      expect(await held()).toEqual(whole("three"));
      await run((tx) => tx.execute(sql`UPDATE jobs SET due_at = due_at - interval '6 days' WHERE kind = ${eraseJob} AND key = ${call}`)); // prettier-ignore
      await admin.push(edit.remove("calls", call, 3));
      const [job] = await run((tx) => rowsOf<{ days: number }>(tx, sql`SELECT extract(day FROM due_at - now())::int AS days FROM jobs WHERE kind = ${eraseJob} AND key = ${call}`)); // prettier-ignore
      expect(job?.days).toBeGreaterThanOrEqual(6);
      expect(await run((tx) => eraseSpoken(tx, tenantId, call))).toBe(true);
      const late = [
        edit.update("insights", comment, 1, { text: { from: "listen", to: "late" } }),
        edit.create("insights", { kind: "comment", callId: call, leadId: lead, agentId: "ana", teamId: "north", at: now, byId: "ana", atMs: 0, text: "late" }, comment), // prettier-ignore
        { ...edit.restore("insights", comment, 1), kind: "settle", keptId: "kept-1" } as Edit,
        edit.remove("insights", comment, 1),
      ];
      const told = await device("ana").push(...late);
      const erased = { outcome: "refused", refusal: { code: "deleted", message: expect.stringContaining("deleted more than a week ago") as string } }; // prettier-ignore
      expect(told).toMatchObject([erased, erased, erased, { outcome: "accepted" }]);
      expect(await admin.push(edit.restore("insights", comment, 1))).toMatchObject([{ outcome: "refused" }]);
      await admin.push(edit.restore("calls", call, 4));
      expect(await held()).toEqual([]);
      const words = await run((tx) => rowsOf(tx, sql`SELECT 1 FROM segments WHERE doc::text LIKE '%rent%' AND doc->>'callId' = ${call}`)); // prettier-ignore
      expect(words).toEqual([]);
    });

    test("told late, of a call or a lead that is gone, goes at once; it comes back with that, and is erased with it", async () => {
      const { lead, call, comment, held } = await talk("four");
      const admin = device("admin");
      const about = { kind: "comment", callId: call, leadId: lead, agentId: "ana", teamId: "north" };
      const say = (id: string) => edit.create("insights", { ...about, at: now, byId: "ana", atMs: 0, text: "late" }, id); // prettier-ignore
      await admin.push(edit.remove("calls", call, 1));
      const offline = [say("late-1"), edit.update("insights", comment, 1, { text: { from: "listen", to: "late" } })]; // prettier-ignore
      const told = await device("ana").push(...offline);
      expect(told.map(({ outcome, doc }) => [outcome, doc])).toEqual([["accepted", null], ["merged", null]]); // prettier-ignore
      expect(await held()).toEqual([]);
      await admin.push(edit.restore("calls", call, 2));
      expect(await held()).toEqual([...whole("four"), "late-1"].toSorted());
      await admin.push(edit.remove("leads", lead, 1));
      await device("ana").push(say("late-2"));
      expect(await held()).toEqual([]);
      await run((tx) => tx.execute(sql`DELETE FROM jobs WHERE kind = ${eraseJob} AND key = ${call}`));
      await device("ana").push(say("late-3"));
      expect(await run((tx) => rowsOf(tx, sql`SELECT 1 FROM jobs WHERE kind = ${eraseJob} AND key = ${call}`))).toHaveLength(1); // prettier-ignore
      // As one that was told in the very moment of the deletion.
      await run((tx) => tx.execute(sql`UPDATE insights SET deleted = false WHERE id = 'late-3'`));
      expect(await held()).toEqual(["late-3"]);
      expect(await run((tx) => eraseSpoken(tx, tenantId, call))).toBe(true);
      expect(await held()).toEqual([]);
      expect(await run((tx) => rowsOf(tx, sql`SELECT 1 FROM insights WHERE doc::text LIKE '%late%' AND doc->>'text' IS NOT NULL AND doc->>'callId' = ${call}`))).toEqual([]); // prettier-ignore
    });
  });
}
