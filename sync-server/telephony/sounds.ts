import type { FastifyInstance } from "fastify";
import { telephoneRate, writeWav } from "../../shared/sound/wav.ts";
import { Refused } from "../http/index.ts";
import type { GreetingSounds } from "./greetings.ts";

/** Frequencies in Hz, each for so many milliseconds; none = silence. */
type Tones = readonly (readonly [ms: number, ...hertz: number[]])[];

/** The tone that says: it rings over there (as in North America: 2 s in 6). */
const ringing: Tones = [[2_000, 440, 480], [4_000]];
/** Something plain to wait by: a slow broken chord. */
const music: Tones = [261.6, 329.6, 392, 523.3, 392, 329.6, 293.7, 349.2, 440, 587.3, 440, 349.2].map(
  (hertz): [number, number] => [750, hertz],
);

// A carrier is one address for all its customers.
const config = { rateLimit: false };

/**
 * Sounds that carriers play: to whoever waits, made by arithmetic, so that nobody's rights are in them; and greetings
 * that tenants have recorded, at addresses that nobody guesses.
 */
export function addSoundRoutes(app: FastifyInstance, path: string, greetings: GreetingSounds): void {
  for (const [name, tones] of Object.entries({ ringing, music })) {
    const wav = Buffer.from(writeWav(samplesOf(tones)));
    app.get(`${path}/${name}.wav`, { config, schema: { hide: true } }, (_request, reply) =>
      reply.type("audio/wav").header("cache-control", "public, max-age=86400").send(wav),
    );
  }
  app.get(`${path}/:tenant/:file`, { config, schema: { hide: true } }, async (request, reply) => {
    const { tenant, file } = request.params as { tenant: string; file: string };
    const wav = await greetings.read(tenant, file.replace(/\.wav$/u, ""));
    if (wav === null) throw new Refused("not-found", "There is no such sound.");
    return reply.type("audio/wav").header("cache-control", "private, max-age=86400").send(wav);
  });
}

function samplesOf(tones: Tones): Int16Array {
  const parts = tones.map(([ms, ...hertz]) => {
    const length = Math.round((ms / 1_000) * telephoneRate);
    return Int16Array.from({ length }, (_, at) => {
      // A click is heard where a tone begins or ends at full loudness.
      const edge = Math.min(1, at / 400, (length - at) / 400);
      const sum = hertz.reduce((total, one) => total + Math.sin((2 * Math.PI * one * at) / telephoneRate), 0);
      return Math.round((sum / Math.max(1, hertz.length)) * edge * 6_000);
    });
  });
  return Int16Array.from(parts.flatMap((part) => [...part]));
}
