import type { HttpMethod } from "../carrier/model.ts";
import type { Action, Callback } from "./verbs.ts";
import type { XmlElement } from "./parse-xml.ts";

/** Reads a whole number of seconds into milliseconds, kept within bounds. */
export function readSeconds(element: XmlElement, name: string, fallback: number, most = 86_400): number {
  const value = Number(element.attributes[name] ?? fallback);
  return Math.min(Math.max(Number.isFinite(value) ? value : fallback, 0), most) * 1000;
}

export function readCount(element: XmlElement, name: string, fallback: number, most: number): number {
  const value = Number.parseInt(element.attributes[name] ?? "", 10);
  return Number.isNaN(value) ? fallback : Math.min(Math.max(value, 0), most);
}

export function readFlag(element: XmlElement, name: string, fallback: boolean): boolean {
  const value = element.attributes[name];
  return value === undefined ? fallback : value.toLowerCase() === "true";
}

export function readMethod(element: XmlElement, name: string): HttpMethod {
  return element.attributes[name]?.toUpperCase() === "GET" ? "GET" : "POST";
}

export function readAction(element: XmlElement): Action {
  return { url: element.attributes["action"] || null, method: readMethod(element, "method") };
}

/** A verb's callback; `events` is a list divided by spaces, as Twilio writes it. */
export function readCallback(element: XmlElement, prefix: string, events: string): Callback | null {
  const url = element.attributes[prefix];
  if (!url) return null;
  return {
    url,
    method: readMethod(element, `${prefix}Method`),
    events: (element.attributes[`${prefix}Event`] ?? events).split(/\s+/).filter(Boolean),
  };
}

export function readParameters(element: XmlElement): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const child of element.children) {
    const name = child.name === "Parameter" ? child.attributes["name"] : undefined;
    if (name) parameters[name] = child.attributes["value"] ?? "";
  }
  return parameters;
}
