import { err } from "../../../shared/result/result.ts";
import type { Carrier, CarrierAccount, CarrierError, CarrierLine } from "../../telephony/index.ts";
import { passwordOf, relayPasswordOf, SipConfig, SipCredentials } from "./account.ts";
import { testAccount } from "./test-account.ts";

/** A password has no end; asked for again this often, a change of the account reaches every desk. */
const accessLifeMs = 3_600_000;

/**
 * A company's own exchange. Desks register there and speak to it themselves; the server knows who has which extension,
 * hears of calls from desks, and can steer none.
 * @param mayReachInside the server may test one that stands in its own network
 */
export function createSipCarrier({ mayReachInside }: { mayReachInside: boolean }): Carrier {
  return {
    config: SipConfig,
    credentials: SipCredentials,
    async openLine({ config, credentials }, { userId, name }, now) {
      const { server, domain, iceServers } = config as SipConfig;
      const secrets = credentials as SipCredentials;
      const username = extensionOf(config as SipConfig, userId);
      const password = passwordOf(secrets, userId);
      if (username === null || password === null) return null;
      return {
        provider: "sip",
        ...{ server, username, password },
        uri: `sip:${username}@${domain}`,
        displayName: name,
        iceServers: iceServers.map((ice) => ({ ...ice, credential: relayPasswordOf(secrets, ice.urls) })),
        expiresAt: new Date(now.getTime() + accessLifeMs).toISOString(),
      };
    },
    extensionOf: ({ config }, userId) => extensionOf(config as SipConfig, userId),
    // An exchange sends none: whatever comes is somebody else's.
    readWebhook: () => err("forged"),
    say: () => ({ contentType: "text/plain; charset=utf-8", body: "" }),
    connect: async (account) => lineOf(account, mayReachInside),
  };
}

function extensionOf({ agents }: SipConfig, userId: string): string | null {
  return agents.find((agent) => agent.userId === userId)?.username ?? null;
}

const atTheDesk: CarrierError = {
  why: "refused",
  message: "Calls of the company's own exchange are steered from the desk alone.",
};

function lineOf(account: CarrierAccount, mayReachInside: boolean): CarrierLine {
  const refuse = async () => err(atTheDesk);
  return {
    dial: refuse,
    findDials: refuse,
    hangUp: refuse,
    redirect: refuse,
    hold: refuse,
    setAnchor: refuse,
    record: refuse,
    readLeg: refuse,
    fetchRecording: refuse,
    listen: refuse,
    transcribe: refuse,
    stopListening: refuse,
    removeRecording: refuse,
    listNumbers: async () =>
      err({ why: "refused", message: "An exchange does not tell its numbers. Add them by hand." }),
    test: () => testAccount(account, mayReachInside),
  };
}
