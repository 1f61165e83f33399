type Sender = { dtmf: Pick<RTCDTMFSender, "insertDTMF" | "toneBuffer"> | null };

/**
 * A browser that is given keys while others still sound forgets those that wait (RTCDTMFSender.insertDTMF). From now
 * on they go before the new ones, so that a card number that is typed fast arrives whole.
 */
export function keepTones(connection: { getSenders(): Sender[] } | null | undefined): void {
  for (const { dtmf } of connection?.getSenders() ?? []) {
    if (!dtmf || Object.hasOwn(dtmf, "insertDTMF")) continue;
    const insert = dtmf.insertDTMF.bind(dtmf);
    dtmf.insertDTMF = (tones, ...timing) => insert(dtmf.toneBuffer + tones, ...timing);
  }
}
