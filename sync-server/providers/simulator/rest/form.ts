import { z } from "zod";
import { RestProblem } from "./problem.ts";
import type { Callback } from "../twiml/verbs.ts";

/** A form's fields; a name that comes several times has all its values. */
export type Form = Readonly<Record<string, string | string[]>>;

export function parseForm(body: string): Form {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const known = form[name];
    form[name] = known === undefined ? value : [known, value].flat();
  }
  return form;
}

/** Reads a form, or answers 400 as Twilio does, naming the field. */
export function readForm<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new RestProblem(400, 21_200, `Invalid parameter ${issue?.path.join(".")}: ${issue?.message}`);
}

export const flag = z.stringbool({ truthy: ["true"], falsy: ["false"] });
export const seconds = z.coerce.number().min(0).max(86_400);
export const method = z.enum(["GET", "POST"]);
export const url = z.url({ protocol: /^https?$/ });
export const text = z.string().max(4_096);
export const twiml = z.string().max(4_000);
/** A field that may be given once or several times. */
export const list = z.union([z.string(), z.array(z.string()).max(20)]).transform((value) => [value].flat());

export function toCallback(
  address: string | undefined,
  how: "GET" | "POST" | undefined,
  events: readonly string[] | undefined,
  fallback: string,
): Callback | null {
  if (!address) return null;
  return {
    url: address,
    method: how ?? "POST",
    // Twilio takes them as several fields or as words in one.
    events: (events ?? [fallback]).flatMap((words) => words.split(" ")),
  };
}
