import { mostPictureBytes } from "../../../shared/ai/vocabulary.ts";
import type { Picture } from "../provider-port.ts";

/** What a model draws: never SVG, which may hold more than a picture. */
type Drawn = Exclude<Picture["mimeType"], "image/svg+xml">;

/** By what the file begins with, whatever it is called; null = no picture that we know. */
export function pictureTypeOf(bytes: Uint8Array): Drawn | null {
  const head = latinOf(bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : null;
}

/** Whether it is of the type that it says, small enough to be kept, and has not broken off. */
export function isWholePicture({ bytes, mimeType }: Picture): boolean {
  const type = pictureTypeOf(bytes);
  return type === mimeType && bytes.length <= mostPictureBytes && hasEnd[type](bytes);
}

const hasEnd: Record<Drawn, (bytes: Uint8Array) => boolean> = {
  "image/png": (bytes) => latinOf(bytes.subarray(-8)) === "IEND\xae\x42\x60\x82",
  "image/jpeg": (bytes) => latinOf(bytes.subarray(-2)) === "\xff\xd9",
  // The length of what comes behind the first eight bytes.
  "image/webp": (bytes) => bytes.length >= Buffer.from(bytes.subarray(0, 8)).readUInt32LE(4) + 8,
};

function latinOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
