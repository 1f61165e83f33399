import type { Lead } from "../../../shared/entities/lead.ts";
import { someLead } from "../../fakes/some-story.ts";
import type { Part } from "../held-out.ts";

/** Somebody who looks for something, and which offers a colleague would show them first; none = better show nothing. */
export type Wish = { part: Part; lead: Lead; fits: readonly string[] };

const chicago = "Chicago";
const [open, heldOut] = [wishesOf("open"), wishesOf("held-out")];

export const wishes: readonly Wish[] = [
  open(["kinzie"], chicago, { budget: 450_000, bedrooms: 2 }, "Wants exposed brick and a roof terrace."),
  open(["maple"], "", { budget: 700_000, bedrooms: 4, area: "Evanston" }, "Two children, garden is a must."),
  open(["canal"], chicago, { budget: 250_000, headcount: 40 }, "A terrace for the team, fibre."),
  open(["park"], chicago, { budget: 220_000, bedrooms: 1, area: "Lincoln Park" }),
  open(["bungalow"], "Oak Park", { budget: 400_000 }, "Uses a wheelchair, step-free."),
  open(["lake"], chicago, { budget: 800_000, bedrooms: 3 }, "Lake view, please."),
  open(["fulton"], chicago, { budget: 100_000, headcount: 10 }, "Needs phone booths."),
  open(["green"], "", { budget: 450_000, area: "Evanston" }, "Electric car, needs a charging point."),
  open([], "Boston", { budget: 300_000, bedrooms: 2 }),
  open([], chicago, { budget: 60_000, headcount: 200 }),
  heldOut(["oak"], "", { budget: 520_000, bedrooms: 3, location: "Oak Park" }, "They dream of a fireplace."),
  heldOut(["logan"], chicago, { budget: 380_000, bedrooms: 2 }, "Has a dog, wants to sit outside in summer."),
  heldOut(["wacker"], chicago, { budget: 550_000, headcount: 85 }, "Law firm, clients come in, so a reception matters."), // prettier-ignore
  heldOut(["rogers"], chicago, { budget: 320_000, bedrooms: 3 }, "Handy couple, does not mind work on the house."), // prettier-ignore
  heldOut(["gold"], chicago, { budget: 2_500_000 }, "Swims every morning, has guests on a terrace."),
  heldOut(["pilsen"], chicago, { budget: 1_200_000, size: 3_000 }, "Carpenter, lorries unload twice a day."),
  heldOut(["clark"], chicago, { budget: 330_000 }, "Opens a bakery, needs people who pass by."),
  heldOut(["green"], "", { budget: 460_000, bedrooms: 2, area: "Evanston" }, "Wants to make their own electricity."), // prettier-ignore
  heldOut(["lake"], chicago, { budget: 790_000, bedrooms: 3 }, "High up, somebody at the door, sees the water."), // prettier-ignore
  heldOut(["bungalow"], "", { budget: 400_000, bedrooms: 2, area: "Oak Park" }, "Her mother cannot climb stairs any more."), // prettier-ignore
  heldOut(["fulton"], chicago, {}, "Looks for an office for twelve people, they all come by bike."),
  heldOut(["maple"], "Evanston", {}, "A garden, near schools, four bedrooms."),
  heldOut(["kinzie", "logan"], chicago, { budget: 450_000, bedrooms: 2 }),
  heldOut(["canal"], chicago, { budget: 260_000, headcount: 35 }, "They work around the clock."),
  heldOut([], chicago, { budget: 150_000, bedrooms: 3 }),
  heldOut([], "Rockford", { budget: 900_000 }, "Wants a farm with stables."),
  heldOut([], chicago, { budget: 3_000_000, headcount: 400 }),
  heldOut([], "", {}, "Called about something else."),
];

function wishesOf(part: Part) {
  let made = 0;
  return (fits: Wish["fits"], city: string, custom: Lead["custom"], notes = ""): Wish => {
    made += 1;
    return { part, fits, lead: someLead({ id: `${part}-${made}` as Lead["id"], city, custom, notes }) };
  };
}
