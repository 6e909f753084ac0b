import type { Command } from 'commander';
import {
  createInstitution,
  institutionKinds,
  institutionProfile,
  listInstitutions,
  slug,
} from '../institutions/index.ts';
import { parse } from '../platform/http.ts';
import { print, printJson, withService } from './shared.ts';

/** `institution create|list` */
export function institutionCommands(program: Command): void {
  const institution = program.command('institution').description('institutions of this service');
  institution
    .command('create')
    .description('make an institution with its first signing key')
    .requiredOption('--slug <slug>', 'its place in addresses and in its DID; never changes')
    .requiredOption('--name <name>', 'its name')
    .requiredOption('--country <code>', 'where it awards, such as NL')
    .option('--kind <kind>', institutionKinds.join(', '), 'other')
    .option('--url <url>', 'its website')
    .option('--email <address>')
    .option('--locality <place>')
    .option('--brin <code>', 'BRIN code')
    .option('--qa-name <name>', 'quality assurance that stands behind its achievements')
    .option('--qa-url <url>')
    .option('--qa-description <text>')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const made = await createInstitution(deps, {
          slug: parse(slug, options.slug),
          profile: parse(institutionProfile, {
            name: options.name,
            kind: options.kind,
            url: options.url,
            email: options.email,
            address: { countryCode: options.country, locality: options.locality },
            identifiers: options.brin ? [{ type: 'ext:BRIN', identifier: options.brin }] : [],
            ...(options.qaName
              ? { qualityAssurance: { name: options.qaName, url: options.qaUrl, description: options.qaDescription } }
              : {}),
          }),
        });
        if (options.json) printJson({ slug: made.slug, name: made.profile.name, did: made.did });
        else print(`${made.slug}\t${made.did}\t${made.url}`);
      }),
    );
  institution
    .command('list')
    .description('every institution')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const list = (await listInstitutions(deps)).map(i => ({ slug: i.slug, name: i.profile.name, did: i.did }));
        if (options.json) printJson(list);
        else for (const i of list) print(`${i.slug}\t${i.name}\t${i.did}`);
      }),
    );
}
