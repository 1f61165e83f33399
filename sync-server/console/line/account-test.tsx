import { TestedAccount } from "../../admin/telephony/wire.ts";
import { TestSection } from "../parts/test-section.tsx";

/** Asks the carrier itself, and says how it answered. */
export function AccountTest({ id }: { id: string }) {
  return (
    <TestSection
      says="Asks the carrier whether it takes what stands here. Changes nothing there."
      path={`/telephony/accounts/${id}/test`}
      answer={TestedAccount}
    />
  );
}
