import { expect, test } from "vitest";
import type { Database } from "../../sync-server/database/index.ts";
import { stageGateway } from "../ai/stage-gateway.ts";
import { fields } from "../fakes/blank-fields.ts";
import { edit } from "../server/test-device.ts";
import type { PersonName, TestPerson } from "../server/test-identities.ts";
import { after, useAfterCall, type Line } from "./after-call-stage.ts";

const transfer = { transferId: "t1" };
const toBen = { ...transfer, mode: "blind", target: { kind: "agent", userId: "ben" } };
const toQueue = { ...transfer, mode: "blind", target: { kind: "queue", queue: "south" } };

/** Leads North alone: Ana's team, and none of Ben's. */
const nia = { userId: "nia", name: "Nia", role: "manager", teamIds: ["north"] } as unknown as TestPerson;

/** Ana of North begins a call and gives it to Ben of South. */
const talk: readonly Line[] = [
  ["ana", "agent", 1_000, "Good morning, this is Ana from Northgate. What do you pay now?"],
  ["ana", "customer", 7_000, "We pay forty thousand, and yours is too expensive for us."],
  ["ben", "agent", 33_000, "This is Ben. Who decides this with you?"],
  ["ben", "customer", 38_000, "My sister decides. Please send me the plans by Friday."],
];

/** [AUD-7] on one kind of database. */
export function givenAwaySuite(open: () => Promise<Database>): void {
  const { soon, callOf, reportOf, device } = useAfterCall(open, stageGateway([]).ai);

  /** What of a call a person's device holds. */
  async function heldBy(who: PersonName | TestPerson, callId: string) {
    const own = device(who);
    for (const collection of ["calls", "insights", "segments"] as const) await own.pull(collection);
    return {
      call: own.get("calls", callId) !== undefined,
      report: own.get("insights", `report:${callId}`) !== undefined,
      said: own.of("segments").filter((one) => one["callId"] === callId).length,
    };
  }
  const everything = { call: true, report: true, said: talk.length };
  const nothing = { call: false, report: false, said: 0 };

  async function givenTo(target: typeof toBen | typeof toQueue): Promise<string> {
    const callId = await callOf(
      talk,
      { type: "transfer-started", at: after(20_000), ...target },
      { type: "transfer-completed", at: after(30_000), ...transfer },
    );
    await soon(() => reportOf(callId)).not.toBeNull();
    return callId;
  }

  test("[AUD-7] whoever gave a call to another team sees it, what was said and its report, as does whoever has it now", async () => {
    const callId = await givenTo(toBen);
    expect(await reportOf(callId)).toMatchObject({
      ...{ agentId: "ben", teamId: "south" },
      parts: [{ agentId: "ana" }, { agentId: "ben" }],
    });
    await soon(() => heldBy("ana", callId)).toEqual(everything);
    await soon(() => heldBy("ben", callId)).toEqual(everything);
  });

  test("[AUD-7] also when the call gets a lead of the other team, and that changes hands", async () => {
    const callId = await givenTo(toBen);
    const max = device("max");
    const lead = edit.create("leads", fields.lead({ ownerId: "max", teamId: "south" }));
    const { rev = 0 } = (await max.pull("calls"), max.get("calls", callId)) ?? {};
    await max.push(lead, edit.update("calls", callId, rev, { leadId: { from: null, to: lead.id } }));
    await soon(async () => (await reportOf(callId))?.leadId).toBe(lead.id);
    await max.push(edit.update("leads", lead.id, 1, { ownerId: { from: "max", to: "ben" } }));
    await soon(() => heldBy("ana", callId)).toEqual(everything);
    const ana = device("ana");
    await ana.pull("leads");
    expect(ana.get("leads", lead.id), "the lead is none of hers").toBeUndefined();
  });

  test("[AUD-7] the manager of the team that gave it away sees as much of it as of any call of another team, and all of it where its lead is that team's", async () => {
    const callId = await givenTo(toBen);
    await soon(() => heldBy("max", callId)).toEqual(everything);
    await soon(() => heldBy(nia, callId)).toEqual(nothing);
    const max = device("max");
    const lead = edit.create("leads", fields.lead({ ownerId: "max", teamId: "north" }));
    const { rev = 0 } = (await max.pull("calls"), max.get("calls", callId)) ?? {};
    await max.push(lead, edit.update("calls", callId, rev, { leadId: { from: null, to: lead.id } }));
    await soon(() => heldBy(nia, callId)).toEqual(everything);
    await soon(() => heldBy("ben", callId)).toEqual(everything);
  });

  test("[AUD-7] a call that waits for the next of us is still everybody's", async () => {
    const callId = await givenTo(toQueue);
    await soon(() => heldBy("ana", callId)).toEqual(everything);
    await soon(async () => (await heldBy("max", callId)).call).toBe(true);
  });
}
