import { strToU8, zipSync } from 'fflate';
import { filesOfPerson } from '../dossiers/index.ts';
import type { Deps } from '../platform/context.ts';
import { type Held, heldAbout } from './hold.ts';

/** What an export holds, as one JSON value. */
export async function exportJson(deps: Deps, personId: string) {
  return exported(deps, await heldAbout(deps, personId));
}

const exported = <T>(deps: Deps, held: T) => ({
  format: 'waarmerk-person',
  version: 1,
  service: deps.config.origin,
  madeAt: deps.clock().toISOString(),
  ...held,
});

/**
 * The same as a ZIP: `data.json`, each badge byte for byte as it was signed, and what all that is, in two languages. A
 * badge from it checks as the one here does, also when this service is gone.
 */
export async function exportZip(deps: Deps, personId: string): Promise<Uint8Array<ArrayBuffer>> {
  const held = await heldAbout(deps, personId);
  const badges = badgesIn(held);
  const named = {
    ...held,
    awards: held.awards.map(award => ({
      ...award,
      documents: award.documents.map(({ document: _, ...rest }) => ({ ...rest, file: badges.get(award.id)?.name })),
    })),
  };
  const files: Record<string, Uint8Array> = {
    'README.txt': strToU8(readme(deps)),
    'data.json': strToU8(JSON.stringify(exported(deps, named), null, 2)),
  };
  for (const { name, bytes } of badges.values()) files[name] = bytes;
  for (const { id, name } of await filesOfPerson(deps, personId)) {
    const bytes = await deps.files.get(id);
    if (bytes) files[`recordings/${id}-${name}`] = new Uint8Array(await new Response(bytes).arrayBuffer());
  }
  return zipSync(files, { mtime: deps.clock() }) as Uint8Array<ArrayBuffer>;
}

/** The signed documents by award, each under a name of its own. */
function badgesIn(held: Held): Map<string, { name: string; bytes: Uint8Array }> {
  const found = new Map<string, { name: string; bytes: Uint8Array }>();
  for (const { id, documents } of held.awards)
    for (const { document } of documents) found.set(id, { name: `badges/${id}.json`, bytes: strToU8(document) });
  return found;
}

const readme = ({ config }: Deps) => `Nederlands

Dit is alles wat ${config.origin} over jou bewaart.

data.json    alles, als gegevens: je inlogs en adressen, je rollen, je badges en wat ermee
             gebeurde, wat voor je klaarstaat, en wat je hier deed.
badges/      je badges, elk zoals hij is ondertekend. Bewaar deze goed: iedereen kan zo'n
             bestand controleren op ${config.origin}/verify of bij een ander die
             Open Badges 3.0 controleert.
recordings/  gesprekken die bij een traject van jou zijn opgenomen.

English

This is all that ${config.origin} keeps about you.

data.json    everything, as data: your logins and addresses, your roles, your badges and what
             happened to them, what is put ready for you, and what you did here.
badges/      your badges, each as it was signed. Keep these well: anyone can check such a
             file at ${config.origin}/verify or with another checker of Open Badges 3.0.
recordings/  conversations that were recorded for a validation of yours.
`;
