import { useNavigate } from "@tanstack/react-router";
import { letterDecided } from "../../../../shared/rpc/contract/assistant.ts";
import { useEvent } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";
import { decidedWords } from "./stand-words.ts";

/** Mounted once a window: tells who asked what became of their letter. */
export function LettersDecided() {
  const toast = useToast();
  const navigate = useNavigate();
  useEvent(letterDecided, (decided) => {
    const open = () => void navigate({ to: "/leads/$leadId", params: { leadId: decided.leadId }, search: (before) => ({ ...before, do: decided.about }) }); // prettier-ignore
    toast({ text: decidedWords(decided), actions: [{ label: "Show it", run: open }] });
  });
  return null;
}
