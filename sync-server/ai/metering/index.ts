export { createSoundMeter, type Hearing, type SoundAsker, type SoundMeter } from "./meter-sound.ts";
