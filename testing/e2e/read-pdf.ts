import { inflateSync } from "node:zlib";

/**
 * What a PDF of Chromium's says, a line for each text that was set in one go. Reads what its printing writes and no more:
 * objects in the open, streams deflated, glyphs as hexadecimal numbers of a font that says what they mean.
 * @throws where there are no pages
 */
export function readPdf(bytes: Buffer): { pages: number; text: string } {
  const objects = readObjects(bytes);
  const pages = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/u.test(head));
  if (!bytes.subarray(0, 5).equals(Buffer.from("%PDF-")) || pages.length === 0)
    throw new Error("this is no PDF");
  const lines = pages.flatMap((page) => textOf(page, objects));
  return { pages: pages.length, text: lines.join("\n") };
}

type PdfObject = { head: string; stream: Buffer | null };
type Objects = ReadonlyMap<string, PdfObject>;

function readObjects(bytes: Buffer): Objects {
  const source = bytes.toString("latin1");
  const found = source.matchAll(/(\d+) 0 obj\b([\s\S]*?)\bendobj/gu);
  return new Map(
    Array.from(found, ([, id = "", body = ""]) => {
      const [head = "", ...rest] = body.split(/\bstream\r?\n/u);
      return [id, { head, stream: rest.length === 0 ? null : inflated(head, rest.join("stream\n")) }];
    }),
  );
}

function inflated(head: string, stream: string): Buffer {
  const bytes = Buffer.from(stream, "latin1");
  return head.includes("/FlateDecode") ? inflateSync(bytes) : bytes;
}

function textOf({ head }: PdfObject, objects: Objects): string[] {
  const fonts = fontsOf(head, objects);
  const contents = references(/\/Contents\s*(\[[^\]]*\]|\d+ 0 R)/u.exec(head)?.[1] ?? "");
  const drawn = contents.map((id) => wordsIn(id, objects)).join("\n");
  return Array.from(drawn.matchAll(/\bBT\b([\s\S]*?)\bET\b/gu), ([, block = ""]) => lineOf(block, fonts));
}

function lineOf(block: string, fonts: ReadonlyMap<string, Font>): string {
  let font = noFont;
  let line = "";
  for (const [, name, codes = ""] of block.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/gu)) {
    if (name) font = fonts.get(name) ?? noFont;
    for (let at = 0; at < codes.length; at += font.digits)
      line += font.meanings.get(codes.slice(at, at + font.digits).toUpperCase()) ?? "";
  }
  return line;
}

/** What each glyph means, by its number of so many hexadecimal digits. */
type Font = { digits: number; meanings: ReadonlyMap<string, string> };

const noFont: Font = { digits: 4, meanings: new Map() };

/** By the names that the page gives them. */
function fontsOf(page: string, objects: Objects): Map<string, Font> {
  const listed = /\/Font\s*<<([\s\S]*?)>>/u.exec(page)?.[1] ?? "";
  return new Map(
    Array.from(listed.matchAll(/\/(\w+) (\d+) 0 R/gu), ([, name = "", id = ""]) => {
      const map = /\/ToUnicode (\d+) 0 R/u.exec(objects.get(id)?.head ?? "")?.[1] ?? "";
      const meanings = meaningsIn(wordsIn(map, objects));
      return [name, { digits: meanings.keys().next().value?.length ?? noFont.digits, meanings }];
    }),
  );
}

function meaningsIn(map: string): Map<string, string> {
  const meanings = new Map<string, string>();
  for (const [, lines = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/gu))
    for (const [, glyph = "", meant = ""] of lines.matchAll(/<(\w+)>\s*<(\w+)>/gu))
      meanings.set(glyph.toUpperCase(), unicodeOf(meant));
  for (const [, lines = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/gu))
    for (const [, from = "", to = "", meant = ""] of lines.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/gu))
      for (let step = 0; step <= Number.parseInt(to, 16) - Number.parseInt(from, 16); step += 1)
        meanings.set(plus(from, step), unicodeOf(plus(meant, step)));
  return meanings;
}

function plus(hex: string, step: number): string {
  return (Number.parseInt(hex, 16) + step).toString(16).toUpperCase().padStart(hex.length, "0");
}

function unicodeOf(utf16: string): string {
  return Buffer.from(utf16, "hex").swap16().toString("utf16le");
}

function wordsIn(id: string, objects: Objects): string {
  return objects.get(id)?.stream?.toString("latin1") ?? "";
}

function references(listed: string): string[] {
  return Array.from(listed.matchAll(/(\d+) 0 R/gu), ([, id = ""]) => id);
}
