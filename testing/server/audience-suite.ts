import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { inSystem, rowsOf } from "../../sync-server/database/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import type { TestServer } from "./start-test-server.ts";
import { createTestDevice, edit } from "./test-device.ts";
import { people } from "./test-identities.ts";

/** The audience rules of shared/sync/SPEC.md. @param server which runs when the tests do */
export function describeAudience(server: () => TestServer): void {
  const device = (who: keyof typeof people, options = {}) => createTestDevice(server(), people[who], options);
  const own = { ownerId: "ana", teamId: "north" };

  describe("audience", () => {
    test("[AUD-1] a row names who may see it, and everybody who could and no longer can", async () => {
      const max = device("max");
      const lead = edit.create("leads", fields.lead(own));
      const named = () =>
        inSystem(server().db, (tx) =>
          rowsOf<{ audience: string[]; former: string[] }>(
            tx,
            sql`SELECT audience, former FROM leads WHERE id = ${lead.id}`,
          ),
        );
      const owned = (from: string | null, to: string | null) => ({ ownerId: { from, to } });
      await max.push(lead);
      const [first] = await named();
      expect(first).toMatchObject({ audience: expect.arrayContaining(["user:ana"]) as unknown, former: [] });
      await max.push(edit.update("leads", lead.id, 1, owned("ana", "ben")));
      await max.push(edit.update("leads", lead.id, 2, owned("ben", "max")));
      const [third] = await named();
      expect(third?.audience).toContain("user:max");
      expect(third?.former.toSorted()).toEqual(["user:ana", "user:ben"]);
      await max.push(edit.update("leads", lead.id, 3, owned("max", "ana")));
      const [last] = await named();
      expect(last?.audience).toEqual(first?.audience);
      expect(last?.former.toSorted()).toEqual(["user:ben", "user:max"]);
    });

    test("[AUD-2] a lead that changes hands twice leaves a sleeping device, however it slept", async () => {
      const [ana, ben, max] = [device("ana"), device("ben"), device("max")];
      const lead = edit.create("leads", fields.lead(own));
      await max.push(lead);
      await ana.pull("leads");
      await ben.pull("leads");
      expect(ana.get("leads", lead.id)).toBeDefined();
      expect(ben.get("leads", lead.id)).toBeUndefined();
      await max.push(
        edit.update("leads", lead.id, 1, {
          ownerId: { from: "ana", to: "ben" },
          teamId: { from: "north", to: "south" },
        }),
      );
      await max.push(edit.update("leads", lead.id, 2, { ownerId: { from: "ben", to: "max" } }));
      await max.push(
        edit.update("leads", lead.id, 3, {
          city: { from: "", to: "Thun" },
          teamId: { from: "south", to: null },
        }),
      );
      await ana.pull("leads");
      await ben.pull("leads");
      expect(ana.get("leads", lead.id), "Ana had it").toBeUndefined();
      expect(ben.get("leads", lead.id), "Ben could have had it").toBeUndefined();
      await max.push(edit.update("leads", lead.id, 4, { ownerId: { from: "max", to: "ana" } }));
      await ana.pull("leads");
      expect(ana.get("leads", lead.id), "it came back").toMatchObject({ rev: 5, city: "Thun" });
    });

    test("[AUD-3] what hangs on a lead moves with it, history included", async () => {
      const [ana, ben, max] = [device("ana"), device("ben"), device("max")];
      const lead = edit.create("leads", fields.lead(own));
      const task = edit.create("tasks", fields.task({ leadId: lead.id }));
      const note = edit.create("activities", fields.note({ leadId: lead.id, byId: "max" }));
      await max.push(lead, task, note);
      const taskNote = edit.create(
        "activities",
        fields.note({ subject: { collection: "tasks", id: task.id }, byId: "max" }),
      );
      await max.push(taskNote);
      await max.push(edit.update("tasks", task.id, 1, { title: { from: "Call back", to: "Call" } }));
      const collections = ["leads", "tasks", "activities"] as const;
      for (const collection of collections) await Promise.all([ana.pull(collection), ben.pull(collection)]);
      const held = (who: typeof ana) =>
        [...who.held.values()].filter((doc) =>
          [doc.id, doc["leadId"], (doc["subject"] as { id: string } | null)?.id].some((id) =>
            [lead.id, task.id].includes(id as never),
          ),
        ).length;
      // Lead, task, two notes, and history: lead and task created, task changed.
      expect([held(ana), held(ben)]).toEqual([7, 0]);
      await max.push(
        edit.update("leads", lead.id, 1, {
          ownerId: { from: "ana", to: "ben" },
          teamId: { from: "north", to: "south" },
        }),
      );
      for (const collection of collections) await Promise.all([ana.pull(collection), ben.pull(collection)]);
      expect([held(ana), held(ben)]).toEqual([0, 8]);
    });

    test("[AUD-5] nobody changes or hangs anything on what they cannot see", async () => {
      const [ana, ben] = [device("ana"), device("ben")];
      const lead = edit.create("leads", fields.lead(own));
      await ana.push(lead);
      const results = await ben.push(
        edit.update("leads", lead.id, 1, { city: { from: "", to: "x" } }),
        edit.remove("leads", lead.id, 1),
        edit.create("leads", fields.lead(), lead.id),
        edit.create("tasks", fields.task({ leadId: lead.id })),
        edit.create(
          "activities",
          fields.note({ subject: { collection: "leads", id: lead.id }, byId: "ben" }),
        ),
      );
      for (const result of results)
        expect(result).toMatchObject({ outcome: "refused", refusal: { code: "not-found" }, doc: null });
    });

    test("[AUD-4] a changed membership is answered `scope-changed`, and the pull that follows brings what is new", async () => {
      const [ana, max] = [device("ana"), device("max")];
      const lead = edit.create("leads", fields.lead({ teamId: "south" }));
      await max.push(lead);
      await ana.pull("leads");
      server().identities.change(ana.token, { teamIds: ["north", "south"] as never });
      const refused = await ana.pullPage("leads", 10);
      expect([refused.status, refused.body]).toMatchObject([409, { error: { code: "scope-changed" } }]);
      ana.checkpoints.clear();
      ana.scopes.clear();
      await ana.pull("leads");
      expect(ana.get("leads", lead.id)).toBeDefined();
    });

    test("another tenant's token neither reads nor writes here", async () => {
      const ana = device("ana");
      const stranger = device("ana", { tenantId: "elsewhere" });
      const lead = edit.create("leads", fields.lead(own));
      await ana.push(lead);
      await stranger.pull("leads");
      expect(stranger.of("leads")).toEqual([]);
      const [result] = await stranger.push(edit.update("leads", lead.id, 1, { city: { from: "", to: "x" } }));
      expect(result).toMatchObject({ outcome: "refused", refusal: { code: "not-found" } });
      const [same] = await stranger.push(edit.create("leads", fields.lead({ name: "Other" }), lead.id));
      expect(same).toMatchObject({ outcome: "accepted" });
      await ana.pull("leads");
      expect(ana.get("leads", lead.id)).toMatchObject({ name: "Maria Keller", rev: 1 });
    });
  });
}
