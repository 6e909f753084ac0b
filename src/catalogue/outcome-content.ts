/** A text in Dutch, English or both. */
export interface Words {
  nl?: string;
  en?: string;
}

/** The words of an outcome in one language. */
export interface OutcomeWords {
  name: string;
  description?: string;
  /** The same in plain language. */
  plain?: string;
  /** Other names by which it is found. */
  also?: string[];
}

/** A unit of learning outcomes: what is judged together. */
export interface UnitContent {
  name: string;
  description: string;
  /** BCP 47. */
  language: string;
  level?: string;
  /** Ids of outcomes. */
  outcomes: string[];
}
