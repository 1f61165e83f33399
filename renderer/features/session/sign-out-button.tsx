import { LogOut } from "lucide-react";
import { Button } from "../../ui/controls/button.tsx";
import { useSignOut } from "./avatar-menu.tsx";
import { SignOutDialog } from "./sign-out-dialog.tsx";

/** The way out, with the same question about unsent edits as in the menu of the avatar. */
export function SignOutButton() {
  const { unsent, askToLeave, leave, cancel } = useSignOut();
  return (
    <>
      <Button icon={LogOut} onClick={askToLeave}>
        Sign out
      </Button>
      <SignOutDialog unsent={unsent} onLeave={leave} onClose={cancel} />
    </>
  );
}
