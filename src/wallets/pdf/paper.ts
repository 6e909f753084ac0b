/** What is printed of a badge, in words; how it looks is for `draw-paper`. */
export interface Paper {
  /** BCP 47, of the words. */
  language: string;
  /** Kind, size and level in one line. */
  kicker: string;
  title: string;
  issuer: string;
  mark: Mark;
  /** `voor`, and a name. */
  holder?: { label: string; name: string };
  /** Told above all else: why it no longer counts. */
  notice?: string;
  sections: Section[];
  check: {
    heading: string;
    lines: string[];
    /** The address that the QR code holds. */
    address: string;
    qr: Code;
    /** One that holds the badge itself in short, for where there is no network. */
    dense?: Code;
  };
  pageOf: (page: number, pages: number) => string;
  /** The signed badge, that travels along as a file. */
  attached: { name: string; type: string; description: string; content: Uint8Array };
  /** The time that stands in the file, fixed so that the same badge gives the same bytes. */
  made: Date;
}

/** A QR code: modules on a side, and the dark ones as a path of that size. */
export interface Code {
  size: number;
  path: string;
}

export interface Section {
  heading: string;
  /** Each a label and its text, or a text alone. */
  facts: { label?: string; text: string }[];
}

/** The mark of an institution around its initials, as `rosette` reckons it; lengths fit a radius of 54. */
export interface Mark {
  ground: string;
  accent: string;
  twist: number;
  angles: number[];
  away: number;
  rx: number;
  ry: number;
  outer: number;
  inner: number;
  letters: string;
  size: number;
  drop: number;
}
