import type { TimelineKind } from "../../../../shared/rpc/contract/leads.ts";
import { createScreenState } from "../../../client/index.ts";

/** What is half written, by lead: leaving a profile and coming back loses nothing. */
interface ProfileState {
  notes: Record<string, string>;
  kinds: readonly TimelineKind[];
}

export const useProfileState = createScreenState<ProfileState>(() => ({ notes: {}, kinds: [] }));

export function setNoteDraft(leadId: string, text: string): void {
  useProfileState.setState(({ notes }) => {
    const { [leadId]: _before, ...others } = notes;
    return { notes: text === "" ? others : { ...others, [leadId]: text } };
  });
}

export const setTimelineKinds = (kinds: readonly TimelineKind[]): void => useProfileState.setState({ kinds });
