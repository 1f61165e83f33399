import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LineAccess } from "../../shared/calls/server-wire.ts";
import { askCarrier } from "./ask-carrier.ts";
import { twilio } from "./twilio.ts";
import { startSimulator, type RunningSimulator } from "../../sync-server/providers/simulator/index.ts";
import type { SimulatorInput } from "../../sync-server/providers/simulator/options.ts";
import { startWebhookServer, type WebhookServer } from "./webhook-server.ts";

export const account = {
  sid: `AC${"a1".repeat(16)}`,
  authToken: "auth-token-of-the-simulator",
  apiKeySid: `SK${"b2".repeat(16)}`,
  apiKeySecret: "secret-of-the-api-key-of-the-simulator",
};
export const applicationSid = `AP${"c3".repeat(16)}`;
export const ownNumber = "+14155550199";
const controlToken = "control-token-of-the-simulator";

export interface TestSimulator extends RunningSimulator {
  webhooks: WebhookServer;
  /** Asks the control API; throws where it refuses. */
  control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** For a device of this person. */
  accessOf(identity: string, ttlSeconds?: number): LineAccess;
  close(): Promise<void>;
}

/** A simulated carrier with an application beside it: calls to its number and from devices ask at /voice and /outgoing. */
export async function startTestSimulator(options: Partial<SimulatorInput> = {}): Promise<TestSimulator> {
  const dataDir = mkdtempSync(join(tmpdir(), "simulator-"));
  const webhooks = await startWebhookServer(account.authToken);
  const running = await startSimulator({
    account,
    controlToken,
    dataDir,
    applications: [{ sid: applicationSid, voiceUrl: `${webhooks.url}/outgoing` }],
    numbers: [
      { phoneNumber: ownNumber, voiceUrl: `${webhooks.url}/voice`, statusCallback: `${webhooks.url}/number` },
    ],
    ...options,
  });
  return {
    ...running,
    webhooks,
    control: (method, path, body) => askCarrier({ url: running.url, controlToken }, method, path, body),
    accessOf: (identity, ttlSeconds = 3_600) => ({
      provider: "simulator",
      token: makeToken(identity, ttlSeconds),
      expiresAt: new Date(Date.now() + ttlSeconds * 1_000).toISOString(),
      identity,
      signalling: `ws://${running.signallingHost}/signal`,
      edge: null,
    }),
    async close() {
      await running.stop();
      await webhooks.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An access token of the simulated account, by Twilio's own library. */
export function makeToken(identity: string, ttl = 3_600): string {
  const { AccessToken } = twilio.jwt;
  const token = new AccessToken(account.sid, account.apiKeySid, account.apiKeySecret, { identity, ttl });
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true, outgoingApplicationSid: applicationSid }));
  return token.toJwt();
}
