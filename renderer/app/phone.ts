// Not through the door of the client, behind which React stands: this page has none.
import { connectClient } from "../../shared/rpc/client.ts";
import { findPipe } from "../client/find-pipe.ts";
import { startPhoneWindow } from "../features/phone/window/phone-window.ts";
import "./phone.css";

void startPhoneWindow(connectClient(findPipe()));
