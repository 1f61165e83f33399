import type { Random, Timers } from "../../../../shared/result/ports.ts";
import type { TwimlAnswer } from "../carrier/program.ts";
import type { Target } from "../carrier/model.ts";
import type { Callback } from "../twiml/verbs.ts";
import { createFaultyPost, type Faults } from "./faults.ts";
import { requestWebhook } from "./post.ts";

export interface Webhooks {
  /** Fetches TwiML; an address that fails is followed by its fallback, told why as Twilio tells it. */
  fetchTwiml(target: Target, params: Record<string, string>): Promise<TwimlAnswer>;
  /** Tells of something, as often and as orderly as the faults of the moment let it. */
  tell(target: Callback, params: Record<string, string>): void;
  /** Callbacks that are under way. */
  underWay(): number;
}

export interface WebhookOptions {
  authToken: string;
  faults: () => Faults;
  random: Random;
  timers: Timers;
  log: (entry: Record<string, unknown>, message: string) => void;
}

/** Twilio's webhooks, sent for real over HTTP. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const { authToken, faults, random, timers, log } = options;
  const post = createFaultyPost(faults, random, timers);
  let underWay = 0;

  const send = async (token: string, target: Callback, params: Record<string, string>): Promise<void> => {
    underWay += 1;
    const answer = await requestWebhook(token, target.url, target.method, params);
    underWay -= 1;
    if (!answer.ok) log({ status: answer.status, callSid: params["CallSid"] }, "callback not taken");
  };

  return {
    async fetchTwiml(target, params) {
      const answer = await requestWebhook(authToken, target.url, target.method, params);
      if (answer.ok) return { ok: true, body: answer.body, url: target.url };
      log({ status: answer.status, callSid: params["CallSid"] }, "no TwiML");
      if (!target.fallbackUrl) return { ok: false, reason: `11200 HTTP ${answer.status}` };
      const told = { ...params, ErrorCode: "11200", ErrorUrl: target.url };
      const second = await requestWebhook(authToken, target.fallbackUrl, target.method, told);
      return second.ok
        ? { ok: true, body: second.body, url: target.fallbackUrl }
        : { ok: false, reason: `11200 HTTP ${second.status}` };
    },
    tell(target, params) {
      post({
        send: () => void send(authToken, target, params),
        forge: () => void send("a token of somebody else", target, params),
      });
    },
    underWay: () => underWay,
  };
}
