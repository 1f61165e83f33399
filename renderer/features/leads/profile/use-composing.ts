import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { ProfileDeed } from "../search-params.ts";

/**
 * What is being written; `callId`: about which call, null = none in particular; `suggested`: the key of the suggestion
 * that it follows, null = none.
 */
export type Composing = { deed: ProfileDeed | null; callId: RecordId | null; suggested: string | null };

const nothing: Composing = { deed: null, callId: null, suggested: null };

/** `?do=note` in the address opens it, once; `?do=after-call&about=…` a letter about that call. */
export function useComposing(): [Composing, (deed: ProfileDeed | null) => void] {
  const { do: wanted, about, suggested = null } = useSearch({ from: "/leads/$leadId" });
  const navigate = useNavigate();
  const [composing, setComposing] = useState(nothing);
  const [taken, take] = useState<typeof wanted>(undefined);
  if (wanted !== taken) {
    take(wanted);
    if (wanted) setComposing({ deed: wanted, callId: (about as RecordId | undefined) ?? null, suggested });
  }
  useEffect(() => {
    if (wanted)
      void navigate({
        to: ".",
        search: ({ do: _done, about: _about, suggested: _suggested, ...search }) => search,
        replace: true,
      });
  }, [wanted, navigate]);
  return [composing, (deed) => setComposing({ ...nothing, deed })];
}
