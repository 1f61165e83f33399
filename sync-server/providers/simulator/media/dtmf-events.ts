const keys = "0123456789*#ABCD";

/**
 * Reads keys from RFC 4733 telephone events. A key is sent as many packets with one RTP timestamp, the last three
 * marked as its end; it counts once, with its first packet.
 */
export function createDtmfReader(onDigit: (digit: string) => void) {
  let lastTimestamp: number | null = null;
  return (payload: Uint8Array, timestamp: number): void => {
    const key = keys[payload[0] ?? 255];
    if (payload.length < 4 || key === undefined || timestamp === lastTimestamp) return;
    lastTimestamp = timestamp;
    onDigit(key);
  };
}
