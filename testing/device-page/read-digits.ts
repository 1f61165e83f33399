const rows = [697, 770, 852, 941];
const columns = [1_209, 1_336, 1_477];
const keys = ["123", "456", "789", "*0#"];
const blockMs = 20;
/** Of a block's power both tones together; speech and beeps spread theirs, or have one. */
const leastShare = 0.6;
const leastPower = 1e-5;

/** The keys of a telephone that are heard in a sound, in their order (ITU-T Q.23). Pure. */
export function readDigits(samples: Float32Array, rate: number): string {
  const length = Math.round((rate * blockMs) / 1_000);
  let [digits, before, said] = ["", "", false];
  for (let from = 0; from + length <= samples.length; from += length) {
    const key = keyIn(samples.subarray(from, from + length), rate);
    if (key !== before) said = false;
    // One block alone may be chance.
    else if (key !== "" && !said) {
      digits += key;
      said = true;
    }
    before = key;
  }
  return digits;
}

function keyIn(block: Float32Array, rate: number): string {
  const power = block.reduce((sum, sample) => sum + sample * sample, 0) / block.length;
  if (power < leastPower) return "";
  const [row, column] = [loudest(block, rows, rate), loudest(block, columns, rate)];
  const isTwoTones = Math.min(row.power, column.power) > power * 0.1;
  return isTwoTones && row.power + column.power > power * leastShare ? (keys[row.at]?.[column.at] ?? "") : "";
}

function loudest(block: Float32Array, tones: readonly number[], rate: number): { at: number; power: number } {
  const powers = tones.map((hertz) => powerOf(block, hertz, rate));
  const power = Math.max(...powers);
  return { at: powers.indexOf(power), power };
}

/** How much of a block's mean power is that of one tone (Goertzel). */
function powerOf(block: Float32Array, hertz: number, rate: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [last, beforeLast] = [0, 0];
  for (const sample of block) [last, beforeLast] = [sample + factor * last - beforeLast, last];
  const squared = last * last + beforeLast * beforeLast - factor * last * beforeLast;
  return (2 * squared) / block.length ** 2;
}
