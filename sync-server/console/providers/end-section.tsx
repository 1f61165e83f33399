import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Deed, Section } from "../parts/page.tsx";
import { Question } from "../parts/question.tsx";
import type { ProviderPart } from "./use-provider.ts";

/** Whether people are offered it, and the ways out. */
export function EndSection({ provider: { id, name, enabled, people }, deeds }: ProviderPart) {
  const [asks, setAsks] = useState(false);
  return (
    <Section title="In use">
      {enabled ? (
        <Deed says="People are offered it when they sign in. Whoever is signed in stays so when it no longer is.">
          <Button
            size="small"
            onClick={() => void deeds.change({ enabled: false }, `“${name}” is not offered any more.`)}
          >
            Stop offering it
          </Button>
        </Deed>
      ) : (
        <Deed says="People are offered it from now on. Passwords go on working beside it.">
          <Button
            size="small"
            onClick={() => void deeds.change({ enabled: true }, `People may continue with “${name}”.`)}
          >
            Offer it
          </Button>
        </Deed>
      )}
      {people > 0 && (
        <Deed says="Needed when an address belongs to another account there by now: people are known by their address again when they come next.">
          <Button size="small" onClick={() => void deeds.forgetPeople()}>
            Link people anew
          </Button>
        </Deed>
      )}
      <Deed says="Its client secret is forgotten, and nobody comes in by it any more.">
        <Button size="small" onClick={() => setAsks(true)}>
          Remove
        </Button>
      </Deed>
      <Question
        title={`Remove “${name}”?`}
        ask={
          asks
            ? {
                keep: "Keep it",
                go: "Remove",
                change: {
                  request: { method: "DELETE", path: `/identity-providers/${id}` },
                  said: `“${name}” is removed.`,
                },
              }
            : null
        }
        onClose={() => setAsks(false)}
      >
        <p>
          Its secret cannot be brought back. People who have no password ask for one by “Forgotten password”.
        </p>
      </Question>
    </Section>
  );
}
