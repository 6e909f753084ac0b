import { problems } from '../../platform/problem.ts';
import { type Code, codes, remedies } from '../../verifier/index.ts';
import type { View } from '../view.ts';
import { Json } from './checks.tsx';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { type?: string; description?: string; default?: unknown; maximum?: number };
}
type Content = Record<string, { schema?: unknown }>;
interface Described {
  summary: string;
  description?: string;
  tags: string[];
  security: object[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

/** What this page reads of the OpenAPI document. */
export interface ApiDocument {
  info: { title: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, unknown>>;
}

interface Entry {
  id: string;
  method: string;
  path: string;
  operation: Described;
}

/** The API for people: every operation of the document, and every problem code under its own anchor. */
export function ApiDocsPage({ view, document }: { view: View; document: ApiDocument }) {
  const { api } = view.t;
  const tags = byTag(document);
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{api.title}</h1>
        <p class="lead">{api.lead}</p>
        <p>
          <Marked text={document.info.description} />
        </p>
        <p>
          <code>{document.servers[0]?.url}</code> · <a href="/api/openapi.json">{api.document}</a>
        </p>
      </section>
      <section aria-labelledby="begin">
        <h2 id="begin">{api.begin}</h2>
        <p>{api.beginLead}</p>
        <Example label={`${api.begin}: curl`} lines={example(document.servers[0]?.url ?? '')} />
      </section>
      <section aria-labelledby="contents">
        <h2 id="contents">{api.contents}</h2>
        <ul class="contents">
          {[...tags].flatMap(([, entries]) =>
            entries.map(e => (
              <li lang="en">
                <a href={`#${e.id}`}>{e.operation.summary}</a>
              </li>
            )),
          )}
          <li>
            <a href="#problems">{api.problems}</a>
          </li>
          <li>
            <a href="#check-codes">{api.checkCodes}</a>
          </li>
        </ul>
      </section>
      {[...tags].map(([tag, entries]) => (
        <section aria-labelledby={`tag-${tag}`}>
          <h2 id={`tag-${tag}`} lang="en">
            {tag}
          </h2>
          {entries.map(entry => (
            <OperationEntry view={view} entry={entry} />
          ))}
        </section>
      ))}
      <Problems view={view} />
      <CheckCodes view={view} />
    </>
  );
}

const example = (origin: string) => [
  `curl ${origin}/api/v1/verifications \\`,
  "  -H 'content-type: application/json' \\",
  `  -d '{"url": "${origin}/c/…"}'`,
];

const Example = ({ label, lines }: { label: string; lines: string[] }) => (
  <section class="scroll" tabindex={0} aria-label={label}>
    <pre>{lines.join('\n')}</pre>
  </section>
);

function byTag(document: ApiDocument): Map<string, Entry[]> {
  const tags = new Map<string, Entry[]>();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, value] of Object.entries(methods)) {
      const operation = value as Described;
      const id = `${method}-${path.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')}`;
      const tag = operation.tags[0] ?? 'API';
      tags.set(tag, [...(tags.get(tag) ?? []), { id, method: method.toUpperCase(), path, operation }]);
    }
  return tags;
}

function OperationEntry({ view, entry }: { view: View; entry: Entry }) {
  const { api } = view.t;
  const { operation, method, path, id } = entry;
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return (
    <div class="operation" id={id}>
      <h3>
        <span class="method">{method}</span> <code>{path}</code>
      </h3>
      <p>
        <Marked text={[`${operation.summary}.`, operation.description].filter(Boolean).join(' ')} />
      </p>
      <p class="note">{operation.security.length === 0 ? api.open : api.keyed}</p>
      {operation.parameters && <Parameters view={view} parameters={operation.parameters} />}
      <details>
        <summary>
          {api.answers}
          <span class="visually-hidden">: {`${method} ${path}`}</span>
        </summary>
        <ul class="plain">
          {Object.entries(operation.responses).map(([status, answer]) => (
            <li>
              <strong>{status}</strong> <Marked text={answer.description} />
            </li>
          ))}
        </ul>
      </details>
      {body !== undefined && (
        <details>
          <summary>
            {api.body}
            <span class="visually-hidden">: {`${method} ${path}`}</span>
          </summary>
          <Json label={`JSON Schema: ${method} ${path}`} value={body} />
        </details>
      )}
    </div>
  );
}

/** `id (path, required), limit (query)`. */
const Parameters = ({ view, parameters }: { view: View; parameters: Parameter[] }) => (
  <p class="note">
    {view.t.api.parameters}:{' '}
    {parameters.map((p, i) => (
      <>
        {i > 0 && ', '}
        <code>{p.name}</code> (<span lang="en">{p.in}</span>
        {p.required && `, ${view.t.api.required}`}
        {p.schema?.description && <span lang="en">: {p.schema.description}</span>})
      </>
    ))}
  </p>
);

/** Text in which backticks mark code. */
const Marked = ({ text }: { text: string }) => (
  <span lang="en">{text.split('`').map((part, i) => (i % 2 ? <code>{part}</code> : part))}</span>
);

/** Every code of the closed table; `type` of a problem leads to its anchor. */
function Problems({ view }: { view: View }) {
  const { api } = view.t;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{api.problems}</h2>
      <table class="stack">
        <caption>{api.problemsLead}</caption>
        <thead>
          <tr>
            <th scope="col">{api.code}</th>
            <th scope="col">{api.status}</th>
            <th scope="col">{api.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(problems).map(([code, { status, title }]) => (
            <tr id={code}>
              <th scope="row">
                <code>{code}</code>
              </th>
              <td>{status}</td>
              <td lang="en">{title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Every code that a check can answer with, in the words that people see. */
function CheckCodes({ view }: { view: View }) {
  const { api } = view.t;
  return (
    <section aria-labelledby="check-codes">
      <h2 id="check-codes">{api.checkCodes}</h2>
      <table class="stack">
        <caption>{api.checkCodesLead}</caption>
        <thead>
          <tr>
            <th scope="col">{api.code}</th>
            <th scope="col">{api.meaning}</th>
            <th scope="col">{view.t.verdict.what}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(codes).map(([code, sentence]) => (
            <tr id={`check-${code}`}>
              <th scope="row">
                <code>{code}</code>
              </th>
              <td>{sentence[view.language]}</td>
              <td>{remedies[code as Code][view.language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
