import { telephoneRate } from "../../../../shared/sound/wav.ts";
import type { Stretch } from "./port.ts";

/**
 * Brings one channel to the rate of telephones, stretch by stretch, by averaging what falls into each new sample
 * (or repeating it, where there was less). What is left over goes into the next stretch.
 */
export function toTelephone(rate: number): (samples: ArrayLike<number>) => Int16Array {
  const step = rate / telephoneRate;
  let taken = 0;
  let made = 0;
  let sum = 0;
  let count = 0;
  let last = 0;
  return (samples) => {
    const result: number[] = [];
    for (let at = 0; at < samples.length; at += 1) {
      last = samples[at] ?? 0;
      sum += last;
      count += 1;
      taken += 1;
      while (taken >= (made + 1) * step) {
        result.push(toInt16(count > 0 ? sum / count : last));
        made += 1;
        sum = 0;
        count = 0;
      }
    }
    return Int16Array.from(result);
  };
}

function toInt16(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767)));
}

/** One channel of a sound, as telephones have it. */
export async function* telephoneChannel(
  stretches: AsyncIterable<Stretch>,
  rate: number,
  channel: number,
): AsyncGenerator<Int16Array> {
  const convert = toTelephone(rate);
  for await (const stretch of stretches) yield convert(stretch[channel] ?? []);
}
