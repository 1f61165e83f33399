import type { FastifyBaseLogger } from "fastify";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import { RecordId } from "../../../shared/entities/id.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import type { Database } from "../../database/index.ts";
import type { SaidChannel, Saying } from "../../sync/index.ts";
import type { Notice, NoticeOf } from "../notices.ts";
import type { CarrierAccount } from "../port.ts";
import { lineChannel } from "./line-changes.ts";
import { readContext, type CallContext } from "./listeners.ts";
import { announceOn, followTrack, nameTrack, settleTrack, silentTrack, type Track } from "./follow-track.ts";
import { nameGuess, speakerOf, trackOf } from "./name-utterance.ts";
import { placeUtterance } from "./place-utterance.ts";

type Told = NoticeOf<"transcript">;
type Account = Pick<CarrierAccount, "tenantId" | "id">;
export type RelayPorts = {
  db: Database;
  said: Pick<SaidChannel, "tell" | "follow">;
  clock: Clock;
  timers: Timers;
  log: FastifyBaseLogger;
};

/** A guess changes with every word; people read no faster than this. */
const tellEveryMs = 200;
/** A leg of which nothing was heard for so long is forgotten; it is read again should it speak. */
const forgetAfterMs = 10 * 60_000;

/** A leg that is listened to. */
type Listened = {
  /** Its call, as it was last read. */
  known: CallContext | null;
  /** The call has changed since. */
  stale: boolean;
  reading: Promise<void> | null;
  tracks: Map<string, Followed>;
  usedMs: number;
};
type Followed = { track: Track; toldMs: number; due: boolean; receivedAt: Date };

export type TranscriptRelay = Awaited<ReturnType<typeof startTranscriptRelay>>;

/**
 * Tells desks what is being said while it is only guessed. Nothing of it is stored, and whoever reports it waits for
 * nothing: a call is read once, and again when its line changes.
 */
export async function startTranscriptRelay({ db, said, clock, timers, log }: RelayPorts) {
  const listened = new Map<string, Listened>();

  function listenTo({ id }: Account, { legId, sid }: { legId: string | null; sid: string }): Listened {
    const key = `${id} ${legId ?? sid}`;
    const now = clock.now();
    let one = listened.get(key);
    if (!one) {
      for (const [old, { usedMs }] of listened) if (now - usedMs > forgetAfterMs) listened.delete(old);
      one = { known: null, stale: true, reading: null, tracks: new Map(), usedMs: now };
      listened.set(key, one);
    }
    one.usedMs = now;
    return one;
  }

  function follow(one: Listened, told: Told, receivedAt: Date): Followed {
    const key = keyOf(told);
    const followed = one.tracks.get(key) ?? { track: silentTrack, toldMs: 0, due: false, receivedAt };
    const track = followTrack(followed.track, told);
    if (track !== followed.track) Object.assign(followed, { track, receivedAt });
    one.tracks.set(key, followed);
    return followed;
  }

  const failed = (error: unknown) => log.warn({ err: error }, "what is being said was not told");

  /** A guess is told at once where the last one was told long enough ago, else the newest when its time has come. */
  function plan(account: Account, one: Listened, followed: Followed): void {
    if (followed.due || followed.track.guess === null) return;
    followed.due = true;
    timers.after(Math.max(0, followed.toldMs + tellEveryMs - clock.now()), () => {
      Object.assign(followed, { due: false, toldMs: clock.now() });
      tell(account, one, followed).catch(failed);
    });
  }

  async function tell(account: Account, one: Listened, followed: Followed): Promise<void> {
    const { guess } = followed.track;
    const call = guess && (await contextOf(account, one, guess.told));
    if (!call || call.withheld || call.users.length === 0 || followed.track.guess === null) return;
    const utterance = utteranceOf(call, followed);
    // Several waited for the same call to be read.
    if (utterance === null || followed.track.named.get(utterance.id) === utterance.revision) return;
    followed.track = nameTrack(followed.track, utterance.id);
    said.tell(sayingOf(call, [utterance], false));
  }

  async function contextOf(account: Account, one: Listened, told: Pick<Told, "legId" | "sid">) {
    if (one.stale) await (one.reading ??= read(account, one, told));
    return one.known;
  }

  async function read(account: Account, one: Listened, told: Pick<Told, "legId" | "sid">): Promise<void> {
    // A change that comes while it is read asks for it once more.
    one.stale = false;
    try {
      const call = await readContext(db, account, told);
      one.known = call && { ...call, heard: furthest(call.heard, one.known?.heard ?? {}) };
      // Asked about too early: the next telling asks again.
      one.stale ||= call === null;
    } catch (error) {
      one.stale = true;
      throw error;
    } finally {
      one.reading = null;
    }
  }

  const unfollow = said.follow((saying) => {
    if (Object.keys(saying.heard).length === 0) return;
    for (const one of listened.values())
      if (one.known?.callId === saying.callId) hearOf(one, one.known, saying);
  });

  /** Finals have been stored: guesses that none of them ends are taken back. */
  function hearOf(one: Listened, call: CallContext, { utterances, heard }: Saying): void {
    one.known = { ...call, heard: furthest(call.heard, heard) };
    const ids = utterances.map(({ id }) => id);
    for (const [key, followed] of one.tracks) {
      const { speaker, name } = sideOf(call, key);
      const { track, orphans } = announceOn(followed.track, ids, heard[name] ?? 0);
      followed.track = track;
      if (orphans.length === 0) continue;
      const taken = orphans.map((id) => withdrawn(RecordId.parse(id), speaker, heard[name] ?? 0));
      said.tell(sayingOf(call, taken, false));
    }
  }

  const unlisten = await db.listen(lineChannel, (callId) => {
    for (const one of listened.values()) if (one.known?.callId === callId) one.stale = true;
  });

  function takeGuess(account: Account, told: Told, receivedAt: Date): void {
    const one = listenTo(account, told);
    plan(account, one, follow(one, told, receivedAt));
  }

  /** When somebody began to say this, as the guesses of it have it. */
  function settle(account: Account, told: Told, receivedAt: Date): Told {
    const one = listenTo(account, told);
    const before = one.tracks.get(keyOf(told))?.track.guess;
    const followed = follow(one, told, receivedAt);
    // It goes on under another name.
    plan(account, one, followed);
    const began = before && before.told.seq < told.seq ? before.since : null;
    return { ...told, startedAt: told.startedAt ?? began };
  }

  async function stopTelling(account: Account, told: NoticeOf<"transcript-stopped">): Promise<void> {
    const call = await contextOf(account, listenTo(account, told), told);
    if (call && call.users.length > 0) said.tell(sayingOf(call, [], true));
  }

  return {
    /**
     * Takes a notice on its way into the inbox.
     * @returns what has to be kept; null where nothing has
     */
    take(account: Account, notice: Notice, receivedAt: Date): Notice | null {
      if (notice.kind === "transcript-stopped") {
        stopTelling(account, notice).catch(failed);
        // The carrier is asked for its sound again.
        return notice.by === "stream" ? notice : null;
      }
      if (notice.kind !== "transcript") return notice;
      const told = { ...notice, text: storable(notice.text) };
      if (told.final) return settle(account, told, receivedAt);
      takeGuess(account, told, receivedAt);
      return null;
    },
    async stop(): Promise<void> {
      unfollow();
      listened.clear();
      await unlisten();
    },
  };
}

type Heard = Readonly<Record<string, number>>;

function furthest(one: Heard, other: Heard): Heard {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, Math.max(one[key] ?? 0, other[key] ?? 0)]));
}

/** Recognisers have sent zeros and half characters: databases take neither. */
function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** A leg's own track. */
function keyOf({ session, track }: Pick<Told, "session" | "track">): string {
  return `${track} ${session}`;
}

/** Whose track of the call it is. */
function sideOf(call: CallContext, key: string) {
  const [track = "", session = ""] = key.split(" ");
  const speaker = speakerOf(call, track as Told["track"]);
  return { speaker, name: trackOf(speaker, session) };
}

function withdrawn(id: RecordId, speaker: Utterance["speaker"], revision: number): Utterance {
  return { id, speaker, startMs: 0, endMs: 0, text: "", timing: [], revision, final: false };
}

/** What is guessed on a track now; null where it says nothing, or was heard for good at another node. */
function utteranceOf(call: CallContext, followed: Followed): Utterance | null {
  const { receivedAt, track: before } = followed;
  if (before.guess === null || before.guess.told.text.trim() === "") return null;
  const { speaker, name } = sideOf(call, keyOf(before.guess.told));
  followed.track = settleTrack(before, call.heard[name] ?? 0);
  const { guess, newest } = followed.track;
  if (guess === null) return null;
  const { told, since } = guess;
  return {
    id: RecordId.parse(nameGuess(call.callId, name, newest)),
    speaker,
    ...placeUtterance({ ...told, startedAt: since }, call.answeredAt, receivedAt),
    text: told.text.trim(),
    revision: told.seq,
    final: false,
  };
}

function sayingOf(call: CallContext, utterances: Utterance[], stopped: boolean): Saying {
  const { tenantId, users } = call;
  return { tenantId, callId: RecordId.parse(call.callId), users: [...users], utterances, stopped, heard: {} };
}
