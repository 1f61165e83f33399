import { useEffect, useState } from "react";

/**
 * The present by the server's clock, renewed every second: a browser's own may be wrong by minutes.
 * @param said what the server's clock showed when it last answered
 */
export function useServerNow(said: string | undefined): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const aheadMs = said === undefined ? 0 : Date.parse(said) - Date.now();
    const tick = () => setNow(new Date(Date.now() + aheadMs));
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [said]);
  // An answer is newer than the last second that was shown.
  return said !== undefined && Date.parse(said) > now.getTime() ? new Date(said) : now;
}
