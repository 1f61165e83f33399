import { Inviter, SessionState, type Invitation, type Session } from "sip.js";

/** SIP has a request for each moment: cancel while it rings there, reject while it rings here, bye once it is up. */
export async function hangUp(session: Session): Promise<void> {
  try {
    if (session.state === SessionState.Established) await session.bye();
    else if (session instanceof Inviter) await cancel(session);
    else await (session as Invitation).reject();
  } catch {
    // It has ended by itself meanwhile: that is told by its state.
  }
}

/**
 * A desk that could not be told of it, for its network was away, asks afterwards whether we still ring: from now on
 * there is no such call here. What the exchange says of the cancelling is waited for all the same.
 */
async function cancel(inviter: Inviter): Promise<void> {
  await inviter.cancel();
  const { callId } = inviter.request;
  for (const dialog of inviter.userAgent.userAgentCore.dialogs.values()) {
    if (dialog.callId === callId && dialog.early) dialog.dispose();
  }
}
