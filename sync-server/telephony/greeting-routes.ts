import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  GreetingId,
  GreetingSound,
  greetingSoundPath,
  longestGreetingMs,
} from "../../shared/calls/greeting-wire.ts";
import type { Greeting } from "../../shared/entities/setting.ts";
import { readWav, telephoneRate, type WavFault } from "../../shared/sound/wav.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { audit, originOf, requireSameOrigin } from "../auth/index.ts";
import { inTenant } from "../database/index.ts";
import { identified, Refused, type Identify, type Identity } from "../http/index.ts";
import { saveRecords } from "../sync/index.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { readGreeting, type GreetingSounds } from "./greetings.ts";

type Deps = TelephonyDeps & { identify: Identify; greetingSounds: GreetingSounds };

/** The longest greeting, its head, and what programs like to put beside the sound. */
const bodyLimit = (longestGreetingMs / 1_000) * telephoneRate * 2 + 4_096;
const tags = ["greetings"];
const security = [{ bearer: [] }];
const refusals = { "4xx": WireError, "5xx": WireError };
const Params = z.strictObject({ id: GreetingId });

/** What is recorded of a greeting: kept and heard again. All else of it is a setting as others are. */
export async function addGreetingRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(async (plain) => {
    plain.addContentTypeParser("audio/wav", { parseAs: "buffer", bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    const routes = plain.withTypeProvider<ZodTypeProvider>();
    const url = greetingSoundPath(":id").replace("%3A", ":");
    const preHandler = requireSameOrigin;
    routes.get(
      url,
      { preHandler, schema: { tags, security, summary: "What is recorded of a greeting, as WAV", params: Params, response: refusals } }, // prettier-ignore
      async (request, reply) => {
        const identity = await identified(deps.identify, request);
        const { sound } = await greetingOf(deps, identity, request.params.id);
        const wav = await readSound(deps.greetingSounds, identity.tenantId, sound);
        return (reply as unknown as { type(of: string): { send(body: Buffer): never } })
          .type("audio/wav")
          .send(wav);
      },
    );
    routes.put(
      url,
      { bodyLimit, preHandler, schema: { tags, security, summary: "Record a greeting: WAV, PCM of 16 bits, mono, 8 kHz, 2 minutes at most", params: Params, response: { 200: GreetingSound, ...refusals } } }, // prettier-ignore
      async (request) => {
        const identity = await requireAdmin(deps, request);
        await greetingOf(deps, identity, request.params.id);
        const wav = soundOf(request.body);
        const { tenantId } = identity;
        const sound = await deps.greetingSounds.write(tenantId, wav);
        await setSound(deps, identity, request, request.params.id, sound);
        return { sound };
      },
    );
  });
}

async function requireAdmin(deps: Deps, request: FastifyRequest): Promise<Identity> {
  const identity = await identified(deps.identify, request);
  if (identity.role !== "admin") throw new Refused("forbidden", "This needs the role admin.");
  return identity;
}

/** Its one check: from here on it is a sound of the right kind and length. */
function soundOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw new Refused("bad-request", "Send the sound as audio/wav.");
  const wav = readWav(body);
  if (!wav.ok) throw new Refused("bad-request", faults[wav.error]);
  if (wav.value.durationMs > longestGreetingMs)
    throw new Refused("bad-request", "A greeting may last two minutes at most.");
  return body;
}

const faults: Readonly<Record<WavFault, string>> = {
  "not-wav": "This is no WAV file.",
  "other-format": "The sound must be PCM of 16 bits, mono, 8,000 samples a second.",
  "cut-off": "The file ends before its sound does.",
  empty: "There is no sound in this file.",
};

async function greetingOf(deps: Deps, identity: Identity, id: string): Promise<Greeting> {
  const { tenantId } = identity;
  const key = id.slice("greeting:".length);
  const greeting = await inTenant(deps.db, identity, (tx) => readGreeting(tx, tenantId, key));
  if (!greeting) throw new Refused("not-found", "There is no such greeting.");
  return greeting;
}

async function readSound(sounds: GreetingSounds, tenantId: string, sound: string): Promise<Buffer> {
  const wav = await sounds.read(tenantId, sound);
  if (wav === null) throw new Refused("not-found", "Nothing is recorded of this greeting.");
  return wav;
}

/** The file that it had before goes by and by (`tidy`): a carrier may be about to fetch it. */
async function setSound(
  deps: Deps,
  identity: Identity,
  request: FastifyRequest,
  id: string,
  sound: string,
): Promise<void> {
  const { tenantId, userId } = identity;
  await inTenant(deps.db, identity, async (tx) => {
    const greeting = await readGreeting(tx, tenantId, id.slice("greeting:".length));
    if (!greeting) throw new Refused("not-found", "There is no such greeting.");
    const now = nowOf(deps).toISOString();
    await saveRecords(tx, tenantId, "settings", [{ ...greeting, sound }], { by: userId, now });
    await audit(tx, { tenantId, actorId: userId, action: "greeting.record", subject: `settings/${id}`, details: {}, ip: originOf(request).ip }); // prettier-ignore
  });
}
