/** G.711 µ-law (PCMU), 8 kHz: 20 ms are 160 samples or as many bytes. */
export const samplesPerFrame = 160;
export const sampleRate = 8_000;
export const frameMs = 20;

const bias = 0x84;
const loudest = 32_635;

/** One 16-bit sample as its µ-law byte (ITU-T G.711). */
export function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), loudest) + bias;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function decodeByte(byte: number): number {
  const value = ~byte & 0xff;
  const exponent = (value >> 4) & 0x07;
  const magnitude = (((value & 0x0f) << 3) + bias) << exponent;
  return value & 0x80 ? bias - magnitude : magnitude - bias;
}

const decoded = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte));
const encoded = Uint8Array.from({ length: 65_536 }, (_, index) => encodeSample(index - 32_768));

export function encodeMulaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = encoded[(samples[i] ?? 0) + 32_768] ?? 0;
  return bytes;
}

export function decodeMulaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = decoded[bytes[i] ?? 0] ?? 0;
  return samples;
}
