import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "drizzle-orm";
import { inTenant, rowsOf } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import type { Connected } from "./accounts.ts";
import { beginCall } from "./begin-call.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import type { Inbox } from "./inbox.ts";
import { Notice } from "./notices.ts";
import type { Script, Webhook } from "./port.ts";
import { waitScript } from "./scripts.ts";
import { webhooksPath } from "./webhooks-path.ts";

/** Carriers send forms of a few KB; what is larger is refused before it is read. */
const bodyLimit = 1024 * 1024;

/**
 * Where carriers ask and report. A webhook proves itself by its signature over the bytes as they came; one that proves
 * nothing is counted, answered 403 and not stored. Reports are answered as soon as they are stored.
 */
export async function addWebhookRoutes(
  app: FastifyInstance,
  deps: TelephonyDeps,
  inbox: Inbox,
): Promise<void> {
  await app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    routes.route({
      method: ["GET", "POST"],
      url: `${webhooksPath}/:accountId/:hook`,
      bodyLimit,
      // A carrier is one address for all its customers; forgeries cost one hash each.
      config: { rateLimit: false },
      logLevel: "warn",
      schema: { hide: true },
      handler: (request, reply) => take(deps, inbox, request, reply),
    });
  });
}

async function take(
  deps: TelephonyDeps,
  inbox: Inbox,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { accountId, hook } = request.params as { accountId: string; hook: string };
  const connected = await deps.accounts.byId(accountId);
  // No word on which accounts exist.
  if (!connected) throw forged(deps, "unknown");
  const receivedAt = nowOf(deps);
  const read = connected.carrier.readWebhook(connected.account, {
    hook,
    pathAndQuery: request.url.slice(`${webhooksPath}/${accountId}`.length),
    contentType: request.headers["content-type"] ?? "",
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    headers: request.headers,
    receivedAt,
  });
  if (!read.ok && read.error === "forged") throw forged(deps, hook);
  if (!read.ok || !isSound(read.value)) {
    deps.metrics.webhook("unknown", "unreadable");
    throw new Refused("bad-request", "This webhook says nothing that we understand.");
  }
  return answer(deps, inbox, connected, read.value, receivedAt, hook, reply);
}

/** Whoever owns an account can sign what they like: the one check of what is stored. */
function isSound(said: Webhook): boolean {
  return said.kind !== "notice" || Notice.safeParse(said.notice).success;
}

function forged({ metrics }: TelephonyDeps, hook: string): Refused {
  metrics.webhook(hook === "unknown" ? hook : "known", "forged");
  return new Refused("forbidden", "The signature is not the carrier's.");
}

async function answer(
  deps: TelephonyDeps,
  inbox: Inbox,
  connected: Connected,
  said: Webhook,
  receivedAt: Date,
  hook: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { account, carrier } = connected;
  const speak = (script: Script) => {
    deps.metrics.webhook(hook, "answered");
    const { contentType, body } = carrier.say(account, script);
    return reply.type(contentType).send(body);
  };
  switch (said.kind) {
    case "asks":
      return speak(await beginCall(deps, account, said.call));
    case "waits":
      return speak(await whatToHear(deps, connected, said.callId));
    case "next":
      return speak([{ do: "hang-up" }]);
    case "notice": {
      const { identity } = said;
      const notice = deps.transcripts.take(account, said.notice, receivedAt);
      if (notice === null) break;
      await inbox.store({ tenantId: account.tenantId, accountId: account.id, identity, notice, receivedAt });
      deps.metrics.webhook(hook, "stored");
      return reply.status(204).send();
    }
    case "idle":
      break;
  }
  deps.metrics.webhook(hook, "ignored");
  return reply.status(204).send();
}

/** The called person's telephone rings, or one waits for somebody of us. */
async function whatToHear(deps: TelephonyDeps, { account }: Connected, callId: string): Promise<Script> {
  const [call] = await inTenant(deps.db, account, (tx) =>
    rowsOf<{ direction: string; position: number | null; connected: boolean }>(
      tx,
      sql`SELECT c.direction,
                 EXISTS (SELECT FROM call_legs l WHERE l.tenant_id = c.tenant_id AND l.call_id = c.call_id
                         AND l.role = 'customer' AND l.answered_at IS NOT NULL) AS connected,
                 CASE WHEN c.queued_at IS NOT NULL AND c.only_agent_id IS NULL THEN (
                   SELECT count(*)::int + 1 FROM line_calls w
                   WHERE w.tenant_id = c.tenant_id AND w.over_at IS NULL AND w.queue = c.queue
                     AND w.only_agent_id IS NULL AND w.queued_at < c.queued_at) END AS position
          FROM line_calls c WHERE c.tenant_id = ${account.tenantId} AND c.call_id = ${callId}`,
    ),
  );
  const isRinging = call?.direction === "outbound" && !call.connected;
  return waitScript(deps.soundsUrl(account), isRinging ? "ringing" : "music", call?.position ?? null);
}
