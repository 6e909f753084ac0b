// Every input, suite, issuer and status that the check knows, each in every way that matters.
import { canBeChanged, type Handed, handIn, inputs } from './inputs.ts';
import { methods, signings } from './methods.ts';
import { type Answers, type Made, newPlace } from './place.ts';
import { states, statusKinds } from './statuses.ts';
import { suites, variants } from './suites.ts';

export type Case = {
  table: 'input' | 'suite' | 'issuer' | 'status';
  row: string;
  column: string;
  /** Nothing where there is no such case. */
  handed: Handed | undefined;
  network: [string, Uint8Array | string][];
};

const written = (answers: Answers): Case['network'] =>
  Object.entries(answers).map(([url, content]) => [
    url,
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  ]);

const plain = (table: Case['table'], row: string, column: string, made: Made | undefined): Case => ({
  table,
  row,
  column,
  handed: made && { credential: made.credential },
  network: made ? written(made.answers) : [],
});

/** All cases, each with an issuer of its own and the network that it needs. */
export async function makeCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [row, input] of Object.entries(inputs))
    for (const column of variants) {
      const has = column !== 'tampered' || canBeChanged(row);
      const made = has ? await handIn(input, await newPlace(), column) : undefined;
      cases.push({
        table: 'input',
        row,
        column,
        handed: made?.handed,
        network: written(made?.answers ?? {}),
      });
    }
  for (const [row, make] of Object.entries(suites))
    for (const column of variants) cases.push(plain('suite', row, column, await make(await newPlace(), column)));
  for (const [row, make] of Object.entries(methods))
    for (const column of signings) cases.push(plain('issuer', row, column, await make(await newPlace(), column)));
  for (const [row, make] of Object.entries(statusKinds))
    for (const column of states) cases.push(plain('status', row, column, await make(await newPlace(), column)));
  return cases;
}
