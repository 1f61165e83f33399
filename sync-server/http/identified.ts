import type { FastifyRequest } from "fastify";
import { Refused } from "./errors.ts";
import type { Identify, Identity } from "./identity.ts";

/**
 * Who sends this request; notes it in the request's logs.
 * @throws Refused `unauthorised`, `revoked` or `wiped`
 */
export async function identified(identify: Identify, request: FastifyRequest): Promise<Identity> {
  const identity = await identify(request.headers);
  if (!identity.ok) throw new Refused(identity.error.code, identity.error.message);
  const { tenantId, userId, deviceId } = identity.value;
  request.log = request.log.child({ tenantId, userId, deviceId });
  return identity.value;
}

const identities = new WeakMap<FastifyRequest, Identity>();

/** Hook `preParsing`: somebody unknown is turned away after their tries were counted and before their body is read. */
export function requireIdentity(identify: Identify) {
  return async (request: FastifyRequest): Promise<undefined> => {
    identities.set(request, await identified(identify, request));
    return undefined;
  };
}

/** Who sends a request whose route has `requireIdentity`. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = identities.get(request);
  if (identity === undefined) throw new Error(`the route ${request.routeOptions.url} asks for no identity`);
  return identity;
}
