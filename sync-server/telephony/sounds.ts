import type { FastifyInstance } from "fastify";

const rate = 8_000;

/** Frequencies in Hz, each for so many milliseconds; none = silence. */
type Tones = readonly (readonly [ms: number, ...hertz: number[]])[];

/** The tone that says: it rings over there (as in North America: 2 s in 6). */
const ringing: Tones = [[2_000, 440, 480], [4_000]];
/** Something plain to wait by: a slow broken chord. */
const music: Tones = [261.6, 329.6, 392, 523.3, 392, 329.6, 293.7, 349.2, 440, 587.3, 440, 349.2].map(
  (hertz): [number, number] => [750, hertz],
);

/** Sounds that carriers play to whoever waits, made by arithmetic: nobody's rights are in them. */
export function addSoundRoutes(app: FastifyInstance, path: string): void {
  for (const [name, tones] of Object.entries({ ringing, music })) {
    const wav = writeWav(samplesOf(tones));
    app.get(`${path}/${name}.wav`, { schema: { hide: true } }, (_request, reply) =>
      reply.type("audio/wav").header("cache-control", "public, max-age=86400").send(wav),
    );
  }
}

function samplesOf(tones: Tones): Int16Array {
  const parts = tones.map(([ms, ...hertz]) => {
    const length = Math.round((ms / 1_000) * rate);
    return Int16Array.from({ length }, (_, at) => {
      // A click is heard where a tone begins or ends at full loudness.
      const edge = Math.min(1, at / 400, (length - at) / 400);
      const sum = hertz.reduce((total, one) => total + Math.sin((2 * Math.PI * one * at) / rate), 0);
      return Math.round((sum / Math.max(1, hertz.length)) * edge * 6_000);
    });
  });
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** PCM of 16 bits, mono, 8 kHz. */
function writeWav(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
