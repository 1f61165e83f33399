import type { Core } from "../carrier/core.ts";
import { apiVersion, rfc2822, seconds } from "../carrier/forms.ts";
import type { Call, Conference, Participant, Queue, QueueMember, Recording } from "../carrier/model.ts";

type Json = Record<string, unknown>;

const date = (at: number | null): string | null => (at === null ? null : rfc2822(at));
const base = (core: Core): string => `/${apiVersion}/Accounts/${core.accountSid}`;

/** Twilio's JSON for a call. */
export function callJson(core: Core, call: Call): Json {
  const uri = `${base(core)}/Calls/${call.sid}`;
  const talkedMs = call.endedAt === null || call.answeredAt === null ? null : call.endedAt - call.answeredAt;
  return {
    sid: call.sid,
    account_sid: core.accountSid,
    parent_call_sid: call.parentSid,
    from: call.from,
    from_formatted: call.from,
    to: call.to,
    to_formatted: call.to,
    status: call.status,
    direction: call.direction,
    start_time: date(call.answeredAt ?? call.createdAt),
    end_time: date(call.endedAt),
    duration: call.endedAt === null ? null : String(seconds(talkedMs ?? 0)),
    answered_by: call.answeredBy,
    price: null,
    price_unit: "USD",
    phone_number_sid: "",
    forwarded_from: null,
    caller_name: null,
    group_sid: null,
    trunk_sid: null,
    queue_time: "0",
    api_version: apiVersion,
    date_created: date(call.createdAt),
    date_updated: date(call.endedAt ?? call.answeredAt ?? call.createdAt),
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json` },
  };
}

export function conferenceJson(core: Core, conference: Conference): Json {
  const uri = `${base(core)}/Conferences/${conference.sid}`;
  return {
    sid: conference.sid,
    account_sid: core.accountSid,
    friendly_name: conference.name,
    status: conference.status,
    region: "us1",
    reason_conference_ended: conference.reasonEnded,
    call_sid_ending_conference: conference.callSidEndingConference,
    api_version: apiVersion,
    date_created: date(conference.createdAt),
    date_updated: date(conference.updatedAt),
    uri: `${uri}.json`,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  };
}

export function participantJson(core: Core, conference: Conference, participant: Participant): Json {
  const call = core.calls.get(participant.callSid);
  return {
    account_sid: core.accountSid,
    call_sid: participant.callSid,
    conference_sid: conference.sid,
    label: participant.label,
    muted: participant.muted,
    hold: participant.hold,
    coaching: participant.coaching,
    call_sid_to_coach: participant.callSidToCoach,
    start_conference_on_enter: participant.startOnEnter,
    end_conference_on_exit: participant.endOnExit,
    status: call?.status === "in-progress" ? "connected" : (call?.status ?? "complete"),
    queue_time: "0",
    date_created: date(participant.joinedAt),
    date_updated: date(participant.joinedAt),
    uri: `${base(core)}/Conferences/${conference.sid}/Participants/${participant.callSid}.json`,
  };
}

export function queueJson(core: Core, queue: Queue): Json {
  const waits = queue.members.map((member) => core.now() - member.enqueuedAt);
  const mean = waits.length === 0 ? 0 : waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  return {
    sid: queue.sid,
    account_sid: core.accountSid,
    friendly_name: queue.name,
    current_size: queue.members.length,
    max_size: queue.maxSize,
    average_wait_time: seconds(mean),
    date_created: date(queue.createdAt),
    date_updated: date(queue.updatedAt),
    uri: `${base(core)}/Queues/${queue.sid}.json`,
    subresource_uris: { members: `${base(core)}/Queues/${queue.sid}/Members.json` },
  };
}

export function memberJson(core: Core, queue: Queue, member: QueueMember): Json {
  return {
    call_sid: member.callSid,
    queue_sid: queue.sid,
    date_enqueued: date(member.enqueuedAt),
    position: queue.members.indexOf(member) + 1,
    wait_time: seconds(core.now() - member.enqueuedAt),
    uri: `${base(core)}/Queues/${queue.sid}/Members/${member.callSid}.json`,
  };
}

export function recordingJson(core: Core, recording: Recording): Json {
  return {
    sid: recording.sid,
    account_sid: core.accountSid,
    call_sid: recording.callSid,
    conference_sid: recording.conferenceSid,
    status: recording.status,
    channels: recording.channels,
    source: recording.source,
    track: "both",
    duration: recording.durationMs === null ? "-1" : String(seconds(recording.durationMs)),
    start_time: date(recording.startedAt),
    price: null,
    price_unit: "USD",
    error_code: null,
    encryption_details: null,
    api_version: apiVersion,
    date_created: date(recording.startedAt),
    date_updated: date(recording.startedAt),
    uri: `${base(core)}/Recordings/${recording.sid}.json`,
    media_url: core.recorder.urlOf(recording),
    subresource_uris: {},
  };
}

/** One page with everything in it: what this carrier keeps is little enough. */
export function page(key: string, items: readonly Json[], uri: string): Json {
  return {
    [key]: items,
    page: 0,
    page_size: Math.max(50, items.length),
    start: 0,
    end: Math.max(0, items.length - 1),
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
    uri,
  };
}
