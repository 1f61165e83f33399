import { useMediaQuery } from "@mantine/hooks";
import { useDesk } from "./desk-state.ts";

/**
 * The right column stands where there is room for it and the screen does not need it; on a wide window also where the
 * screen does, for as long as a call is up.
 */
export function useSidePanelShown(): boolean {
  const isRoomy = useIsWider(1280);
  const isWide = useIsWider(1600);
  const isHidden = useDesk((desk) => desk.sidePanelHiddenBy > 0);
  const isCallUp = useDesk((desk) => desk.callUp);
  return isRoomy && (!isHidden || (isWide && isCallUp));
}

function useIsWider(widthPx: number): boolean {
  return Boolean(useMediaQuery(`(min-width: ${widthPx}px)`, true, { getInitialValueInEffect: false }));
}
