/** What the build made for browsers: the scripts of islands, and what they load. */
export interface Assets {
  /** The name of each file, with a hash of its bytes in it, by the name of what it was made from: `camera.js`. */
  names(): Promise<Record<string, string>>;
  /** The bytes of a file that `names` tells; nothing for any other. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Makes bytes smaller (gzip) where the runtime does not do that by itself; only for what is the same for everyone. */
  gzip?: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>;
}

/** One file of the folder that the build made. */
type LoadAsset = (file: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** Where there is no such folder there are no scripts: every page works without. */
export function createAssets(load: LoadAsset, gzip?: Assets['gzip']): Assets {
  let known: Promise<Record<string, string>> | undefined;
  const names = () => (known ??= load('names.json').then(readNames));
  return { names, gzip, read: async name => (Object.values(await names()).includes(name) ? load(name) : undefined) };
}

const readNames = (bytes: Uint8Array | undefined): Record<string, string> =>
  bytes ? JSON.parse(new TextDecoder().decode(bytes)) : {};
