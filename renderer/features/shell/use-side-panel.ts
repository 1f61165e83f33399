import { useMediaQuery } from "@mantine/hooks";
import { useDesk } from "./desk-state.ts";

/** The right column stands where there is room for it and the screen does not need it. */
export function useSidePanelShown(): boolean {
  const roomy = useMediaQuery("(min-width: 1280px)", true, { getInitialValueInEffect: false });
  const hidden = useDesk((desk) => desk.sidePanelHiddenBy > 0);
  return Boolean(roomy) && !hidden;
}
