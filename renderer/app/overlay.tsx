// Not through the doors of the client and of coaching, behind which the desk stands: this window is to be there at once.
import { connectClient } from "../../shared/rpc/client.ts";
import { findPipe } from "../client/find-pipe.ts";
import { startOverlay } from "./start-overlay.tsx";

startOverlay(connectClient(findPipe()));
