import { afterEach, beforeEach, expect, test } from "vitest";
import type { Chat } from "../../../shared/entities/insight.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { startChatAlerts } from "./chat-alerts.ts";

let replica: FakeReplica;
let titles: string[];
let alerts: ReturnType<typeof startChatAlerts> | undefined;
const me = () => replica.me.userId as Chat["agentId"];
const at = (minute: number) => `2026-11-22T12:${String(minute).padStart(2, "0")}:00.000Z` as Chat["at"];

beforeEach(async () => {
  replica = await createFakeReplica();
  titles = [];
});
afterEach(async () => {
  alerts?.close();
  alerts = undefined;
  await replica.close();
});

function start(): Promise<void> {
  const clock = { now: () => Date.parse(at(10)) };
  const ports = {
    clock,
    notify: ({ title }: { title: string }) => void titles.push(title),
    onTrouble: expect.fail,
  };
  alerts = startChatAlerts(replica, ports);
  return alerts.settled();
}

/** As the feed brings it, in the place of what stood there. */
async function comes(id: string, change: Partial<Chat>): Promise<void> {
  const record = {
    ...{ id: `chat:${id}`, rev: 1, createdAt: at(0), updatedAt: at(0), kept: [], kind: "chat" },
    ...{ callId: null, leadId: null, agentId: null, teamId: null, at: at(0), lastAt: at(0), botName: "Ria" },
    ...{ phase: "waiting", why: "asked", waitingSince: at(1), endedBy: "", outcome: "", turns: [] },
    told: { name: "Vera", email: "", phone: "", need: "", when: "" },
    ...change,
  };
  await replica.receive("insights", [{ id: record.id, record: record as never }]);
  await alerts?.settled();
}

test("tells of who begins to wait, and of what a colleague hands over; not of what stood there, nor of one's own", async () => {
  await comes("old", {});
  await start();
  await comes("new", { told: { name: "Ida", email: "", phone: "", need: "", when: "" } });
  expect(titles).toEqual(["Ida waits in a chat"]);
  // Said to somebody who waits already, and taken by me.
  await comes("new", { lastAt: at(2) });
  await comes("old", { phase: "person", agentId: me(), waitingSince: at(3) });
  expect(titles.splice(0)).toEqual(["Ida waits in a chat"]);
  await comes("new", { phase: "person", agentId: "ben" as never, waitingSince: at(4) });
  await comes("new", { phase: "person", agentId: me(), waitingSince: at(5) });
  expect(titles.splice(0)).toEqual(["Vera: a chat is handed to you"]);
  await comes("new", { waitingSince: at(6) });
  expect(titles.splice(0)).toEqual(["Vera waits in a chat"]);
  // A colleague's that was not on this desk; and what is no news any more.
  await comes("theirs", { phase: "person", agentId: me(), waitingSince: at(7) });
  await comes("late", { waitingSince: "2026-11-22T11:30:00.000Z" as Chat["at"] });
  expect(titles).toEqual(["Vera: a chat is handed to you"]);
});
