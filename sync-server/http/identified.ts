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
