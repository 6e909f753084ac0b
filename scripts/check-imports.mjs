/**
 * Holds src to the order of the house: left never imports right. Prints each offence as file:line and exits 1.
 * Usage: node scripts/check-imports.mjs [DIRECTORY]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ORDER = [
  ['platform', 'vc'],
  ['people'],
  ['institutions'],
  ['catalogue'],
  ['portfolio'],
  ['dossiers'],
  ['credentials'],
  ['verifier'],
  ['wallets'],
  ['privacy'],
  ['jobs', 'web'],
  ['app', 'conformance'],
  ['demo'],
  // The entries, and what the two on Node share.
  [
    'server',
    'worker',
    'cli',
    'deps-node',
    'read-dataset-node',
    'read-picture-node',
    'draw-picture-node',
    'qr-node',
    'drawing-node',
    'digests-node',
    'assets-node',
  ],
];

/**
 * Libraries whose files are imported directly; every other folder is seen through its index or its tables, or through
 * what of it is light enough for a browser.
 */
const OPEN_FOLDERS = ['platform', 'vc'];
const FRONT_DOORS = /^(index|schema|in-browser)\.tsx?$/;
/** app mounts what each folder answers over HTTP. */
const FRONT_DOORS_FOR_APP = /^(index|schema|routes)\.tsx?$/;

const ONLY_IN_VC = /^(@digitalbazaar\/.+|jsonld|jsonld-signatures)(\/|$)/;

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../src', import.meta.url)));
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(entry => join(entry.parentPath ?? entry.path, entry.name))
  .sort();

let offences = 0;
for (const file of files) {
  for (const { specifier, line } of importsOf(file)) {
    const why = judge(file, specifier);
    if (!why) continue;
    offences++;
    console.error(`${relative(process.cwd(), file)}:${line} imports ${specifier}: ${why}`);
  }
}
if (files.length === 0) {
  console.error(`${root} holds no TypeScript`);
  process.exit(1);
}
if (offences > 0) process.exit(1);

/** Every specifier of a file: import, export … from, import(), and import types. */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = node => {
    const specifier = ts.isCallExpression(node)
      ? node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0]
      : ts.isImportTypeNode(node)
        ? node.argument.literal
        : ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
          ? node.moduleSpecifier
          : undefined;
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const { line } = source.getLineAndCharacterOfPosition(specifier.getStart());
      found.push({ specifier: specifier.text, line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Why this import may not be, or undefined. */
function judge(file, specifier) {
  const from = placeOf(file);
  const rank = rankOf(from);
  if (rank === -1) return `${from} has no place in the order`;
  if (specifier.startsWith('.')) return judgeRelative(file, specifier);
  if (isBuiltin(specifier)) {
    const onNodeOnly = ['server', 'cli', 'demo'].includes(from) || /-node\.tsx?$/.test(file);
    return onNodeOnly ? undefined : 'node: stands only in server, cli, demo and files named *-node.ts';
  }
  if (from !== 'vc' && ONLY_IN_VC.test(specifier)) return 'only vc wraps this library';
  return undefined;
}

function judgeRelative(file, specifier) {
  const from = placeOf(file);
  const target = resolve(dirname(file), specifier);
  if (relative(root, target).startsWith('..')) return undefined;
  if (!/\.[a-z]+$/.test(specifier)) return 'a relative import carries its extension';
  const to = placeOf(target);
  if (from === to) return undefined;
  if (from === 'vc') return 'vc imports nothing outside vc';
  if (rankOf(to) === -1) return `${to} has no place in the order`;
  if (rankOf(from) < rankOf(to)) return `${from} stands left of ${to}`;
  const isFolder = relative(root, target).includes('/');
  if (!isFolder || OPEN_FOLDERS.includes(to)) return undefined;
  const doors = from === 'app' ? FRONT_DOORS_FOR_APP : FRONT_DOORS;
  // A file deeper inside than the folder itself is no front door, whatever it is called.
  if (dirname(target) === join(root, to) && doors.test(basename(target))) return undefined;
  return `${to} is seen through its index.ts or schema.ts`;
}

/** The folder of src that a file is in, or the name of a file that stands in src itself. */
function placeOf(file) {
  return relative(root, file)
    .split('/')[0]
    .replace(/\.tsx?$/, '');
}

function rankOf(place) {
  return ORDER.findIndex(names => names.includes(place));
}
