import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { apiVersion } from "../carrier/forms.ts";
import type { Simulator } from "../simulator.ts";
import { accountJson, serveAccount } from "./account.ts";
import { serveAttached } from "./attached.ts";
import { serveCalls } from "./calls.ts";
import { serveConferences } from "./conferences.ts";
import { parseForm } from "./form.ts";
import { describeProblem, RestProblem } from "./problem.ts";
import { serveQueues } from "./queues.ts";
import { serveRecordings } from "./recordings.ts";

const largestBodyBytes = 64 * 1024;

/** Twilio's REST API as far as this carrier goes, in its wire form, behind its basic authentication. */
export async function serveRest(app: FastifyInstance, simulator: Simulator): Promise<void> {
  const { carrier, directory } = simulator;
  const { account } = simulator.options;
  const prefix = `/${apiVersion}/Accounts/${account.sid}`;
  await app.register(
    async (rest) => {
      rest.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: largestBodyBytes },
        (_request, body, done) => done(null, parseForm(body as string)),
      );
      rest.addHook("onRequest", (request, _reply, done) => {
        if (!isAuthorised(request.headers.authorization, account)) {
          return done(new RestProblem(401, 20_003, "Authenticate"));
        }
        const fails = simulator.random() < simulator.faults.restFailure;
        done(fails ? new RestProblem(503, 20_503, "Service Unavailable") : undefined);
      });
      rest.setErrorHandler((error, _request, reply) => {
        const problem = error instanceof RestProblem ? error : new RestProblem(400, 20_001, "Bad Request");
        return reply.status(problem.status).send(describeProblem(problem));
      });
      rest.setNotFoundHandler((_request, reply) =>
        reply.status(404).send(describeProblem(new RestProblem(404, 20_404, "Not Found"))),
      );
      rest.get(".json", () => accountJson(carrier.core));
      serveCalls(rest, carrier, directory);
      serveRecordings(rest, carrier.core, simulator.options.dataDir);
      serveAttached(rest, carrier.core);
      serveConferences(rest, carrier);
      serveQueues(rest, carrier.core);
      serveAccount(rest, carrier.core, directory);
    },
    { prefix },
  );
}

// The account with its token, or an API key with its secret.
function isAuthorised(header: string | undefined, account: Simulator["options"]["account"]): boolean {
  if (!header?.startsWith("Basic ")) return false;
  const given = Buffer.from(header.slice("Basic ".length), "base64").toString("utf8");
  const known = [`${account.sid}:${account.authToken}`, `${account.apiKeySid}:${account.apiKeySecret}`];
  return known.some((one) => isSame(one, given));
}

export function isSame(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}
