import { err } from "../../../shared/result/result.ts";
import type { Carrier, CarrierAccount } from "../../telephony/index.ts";
import { TwilioConfig, TwilioCredentials } from "./account.ts";
import { openLine } from "./line.ts";
import { readWebhook } from "./read-webhook.ts";
import { readSigned } from "./signature.ts";
import { createToken } from "./tokens.ts";
import { writeTwiml } from "./twiml.ts";

export type TwilioOptions = {
  provider: "twilio" | "simulator";
  /** Where a carrier that is not Twilio itself is spoken to; asked when it is needed, because it may have to start. */
  elsewhere?: (account: CarrierAccount) => Promise<{ restUrl: string; signallingUrl: string }>;
};

/** Lines of Twilio, or of whoever speaks its language: tokens, TwiML, REST and signed webhooks. */
export function createTwilioCarrier({ provider, elsewhere }: TwilioOptions): Carrier {
  return {
    config: TwilioConfig,
    credentials: TwilioCredentials,
    async openLine(account, { userId }, now) {
      const config = account.config as TwilioConfig;
      const { token, identity, expiresAt } = createToken(
        config,
        account.credentials as TwilioCredentials,
        userId,
        now,
      );
      const signalling = elsewhere ? (await elsewhere(account)).signallingUrl : null;
      return { provider, token, identity, expiresAt: expiresAt.toISOString(), signalling, edge: config.edge };
    },
    readWebhook(account, request) {
      const { authToken } = account.credentials as TwilioCredentials;
      const fields = readSigned(authToken, {
        url: account.webhookUrl + request.pathAndQuery,
        contentType: request.contentType,
        body: request.body,
        signature: String(request.headers["x-twilio-signature"] ?? ""),
      });
      return fields === null ? err("forged") : readWebhook(request, fields);
    },
    say: (account, script) => ({
      contentType: "text/xml; charset=utf-8",
      body: writeTwiml(account, script),
    }),
    connect: async (account) => openLine(account, elsewhere ? (await elsewhere(account)).restUrl : null),
  };
}
