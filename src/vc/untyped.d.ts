// The libraries that ship no types. Only what is used, and only `vc/` uses it.

declare type JsonObject = Record<string, unknown>;
declare type RemoteDocument = { contextUrl: null; documentUrl: string; document: object; tag?: 'static' };
declare type DocumentLoader = (url: string) => Promise<RemoteDocument>;

declare module 'jsonld' {
  type Options = {
    documentLoader: DocumentLoader;
    base: null;
    safe: true;
    rdfDirection?: string;
    skipExpansion?: boolean;
  };
  const jsonld: {
    expand(document: object, options: Options): Promise<JsonObject[]>;
    toRDF(
      document: object,
      options: Options & { produceGeneralizedRdf: false },
    ): Promise<import('./canonize.ts').Quad[]>;
    compact(document: object, context: unknown, options: Options): Promise<JsonObject>;
  };
  export default jsonld;
}

declare module 'rdf-canonize' {
  export function canonize(
    dataset: readonly import('./canonize.ts').Quad[],
    options: { algorithm: 'RDFC-1.0'; maxWorkFactor: number },
  ): Promise<string>;
}

declare module 'jsonld-signatures' {
  const jsigs: {
    sign(
      document: object,
      options: { suite: unknown; purpose: unknown; documentLoader: DocumentLoader },
    ): Promise<JsonObject>;
    derive(
      document: object,
      options: { suite: unknown; purpose: unknown; documentLoader: DocumentLoader },
    ): Promise<JsonObject>;
    purposes: { AssertionProofPurpose: new (options?: object) => object };
  };
  export default jsigs;
}

declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: object;
    suite: unknown;
    documentLoader: DocumentLoader;
    now?: Date;
  }): Promise<JsonObject>;
  export function verifyCredential(options: {
    credential: object;
    suite: unknown;
    documentLoader: DocumentLoader;
    now?: Date;
    checkStatus?: unknown;
  }): Promise<{ verified: boolean; error?: Error }>;
  export function signPresentation(options: {
    presentation: object;
    suite: unknown;
    challenge: string;
    domain?: string;
    documentLoader: DocumentLoader;
  }): Promise<JsonObject>;
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: unknown; signer?: object; date?: string | Date | null });
    proof?: object;
    verificationMethod?: string;
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}

declare module '@digitalbazaar/ed25519-multikey' {
  type Verifier = { verify(signed: { data: Uint8Array; signature: Uint8Array }): Promise<boolean> };
  export function from(key: object): Promise<{ verifier(): Verifier; signer(): object }>;
}

declare module '@digitalbazaar/ecdsa-multikey' {
  export function generate(options: { curve: string }): Promise<object>;
  export function from(key: object): Promise<object>;
}

declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  export function createSignCryptosuite(options: { mandatoryPointers: string[] }): object;
  export function createDiscloseCryptosuite(options: { selectivePointers: string[] }): object;
}
