import type { CallState, PhaseName } from "../../../shared/calls/call.ts";
import { LineAccess, telephonyPaths } from "../../../shared/calls/server-wire.ts";
import type { UserId } from "../../../shared/entities/id.ts";
import type { Presence, StreamDown } from "../../../shared/sync/wire.ts";
import { announcePeople, createUser, setTeams } from "../../../sync-server/auth/index.ts";
import { inSystem, schema, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";
import { newBusiness } from "../../../sync-server/demo/people.ts";
import { openStream, signInDevice } from "../../processes/bare-device.ts";
import { openBareDevice, type BareDevice } from "../../simulator/bare-device.ts";
import { testAccountId } from "../../telephony/test-account.ts";

export type Agent = { userId: UserId; number: string };

export const agentsOf = (count: number): Agent[] =>
  Array.from({ length: count }, (_, index) => ({
    userId: `demo-agent-${String(index).padStart(3, "0")}` as UserId,
    number: `+1646556${String(1_000 + index)}`,
  }));

/** Makes people of Ana's team, each with a number of their own. */
export async function addAgents(db: Database, agents: readonly Agent[]): Promise<void> {
  const tenantId = demoTenant.id;
  const now = new Date().toISOString();
  await inSystem(db, async (tx) => {
    for (const { userId } of agents) {
      await createUser(tx, {
        id: userId,
        name: userId,
        email: `${userId}@northgate.example`,
        passwordHash: null,
      });
      await tx.insert(schema.members).values({ tenantId, userId, role: "agent" });
      await setTeams(tx, tenantId, userId, [newBusiness]);
    }
    const own = agents.map(({ userId, number }) => ({ tenantId, accountId: testAccountId, number, agentId: userId, alwaysOpen: true, label: "Direct" })); // prettier-ignore
    await tx.insert(schema.telephonyNumbers).values(own);
    const ids = agents.map(({ userId }) => userId);
    await announcePeople(tx, tenantId, ids, { userId: "", now });
  });
}

/** A desk as the server sees it: what it hears of calls and of colleagues, and when. */
export type BenchDesk = {
  token: string;
  /** When this desk hears that the call has come so far, in ms since the epoch. */
  untilPhase(callId: string, phase: PhaseName): Promise<number>;
  untilPresence(userId: string, presence: Presence): Promise<number>;
  setPresence(presence: Presence): void;
  close(): void;
};

export async function openBenchDesk(
  serverUrl: string,
  userId: UserId,
  presence: Presence,
): Promise<BenchDesk> {
  const device = await signInDevice(serverUrl, `bench-calls-of-${userId}`, userId);
  const stream = await openStream(serverUrl, device, presence);
  const waiting = new Map<string, (at: number) => void>();
  const tell = (what: string) => {
    waiting.get(what)?.(performance.timeOrigin + performance.now());
    waiting.delete(what);
  };
  const welcome = Promise.withResolvers<void>();
  stream.on("message", (data) => {
    const message = JSON.parse(String(data)) as StreamDown;
    if (message.type === "welcome") welcome.resolve();
    if (message.type === "presence")
      for (const { userId: who, presence: how } of message.people) tell(`${who} ${how}`);
    if (message.type !== "changes" || message.collection !== "calls") return;
    for (const { id, line } of message.docs as { id: string; line?: CallState }[])
      if (line) tell(`${id} ${line.phase.phase}`);
  });
  await welcome.promise;
  const until = (what: string) => new Promise<number>((resolve) => waiting.set(what, resolve));
  return {
    token: device.token,
    untilPhase: (callId, phase) => until(`${callId} ${phase}`),
    untilPresence: (who, how) => until(`${who} ${how}`),
    setPresence: (next) => stream.send(JSON.stringify({ type: "presence", presence: next })),
    close: () => stream.terminate(),
  };
}

/** The telephone of that desk, without sound. */
export async function openTelephone(serverUrl: string, token: string): Promise<BareDevice> {
  const answer = await fetch(serverUrl + telephonyPaths.line, {
    headers: { authorization: `Bearer ${token}` },
  });
  const access = LineAccess.parse(await answer.json());
  if (access.provider === "sip" || access.signalling === null) throw new Error("this is no simulated line");
  return openBareDevice(new URL(access.signalling).host, access.token);
}

/** As somebody does who is told that the carrier does not answer: tries again. */
export async function askControl(
  serverUrl: string,
  token: string,
  callId: string,
  control: object,
): Promise<void> {
  for (;;) {
    const answer = await fetch(serverUrl + telephonyPaths.control(callId), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(control),
    });
    if (answer.ok) return;
    if (answer.status !== 503) throw new Error(`${answer.status} ${await answer.text()}`);
  }
}
