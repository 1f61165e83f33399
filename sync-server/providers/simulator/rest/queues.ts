import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../carrier/core.ts";
import type { Queue, QueueMember } from "../carrier/model.ts";
import { createQueue, findQueue } from "../carrier/verbs/queue.ts";
import { findCall } from "./calls.ts";
import { method, readForm, text, url } from "./form.ts";
import { notFound, RestProblem } from "./problem.ts";
import { memberJson, page, queueJson } from "./wire.ts";

const NewQueue = z.object({
  FriendlyName: text.min(1),
  MaxSize: z.coerce.number().int().min(1).max(5_000).default(100),
});
const QueueUpdate = z.object({
  FriendlyName: text.optional(),
  MaxSize: z.coerce.number().int().min(1).max(5_000).optional(),
});
const MemberUpdate = z.object({ Url: url, Method: method.default("POST") });

type QueuePath = { Params: { queue: string } };
type MemberPath = { Params: { queue: string; call: string } };

/** /Queues and their members; a member is sent on by giving it a Url. */
export function serveQueues(app: FastifyInstance, core: Core): void {
  app.get("/Queues.json", (request) =>
    page(
      "queues",
      [...core.queues.values()].map((queue) => queueJson(core, queue)),
      request.url,
    ),
  );

  app.post("/Queues.json", (request, reply) => {
    const { FriendlyName, MaxSize } = readForm(NewQueue, request.body);
    if (findQueue(core, FriendlyName)) throw new RestProblem(400, 22_003, "A queue of that name exists.");
    return reply.status(201).send(queueJson(core, createQueue(core, FriendlyName, MaxSize)));
  });

  app.get<QueuePath>("/Queues/:queue.json", (request) =>
    queueJson(core, findOrFail(core, request.params.queue)),
  );

  app.post<QueuePath>("/Queues/:queue.json", (request) => {
    const queue = findOrFail(core, request.params.queue);
    const { FriendlyName, MaxSize } = readForm(QueueUpdate, request.body);
    queue.name = FriendlyName ?? queue.name;
    queue.maxSize = MaxSize ?? queue.maxSize;
    queue.updatedAt = core.now();
    return queueJson(core, queue);
  });

  app.delete<QueuePath>("/Queues/:queue.json", (request, reply) => {
    const queue = findOrFail(core, request.params.queue);
    if (queue.members.length > 0) throw new RestProblem(400, 22_002, "The queue is not empty.");
    core.queues.delete(queue.sid);
    return reply.status(204).send();
  });

  app.get<QueuePath>("/Queues/:queue/Members.json", (request) => {
    const queue = findOrFail(core, request.params.queue);
    return page(
      "queue_members",
      queue.members.map((one) => memberJson(core, queue, one)),
      request.url,
    );
  });

  app.get<MemberPath>("/Queues/:queue/Members/:call.json", (request) => {
    const queue = findOrFail(core, request.params.queue);
    return memberJson(core, queue, findMember(queue, request.params.call));
  });

  app.post<MemberPath>("/Queues/:queue/Members/:call.json", (request) => {
    const queue = findOrFail(core, request.params.queue);
    const member = findMember(queue, request.params.call);
    const { Url, Method } = readForm(MemberUpdate, request.body);
    const answer = memberJson(core, queue, member);
    core.program.redirect(findCall(core, member.callSid), { url: Url, method: Method });
    return answer;
  });
}

function findOrFail(core: Core, nameOrSid: string): Queue {
  const queue = findQueue(core, nameOrSid);
  if (!queue) throw notFound(`/Queues/${nameOrSid}.json`);
  return queue;
}

function findMember(queue: Queue, callSid: string): QueueMember {
  const member =
    callSid === "Front" ? queue.members[0] : queue.members.find((one) => one.callSid === callSid);
  if (!member) throw notFound(`/Queues/${queue.sid}/Members/${callSid}.json`);
  return member;
}
