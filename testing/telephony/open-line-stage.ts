import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import type { Ledger } from "../../sync-server/ai/index.ts";
import { createSoundMeter } from "../../sync-server/ai/metering/index.ts";
import type { CallState } from "../../shared/calls/call.ts";
import { systemClock, type Clock } from "../../shared/result/ports.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import { readConfig } from "../../sync-server/config.ts";
import { inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { createTwilioCarrier, type TwilioOptions } from "../../sync-server/providers/twilio/index.ts";
import {
  createMediaAddresses,
  startListening,
  type SpeechToText,
} from "../../sync-server/coaching/speech/index.ts";
import { createSealer } from "../../sync-server/seal.ts";
import { startServer, type RunningServer } from "../../sync-server/server.ts";
import { openAccounts } from "../../sync-server/telephony/accounts.ts";
import { startTelephony, webhooksPath, type Script } from "../../sync-server/telephony/index.ts";
import { withoutLimits } from "../ai/without-limits.ts";
import { createTestIdentities, people, testTenant, type PersonName } from "../server/test-identities.ts";
import { createFakeLine, type FakeLeg, type FakeLine } from "./fake-line.ts";

const hex = "0123456789abcdef0123456789abcdef";
const apiKeySecret = "another secret of the account";
export const accountId = "account-1";
export const authToken = "the token that signs webhooks";
/** As the carrier knows the account. */
export const carrierAccount = { sid: `AC${hex}`, authToken, apiKeySid: `SK${hex}`, apiKeySecret };
export const carrierApplication = `AP${hex}`;
/** Of New York, where nobody has to be told that a call is recorded. */
export const ourNumber = "+12125550100";
export const anasNumber = "+12125550101";

const words: Record<FakeLeg["status"], string> = {
  dialling: "initiated",
  ringing: "ringing",
  answered: "in-progress",
  completed: "completed",
  busy: "busy",
  "no-answer": "no-answer",
  cancelled: "canceled",
  failed: "failed",
};

export type LineStageOptions = {
  seed?: number;
  clock?: Clock;
  /** Listens to calls, for tenants that want it so. */
  speech?: SpeechToText;
  /** Keeps its bill; without one nothing is limited. */
  ledger?: Ledger;
  /** Log everything, for `lines`. */
  logs?: boolean;
  /** A carrier to speak to instead of the fake one. */
  elsewhere?: TwilioOptions["elsewhere"];
};

/** A server with one account at a fake carrier, whose webhooks are signed as real ones and sent over HTTP. */
export async function openLineStage(db: Database, options: LineStageOptions = {}) {
  const identities = createTestIdentities();
  const folder = await mkdtemp(join(tmpdir(), "ringside-line-"));
  const random = seededRandom(options.seed ?? 1);
  const sealer = createSealer("a secret for tests, of thirty-two characters");
  const sent: Promise<unknown>[] = [];
  const faults = { duplicates: 0, delays: 0 };
  let closed = false;
  /** Lines are taken down while the server goes and after it has gone: nobody hears of it. */
  const untilClosed = (error: unknown): number => {
    if (!closed) throw error;
    return 204;
  };
  let server: RunningServer | null = null;
  const { elsewhere } = options;
  const twilio = createTwilioCarrier({ provider: "twilio", ...(elsewhere ? { elsewhere } : {}) });
  const base = () => `${server?.url ?? ""}${webhooksPath}/${accountId}`;
  const fake: FakeLine = createFakeLine(
    (leg, seq) => sent.push(tellStatus(leg, leg.status, seq)),
    (leg, seq) => sent.push(tellJoined(leg, seq)),
    random,
  );
  const carriers = { twilio: elsewhere ? twilio : { ...twilio, connect: async () => fake.line } };

  /** Signed over what stands in it, as the carrier would. */
  const post = (path: string, fields: Record<string, string>, token = authToken, node = server) =>
    fetch(`${node?.url ?? ""}${webhooksPath}/${accountId}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": webhooks.getExpectedTwilioSignature(token, base() + path, fields),
      },
      body: new URLSearchParams(fields),
    });
  const tellStatus = async (leg: FakeLeg, status: FakeLeg["status"], seq: number) => {
    const path = `/status${leg.legId === "" ? "" : `?leg=${leg.legId}`}`;
    const fields = {
      CallSid: leg.sid,
      CallStatus: words[status],
      SequenceNumber: String(seq),
      Timestamp: new Date(Math.floor(Date.now() / 1_000) * 1_000).toUTCString(),
    };
    await deliver(path, fields, words[status]);
  };
  const tellJoined = (leg: FakeLeg, seq: number) => {
    const room = leg.room ?? "";
    const event = { StatusCallbackEvent: "participant-join", SequenceNumber: String(seq) };
    return deliver(
      `/room?call=${room}`,
      { ConferenceSid: `CF${room}`, CallSid: leg.sid, ...event },
      "a join",
    );
  };
  const deliver = async (path: string, fields: Record<string, string>, what: string) => {
    const times = random() < faults.duplicates ? 3 : 1;
    for (let time = 0; time < times; time += 1) {
      if (random() < faults.delays) await new Promise((resolve) => setTimeout(resolve, random() * 200));
      const code = await post(path, fields).then((answer) => answer.status, untilClosed);
      if (code !== 204 && !(closed && code === 503))
        throw new Error(`the server answered ${code} to ${what}`);
    }
  };

  await seed(db, sealer, options.clock ?? systemClock);
  const lines: string[] = [];
  const config = readConfig({ PORT: "0", LOG_LEVEL: options.logs ? "trace" : "fatal", DATA_DIR: folder });
  const startNode = () =>
    startServer(
      { ...config, requestsPerMinute: 1_000_000 },
      async (context) => {
        if (options.logs) Object.assign(context.app.log, { [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) } }); // prettier-ignore
        const accounts = openAccounts({ ...context, sealer, carriers, serverUrl: () => server?.url ?? "" });
        const addresses = createMediaAddresses(sealer, () => context.clock.now());
        const telephony = await startTelephony({
          ...context,
          identify: identities.identify,
          accounts,
          demo: null,
          dataDir: folder,
          random,
          mediaUrl: addresses.write,
        });
        if (options.speech)
          startListening({
            ...context,
            speech: options.speech,
            language: null,
            addresses,
            ...{ hear: telephony.hear, whoseIs: telephony.whoseIs },
            meter: createSoundMeter({ ...context, ledger: options.ledger ?? withoutLimits, model: "nova-3" }),
          });
        return { identify: identities.identify, stop: telephony.stop };
      },
      { db, ...(options.clock ? { clock: options.clock } : {}) },
    );
  server = await startNode();
  const others: RunningServer[] = [];

  const stage = {
    server,
    db,
    fake,
    faults,
    identities,
    folder,
    post,
    tellStatus,
    base,
    /** What the server has logged, where it was asked to. */
    lines,
    /** Another server on the same database. */
    async openNode(): Promise<RunningServer> {
      const node = await startNode();
      others.push(node);
      return node;
    },
    /** These sit at their desks and do nothing else; everybody else is away. */
    present: (...names: PersonName[]) => setPresence(db, names),
    /** Somebody calls a number; the carrier has done what it was told. */
    async callIn(to = ourNumber, from = "+13125550147"): Promise<{ caller: FakeLeg; twiml: string }> {
      const caller = fake.caller();
      const answer = await post("/voice", { CallSid: caller.sid, From: from, To: to, CallStatus: "ringing" });
      const twiml = await answer.text();
      fake.enter(caller, scriptOf(twiml));
      return { caller, twiml };
    },
    /** Somebody's desk dials with a permit, a number that may be called at any hour. */
    async callOut(name: PersonName, callId: string): Promise<FakeLeg> {
      await stage.ask(name, "/calls", { callId, to: "911", leadId: null });
      const desk = fake.caller();
      const fields = { CallSid: desk.sid, From: `client:${name}`, To: "", CallStatus: "ringing", callId };
      fake.enter(desk, scriptOf(await (await post("/voice", fields)).text()));
      return desk;
    },
    async ask(name: PersonName, path: string, body?: unknown) {
      const { token } = identities.signIn(people[name]);
      const answer = await fetch(`${stage.server.url}/api/v1/telephony${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? null : (JSON.parse(text) as never) };
    },
    control(name: PersonName, callId: string, control: Record<string, unknown>) {
      return stage.ask(name, `/calls/${callId}/control`, control);
    },
    async calls(): Promise<{ id: string; line: CallState }[]> {
      return inTenant(db, { tenantId: testTenant }, (tx) =>
        rowsOf<{ id: string; line: CallState }>(
          tx,
          sql`SELECT id, doc->'line' AS line FROM calls ORDER BY doc->>'startedAt'`,
        ),
      );
    },
    /** Every webhook under way was taken. */
    async delivered() {
      while (sent.length > 0) await Promise.all(sent.splice(0));
    },
    async close() {
      await stage.delivered();
      closed = true;
      for (const node of others) await node.close();
      await stage.server.close();
      await stage.delivered();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

export type LineStage = Awaited<ReturnType<typeof openLineStage>>;

/** As far as the fake carrier follows it: where the call meets others, or that it does not. */
function scriptOf(twiml: string): Script {
  const [, anchor, room] = /endConferenceOnExit="(\w+)"[^>]*>([^<]+)<\/Conference>/u.exec(twiml) ?? [];
  if (room === undefined) return [];
  const words: Script = /<(?:Transcription|Stream)\b/u.test(twiml) ? [{ do: "transcribe", legId: "" }] : [];
  const join = { do: "join", room, legId: "", anchor: anchor === "true", opens: true, muted: false } as const;
  return [...words, { ...join, coach: null }];
}

async function seed(db: Database, sealer: ReturnType<typeof createSealer>, clock: Clock): Promise<void> {
  const accounts = openAccounts({ db, clock, sealer, carriers: {}, serverUrl: () => "" });
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" }).onConflictDoNothing();
  await inTenant(db, { tenantId: testTenant }, async (tx) => {
    await accounts.records.create(tx, {
      tenantId: testTenant,
      id: accountId,
      provider: "twilio",
      label: "",
      config: { accountSid: `AC${hex}`, apiKeySid: `SK${hex}`, applicationSid: `AP${hex}`, edge: null },
      credentials: { authToken, apiKeySecret },
    });
    await tx.insert(schema.telephonyNumbers).values([
      { tenantId: testTenant, accountId, number: ourNumber },
      { tenantId: testTenant, accountId, number: anasNumber, agentId: "ana" },
    ]);
  });
}

async function setPresence(db: Database, names: readonly PersonName[]): Promise<void> {
  await inTenant(db, { tenantId: testTenant }, async (tx) => {
    await tx.delete(schema.presence);
    for (const [index, name] of names.entries()) {
      await tx.insert(schema.presence).values({
        ...{
          tenantId: testTenant,
          deviceId: `desk-${name}`,
          userId: name,
          presence: "available",
          nodeId: "test",
        },
        since: new Date(Date.now() - 60_000 + index),
      });
    }
  });
}
