export const companyWords =
  "Tidewater Kestrel Quarry Juniper Halden Everline Corvid Brightwater Stonebridge Aster Marlowe Harrow Solano Meridian Oakline Parkside Lumen Foundry Redfern Cobalt Polar Fairfield Granite Ember Larkspur Northwind Saltmarsh Copperfield Windrose Heron Bellweather Ironwood Clearwater Thistle Summit Alder Crestline Driftwood Ravenna Silverlake Greyhound Palisade Orchard Beacon Cinder Wren Hollow Magnolia Anvil Tern Lantern Cascade Fernhill Pinnacle Tamarack Vesper Willowbrook Atlas Bramble Keystone".split(
    " ",
  );

/** What follows the first word, with the trade it stands for: notes speak of that trade. */
export const companyKinds = [
  { suffix: "Bank", trade: "banking" },
  { suffix: "Analytics", trade: "software" },
  { suffix: "Foods", trade: "food" },
  { suffix: "Robotics", trade: "engineering" },
  { suffix: "Logistics", trade: "logistics" },
  { suffix: "Energy", trade: "energy" },
  { suffix: "Games", trade: "software" },
  { suffix: "Health", trade: "health" },
  { suffix: "Legal", trade: "law" },
  { suffix: "Biologics", trade: "health" },
  { suffix: "Insurance", trade: "banking" },
  { suffix: "Credit Union", trade: "banking" },
  { suffix: "Studio", trade: "design" },
  { suffix: "Travel", trade: "travel" },
  { suffix: "Architects", trade: "design" },
  { suffix: "Dental Group", trade: "health" },
  { suffix: "Media", trade: "design" },
  { suffix: "Optics", trade: "engineering" },
  { suffix: "Freight", trade: "logistics" },
  { suffix: "Mutual", trade: "banking" },
  { suffix: "Labs", trade: "software" },
  { suffix: "& Partners LLP", trade: "law" },
  { suffix: "Renewable Infrastructure Holdings", trade: "energy" },
  { suffix: "Coffee", trade: "food" },
  { suffix: "Learning", trade: "education" },
] as const;

export const titles = [
  "Head of Operations",
  "Office Manager",
  "Chief Financial Officer",
  "Chief Operating Officer",
  "Workplace Lead",
  "Managing Partner",
  "Founder",
  "Director of Real Estate",
  "Facilities Manager",
  "People and Places Director",
  "VP Finance",
  "Chief of Staff",
  "General Counsel",
  "Executive Assistant to the CEO",
  "Regional Director",
  "Senior Vice President, Corporate Real Estate and Workplace Experience",
] as const;

export const sources = [
  "Website form",
  "Referral",
  "Expo Chicago, stand 14",
  "Broker, Hall & Reyes",
  "Brochure download",
  "Cold list, Q3",
  "Walk-in",
  "LinkedIn",
  "Webinar, hybrid offices",
  "Phone enquiry",
] as const;

export const areas = [
  "West Loop",
  "Fulton Market",
  "River North",
  "The Loop",
  "Midtown",
  "Flatiron",
  "Hudson Yards",
  "Seaport",
  "Back Bay",
  "SoMa",
  "Mission Bay",
  "Capitol Hill",
  "South Lake Union",
  "LoDo",
  "Navy Yard",
  "Shoreditch",
  "Clerkenwell",
] as const;

export const tagWords = [
  "hybrid",
  "broker",
  "renewal",
  "expanding",
  "relocation",
  "sublet",
  "enterprise",
] as const;
export const parkingWords = [
  "None",
  "2 spaces",
  "6 spaces",
  "10 spaces, two with chargers",
  "Bike room only",
  "On the street is fine",
];
export const decisionWords = [
  "Alone",
  "With the CFO",
  "Board, meets monthly",
  "Partners vote",
  "Owner",
  "Parent company in Oslo",
];
