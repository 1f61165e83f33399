import { z } from "zod";
import { Instant } from "../../../shared/entities/fields.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { LegStatus, Notice, RawWebhook, Webhook, WebhookFault } from "../../telephony/index.ts";
import { userIdOf } from "./identity.ts";
import type { Fields } from "./signature.ts";

type Hook = (form: Form) => Webhook | null;
type Form = {
  /** A field's text; empty where it is absent. */
  of(name: string): string;
  query: URLSearchParams;
  receivedAt: Date;
};

/** What a webhook that was found genuine says. Pure; tested on recorded ones. */
export function readWebhook(request: RawWebhook, fields: Fields): Result<Webhook, WebhookFault> {
  const hook = Object.hasOwn(hooks, request.hook) ? hooks[request.hook] : undefined;
  const read = hook?.({
    of: (name) => [fields[name] ?? ""].flat()[0] ?? "",
    query: new URLSearchParams(request.pathAndQuery.split("?")[1] ?? ""),
    receivedAt: request.receivedAt,
  });
  return read ? ok(read) : err("unreadable");
}

const hooks: Readonly<Record<string, Hook>> = {
  voice({ of, receivedAt }) {
    const sid = of("CallSid");
    const at = receivedAt.toISOString();
    if (sid === "") return null;
    const identity = /^client:(.+)$/u.exec(of("From"))?.[1];
    if (identity === undefined)
      return { kind: "asks", call: { kind: "called", sid, from: of("From"), to: of("To"), at } };
    const userId = userIdOf(identity);
    if (userId === null) return null;
    return { kind: "asks", call: { kind: "dialled", sid, userId, callId: of("callId"), at } };
  },

  wait({ query }) {
    return { kind: "waits", callId: query.get("call") ?? "" };
  },

  next({ query }) {
    return { kind: "next", legId: query.get("leg") ?? "" };
  },

  status(form) {
    const status = statuses[form.of("CallStatus")];
    const seq = countOf(form.of("SequenceNumber"));
    const at = instantOf(form);
    if (form.of("CallSid") === "" || seq === null || at === null) return null;
    // "queued" and words to come.
    if (status === undefined) return { kind: "idle" };
    const machine = form.of("AnsweredBy").startsWith("machine");
    return notice([form.of("CallSid"), seq, form.of("CallStatus")], {
      kind: "leg",
      ...legOf(form),
      status,
      seq,
      at,
      machine,
    });
  },

  "picked-up"(form) {
    const answeredBy = form.of("AnsweredBy");
    if (form.of("CallSid") === "" || answeredBy === "") return null;
    // "unknown" is what Twilio says where it cannot tell; a fax takes no message.
    const by = answeredBy.startsWith("machine") ? "machine" : "person";
    const at = form.receivedAt.toISOString();
    return notice([form.of("CallSid"), "picked-up"], { kind: "picked-up", ...legOf(form), by, at });
  },

  room(form) {
    const seq = countOf(form.of("SequenceNumber"));
    const at = instantOf(form);
    const event = form.of("StatusCallbackEvent");
    if (event !== "participant-join" && event !== "participant-leave") return { kind: "idle" };
    if (form.of("CallSid") === "" || seq === null || at === null) return null;
    // The room's URL names no leg: it is the same for everybody in it.
    const leg = { legId: null, sid: form.of("CallSid") };
    return event === "participant-join"
      ? notice([form.of("ConferenceSid"), seq, "joined"], { kind: "joined", ...leg })
      : notice([form.of("ConferenceSid"), seq, "left"], { kind: "left", ...leg, seq, at });
  },

  recording(form) {
    const recordingSid = form.of("RecordingSid");
    const state = recordingStates[form.of("RecordingStatus")];
    if (recordingSid === "") return null;
    if (state === undefined) return { kind: "idle" };
    return notice([recordingSid, form.of("RecordingStatus")], {
      kind: "recording",
      ...legOf(form),
      recordingSid,
      state,
      durationMs: (countOf(form.of("RecordingDuration")) ?? 0) * 1_000,
      at: form.receivedAt.toISOString(),
      purpose: form.query.get("for") === "voicemail" ? "voicemail" : "call",
    });
  },

  stream(form) {
    // One that ends when nobody has stopped it has lost its way to us.
    if (form.of("StreamEvent") === "stream-started") return { kind: "idle" };
    return transcriptEnd(form, form.of("StreamSid"), "stream");
  },

  transcription(form) {
    const event = form.of("TranscriptionEvent");
    if (event === "transcription-stopped" || event === "transcription-error")
      return transcriptEnd(form, form.of("TranscriptionSid"), "listener");
    if (event !== "transcription-content") return { kind: "idle" };
    const seq = countOf(form.of("SequenceId"));
    const at = instantOf(form);
    const heard = readHeard(form.of("TranscriptionData"));
    if (!seq || at === null || heard === null) return null;
    return notice([form.of("TranscriptionSid"), seq, form.of("Track")], {
      kind: "transcript",
      ...legOf(form),
      track: form.of("Track") === "outbound_track" ? "heard" : "said",
      session: form.of("TranscriptionSid"),
      seq,
      final: form.of("Final") !== "false",
      at,
      ...heard,
    });
  },
};

/** @param sid of what has written down what is said, or was to */
function transcriptEnd(form: Form, sid: string, by: "listener" | "stream"): Webhook | null {
  const at = instantOf(form);
  if (form.of("CallSid") === "" || at === null) return null;
  return notice([sid, "stopped"], { kind: "transcript-stopped", ...legOf(form), at, by });
}

const statuses: Readonly<Record<string, LegStatus>> = {
  initiated: "dialling",
  ringing: "ringing",
  "in-progress": "answered",
  answered: "answered",
  completed: "completed",
  busy: "busy",
  "no-answer": "no-answer",
  canceled: "cancelled",
  failed: "failed",
};

const recordingStates: Readonly<Record<string, "ready" | "absent">> = {
  completed: "ready",
  absent: "absent",
};

function notice(identity: readonly (string | number)[], said: Notice): Webhook {
  return { kind: "notice", identity: identity.join(":").slice(0, 300), notice: said };
}

function legOf({ of, query }: Form): { legId: string | null; sid: string } {
  return { legId: query.get("leg"), sid: of("CallSid") };
}

function countOf(text: string): number | null {
  return /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

/** RFC 2822 or ISO 8601; absent in some, which are taken as of now. */
function instantOf({ of, receivedAt }: Form): string | null {
  const text = of("Timestamp");
  if (text === "") return receivedAt.toISOString();
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

const longestText = 20_000;

/** Twilio tells words and how sure it is; the simulated carrier knows times besides. */
const Heard = z.object({
  transcript: z.string().transform((text) => text.slice(0, longestText)),
  startedAt: Instant.nullable().catch(null).default(null),
  timing: z.array(z.int().min(0)).max(8_000).catch([]).default([]),
});

function readHeard(transcriptionData: string) {
  try {
    const { transcript: text, startedAt, timing } = Heard.parse(JSON.parse(transcriptionData));
    return { text, startedAt, timing };
  } catch {
    return null;
  }
}
