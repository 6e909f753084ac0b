import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { hex, sha256 } from '../../src/vc/bytes.ts';
import { contexts, OB_CONTEXT, OB_EXTENSIONS_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { fixture, fixtureBytes, haveFixtures } from '../support/shared.ts';

const ours = fileURLToPath(new URL('../../contexts/', import.meta.url));
const script = fileURLToPath(new URL('../../scripts/contexts.mjs', import.meta.url));
const index: Record<string, { file: string; sha256: string; publisherSha256?: string }> = JSON.parse(
  readFileSync(join(ours, 'index.json'), 'utf8'),
);

describe('contexts/', () => {
  const again = mkdtempSync(join(tmpdir(), 'contexts-'));
  afterAll(() => rmSync(again, { recursive: true }));

  it('is what its script makes of the installed packages, byte for byte', () => {
    execFileSync(process.execPath, [script, again]);
    expect(readdirSync(again).sort()).toEqual(readdirSync(ours).sort());
    for (const file of readdirSync(ours)) {
      expect(readFileSync(join(again, file), 'utf8'), file).toBe(readFileSync(join(ours, file), 'utf8'));
    }
  });

  it('lists what the loader serves, with the digest of each file', async () => {
    expect(Object.keys(index).sort()).toEqual([...contexts.keys()].sort());
    for (const [url, { file, sha256: digest }] of Object.entries(index)) {
      const text = readFileSync(join(ours, file), 'utf8');
      expect(hex(await sha256(text)), file).toBe(digest);
      expect(contexts.get(url)).toEqual(JSON.parse(text));
    }
  });

  it.skipIf(!haveFixtures)('says the same as the published files', async () => {
    expect(contexts.get(VC2_CONTEXT)).toEqual(fixture('contexts/credentials-v2.json'));
    expect(contexts.get(OB_CONTEXT)).toEqual(fixture('contexts/ob-v3p0-3.0.3.json'));
    expect(contexts.get(OB_EXTENSIONS_CONTEXT)).toEqual(fixture('contexts/ob-v3p0-extensions.json'));
    const published = hex(await sha256(fixtureBytes('contexts/credentials-v2.json')));
    expect(index[VC2_CONTEXT]?.publisherSha256).toBe(published);
  });
});
