import type { CallListInstanceCreateOptions } from "twilio/lib/rest/api/v2010/account/call.js";
import type TwilioRest from "twilio/lib/rest/Twilio.js";
import { err, ok } from "../../../shared/result/result.ts";
import type { Answered, CarrierAccount, CarrierLine, LegStatus, NewLeg } from "../../telephony/index.ts";
import type { TwilioConfig, TwilioCredentials } from "./account.ts";
import { FetchClient, NoAnswer } from "./http-client.ts";
import { identityOf } from "./identity.ts";
import { transcriptionOf, writeTwiml } from "./twiml.ts";
import { hookUrl } from "./urls.ts";

/**
 * Twilio's REST API for one account.
 * @param restUrl of a carrier that speaks it too; null = Twilio
 */
export async function openLine(account: CarrierAccount, restUrl: string | null): Promise<CarrierLine> {
  // 30 MB of SDK, which a server without an account never needs.
  const { default: Twilio } = await import("twilio/lib/rest/Twilio.js");
  const { accountSid, apiKeySid } = account.config as TwilioConfig;
  const { apiKeySecret } = account.credentials as TwilioCredentials;
  const httpClient = new FetchClient(restUrl);
  const rest = new Twilio(apiKeySid, apiKeySecret, { accountSid, httpClient });
  const rooms = rememberRooms(rest);
  const change = (
    room: string,
    sid: string,
    to: { hold?: boolean; holdUrl?: string; endConferenceOnExit?: boolean },
  ) =>
    asked(async () => {
      try {
        await rest
          .conferences(await rooms.find(room))
          .participants(sid)
          .update(to);
      } catch (error) {
        rooms.forget(room);
        throw error;
      }
    });
  const recordings = recordingsUrl(restUrl, accountSid);

  return {
    dial: (leg) => asked(async () => ({ sid: (await rest.calls.create(callOf(account, leg))).sid })),
    findDials: (leg, since) => asked(() => findDials(rest, leg, since)),
    hangUp: (sid) => asked(async () => void (await rest.calls(sid).update({ status: "completed" }))),
    redirect: (sid, script) =>
      asked(async () => void (await rest.calls(sid).update({ twiml: writeTwiml(account, script) }))),
    hold: (room, sid, on, callId) =>
      change(room, sid, { hold: on, ...(on ? { holdUrl: hookUrl(account, "wait", { call: callId }) } : {}) }),
    setAnchor: (room, sid, on) => change(room, sid, { endConferenceOnExit: on }),
    listen: (sid, legId, url) =>
      asked(async () => {
        const statusCallback = hookUrl(account, "stream", { leg: legId });
        await rest.calls(sid).streams.create({ url, name: legId, track: "both_tracks", statusCallback });
      }),
    transcribe: (sid, legId) =>
      asked(async () => {
        const { transcriptions } = rest.calls(sid);
        // The answer to an earlier asking may have been lost: everything would be written down twice.
        await unlessOver(() => transcriptions(legId).update({ status: "stopped" }));
        await transcriptions.create(transcriptionOf(account, legId));
      }),
    stopListening: (sid, legId) =>
      asked(async () => {
        const { transcriptions, streams } = rest.calls(sid);
        // Which of the two it is was said as the leg began or once they agreed; both have the leg's name (twiml.ts).
        await unlessOver(() => transcriptions(legId).update({ status: "stopped" }));
        await unlessOver(() => streams(legId).update({ status: "stopped" }));
      }),
    record: (sid, legId, state) => asked(() => record(rest, account, sid, legId, state)),
    readLeg: (sid) =>
      asked(async () => {
        const { status, dateUpdated } = await rest.calls(sid).fetch();
        return { status: statuses[status] ?? "failed", at: dateUpdated };
      }),
    fetchRecording: (sid) =>
      asked(() => fetchSound(`${recordings}/${sid}.wav?RequestedChannels=2`, apiKeySid, apiKeySecret)),
    removeRecording: (sid) => asked(async () => void (await rest.recordings(sid).remove())),
    listNumbers: () =>
      asked(async () => {
        const numbers = await rest.incomingPhoneNumbers.list({ limit: mostNumbers });
        return numbers.map(({ phoneNumber, friendlyName }) => ({ number: phoneNumber, label: friendlyName }));
      }),
    test: () =>
      asked(async () => ({ name: (await rest.api.v2010.accounts(accountSid).fetch()).friendlyName })),
  };
}

/** An account with more is one that nobody would go through by hand. */
const mostNumbers = 2_000;

/** From both sides of the leg, each in a channel of its own. */
async function record(
  rest: TwilioRest,
  account: CarrierAccount,
  sid: string,
  legId: string,
  state: "on" | "paused" | "off",
): Promise<void> {
  const running = await rest.calls(sid).recordings.list({ limit: 1 });
  const current = running.find(({ status }) => status === "in-progress" || status === "paused");
  if (state === "off") {
    if (current)
      await unlessOver(() => rest.calls(sid).recordings(current.sid).update({ status: "stopped" }));
    return;
  }
  if (current === undefined) {
    await rest.calls(sid).recordings.create({
      recordingChannels: "dual",
      recordingStatusCallback: hookUrl(account, "recording", { leg: legId }),
      recordingStatusCallbackEvent: ["completed", "absent"],
    });
  }
  const status = state === "on" ? "in-progress" : "paused";
  if (current?.status === status || (current === undefined && state === "on")) return;
  await rest
    .calls(sid)
    .recordings("Twilio.CURRENT")
    .update({ status, ...(state === "paused" ? { pauseBehavior: "silence" } : {}) });
}

function callOf(account: CarrierAccount, leg: NewLeg): CallListInstanceCreateOptions {
  return {
    to: leg.to.kind === "number" ? leg.to.number : clientOf(leg.to.userId, leg.to.parameters),
    from: leg.from,
    timeout: Math.ceil(leg.ringMs / 1_000),
    twiml: writeTwiml(account, leg.script),
    statusCallback: hookUrl(account, "status", { leg: leg.legId }),
    statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    ...(leg.detectMachine ? detection(account, leg.legId) : {}),
  };
}

/** Beside the call, so that nobody waits for it; of a machine it tells when its greeting has ended. */
function detection(account: CarrierAccount, legId: string): Partial<CallListInstanceCreateOptions> {
  return {
    machineDetection: "DetectMessageEnd",
    asyncAmd: "true",
    asyncAmdStatusCallback: hookUrl(account, "picked-up", { leg: legId }),
  };
}

/** More than a busy tenant dials from one number while a request is waited for. */
const mostDials = 100;
/** Twilio stamps whole seconds, by its own clock, and ours may be ahead of it. Too much does no harm: known legs are left out. */
const stampedWithinMs = 30_000;

async function findDials(
  rest: TwilioRest,
  { to, from }: Pick<NewLeg, "to" | "from">,
  since: Date,
): Promise<string[]> {
  const place = to.kind === "number" ? to.number : `client:${identityOf(to.userId)}`;
  // Whether a client's parameters belong to its address is not documented: those are told apart here.
  const filter = to.kind === "number" ? { from, to: place } : { from };
  const calls = await rest.calls.list({ ...filter, limit: mostDials, pageSize: mostDials });
  const earliestMs = since.getTime() - stampedWithinMs;
  return calls
    .filter((call) => call.to.split("?")[0] === place && call.dateCreated.getTime() >= earliestMs)
    .map(({ sid }) => sid);
}

/** What stands in the query reaches the desk as the call's custom parameters. */
function clientOf(userId: string, parameters: Readonly<Record<string, string>>): string {
  return `client:${identityOf(userId)}?${new URLSearchParams(parameters).toString()}`;
}

const statuses: Readonly<Record<string, LegStatus>> = {
  queued: "dialling",
  initiated: "dialling",
  ringing: "ringing",
  "in-progress": "answered",
  completed: "completed",
  busy: "busy",
  "no-answer": "no-answer",
  canceled: "cancelled",
  failed: "failed",
};

const mostRooms = 2_000;
const mostOfOneName = 5;

/** Participants are changed under their conference's SID, and we know it by name. */
function rememberRooms(rest: TwilioRest) {
  const sids = new Map<string, string>();
  return {
    async find(room: string): Promise<string> {
      const known = sids.get(room);
      if (known !== undefined) return known;
      // One that waits for its second person is not "in-progress" yet, and can be held all the same.
      const rooms = await rest.conferences.list({ friendlyName: room, limit: mostOfOneName });
      const found = rooms.find(({ status }) => status !== "completed");
      if (!found) throw Object.assign(new Error(`there is no conference ${room}`), { status: 404 });
      if (sids.size >= mostRooms) sids.clear();
      sids.set(room, found.sid);
      return found.sid;
    },
    forget: (room: string) => void sids.delete(room),
  };
}

function recordingsUrl(restUrl: string | null, accountSid: string): string {
  return `${restUrl ?? "https://api.twilio.com"}/2010-04-01/Accounts/${accountSid}/Recordings`;
}

const longestFetchMs = 120_000;

async function fetchSound(url: string, user: string, password: string) {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const answer = await fetch(url, {
    headers: { authorization },
    signal: AbortSignal.timeout(longestFetchMs),
  }).catch((error: unknown) => {
    throw new NoAnswer(`no answer from ${new URL(url).host}`, { cause: error });
  });
  if (!answer.ok || answer.body === null)
    throw Object.assign(new Error(`HTTP ${answer.status}`), { status: answer.status });
  return { mediaType: answer.headers.get("content-type") ?? "audio/wav", sound: answer.body };
}

/** Twilio's way of saying that a call is over already: nothing is left to be changed. */
const overCodes: ReadonlySet<number> = new Set([20_404, 21_220]);

/** Asks for the end of something that may have ended by itself. */
async function unlessOver(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isGone(error as RestFault)) throw error;
  }
}

type RestFault = Error & { status?: number; code?: number };

function isGone({ status, code = 0 }: RestFault): boolean {
  return status === 404 || overCodes.has(code);
}

async function asked<T>(work: () => Promise<T>): Answered<T> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof NoAnswer) return err({ why: "unreachable", message: error.message });
    const { status = 0, message } = error as RestFault;
    if (status === 0) throw error;
    if (isGone(error as RestFault)) return err({ why: "gone", message });
    const why = status === 429 || status >= 500 ? "unreachable" : "refused";
    return err({ why, message: `${status} ${message}` });
  }
}
