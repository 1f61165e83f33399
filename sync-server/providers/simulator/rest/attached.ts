import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../carrier/core.ts";
import { apiVersion, rfc2822 } from "../carrier/forms.ts";
import { isUp, type Call } from "../carrier/model.ts";
import {
  attachStream,
  attachTranscription,
  detachStream,
  detachTranscription,
} from "../carrier/verbs/attach.ts";
import { findCall } from "./calls.ts";
import { flag, method, readForm, text, toCallback, url, type Form } from "./form.ts";
import { notFound, RestProblem } from "./problem.ts";

const Track = z.enum(["inbound_track", "outbound_track", "both_tracks"]);
const Stopped = z.object({ Status: z.literal("stopped") });

const NewStream = z.object({
  Url: z.url({ protocol: /^wss?$/ }),
  Name: text.optional(),
  Track: Track.default("inbound_track"),
  StatusCallback: url.optional(),
  StatusCallbackMethod: method.optional(),
});

const NewTranscription = z.object({
  Name: text.optional(),
  Track: Track.default("both_tracks"),
  StatusCallbackUrl: url.optional(),
  StatusCallbackMethod: method.optional(),
  InboundTrackLabel: text.optional(),
  OutboundTrackLabel: text.optional(),
  PartialResults: flag.default(false),
  LanguageCode: text.default("en-US"),
});

type CallPath = { Params: { call: string } };
type SidPath = { Params: { call: string; sid: string } };

/** Media streams and transcriptions of a call that is up: start them and stop them. */
export function serveAttached(app: FastifyInstance, core: Core): void {
  app.post<CallPath>("/Calls/:call/Streams.json", (request, reply) => {
    const call = findUp(core, request.params.call);
    const form = readForm(NewStream, request.body);
    const sid = attachStream(core, call, {
      verb: "start-stream",
      name: form.Name ?? null,
      url: form.Url,
      track: form.Track,
      parameters: readParameters(request.body as Form),
      statusCallback: toCallback(form.StatusCallback, form.StatusCallbackMethod, [], ""),
      action: { url: null, method: "POST" },
    });
    return reply.status(201).send(attachedJson(core, call, "Streams", sid, "in-progress"));
  });

  app.post<SidPath>("/Calls/:call/Streams/:sid.json", (request) => {
    const call = findCall(core, request.params.call);
    readForm(Stopped, request.body);
    const sid = detachStream(core, call, request.params.sid);
    if (!sid) throw notFound(request.url);
    return attachedJson(core, call, "Streams", sid, "stopped");
  });

  app.post<CallPath>("/Calls/:call/Transcriptions.json", (request, reply) => {
    const call = findUp(core, request.params.call);
    const form = readForm(NewTranscription, request.body);
    const sid = attachTranscription(core, call, {
      verb: "start-transcription",
      name: form.Name ?? null,
      statusCallback: toCallback(form.StatusCallbackUrl, form.StatusCallbackMethod, [], ""),
      track: form.Track,
      inboundTrackLabel: form.InboundTrackLabel ?? null,
      outboundTrackLabel: form.OutboundTrackLabel ?? null,
      partialResults: form.PartialResults,
      languageCode: form.LanguageCode,
    });
    return reply.status(201).send(attachedJson(core, call, "Transcriptions", sid, "in-progress"));
  });

  app.post<SidPath>("/Calls/:call/Transcriptions/:sid.json", (request) => {
    const call = findCall(core, request.params.call);
    readForm(Stopped, request.body);
    const sid = detachTranscription(core, call, request.params.sid);
    if (!sid) throw notFound(request.url);
    return attachedJson(core, call, "Transcriptions", sid, "stopped");
  });
}

function findUp(core: Core, sid: string): Call {
  const call = findCall(core, sid);
  if (!isUp(call)) throw new RestProblem(400, 21_220, "The call is not in progress.");
  return call;
}

// Twilio numbers them: Parameter1.Name and Parameter1.Value, and so on.
function readParameters(form: Form): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [field, name] of Object.entries(form)) {
    const number = /^Parameter(\d{1,2})\.Name$/.exec(field)?.[1];
    if (number) parameters[String(name)] = String(form[`Parameter${number}.Value`] ?? "");
  }
  return parameters;
}

function attachedJson(
  core: Core,
  call: Call,
  kind: string,
  sid: string,
  status: string,
): Record<string, unknown> {
  return {
    sid,
    account_sid: core.accountSid,
    call_sid: call.sid,
    name: null,
    status,
    date_updated: rfc2822(core.now()),
    uri: `/${apiVersion}/Accounts/${core.accountSid}/Calls/${call.sid}/${kind}/${sid}.json`,
  };
}
