import type { JsonSchema } from "./arbitrary-of.ts";
import { fill, sampleOf, type Operation, type Parameter } from "./operations.ts";
import { calledAt, idsAt, namesSomethingCalled, withIds } from "./victim.ts";

/** A request that names something by an id; `isAddressed` = in its address, so that it is about nothing else. */
export type Asked = { path: string; body: { body?: unknown }; isAddressed: boolean };

/** Whether ids of others can be said to it by somebody of an organisation: in the address, the query or the body. */
export function namesSomething({ secured, parameters, body }: Operation): boolean {
  return secured && (parameters.some(isId) || (body !== null && namesOf(body).some(namesSomethingCalled)));
}

/** Requests with each id that its address can hold, and with other words around it. */
export function askFor(operation: Operation): Asked[] {
  const { path, parameters, body } = operation;
  const isAddressed = parameters.some((one) => one.in === "path");
  const fitting = idsAt(path).filter((id) => parameters.some((one) => isId(one) && fits(one.schema, id)));
  const bodies = body && wordings.map((wording) => sampleOf(wording === 0 ? leastOf(body) : body, wording));
  return (isAddressed ? fitting : [calledAt(path)]).flatMap((id) => {
    const filled = fill(operation, (parameter) => valueFor(parameter, id, idsAt(path)));
    const asked = bodies ? bodies.map((one) => ({ body: withIds(one, id) })) : [{}];
    return asked.map((one) => ({ path: filled, body: one, isAddressed }));
  });
}

/** A body that is refused for something else says nothing about the ids in it: some get through. */
const wordings = [0, 1, 2, 3, 4, 5];

function leastOf(schema: JsonSchema): JsonSchema {
  const { properties = {}, required = [] } = schema;
  const needed = Object.entries(properties).filter(([name]) => required.includes(name));
  return { ...schema, properties: Object.fromEntries(needed) };
}

type Ask = (path: string, body: Asked["body"]) => Promise<number>;

/**
 * Whether the answer to some request depends on whose the id is: a stranger hears something else than its owner.
 * @param putBack undoes what they have done
 */
export async function leadsSomewhere(
  operation: Operation,
  { owner, stranger, putBack }: { owner: Ask; stranger: Ask; putBack: () => Promise<void> },
): Promise<boolean> {
  for (const { path, body } of askFor(operation)) {
    const refused = await stranger(path, body);
    const answered = await owner(path, body);
    if ([refused, answered].some(mayHaveChanged)) await putBack();
    if (refused !== answered) return true;
  }
  return false;
}

/** What is theirs is made up, and an answer that tells of it may not be of its form: it was done all the same. */
function mayHaveChanged(status: number): boolean {
  return status < 400 || status >= 500;
}

function isId({ name, in: place }: Parameter): boolean {
  return place === "path" || namesSomethingCalled(name);
}

/** The id wherever it fits, the first that does where it does not; nothing else is said that need not be. */
function valueFor(parameter: Parameter, id: string, ids: readonly string[]): unknown {
  if (!isId(parameter)) return parameter.required ? sampleOf(parameter.schema, 1) : null;
  return fits(parameter.schema, id) ? id : (ids.find((other) => fits(parameter.schema, other)) ?? id);
}

function fits({ pattern, format, maxLength = Number.POSITIVE_INFINITY }: JsonSchema, id: string): boolean {
  if (format === "date" && Number.isNaN(Date.parse(id))) return false;
  return id.length <= maxLength && (pattern === undefined || new RegExp(pattern, "u").test(id));
}

/** Of all that a value may consist of. */
function namesOf(schema: JsonSchema): string[] {
  const { properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const inner = [...Object.values(properties), ...(items ? [items] : []), ...anyOf, ...oneOf, ...allOf];
  return [...Object.keys(properties), ...inner.flatMap(namesOf)];
}
