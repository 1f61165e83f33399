import { expect, test } from "vitest";
import { mostPictureBytes } from "../../../shared/ai/vocabulary.ts";
import { somePng } from "../../../testing/ai/some-png.ts";
import { isWholePicture, pictureTypeOf } from "./check-picture.ts";

const jpeg = Buffer.from("ffd8ffe000104a4649460001ffd9", "hex");
const webp = Buffer.concat([Buffer.from("RIFF\x0c\x00\x00\x00WEBPVP8 ", "latin1"), Buffer.alloc(4)]);
const whole = [
  ["image/png", somePng],
  ["image/jpeg", jpeg],
  ["image/webp", webp],
] as const;

test.each(whole)("%s is known by its first bytes, and taken only with its last", (mimeType, bytes) => {
  expect(pictureTypeOf(bytes)).toBe(mimeType);
  expect(isWholePicture({ bytes, mimeType })).toBe(true);
  for (const missing of [1, 4])
    expect(isWholePicture({ bytes: bytes.subarray(0, -missing), mimeType })).toBe(false);
  for (const [other] of whole)
    if (other !== mimeType) expect(isWholePicture({ bytes, mimeType: other })).toBe(false);
});

test("neither what is too large nor what may hold scripts is taken from a model", () => {
  const middle = Buffer.alloc(mostPictureBytes - jpeg.length + 1);
  const large = Buffer.concat([jpeg.subarray(0, 4), middle, jpeg.subarray(4)]);
  const largest = Buffer.concat([jpeg.subarray(0, 4), middle.subarray(1), jpeg.subarray(4)]);
  const taken = [large, largest].map((bytes) => isWholePicture({ bytes, mimeType: "image/jpeg" }));
  expect(taken).toEqual([false, true]);
  const svg = Buffer.from("<svg/>");
  expect([pictureTypeOf(svg), isWholePicture({ bytes: svg, mimeType: "image/svg+xml" })]).toEqual([null, false]); // prettier-ignore
});
