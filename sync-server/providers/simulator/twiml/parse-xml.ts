import { err, ok, type Result } from "../../../../shared/result/result.ts";

/** An element of a TwiML document. `text` is the text directly inside it, trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

// Comments, declarations, CDATA, tags and text: all that a TwiML document is made of.
const tokens =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>]*>|<(\/?)([A-Za-z][\w.-]*)([^<>]*?)(\/?)>|([^<]+)/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const deepestNesting = 32;

/** Reads a small XML document into its root element; says in words what is wrong with it. */
export function parseXml(source: string): Result<XmlElement, string> {
  const root: OpenElement = { name: "", attributes: {}, children: [], text: "" };
  const open: OpenElement[] = [root];
  let read = 0;
  for (const token of source.matchAll(tokens)) {
    if (token.index !== read) return err(`unreadable at character ${read}`);
    read += token[0].length;
    const problem = takeToken(open, token);
    if (problem) return err(problem);
  }
  if (read !== source.length) return err(`unreadable at character ${read}`);
  const last = open.at(-1) ?? root;
  if (last !== root) return err(`<${last.name}> is not closed`);
  const first = root.children[0];
  return first && root.children.length === 1 ? ok(first) : err("there must be one root element");
}

function takeToken(open: OpenElement[], token: RegExpExecArray): string | undefined {
  const [, cdata, closing, name, attributes = "", selfClosing, text] = token;
  if (name === undefined) {
    const parent = open.at(-1);
    if (parent) parent.text += cdata ?? decodeEntities(text ?? "");
    return undefined;
  }
  if (closing) return closeElement(open, name);
  if (open.length > deepestNesting) return "nested too deep";
  open.push({ name, attributes: readAttributes(attributes), children: [], text: "" });
  return selfClosing ? closeElement(open, name) : undefined;
}

function closeElement(open: OpenElement[], name: string): string | undefined {
  const closed = open.pop();
  const parent = open.at(-1);
  if (!parent || closed?.name !== name) return `</${name}> closes nothing`;
  parent.children.push({ ...closed, text: closed.text.trim() });
  return undefined;
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", double, single] of source.matchAll(attribute)) {
    attributes[name] = decodeEntities(double ?? single ?? "");
  }
  return attributes;
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith("#")) return named[entity] ?? whole;
    const code = entity[1]?.toLowerCase() === "x" ? parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
