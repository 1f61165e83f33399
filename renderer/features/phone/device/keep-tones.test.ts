import { expect, test } from "vitest";
import { keepTones } from "./keep-tones.ts";

/** As the standard has it: new keys take the place of those that wait; the one that sounds, sounds on. */
class BrowserTones {
  toneBuffer = "";
  heard = "";
  insertDTMF(tones: string): void {
    this.toneBuffer = tones;
  }
  sound(): void {
    this.heard += this.toneBuffer.slice(0, 1);
    this.toneBuffer = this.toneBuffer.slice(1);
  }
}

test("keys that are typed faster than they sound are all heard, in order, once", () => {
  const dtmf = new BrowserTones();
  const connection = { getSenders: () => [{ dtmf }, { dtmf: null }] };
  for (const digit of "4711") {
    keepTones(connection);
    dtmf.insertDTMF(digit);
    if (digit === "7") dtmf.sound();
  }
  for (let turn = 0; turn < 9; turn += 1) dtmf.sound();
  expect(dtmf.heard).toBe("4711");
});

test("a call that has no connection yet has no tones to keep", () => {
  expect(() => keepTones(null)).not.toThrow();
});
