import type { Command } from 'commander';
import {
  endMembership,
  invitationInput,
  inviteMembers,
  listMembers,
  memberRoles,
  readInstitution,
  roleName,
} from '../institutions/index.ts';
import { parse } from '../platform/http.ts';
import { operatorFor, print, printJson, tell, usage, withService } from './shared.ts';

const several = (value: string, before: string[]) => [...before, value];

/** `member invite|list|end` */
export function memberCommands(program: Command): void {
  const member = program.command('member').description('people with a role at an institution');
  member
    .command('invite')
    .description('invite people to a role, as the first admin of an institution')
    .requiredOption('--institution <slug>')
    .requiredOption('--role <role>', memberRoles.join(', '))
    .option('--email <address>', 'they get a letter; may be given more than once', several, [])
    .option('--eppn <account>', 'an institution account: its link is printed; may be given more than once', several, [])
    .option('--achievement <id>', 'only for this achievement; may be given more than once', several, [])
    .option('--language <language>', 'of the letter', 'nl')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const { email, eppn, achievement, role, language } = options as {
          email: string[];
          eppn: string[];
          achievement: string[];
          role: string;
          language: string;
        };
        const addresses = [...email.map(one => ({ email: one })), ...eppn.map(one => ({ eppn: one }))];
        if (!addresses.length) throw usage('whom? Give --email or --eppn');
        if (!memberRoles.some(known => known === role)) throw usage(`--role is ${memberRoles.join(', ')}`);
        const achievements = achievement.length ? achievement : null;
        const input = parse(invitationInput, { addresses, role, achievements, language });
        const made = await inviteMembers(await operatorFor(deps, options.institution), input);
        if (options.json) printJson(made);
        else for (const i of made) print([i.id, i.address, i.link ?? 'a letter is on its way'].join('\t'));
        if (made.some(i => !i.link)) tell('Letters are sent by the service while it runs.');
      }),
    );
  member
    .command('list')
    .description('who has a role at an institution')
    .requiredOption('--institution <slug>')
    .option('--json', 'print JSON')
    .action(options =>
      withService(async ({ deps }) => {
        const ctx = await operatorFor(deps, options.institution);
        const { profile } = await readInstitution(deps, options.institution);
        const all = [];
        for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
          const page = await listMembers(ctx, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
          all.push(...page.items);
          cursor = page.next;
        }
        if (options.json) printJson(all);
        else
          for (const m of all)
            print([m.id, m.role, roleName('en', profile.kind, m.role), m.name ?? '', m.account ?? ''].join('\t'));
      }),
    );
  member
    .command('end')
    .description('end a role; it holds from the next request on')
    .argument('<id>', 'of the membership, as list shows it')
    .requiredOption('--institution <slug>')
    .action((id, options) =>
      withService(async ({ deps }) => {
        await endMembership(await operatorFor(deps, options.institution), id);
        tell(`${id} has ended.`);
      }),
    );
}
