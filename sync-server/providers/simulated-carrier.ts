import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { FastifyBaseLogger } from "fastify";
import type { Carrier, CarrierAccount, DemoCarrier } from "../telephony/index.ts";
import { startSimulatorProcess, type SimulatorProcess } from "./simulator/start-process.ts";
import { createTwilioCarrier } from "./twilio/index.ts";
import type { TwilioConfig, TwilioCredentials } from "./twilio/account.ts";

type Running = {
  process: SimulatorProcess;
  controlToken: string;
  /** What it was told of. */
  numbers: Set<string>;
};

/** Scripted callers come with the program; recorded ones are played where somebody has put them beside it. */
const callsDir = folderOrNull("../../resources/demo/calls");
const greetingsDir = folderOrNull("../../resources/demo/greetings");
const harperValleyDir = folderOrNull("../../../shared/data/harper-valley");

/**
 * A carrier on this machine that speaks Twilio's language, so that everything between it and the desk is the code that
 * runs against Twilio. Each account gets a process of its own, started when it is first needed.
 */
export function createSimulatedCarrier({ dataDir, log }: { dataDir: string; log: FastifyBaseLogger }) {
  const running = new Map<string, Promise<Running>>();
  const stopping = new AbortController();

  const begin = (account: CarrierAccount): Promise<Running> => {
    const known = running.get(account.id);
    if (known) return known;
    const started = start(account, join(dataDir, "simulator", account.id), log, stopping.signal);
    running.set(account.id, started);
    const forget = () => running.get(account.id) === started && running.delete(account.id);
    // One that ended is started anew when it is needed again.
    started.then(({ process }) => process.ended.then(forget), forget);
    return started;
  };
  const ensure = async (account: CarrierAccount): Promise<Running> => {
    const carrying = await begin(account);
    await tellNumbers(carrying, account);
    return carrying;
  };
  const twilio = createTwilioCarrier({
    provider: "simulator",
    async elsewhere(account) {
      const { process } = await ensure(account);
      return { restUrl: process.url, signallingUrl: `ws://${process.signallingHost}/signal` };
    },
  });
  const carrier: Carrier = { ...twilio, invent: inventAccount };
  const demo: DemoCarrier = {
    start: async (account) => void (await ensure(account)),
    async callers(account) {
      const { scripts } = Overview.parse(await (await control(await ensure(account), "")).json());
      return scripts.map(({ id, title, customer }) => ({
        key: id,
        name: customer.name.slice(0, 500),
        company: customer.company.slice(0, 500),
        about: title.slice(0, 500),
      }));
    },
    async call(account, to, { caller, saysMyPart }) {
      const wanted = {
        to,
        ...(caller !== null && { script: caller }),
        ...(saysMyPart && { mode: "straight", readsAlong: true }),
      };
      return (await control(await ensure(account), "/calls", wanted)).ok;
    },
  };
  return {
    carrier,
    demo,
    async stop() {
      stopping.abort();
      const all = await Promise.allSettled(running.values());
      await Promise.all(all.map(async (one) => one.status === "fulfilled" && one.value.process.stop()));
    },
  };
}

/** The simulator takes whatever it is told at its start: nobody has to give it anything. */
function inventAccount() {
  const hex = () => randomBytes(16).toString("hex");
  return {
    config: { accountSid: `AC${hex()}`, apiKeySid: `SK${hex()}`, applicationSid: `AP${hex()}`, edge: null },
    credentials: { authToken: hex(), apiKeySecret: hex() },
  };
}

const Overview = z.object({
  scripts: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      customer: z.object({ name: z.string(), company: z.string().default("") }),
    }),
  ),
});

async function start(
  account: CarrierAccount,
  dataDir: string,
  log: FastifyBaseLogger,
  unwanted: AbortSignal,
): Promise<Running> {
  const { accountSid, apiKeySid, applicationSid } = account.config as TwilioConfig;
  const { authToken, apiKeySecret } = account.credentials as TwilioCredentials;
  const controlToken = randomBytes(24).toString("base64url");
  const voiceUrl = `${account.webhookUrl}/voice`;
  const statusCallback = `${account.webhookUrl}/status`;
  const options = {
    account: { sid: accountSid, authToken, apiKeySid, apiKeySecret },
    applications: [{ sid: applicationSid, voiceUrl }],
    numbers: account.numbers.map((phoneNumber) => ({ phoneNumber, voiceUrl, statusCallback })),
    ...{ dataDir, callsDir, greetingsDir, harperValleyDir, controlToken },
  };
  const process = await startSimulatorProcess(
    options,
    (entry, message) => log.info(entry, message),
    unwanted,
  );
  if (!process.ok) throw new Error(`The simulated carrier did not start: ${process.error}`);
  // For whoever may read this folder, and the secrets in it: see docs/carrier-simulator.md.
  const door = { url: process.value.url, controlToken };
  await writeFile(join(dataDir, "control.json"), JSON.stringify(door), { mode: 0o600 });
  return { process: process.value, controlToken, numbers: new Set(account.numbers) };
}

/** Numbers that an admin has added since it was started: it has whatever number it is told of. */
async function tellNumbers({ process, numbers }: Running, account: CarrierAccount): Promise<void> {
  const { accountSid, apiKeySid } = account.config as TwilioConfig;
  const { apiKeySecret } = account.credentials as TwilioCredentials;
  for (const number of account.numbers.filter((one) => !numbers.has(one))) {
    const answer = await fetch(`${process.url}/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString("base64")}` },
      body: new URLSearchParams({
        PhoneNumber: number,
        VoiceUrl: `${account.webhookUrl}/voice`,
        StatusCallback: `${account.webhookUrl}/status`,
      }),
    });
    if (answer.ok) numbers.add(number);
  }
}

function control({ process, controlToken }: Running, path: string, body?: unknown): Promise<Response> {
  return fetch(`${process.url}/control${path === "" ? "/" : path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function folderOrNull(path: string): string | null {
  const folder = fileURLToPath(new URL(path, import.meta.url));
  return existsSync(folder) ? folder : null;
}
