import type { Policy } from '../verifier/index.ts';

// It is for examples only: with it, every word that no context defines has a meaning.
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const examples = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } };

const verify: Policy = {
  contexts: new Map([[EXAMPLES, examples]]),
  inlineContexts: true,
  signers: 'issuer-and-others',
  otherSubjects: true,
  withheld: 'told',
  keyBinding: 'if-present',
  unasked: true,
};

/**
 * Everything in which the conformance server is looser than the product. The public suites ask for it; the service has
 * none of it. What is not named here is the product's own code and rules.
 */
export const CONFORMANCE = {
  /** Checking: the examples context, inline contexts, proofs of others beside the issuer's, holders of any kind; no date or status where
   * one may have been left out. */
  verify,
  /** Checking of the proof alone (`options.checks` is `["proof"]`): whoever made it, whatever the status. */
  verifyProof: { ...verify, signers: 'anyone' } satisfies Policy,
  issue: {
    /** Anyone may ask, without a login and without a decision, for anything that follows the data model. */
    open: true,
    /** Suites and keys that the product checks and does not sign with. */
    issuers: { eddsa: 'Ed25519', p256: 'P-256', p384: 'P-384' },
    /** Credentials of VC 1.1, to which the context of Data Integrity is added. */
    vc1: true,
    /** One proof is written as an object, where the product writes an array. */
    proofAsObject: true,
    /** A JWT instead of a proof, where `options.format` names one. */
    envelopes: true,
  },
} as const;
