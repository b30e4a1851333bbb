// SPDX-License-Identifier: MIT

/**
 * Where a pattern comes from. Patterns of one family tend to have one cause, so that two of them say little more than one:
 * a person looks first where families differ.
 */
export type PatternFamily = "place" | "registry" | "measurement" | "offer";

export interface Pattern {
  readonly title: string;
  /** What is looked at. */
  readonly signal: string;
  /** Who shows the same without any fault. Shown beside every signal, always. */
  readonly falsePositives: string;
  readonly family: PatternFamily;
  /** Members of the observations that it needs; `book`: the authority's records alone. */
  readonly needs: readonly string[];
}

/**
 * The patterns of misuse that detectors look for. None confirms anything, alone or with all others: a signal asks for a
 * person's look, and a finding needs evidence that is tied to the very terminal.
 */
export const patterns = {
  P1: {
    title: "Account country is not where it is",
    signal: "Days out of the account's country beyond what plans roam.",
    falsePositives: "Aid workers, ships, refugees, border towns.",
    family: "place",
    needs: ["countryDays"],
  },
  P2: {
    title: "Never seen where it was sold",
    signal: "The first sight lies in another country than its papers, and none since in that one.",
    falsePositives: "Donations, gifts, purchases for a fleet.",
    family: "place",
    needs: ["countryDays"],
  },
  P3: {
    title: "Cluster in inactive or front cells",
    signal: "Many terminals in one sensitive cell at one time, and how many came together.",
    falsePositives: "Hospitals, shelters and other civilians, towns that changed hands.",
    family: "place",
    needs: ["visits", "sensitiveCells"],
  },
  P4: {
    title: "Many accounts, one key",
    signal: "Accounts that share a payment card, a device, an e-mail address or an IP address.",
    falsePositives: "Aid organisations, resellers, families, an office behind one address.",
    family: "registry",
    needs: ["links"],
  },
  P5: {
    title: "Reseller cluster",
    signal: "A run of serial numbers that goes from one party to several within days.",
    falsePositives: "Authorised dealers; a donor who hands out a pallet.",
    family: "registry",
    needs: ["book"],
  },
  P6: {
    title: "Activation burst",
    signal: "First activations of a day in an area against the days before.",
    falsePositives: "Disaster relief, a sale, a school term, a network outage of others.",
    family: "registry",
    needs: ["activations"],
  },
  P7: {
    title: "Faster than allowed",
    signal: "Speed above the plan's or the area's cap in adjoining windows.",
    falsePositives: "Trains, ambulances, jumps of satellite navigation under jamming.",
    family: "measurement",
    needs: ["speeds"],
  },
  P8: {
    title: "Asks outside the service area",
    signal: "Repeated attempts that were refused because of the place.",
    falsePositives: "Overlap of beams, a line on the map that is out of date, travellers in transit.",
    family: "place",
    needs: ["attempts"],
  },
  P9: {
    title: "One identity, two places",
    signal: "Sessions that one device can hardly have made: at once, or too far apart.",
    falsePositives:
      "Clock errors, an exchanged device after repair, aircraft. The owner of a copied identity is its victim.",
    family: "measurement",
    needs: ["cloneAlarms"],
  },
  P10: {
    title: "Stand-in registrant",
    signal: "Signs that an applicant stands for somebody else.",
    falsePositives: "Poor households, volunteers; victims of coercion, who are to be protected.",
    family: "registry",
    needs: ["book"],
  },
  P11: {
    title: "Claimed place is not the measured one",
    signal: "The network's measurements contradict the reported place in independent windows.",
    falsePositives: "Jamming and spoofing around it make an honest terminal report a wrong place.",
    family: "measurement",
    needs: ["locations"],
  },
  P12: {
    title: "Near a listed site",
    signal: "Hours in cells within reach of a site that somebody lists.",
    falsePositives: "Neighbours, and captives who are held at the site.",
    family: "place",
    needs: ["visits", "sites"],
  },
  P13: {
    title: "Silent, then on another side",
    signal: "Long silence and return in another country or far away.",
    falsePositives: "Repair, storage, a sale, a move.",
    family: "place",
    needs: ["visits"],
  },
  P14: {
    title: "Its number is shown in an offer",
    signal: "A kit or serial number in the text of an offer, or read off its picture.",
    falsePositives: "A stolen photograph of somebody's lawful terminal.",
    family: "offer",
    needs: ["listings"],
  },
} as const satisfies { readonly [id: string]: Pattern };

export type PatternId = keyof typeof patterns;
