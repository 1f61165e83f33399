import { Link } from "@tanstack/react-router";
import { TopBar } from "../features/shell/index.ts";
import { EmptyState } from "../ui/display/empty-state.tsx";

export function NotFound() {
  return (
    <>
      <TopBar crumbs={[{ label: "Nothing here" }]} />
      <EmptyState>
        There is no screen at this address. <Link to="/leads">Go to your list</Link>
      </EmptyState>
    </>
  );
}
