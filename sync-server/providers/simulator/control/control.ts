import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { numberCallback, voiceTarget } from "../directory.ts";
import { Outcome } from "../callers/outcomes.ts";
import type { Message } from "../callers/voicemail.ts";
import { writeWav } from "../../../../shared/sound/wav.ts";
import { loudLevel, measureLevel } from "../media/mixer.ts";
import { frameMs } from "../../../../shared/calls/mulaw.ts";
import type { Effect } from "../carrier/effects.ts";
import { isOver } from "../carrier/model.ts";
import { isSame } from "../rest/rest.ts";
import type { Simulator } from "../simulator.ts";
import { Faults } from "../webhooks/faults.ts";

const DemoCall = z.strictObject({
  /** Of the own numbers; the first of them, when absent. */
  to: z.string().max(40).optional(),
  /** Which scripted caller; the next in turn, when absent. */
  script: z.string().max(200).optional(),
  /** Another number than the script's own. */
  from: z.string().max(40).optional(),
  speaker: z.enum(["customer", "agent"]).default("customer"),
  mode: z.enum(["waiting", "straight"]).default("waiting"),
  stays: z.boolean().default(false),
  /** See `Outcome`. */
  readsAlong: z.boolean().default(false),
});

const ClockStep = z.strictObject({ stepMs: z.number().int().min(0).max(86_400_000) });
const Digits = z.strictObject({ digits: z.string().regex(/^[0-9*#A-D]{1,64}$/) });

type NumberPath = { Params: { number: string } };
type CallPath = { Params: { call: string } };
type DevicePath = { Params: { identity: string } };

/** The door for demonstrations and tests: who calls, how calls end, what goes wrong, what time it is. */
export async function serveControl(app: FastifyInstance, simulator: Simulator): Promise<void> {
  await app.register(
    async (control) => {
      control.addHook("onRequest", (request, reply, done) => {
        const given = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
        if (isSame(given, simulator.options.controlToken)) return done();
        void reply.status(401).send({ error: "a control token is needed" });
      });
      control.setErrorHandler((error, _request, reply) =>
        error instanceof z.ZodError
          ? reply.status(400).send({ error: z.prettifyError(error) })
          : reply.status(500).send({ error: (error as Error).message }),
      );
      control.get("/", () => describe(simulator));
      control.get("/events", (request, reply) => {
        reply.hijack();
        followEvents(simulator, request.raw, reply.raw);
      });
      control.get("/messages", () => ({ messages: simulator.numbers.messages().map(describeMessage) }));
      control.get<CallPath>("/messages/:call", ({ params }, reply) => {
        const message = simulator.numbers.messages().find(({ callSid }) => callSid === params.call);
        if (!message) return reply.status(404).send({ error: "no such message" });
        return reply.type("audio/wav").send(Buffer.from(writeWav(soundOf(message))));
      });
      control.post("/calls", (request, reply) => {
        const started = startDemoCall(simulator, DemoCall.parse(request.body ?? {}));
        return "error" in started ? reply.status(409).send(started) : started;
      });
      control.post<CallPath>("/calls/:call/hang-up", ({ params }) => {
        simulator.carrier.step({ event: "hung-up", callSid: params.call });
        return {};
      });
      control.post<CallPath>("/calls/:call/digits", ({ params, body }) => {
        for (const digit of Digits.parse(body).digits) {
          simulator.carrier.step({ event: "digit", callSid: params.call, digit });
        }
        return {};
      });
      control.post<DevicePath>("/devices/:identity/cut", ({ params }) => {
        simulator.signalling.cut(params.identity);
        return {};
      });
      control.put("/faults", ({ body }) => (simulator.faults = Faults.parse(body)));
      control.put<NumberPath>("/outcomes/:number", ({ params, body }) => {
        simulator.outcomes.set(params.number, Outcome.parse(body));
        return {};
      });
      control.delete<NumberPath>("/outcomes/:number", ({ params }) => {
        simulator.outcomes.delete(params.number);
        return {};
      });
      control.post("/clock", (request, reply) => {
        const { stepMs } = ClockStep.parse(request.body);
        if (!simulator.time.step) return reply.status(409).send({ error: "time passes by itself here" });
        simulator.time.step(stepMs);
        return { now: simulator.time.clock.now() };
      });
    },
    { prefix: "/control" },
  );
}

/** One line of JSON for each report of a call and each key, as it happens, until whoever asked goes. */
function followEvents({ onEffect }: Simulator, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.flushHeaders();
  const stop = onEffect((effect) => {
    const event = eventOf(effect);
    if (event)
      response.write(`${JSON.stringify({ ...event, at: performance.timeOrigin + performance.now() })}\n`);
  });
  request.once("close", stop);
}

function eventOf(effect: Effect): Record<string, string | undefined> | null {
  if (effect.effect === "digit") return { event: "digit", callSid: effect.callSid, digit: effect.digit };
  if (effect.effect !== "callback" || effect.params["CallStatus"] === undefined) return null;
  const { CallSid: callSid, CallStatus: status, From: from, To: to } = effect.params;
  return { event: "status", callSid, status, from, to };
}

/** Lets a scripted caller dial one of the own numbers. */
export function startDemoCall(
  simulator: Simulator,
  wanted: z.infer<typeof DemoCall>,
): { callSid: string; script: string; from: string } | { error: string } {
  const { carrier, directory, library, numbers } = simulator;
  const number = wanted.to ? directory.findNumber(wanted.to) : [...directory.numbers.values()][0];
  const target = number && voiceTarget(number);
  if (!number || !target) return { error: "no such number, or nobody has said where its calls go" };
  const script = wanted.script ? library.find(wanted.script) : library.next();
  if (!script) return { error: "no such script" };
  if (!carrier.hasRoom()) return { error: "too many calls" };
  const from = wanted.from ?? script.customer.phone;
  const callSid = carrier.reserve({
    from,
    to: number.phoneNumber,
    endpoint: { kind: "number", number: from },
    callback: numberCallback(number),
  });
  const { speaker, mode, stays, readsAlong } = wanted;
  numbers.expect(callSid, { script, speaker, mode, stays, readsAlong });
  carrier.begin(callSid, target);
  return { callSid, script: script.id, from };
}

/** @returns how long it is, and how much of that is no silence */
function describeMessage(message: Message): Record<string, unknown> {
  const { callSid, from, to, frames } = message;
  const loud = frames.filter((frame) => measureLevel(frame) > loudLevel).length;
  return { callSid, from, to, durationMs: frames.length * frameMs, loudMs: loud * frameMs };
}

function soundOf({ frames }: Message): Int16Array {
  return Int16Array.from(frames.flatMap((frame) => [...frame]));
}

function describe(simulator: Simulator): Record<string, unknown> {
  const { core } = simulator.carrier;
  const live = [...core.calls.values()].filter((call) => !isOver(call));
  return {
    now: simulator.time.clock.now(),
    calls: live.map(({ sid, parentSid, direction, from, to, status, activity }) => ({
      ...{ sid, parentSid, direction, from, to, status },
      doing: activity?.name ?? null,
      levels: simulator.engine.levelsOf(sid),
      lastVoiceAt: simulator.engine.lastVoiceAt(sid),
    })),
    conferences: [...core.conferences.values()]
      .filter((one) => one.status !== "completed")
      .map(({ sid, name, status, participants }) => ({ sid, name, status, calls: [...participants.keys()] })),
    queues: [...core.queues.values()].map(({ sid, name, members }) => ({
      ...{ sid, name },
      calls: members.map((member) => member.callSid),
    })),
    devices: simulator.signalling.list(),
    numbers: [...simulator.directory.numbers.values()].map(({ sid, phoneNumber }) => ({ sid, phoneNumber })),
    scripts: simulator.library.list().map(({ id, title, customer }) => ({ id, title, customer })),
    faults: simulator.faults,
    webhooksUnderWay: simulator.webhooks.underWay(),
  };
}
