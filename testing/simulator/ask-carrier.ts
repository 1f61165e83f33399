/** Where a simulated carrier is asked to do something, as the server that starts one writes it down. */
export type CarrierControl = { url: string; controlToken: string };

/** Asks the control API of a simulated carrier (docs/carrier-simulator.md). @throws where it refuses */
export async function askCarrier(
  { url, controlToken }: CarrierControl,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}/control${path}`, {
    method,
    headers: {
      authorization: `Bearer ${controlToken}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
