/** What a check may let pass. Where nothing else is said it is `PRODUCT`, which lets nothing pass. */
export type Policy = {
  /** JSON-LD contexts that are known beside the bundled ones, by URL. */
  contexts: ReadonlyMap<string, object>;
  /** Whether a document may define words of its own in its `@context`. */
  inlineContexts: boolean;
  /** Whose proofs count: only the issuer's; others beside at least one of the issuer's; or anyone's. */
  signers: 'issuer' | 'issuer-and-others' | 'anyone';
  /** Whether one may show a credential of which another, known by a DID, is the subject. */
  otherSubjects: boolean;
  /**
   * What an end date or a status is that is not there, where whoever shows a badge may have left it out: something that
   * cannot be told, or something that is told beside the verdict.
   */
  withheld: 'unknown' | 'told';
  /** Whether whoever shows an SD-JWT has to prove that it is theirs. */
  keyBinding: 'if-present' | 'required';
  /** Whether a presentation may be for no challenge and no domain, when none was asked for. */
  unasked: boolean;
};

export const PRODUCT: Policy = {
  contexts: new Map(),
  inlineContexts: false,
  signers: 'issuer',
  otherSubjects: false,
  withheld: 'unknown',
  keyBinding: 'if-present',
  unasked: false,
};
