// Readers of PNG that ship no types.

declare module 'png-chunks-extract' {
  export default function extract(png: Uint8Array): { name: string; data: Uint8Array }[];
}

declare module 'png-chunk-text' {
  const text: { decode(data: Uint8Array): { keyword: string; text: string } };
  export default text;
}

// What a wallet signs with.

declare module '@digitalbazaar/ed25519-verification-key-2020' {
  export class Ed25519VerificationKey2020 {
    static generate(): Promise<Ed25519VerificationKey2020>;
    id: string;
    controller: string;
    fingerprint(): string;
    export(which: { publicKey: boolean; privateKey: boolean }): Promise<object>;
  }
}

declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options: { key: object });
  }
}
