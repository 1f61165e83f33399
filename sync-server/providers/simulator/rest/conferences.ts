import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Carrier } from "../carrier/carrier.ts";
import { changeParticipant, endConference, enterConference, findRunning } from "../carrier/conferences.ts";
import type { Core } from "../carrier/core.ts";
import type { Call, Conference, Participant } from "../carrier/model.ts";
import { findCall, toEndpoint, withoutQuery } from "./calls.ts";
import { flag, list, method, readForm, seconds, text, toCallback, url } from "./form.ts";
import { notFound, RestProblem } from "./problem.ts";
import { conferenceJson, page, participantJson } from "./wire.ts";

const ParticipantUpdate = z.object({
  Hold: flag.optional(),
  HoldUrl: text.optional(),
  Muted: flag.optional(),
  Coaching: flag.optional(),
  CallSidToCoach: text.optional(),
  EndConferenceOnExit: flag.optional(),
});

const NewParticipant = z.object({
  To: text.min(1),
  From: text.min(1),
  Label: text.optional(),
  Muted: flag.default(false),
  Beep: text.default("true"),
  StartConferenceOnEnter: flag.default(true),
  EndConferenceOnExit: flag.default(false),
  Coaching: flag.default(false),
  CallSidToCoach: text.optional(),
  Timeout: seconds.default(60),
  TimeLimit: seconds.default(14_400),
  StatusCallback: url.optional(),
  StatusCallbackMethod: method.optional(),
  StatusCallbackEvent: list.optional(),
  ConferenceStatusCallback: url.optional(),
  ConferenceStatusCallbackEvent: list.optional(),
});

const ConferenceUpdate = z.object({ Status: z.literal("completed").optional() });
const ConferenceFilter = z.object({ Status: text.optional(), FriendlyName: text.optional() });

type ConferencePath = { Params: { conference: string } };
type ParticipantPath = { Params: { conference: string; call: string } };

/** /Conferences and their participants: hold, mute, coach, add, remove and end. */
export function serveConferences(app: FastifyInstance, carrier: Carrier): void {
  const { core } = carrier;

  app.get("/Conferences.json", (request) => {
    const filter = readForm(ConferenceFilter, request.query);
    const all = [...core.conferences.values()].filter(
      (one) =>
        (!filter.Status || one.status === filter.Status) &&
        (!filter.FriendlyName || one.name === filter.FriendlyName),
    );
    return page(
      "conferences",
      all.toReversed().map((one) => conferenceJson(core, one)),
      request.url,
    );
  });

  app.get<ConferencePath>("/Conferences/:conference.json", (request) =>
    conferenceJson(core, findConference(core, request.params.conference)),
  );

  app.post<ConferencePath>("/Conferences/:conference.json", (request) => {
    const conference = findConference(core, request.params.conference);
    const { Status } = readForm(ConferenceUpdate, request.body);
    if (Status) endConference(core, conference, "conference-ended-via-api", null);
    return conferenceJson(core, conference);
  });

  app.get<ConferencePath>("/Conferences/:conference/Participants.json", (request) => {
    const conference = findConference(core, request.params.conference);
    const all = [...conference.participants.values()];
    return page(
      "participants",
      all.map((one) => participantJson(core, conference, one)),
      request.url,
    );
  });

  app.post<ConferencePath>("/Conferences/:conference/Participants.json", (request, reply) => {
    const form = readForm(NewParticipant, request.body);
    if (!carrier.hasRoom()) throw new RestProblem(429, 20_429, "Too Many Requests");
    const call = addParticipant(carrier, request.params.conference, form);
    return reply.status(201).send(addedJson(core, request.params.conference, call, form));
  });

  app.get<ParticipantPath>("/Conferences/:conference/Participants/:call.json", (request) => {
    const { conference, participant } = findParticipant(core, request.params);
    return participantJson(core, conference, participant);
  });

  app.post<ParticipantPath>("/Conferences/:conference/Participants/:call.json", (request) => {
    const { conference, participant } = findParticipant(core, request.params);
    const form = readForm(ParticipantUpdate, request.body);
    changeParticipant(core, conference, participant, {
      ...(form.Hold === undefined ? {} : { hold: form.Hold, holdUrl: form.HoldUrl ?? null }),
      ...(form.Muted === undefined ? {} : { muted: form.Muted }),
      ...(form.EndConferenceOnExit === undefined ? {} : { endOnExit: form.EndConferenceOnExit }),
      ...coachingOf(form),
    });
    return participantJson(core, conference, participant);
  });

  app.delete<ParticipantPath>("/Conferences/:conference/Participants/:call.json", (request, reply) => {
    const { participant } = findParticipant(core, request.params);
    core.legs.end(findCall(core, participant.callSid), "completed");
    return reply.status(204).send();
  });
}

function coachingOf(form: z.infer<typeof ParticipantUpdate>): { callSidToCoach?: string | null } {
  if (form.Coaching === false) return { callSidToCoach: null };
  return form.CallSidToCoach ? { callSidToCoach: form.CallSidToCoach } : {};
}

function addParticipant(carrier: Carrier, name: string, form: z.infer<typeof NewParticipant>): Call {
  const { core } = carrier;
  const noun = {
    name: core.conferences.get(name)?.name ?? name,
    startOnEnter: form.StartConferenceOnEnter,
    endOnExit: form.EndConferenceOnExit,
    muted: form.Muted,
    beep: form.Beep,
    waitUrl: null,
    waitMethod: "POST" as const,
    coach: (form.Coaching && form.CallSidToCoach) || null,
    record: false,
    maxParticipants: 250,
    label: form.Label ?? null,
    statusCallback: toCallback(
      form.ConferenceStatusCallback,
      "POST",
      form.ConferenceStatusCallbackEvent,
      "start end",
    ),
    recordingStatusCallback: null,
  };
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
    machineDetection: false,
    detectsMessageEnd: false,
    asyncDetection: null,
    timeoutMs: form.Timeout * 1_000,
    timeLimitMs: form.TimeLimit * 1_000,
    answered: (call) => enterConference(core, call, noun, () => core.legs.end(call, "completed")),
  });
}

// Until it answers it is in no conference, but Twilio already speaks of it as a participant.
function addedJson(core: Core, name: string, call: Call, form: z.infer<typeof NewParticipant>) {
  return {
    account_sid: core.accountSid,
    call_sid: call.sid,
    conference_sid: findRunning(core, name)?.sid ?? null,
    label: form.Label ?? null,
    muted: form.Muted,
    hold: false,
    coaching: form.Coaching,
    call_sid_to_coach: form.CallSidToCoach ?? null,
    end_conference_on_exit: form.EndConferenceOnExit,
    start_conference_on_enter: form.StartConferenceOnEnter,
    status: "queued",
    queue_time: "0",
    date_created: null,
    date_updated: null,
    uri: "",
  };
}

function findConference(core: Core, nameOrSid: string): Conference {
  const conference = core.conferences.get(nameOrSid) ?? findRunning(core, nameOrSid);
  if (!conference) throw notFound(`/Conferences/${nameOrSid}.json`);
  return conference;
}

// A participant may be named by its label too.
function findParticipant(
  core: Core,
  path: { conference: string; call: string },
): { conference: Conference; participant: Participant } {
  const conference = findConference(core, path.conference);
  const participant =
    conference.participants.get(path.call) ??
    [...conference.participants.values()].find((one) => one.label === path.call);
  if (!participant) throw notFound(`/Conferences/${path.conference}/Participants/${path.call}.json`);
  return { conference, participant };
}
