import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../carrier/core.ts";
import { isOver, isUp, type Call, type Endpoint } from "../carrier/model.ts";
import type { Carrier } from "../carrier/carrier.ts";
import type { Directory } from "../directory.ts";
import { flag, list, method, readForm, seconds, text, toCallback, twiml, url } from "./form.ts";
import { notFound, RestProblem } from "./problem.ts";
import { callJson, page } from "./wire.ts";
import type { Callback } from "../twiml/verbs.ts";

const NewCall = z.object({
  To: text.min(1),
  From: text.min(1),
  Url: url.optional(),
  Method: method.optional(),
  FallbackUrl: url.optional(),
  Twiml: twiml.optional(),
  ApplicationSid: text.optional(),
  StatusCallback: url.optional(),
  StatusCallbackMethod: method.optional(),
  StatusCallbackEvent: list.optional(),
  MachineDetection: z.enum(["Enable", "DetectMessageEnd"]).optional(),
  AsyncAmd: flag.default(false),
  AsyncAmdStatusCallback: url.optional(),
  AsyncAmdStatusCallbackMethod: method.optional(),
  Timeout: seconds.default(60),
  TimeLimit: seconds.default(14_400),
  Record: flag.default(false),
  RecordingChannels: z.enum(["mono", "dual"]).default("mono"),
  RecordingStatusCallback: url.optional(),
  RecordingStatusCallbackEvent: list.optional(),
});

const CallUpdate = z.object({
  Status: z.enum(["canceled", "completed"]).optional(),
  Url: url.optional(),
  Method: method.optional(),
  FallbackUrl: url.optional(),
  Twiml: twiml.optional(),
});

const CallFilter = z.object({
  Status: text.optional(),
  To: text.optional(),
  From: text.optional(),
  ParentCallSid: text.optional(),
});

type CallPath = { Params: { call: string } };

/** /Calls: place, look up, redirect and end. */
export function serveCalls(app: FastifyInstance, carrier: Carrier, directory: Directory): void {
  const { core } = carrier;

  app.post("/Calls.json", (request, reply) => {
    const form = readForm(NewCall, request.body);
    if (!carrier.hasRoom()) throw new RestProblem(429, 20_429, "Too Many Requests");
    return reply.status(201).send(callJson(core, placeCall(carrier, directory, form)));
  });

  app.get("/Calls.json", (request) => {
    const filter = readForm(CallFilter, request.query);
    const calls = [...core.calls.values()].filter((call) => matches(call, filter)).toReversed();
    return page(
      "calls",
      calls.map((call) => callJson(core, call)),
      request.url,
    );
  });

  app.get<CallPath>("/Calls/:call.json", (request) => callJson(core, findCall(core, request.params.call)));

  app.post<CallPath>("/Calls/:call.json", (request) => {
    const call = findCall(core, request.params.call);
    updateCall(core, call, readForm(CallUpdate, request.body));
    return callJson(core, call);
  });
}

export function findCall(core: Core, sid: string): Call {
  const call = core.calls.get(sid);
  if (!call) throw notFound(`/Calls/${sid}.json`);
  return call;
}

/** An address without the parameters that it carries for a client. */
export function withoutQuery(to: string): string {
  return to.replace(/\?.*$/s, "");
}

/** An address as Twilio writes it: a number, `client:` or `sip:`. */
export function toEndpoint(to: string): Endpoint {
  if (to.startsWith("sip:")) return { kind: "sip", uri: to };
  if (!to.startsWith("client:")) return { kind: "number", number: to };
  const [identity = "", query = ""] = to.slice("client:".length).split("?");
  return { kind: "client", identity, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

function placeCall(carrier: Carrier, directory: Directory, form: z.infer<typeof NewCall>): Call {
  const { core } = carrier;
  const application = form.ApplicationSid ? directory.applications.get(form.ApplicationSid)?.voiceUrl : null;
  const address = form.Url ?? application;
  if (!address && !form.Twiml) throw new RestProblem(400, 21_205, "Url parameter is required.");
  return carrier.place({
    from: form.From,
    to: withoutQuery(form.To),
    endpoint: toEndpoint(form.To),
    callback: toCallback(
      form.StatusCallback,
      form.StatusCallbackMethod,
      form.StatusCallbackEvent,
      "completed",
    ),
    machineDetection: form.MachineDetection !== undefined,
    asyncDetection: asyncDetectionOf(form),
    detectsMessageEnd: form.MachineDetection === "DetectMessageEnd",
    timeoutMs: form.Timeout * 1_000,
    timeLimitMs: form.TimeLimit * 1_000,
    answered: (call) => {
      if (form.Record) record(core, call, form);
      const target = { url: address ?? "", method: form.Method ?? ("POST" as const) };
      if (!address) return core.program.replace(call, form.Twiml ?? "", "");
      core.program.redirect(call, form.FallbackUrl ? { ...target, fallbackUrl: form.FallbackUrl } : target);
    },
  });
}

function asyncDetectionOf(form: z.infer<typeof NewCall>): Callback | null {
  const { MachineDetection, AsyncAmd, AsyncAmdStatusCallback, AsyncAmdStatusCallbackMethod } = form;
  if (MachineDetection === undefined || !AsyncAmd) return null;
  return toCallback(AsyncAmdStatusCallback, AsyncAmdStatusCallbackMethod, [], "");
}

function record(core: Core, call: Call, form: z.infer<typeof NewCall>): void {
  const events = form.RecordingStatusCallbackEvent;
  core.recorder.startOnCall(call, {
    channels: form.RecordingChannels === "dual" ? 2 : 1,
    source: "OutboundAPI",
    callback: toCallback(form.RecordingStatusCallback, "POST", events, "completed"),
  });
}

function updateCall(core: Core, call: Call, form: z.infer<typeof CallUpdate>): void {
  if (isOver(call)) throw new RestProblem(400, 21_220, "Call is not in-progress. Cannot redirect.");
  if (form.Status === "completed")
    return core.legs.end(call, call.answeredAt === null ? "canceled" : "completed");
  if (form.Status === "canceled") {
    if (isUp(call)) throw new RestProblem(400, 21_220, "Call is in-progress. Cannot cancel.");
    return core.legs.end(call, "canceled");
  }
  if (form.Twiml) return core.program.replace(call, form.Twiml, "");
  if (!form.Url) throw new RestProblem(400, 21_218, "Url, Twiml or Status is required.");
  const target = { url: form.Url, method: form.Method ?? ("POST" as const) };
  core.program.redirect(call, form.FallbackUrl ? { ...target, fallbackUrl: form.FallbackUrl } : target);
}

function matches(call: Call, filter: z.infer<typeof CallFilter>): boolean {
  if (filter.Status && call.status !== filter.Status) return false;
  if (filter.To && call.to !== filter.To) return false;
  if (filter.From && call.from !== filter.From) return false;
  return !filter.ParentCallSid || call.parentSid === filter.ParentCallSid;
}
