// Fixtures that others made, which stand beside the checkout and are no part of the project.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../../shared/fixtures/', import.meta.url);

/** Whether the folder of fixtures is there; says so once when it is not. */
export const haveFixtures = existsSync(root);
if (!haveFixtures) console.warn(`The fixtures are not at ${root.pathname}: these conformance tests are skipped.`);

export const fixtureText = (path: string): string => readFileSync(new URL(path, root), 'utf8');
export const fixture = (path: string): Record<string, unknown> => JSON.parse(fixtureText(path));
export const fixtureBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, root)));
/** The files in a folder of fixtures, each by its path. */
export const listFixtures = (folder: string): string[] =>
  readdirSync(new URL(`${folder}/`, root))
    .sort()
    .map(name => `${folder}/${name}`);
