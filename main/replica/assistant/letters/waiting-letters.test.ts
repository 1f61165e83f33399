import { afterEach, expect, test } from "vitest";
import type { Approval } from "../../../../shared/entities/insight.ts";
import type { Person } from "../../../../shared/entities/setting.ts";
import type { waitingLetters } from "../../../../shared/rpc/contract/assistant.ts";
import { makeLead, makePerson, makeTenant } from "../../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../../testing/fakes/replica.ts";
import { watch } from "../../../../testing/fakes/watch.ts";
import { openTenantSettings, type TenantSettings } from "../../live/tenant-settings.ts";
import { openWaitingLetters } from "./waiting-letters.ts";

const nowMs = Date.parse("2026-11-22T10:00:00.000Z");
let replica: FakeReplica;
let settings: TenantSettings;
let close = () => {};
const told: { title: string; body: string }[] = [];

afterEach(async () => {
  close();
  settings.close();
  await replica.close();
  told.length = 0;
});

async function open(role: "manager" | "agent") {
  replica = await createFakeReplica({ role, userId: "max" as Person["userId"] });
  await replica.seed("settings", makeTenant());
  await replica.seed("leads", [makeLead({ id: "lead-1", name: "Maria Keller" })]);
  await replica.seed("insights", [letter("approval-old", { at: at(-90) })]);
  settings = openTenantSettings(replica.reads);
  const opened = openWaitingLetters({
    ...{ replica, settings, clock: { now: () => nowMs } },
    notify: (what) => told.push(what),
    onTrouble: (cause) => expect.fail(String(cause)),
  });
  close = opened.close;
  return watch<typeof waitingLetters>(opened.handler, {});
}
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const letter = (id: string, more: Partial<Approval> = {}) =>
  ({
    ...{ id, rev: 1, createdAt: at(0), updatedAt: at(0), kept: [], kind: "approval", callId: null },
    ...{ leadId: "lead-1", at: at(0), agentId: "ana", teamId: null, about: "email" },
    ...{ letterHash: "a".repeat(64), state: "waiting", byId: null, decidedAt: null, reason: "", ...more },
  }) as Approval;
const receive = (record: Approval) => replica.receive("insights", [{ id: record.id, record }]);

test("a manager sees whose letters wait and is told of each that comes, until somebody has decided", async () => {
  const waiting = await open("manager");
  const ids = async () => (await waiting.next()).letters.map(({ id }) => id);
  expect(await ids()).toEqual(["approval-old"]);
  await receive(letter("approval-new"));
  expect((await waiting.next()).letters[1]).toEqual({
    ...{ id: "approval-new", leadName: "Maria Keller", askedBy: "Ana Ruiz", at: at(0) },
  });
  await expect.poll(() => told).toMatchObject([{ body: "Ana Ruiz, to Maria Keller" }]);
  await receive(letter("approval-old", { state: "approved", byId: "grace" as never, decidedAt: at(0) }));
  expect(await ids()).toEqual(["approval-new"]);
  // One's own has to be decided by somebody else, and what comes late is no news.
  await receive(letter("approval-own", { agentId: "max" as never }));
  await receive(letter("approval-late", { at: at(-60) }));
  expect(await ids()).toEqual(["approval-late", "approval-new"]);
  expect(told).toHaveLength(1);
  waiting.stop();
});

test("whoever may not decide sees nothing of it", async () => {
  const waiting = await open("agent");
  expect(await waiting.next()).toEqual({ letters: [] });
  await receive(letter("approval-new"));
  expect(told).toEqual([]);
  // An admin makes them a manager while their desk is open; the replica follows that before anybody is told.
  Object.assign(replica.me, { role: "manager" });
  const record = { ...makePerson("max", "Max"), role: "manager" as const };
  await replica.receive("settings", [{ id: record.id, record }]);
  expect((await waiting.next()).letters).toHaveLength(2);
  waiting.stop();
});
