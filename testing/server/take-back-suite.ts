import { describe, expect, test } from "vitest";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Edit } from "../../shared/sync/edit.ts";
import { inTenant } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import type { TestServer } from "./start-test-server.ts";
import { createTestDevice, edit } from "./test-device.ts";
import { people } from "./test-identities.ts";

/** What people may take back, judged also by what hangs on it. */
export function describeTakingBack(server: () => TestServer): void {
  const tenantId = "tenant-1";
  const at = "2026-01-05T09:00:00.000Z";
  const device = (who: keyof typeof people) => createTestDevice(server(), people[who]);
  const tomsDevice = () => createTestDevice(server(), { ...people.ana, userId: "tom" as never, name: "Tom" });
  const message = (own: object) => ({ channel: "sms", direction: "outbound", at, byId: null, ownerId: null, teamId: null, subject: "", text: "Hi", status: "draft", openedCount: 0, ...own }); // prettier-ignore

  /** What a carrier told of a call: nobody of the desks wrote it. */
  async function callBy(agentId: string, leadId: string): Promise<string> {
    const id = newRecordId();
    await save("calls", { id, ...fields.call({ leadId, agentId, teamId: "north" }) });
    return id;
  }

  function save(collection: "calls" | "messages" | "settings", record: { id: string }): Promise<void> {
    const now = new Date().toISOString();
    return inTenant(server().db, { tenantId }, (tx) =>
      saveRecords(tx, tenantId, collection, [record], { now }),
    );
  }

  const refused = [{ outcome: "refused", refusal: { code: "forbidden" } }];
  const taken = [{ outcome: "accepted" }];

  describe("[PUSH-10] what others have hung on a record since", () => {
    const works: [what: string, work: (leadId: string) => Promise<unknown>][] = [
      ["a call", (leadId) => callBy("tom", leadId)],
      ["a note", (leadId) => byTom("activities", fields.note({ leadId, byId: "tom", ownerId: "tom" }))],
      ["a message", (leadId) => byTom("messages", message({ leadId, byId: "tom", ownerId: "tom" }))],
      ["a task", (leadId) => byTom("tasks", fields.task({ leadId, assigneeId: "tom" }))],
      ["a deal", (leadId) => byTom("deals", fields.deal({ leadId, ownerId: "tom" }))],
    ];
    const byTom = async (collection: Edit["collection"], values: Record<string, unknown>) => {
      expect(await tomsDevice().push(edit.create(collection, values))).toMatchObject(taken);
    };

    test.each(works)("is their work: %s keeps who made it from deleting it", async (_what, work) => {
      const ana = device("ana");
      const lead = edit.create("leads", fields.lead({ ownerId: "tom", teamId: "north" }));
      await ana.push(lead);
      await work(lead.id);
      expect(await ana.push(edit.remove("leads", lead.id, 9))).toMatchObject(refused);
    });

    test.each(works)("is their work: %s keeps who gave it away from taking it back", async (_what, work) => {
      const ana = device("ana");
      const lead = edit.create("leads", fields.lead({ ownerId: "ana", teamId: "north" }));
      const give = (from: string, to: string) => edit.update("leads", lead.id, 9, { ownerId: { from, to } });
      await ana.push(lead);
      await byTom("activities", fields.note({ leadId: lead.id, byId: "tom" }));
      await ana.push(give("ana", "tom"));
      expect(await ana.push(give("tom", "ana")), "the note was there before").toMatchObject(taken);
      await ana.push(give("ana", "tom"));
      await work(lead.id);
      expect(await ana.push(give("tom", "ana"))).toMatchObject(refused);
    });

    test("is their work also where the record has left its author's sight", async () => {
      const [ana, ben] = [device("ana"), device("ben")];
      const lead = edit.create("leads", fields.lead({ ownerId: "ana", teamId: "north" }));
      const given = { ownerId: { from: "ana", to: "ben" }, teamId: { from: "north", to: "south" } };
      const back = { ownerId: { from: "ben", to: "ana" }, teamId: { from: "south", to: "north" } };
      await ana.push(lead, edit.update("leads", lead.id, 1, given));
      await ben.push(edit.create("activities", fields.note({ leadId: lead.id, byId: "ben" })));
      const unseen = [{ outcome: "refused", refusal: { code: "not-found" }, doc: null }];
      expect(await ana.push(edit.update("leads", lead.id, 0, back))).toMatchObject(unseen);
    });

    test("is not what they took away again, what one hung there oneself, nor what nobody did", async () => {
      const [ana, tom] = [device("ana"), tomsDevice()];
      const lead = edit.create("leads", fields.lead({ ownerId: "tom", teamId: "north" }));
      const note = edit.create("activities", fields.note({ leadId: lead.id, byId: "tom" }));
      await ana.push(lead, edit.create("tasks", fields.task({ leadId: lead.id, assigneeId: "tom" })));
      await callBy("ana", lead.id);
      await save("messages", { id: newRecordId(), ...message({ leadId: lead.id, direction: "inbound", status: "received" }) }); // prettier-ignore
      await tom.push(note);
      expect(await ana.push(edit.remove("leads", lead.id, 9))).toMatchObject(refused);
      expect(await tom.push(edit.remove("activities", note.id, 1))).toMatchObject(taken);
      expect(await ana.push(edit.remove("leads", lead.id, 9))).toMatchObject(taken);
    });

    test("keeps no owner and no manager from anything", async () => {
      const [ana, max] = [device("ana"), device("max")];
      const leads = [1, 2].map(() => edit.create("leads", fields.lead({ ownerId: "ana", teamId: "north" })));
      await ana.push(...leads);
      for (const { id } of leads) await callBy("tom", id);
      const [first, second] = leads.map(({ id }) => edit.remove("leads", id, 9));
      expect(await ana.push(first as Edit)).toMatchObject(taken);
      expect(await max.push(second as Edit)).toMatchObject(taken);
    });
  });

  describe("[PUSH-10] a lead that was marked as not to be called", () => {
    const mark = (leadId: string) =>
      edit.update("leads", leadId, 9, { doNotCall: { from: false, to: true } });
    const lift = (leadId: string) =>
      edit.update("leads", leadId, 9, { doNotCall: { from: true, to: false } });
    const ending = (callId: string, from: string, to: string) =>
      edit.update("calls", callId, 9, { disposition: { from, to } });

    async function marked(): Promise<string> {
      const ending = { kind: "disposition", followUp: false, archived: false, order: 0 };
      for (const [key, doNotCall] of [
        ["never-again", true],
        ["sold", false],
      ] as const)
        // prettier-ignore
        await save("settings", { id: `disposition:${key}`, ...ending, key, label: key, doNotCall } as never);
      const lead = edit.create("leads", fields.lead({ ownerId: "ana", teamId: "north" }));
      await device("ana").push(lead, mark(lead.id));
      return lead.id;
    }

    test("stays so where they have objected in another call meanwhile, with whomever", async () => {
      const ana = device("ana");
      const [id, another] = [await marked(), await marked()];
      const call = await callBy("ana", id);
      await ana.push(ending(call, "", "never-again"));
      expect(await ana.push(lift(id))).toMatchObject(refused);
      await tomsDevice().push(ending(await callBy("tom", another), "", "never-again"));
      expect(await ana.push(lift(another))).toMatchObject(refused);
      expect(await device("max").push(lift(another)), "a manager decides").toMatchObject(taken);
    });

    test("may be called again where that ending is taken back with it, or was another or an older one", async () => {
      const ana = device("ana");
      const id = await marked();
      const call = await callBy("ana", id);
      await ana.push(ending(call, "", "never-again"));
      const undone = [lift(id), ending(call, "never-again", "")];
      expect(await ana.push(...undone)).toMatchObject([...taken, ...taken]);
      await ana.push(ending(call, "", "never-again"));
      await ana.push(mark(id));
      expect(await ana.push(lift(id)), "said before it was marked").toMatchObject(taken);
      await ana.push(mark(id));
      await ana.push(ending(call, "never-again", "sold"));
      expect(await ana.push(lift(id))).toMatchObject(taken);
    });

    test("stays so where somebody else has marked it as well, who had not seen that it was", async () => {
      const ana = device("ana");
      const id = await marked();
      expect(await tomsDevice().push({ ...mark(id), rev: 1 })).toMatchObject(taken);
      expect(await ana.push(lift(id))).toMatchObject(refused);
      expect(await tomsDevice().push(lift(id))).toMatchObject(refused);
      expect(await ana.push({ ...mark(id), rev: 1 })).toMatchObject(taken);
      expect(await ana.push(lift(id)), "said once more").toMatchObject(refused);
      expect(await device("max").push(lift(id)), "a manager decides").toMatchObject(taken);
    });
  });
}
