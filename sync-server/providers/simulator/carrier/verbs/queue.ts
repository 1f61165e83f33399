import type { DialVerb, Verb } from "../../twiml/verbs.ts";
import type { Core } from "../core.ts";
import { seconds } from "../forms.ts";
import { isOver, type Call, type Queue, type QueueMember } from "../model.ts";
import { startWaiting, type Waiting } from "../waiting.ts";
import { wireTogether } from "./dial.ts";

/** <Enqueue>: the call waits, hearing what its waitUrl says, until somebody dials the queue or it leaves. */
export function enqueue(core: Core, call: Call, verb: Extract<Verb, { verb: "enqueue" }>): void {
  const queue = findQueue(core, verb.queue) ?? createQueue(core, verb.queue);
  const action = verb.action.url
    ? { ...verb.action, url: core.program.resolve(call, verb.action.url) }
    : null;
  const enqueuedAt = core.now();
  const outcome = (result: string): Record<string, string> => ({
    QueueResult: result,
    QueueSid: queue.sid,
    QueueTime: String(seconds(core.now() - enqueuedAt)),
  });
  if (queue.members.length >= queue.maxSize) return core.program.report(call, action, outcome("queue-full"));
  const takeOut = (): void => {
    queue.members.splice(queue.members.indexOf(member), 1);
    queue.updatedAt = core.now();
  };
  const member: QueueMember = {
    callSid: call.sid,
    enqueuedAt,
    leave: (result) => {
      takeOut();
      waiting?.stop();
      core.program.report(call, action, outcome(result));
    },
    bridge: (begin) => {
      takeOut();
      waiting?.stop();
      begin(() => core.program.report(call, action, outcome("bridged")));
    },
  };
  const left = (): void => {
    takeOut();
    if (isOver(call)) core.program.report(call, action, outcome("hangup"));
  };
  const describe = (): Record<string, string> => ({
    QueueSid: queue.sid,
    QueuePosition: String(queue.members.indexOf(member) + 1),
    CurrentQueueSize: String(queue.members.length),
  });
  let waiting: Waiting | null = null;
  const target = verb.waitUrl
    ? { url: core.program.resolve(call, verb.waitUrl), method: verb.waitMethod }
    : null;
  queue.members.push(member);
  waiting = startWaiting(core, call, "queue", target, describe, left);
  queue.waiters.shift()?.();
}

/** <Leave>: out of the queue, on with what follows <Enqueue>. */
export function leaveQueue(core: Core, call: Call): void {
  for (const queue of core.queues.values()) {
    const member = queue.members.find((one) => one.callSid === call.sid);
    if (member) return member.leave("leave");
  }
  core.program.next(call);
}

/** <Dial><Queue>: meets the caller who has waited longest, or waits for one. */
export function dialQueue(
  core: Core,
  call: Call,
  verb: DialVerb,
  noun: { name: string; url: string | null },
): void {
  const queue = findQueue(core, noun.name) ?? createQueue(core, noun.name);
  const action = verb.action.url
    ? { ...verb.action, url: core.program.resolve(call, verb.action.url) }
    : null;
  const url = noun.url && core.program.resolve(call, noun.url);
  const take = (): void => {
    cancelWait();
    const member = queue.members[0];
    const caller = member && core.calls.get(member.callSid);
    if (!member || !caller) return core.program.report(call, action, { DialCallStatus: "no-answer" });
    member.bridge((ended) => {
      const begin = (): void => bridgePair(core, call, caller, action, ended);
      if (url) runFirst(core, caller, url, begin);
      else begin();
    });
  };
  const stopWaiting = (): void => {
    cancelWait();
    const at = queue.waiters.indexOf(take);
    if (at >= 0) queue.waiters.splice(at, 1);
  };
  const cancelWait = core.after(verb.timeoutMs, () => {
    stopWaiting();
    call.activity = null;
    core.program.report(call, action, { DialCallStatus: "no-answer" });
  });
  call.activity = { name: "dial-queue", stop: stopWaiting };
  if (queue.members.length > 0) return take();
  queue.waiters.push(take);
  core.emit({ effect: "wire", callSid: call.sid, wiring: { kind: "hold-music" } });
}

export function findQueue(core: Core, nameOrSid: string): Queue | undefined {
  return core.queues.get(nameOrSid) ?? [...core.queues.values()].find((queue) => queue.name === nameOrSid);
}

export function createQueue(core: Core, name: string, maxSize = 100): Queue {
  const at = core.now();
  const sid = core.newSid("QU");
  const queue: Queue = { sid, createdAt: at, updatedAt: at, name, maxSize, members: [], waiters: [] };
  core.queues.set(sid, queue);
  return queue;
}

function runFirst(core: Core, caller: Call, url: string, then: () => void): void {
  core.program.fetch(
    caller,
    { url, method: "POST" },
    {},
    {
      run: (verbs) => core.program.push(caller, { verbs, next: 0, baseUrl: url, done: then }),
    },
  );
}

function bridgePair(
  core: Core,
  agent: Call,
  caller: Call,
  action: { url: string; method: "GET" | "POST" } | null,
  callerDone: () => void,
): void {
  let over = false;
  const finish = (left: Call): void => {
    if (over) return;
    over = true;
    const other = left === agent ? caller : agent;
    other.activity = null;
    if (other === caller || isOver(caller)) callerDone();
    if (other === agent || isOver(agent)) {
      core.program.report(agent, action, { DialCallStatus: "completed", DialCallSid: caller.sid });
    }
  };
  agent.activity = { name: "bridged", stop: () => finish(agent) };
  caller.activity = { name: "bridged", stop: () => finish(caller) };
  wireTogether(core, agent, caller);
}
