import { open, type FileHandle } from "node:fs/promises";
import { err, ok, type Result } from "../../../../shared/result/result.ts";
import { SoundFault, type OpenSound, type Stretch } from "./port.ts";

type Format = { encoding: number; channels: number; rate: number; bits: number };
type Data = Format & { at: number; bytes: number };

const pcm = 1;
const mulaw = 7;
/** What it is says a second field, further back. */
const extensible = 0xfffe;
const stretchFrames = 32_768;

/** WAV of 16 bits, or of µ-law, at any rate that telephones and studios have. */
export const openWav: OpenSound = async (path) => {
  const file = await open(path);
  try {
    const data = await findData(file, (await file.stat()).size);
    if (!data.ok) return data;
    const { rate, channels } = data.value;
    return ok({ rate, channels, stretches: () => read(path, data.value) });
  } finally {
    await file.close();
  }
};

/** Chunks come in any order, with others between them. */
async function findData(file: FileHandle, size: number): Promise<Result<Data, string>> {
  const head = await bytesAt(file, 0, 12);
  if (head.toString("latin1", 0, 4) !== "RIFF" || head.toString("latin1", 8, 12) !== "WAVE")
    return err("is no WAV file");
  let format: Format | null = null;
  for (let at = 12; at + 8 <= size;) {
    const chunk = await bytesAt(file, at, 8);
    const [name, bytes] = [chunk.toString("latin1", 0, 4), chunk.readUInt32LE(4)];
    if (name === "fmt ") format = readFormat(await bytesAt(file, at + 8, Math.min(bytes, 40)));
    if (name === "data") return judge(format, at + 8, Math.min(bytes, size - at - 8), bytes > size - at - 8);
    at += 8 + bytes + (bytes % 2);
  }
  return err("ends before its sound begins");
}

function readFormat(chunk: Buffer): Format | null {
  if (chunk.length < 16) return null;
  const said = chunk.readUInt16LE(0);
  const encoding = said === extensible && chunk.length >= 26 ? chunk.readUInt16LE(24) : said;
  return { encoding, channels: chunk.readUInt16LE(2), rate: chunk.readUInt32LE(4), bits: chunk.readUInt16LE(14) }; // prettier-ignore
}

function judge(format: Format | null, at: number, bytes: number, isCutOff: boolean): Result<Data, string> {
  if (format === null) return err("does not say what its sound is made of");
  const { encoding, bits, rate, channels } = format;
  if (!((encoding === pcm && bits === 16) || (encoding === mulaw && bits === 8)))
    return err("is of a kind of WAV that is not read: 16-bit PCM and µ-law are");
  if (channels === 0 || rate < 4_000 || rate > 192_000) return err("has a damaged head");
  if (isCutOff) return err("is cut off: it says that it is longer than it is");
  return bytes < (bits / 8) * channels ? err("holds no sound") : ok({ ...format, at, bytes });
}

async function* read(path: string, data: Data): AsyncGenerator<Stretch> {
  const file = await open(path);
  const frameBytes = (data.bits / 8) * data.channels;
  try {
    for (let done = 0; done + frameBytes <= data.bytes;) {
      const wanted = Math.min(stretchFrames, Math.floor((data.bytes - done) / frameBytes)) * frameBytes;
      const bytes = await bytesAt(file, data.at + done, wanted);
      if (bytes.length < wanted) throw new SoundFault("is cut off");
      yield split(bytes, data);
      done += wanted;
    }
  } finally {
    await file.close();
  }
}

function split(bytes: Buffer, { encoding, channels, bits }: Data): Stretch {
  const width = bits / 8;
  const frames = bytes.length / width / channels;
  const sampleAt = encoding === mulaw ? (at: number) => mulawTable[bytes[at] ?? 0] ?? 0 : (at: number) => bytes.readInt16LE(at) / 32_768; // prettier-ignore
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_sample, frame) => sampleAt((frame * channels + channel) * width)),
  );
}

/** ITU-T G.711. */
const mulawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return (bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84) / 32_768;
});

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
