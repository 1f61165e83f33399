import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PhaseName } from "../../../shared/calls/call.ts";
import { max } from "../../../sync-server/demo/people.ts";
import { findFreePort } from "../../../tools/start-server.ts";
import { openServer } from "../../processes/server.ts";
import { makeServerFolder } from "../../processes/server-folder.ts";
import { addTestAccount, testAccountId } from "../../telephony/test-account.ts";
import type { BareDevice } from "../../simulator/bare-device.ts";
import { bareBroadcast } from "../bare-broadcast.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { openCarrierDoor, type CarrierDoor } from "./carrier-door.ts";
import {
  addAgents,
  agentsOf,
  askControl,
  openBenchDesk,
  openTelephone,
  type Agent,
  type BenchDesk,
} from "./crowd.ts";

const agentCount = Number(process.env["BENCH_AGENTS"] ?? 200);
/** 200 people with calls of two minutes do hardly more than this. */
const perSecond = 10;
const lateAfterMs = 60_000;

/** Two hundred people in calls at once on one server: when each desk knows what has become of a call. */
export const manyCalls: Bench = {
  ids: ["calls.200.p99"],
  async run({ folder, log }): Promise<Measurement[]> {
    const dataDir = join(folder, "many-calls");
    const agents = agentsOf(agentCount);
    await makeServerFolder(dataDir, async (db) => {
      await addTestAccount(db, dataDir);
      await addAgents(db, agents);
    });
    const server = await openServer({ dataDir, port: await findFreePort() });
    try {
      const manager = await openBenchDesk(server.url, max, "available");
      const posts: Post[] = [];
      for (const agent of agents) posts.push(await openPost(server.url, agent));
      const door = await openCarrierDoor(dataDir, testAccountId);
      log(`${posts.length} people are at their desks`);
      const delays = await talkAll({ url: server.url, door, manager, posts, log });
      door.close();
      for (const { desk, phone } of posts) {
        desk.close();
        phone.close();
      }
      manager.close();
      const floor = await bareBroadcast({ sockets: 1, writes: 120, perSecond: 50, bytes: 800 });
      const all = Object.values(delays).flat();
      const note = Object.entries(delays).map(([what, each]) => `${what} ${quantile(each, 0.99).toFixed(0)} ms (median ${median(each).toFixed(0)})`).join(", "); // prettier-ignore
      const value = quantile(all, 0.99);
      return [withFloor({ id: "calls.200.p99", value, unit: "ms", reach: "< 500", runs: 1, note: `${all.length} deliveries; ${note}` }, quantile(floor, 0.99))]; // prettier-ignore
    } finally {
      await server.close();
    }
  },
};

/** In New York, where nobody has to hear first that a call is recorded: until they have, they cannot be held. */
const callerOf = (index: number) => `+1212556${1_000 + index}`;

type Post = { agent: Agent; desk: BenchDesk; phone: BareDevice };
type Crowd = {
  url: string;
  door: CarrierDoor;
  manager: BenchDesk;
  posts: readonly Post[];
  log(line: string): void;
};
type Delays = Record<"ring" | "live" | "held" | "resumed" | "over" | "presence", number[]>;

async function openPost(url: string, agent: Agent): Promise<Post> {
  const desk = await openBenchDesk(url, agent.userId, "available");
  return { agent, desk, phone: await openTelephone(url, desk.token) };
}

/** Everybody is called and stays in the call; then each holds, goes on and hangs up. */
async function talkAll({ url, door, manager, posts, log }: Crowd): Promise<Delays> {
  const delays: Delays = { ring: [], live: [], held: [], resumed: [], over: [], presence: [] };
  const callIds = new Map<Post, string>();
  const everybody = [manager, ...posts.map(({ desk }) => desk)];

  /** On the desk of whoever has the call, and on their manager's. */
  const change = async (post: Post, to: keyof Delays, phase: PhaseName, act: () => Promise<void> | void) => {
    const callId = callIds.get(post) ?? "";
    const seen = [post.desk, manager].map((desk) => desk.untilPhase(callId, phase));
    const beganAt = now();
    await act();
    for (const at of await inTime(Promise.all(seen), `${to} of ${callId}`)) delays[to].push(at - beganAt);
  };
  /** As desks do by themselves; everybody sees it. */
  const become = async ({ agent, desk }: Post, presence: "busy" | "wrap-up") => {
    const seen = everybody.map((each) => each.untilPresence(agent.userId, presence));
    const beganAt = now();
    desk.setPresence(presence);
    for (const at of await inTime(Promise.all(seen), `${agent.userId} ${presence}`))
      delays.presence.push(at - beganAt);
  };
  const begin = async (post: Post, index: number) => {
    const beganAt = now();
    await door.callIn({ to: post.agent.number, from: callerOf(index) });
    const { payload } = await inTime(post.phone.next("invite"), `ring ${post.agent.userId}`);
    delays.ring.push(now() - beganAt);
    const { Params = "" } = payload["parameters"] as { Params?: string };
    callIds.set(post, new URLSearchParams(Params).get("callId") ?? "");
    await change(post, "live", "live", () => post.phone.answer(String(payload["callsid"])));
    await become(post, "busy");
  };
  const hold = (post: Post, on: boolean) =>
    change(post, on ? "held" : "resumed", on ? "held" : "live", () =>
      askControl(url, post.desk.token, callIds.get(post) ?? "", { do: "hold", on }),
    );
  const end = async (post: Post) => {
    const { payload } = await post.phone.next("invite");
    await change(post, "over", "wrap-up", () => post.phone.hangUp(String(payload["callsid"])));
    await become(post, "wrap-up");
  };

  await paced(posts, begin);
  log(`${await door.countCalls()} legs are up`);
  await paced(posts, (post) => hold(post, true));
  await paced(posts, (post) => hold(post, false));
  await paced(posts, end);
  return delays;
}

async function paced(
  posts: readonly Post[],
  act: (post: Post, index: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now();
  const acts: Promise<void>[] = [];
  for (const [index, post] of posts.entries()) {
    await sleep(Math.max(0, begun + (index * 1_000) / perSecond - performance.now()));
    acts.push(act(post, index));
  }
  await Promise.all(acts);
}

async function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  const late = AbortSignal.timeout(lateAfterMs);
  const never = new Promise<never>((_, reject) => late.addEventListener("abort", () => reject(new Error(`never: ${what}`)))); // prettier-ignore
  return Promise.race([work, never]);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
