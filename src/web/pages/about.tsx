import type { Config } from '../../platform/config.ts';
import type { Messages } from '../messages.ts';
import type { View } from '../view.ts';
import { TableHead } from './table-head.tsx';

type Told = Pick<Config, 'contact' | 'retention'>;
type Kept = keyof Messages['about']['privacy']['rows'];

/** What is kept, in the order in which someone meets it, with the term of `RETENTION` where there is one. */
const kept: [Kept, keyof Config['retention'] | undefined][] = [
  ['ties', undefined],
  ['sessions', undefined],
  ['portfolio', undefined],
  ['drafts', 'drafts'],
  ['references', undefined],
  ['readers', undefined],
  ['endorsements', undefined],
  ['badges', undefined],
  ['offers', 'lapsedOffers'],
  ['links', 'endedShareLinks'],
  ['validations', 'closedDossiers'],
  ['roles', undefined],
  ['connections', 'unusedConnections'],
  ['letters', 'sentLetters'],
  ['log', undefined],
];

/** What is kept about people, in their own words; the terms are those that this service is run with. */
export function PrivacyPage({ view, config }: { view: View; config: Told }) {
  const { privacy } = view.t.about;
  const { yours } = privacy;
  return (
    <>
      <Top title={privacy.title} lead={privacy.lead} />
      <Points id="without" {...privacy.without} />
      <section aria-labelledby="kept">
        <h2 id="kept">{privacy.kept}</h2>
        <KeptTable view={view} retention={config.retention} />
      </section>
      <Points id="seen" {...privacy.seen} />
      <section aria-labelledby="yours">
        <h2 id="yours">{yours.heading}</h2>
        <ul class="steps">
          <li>
            <a href="/account/data">{yours.see}</a>
          </li>
          <li>{yours.mend}</li>
          <li>
            <a href="/account/erase">{yours.erase}</a>
          </li>
        </ul>
        <p class="apart">{yours.erased}</p>
      </section>
      <Who view={view} contact={config.contact} />
      <p class="apart">
        {privacy.complain} <a href="https://www.autoriteitpersoonsgegevens.nl/">{privacy.authority}</a>
      </p>
    </>
  );
}

/** What people may expect of the service, and what it asks of them. */
export function TermsPage({ view, config }: { view: View; config: Told }) {
  const { terms } = view.t.about;
  return (
    <>
      <Top title={terms.title} lead={terms.lead} />
      {Object.entries(terms.parts).map(([id, part]) => (
        <Points id={id} {...part} />
      ))}
      <p class="apart">
        <a href="/api/docs">{terms.api}</a>
      </p>
      <Who view={view} contact={config.contact} />
    </>
  );
}

const Top = ({ title, lead }: { title: string; lead: string }) => (
  <section aria-labelledby="title">
    <h1 id="title">{title}</h1>
    <p class="lead">{lead}</p>
  </section>
);

const Points = ({ id, heading, points }: { id: string; heading: string; points: string[] }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{heading}</h2>
    <ul class="steps">
      {points.map(point => (
        <li>{point}</li>
      ))}
    </ul>
  </section>
);

function KeptTable({ view, retention }: { view: View; retention: Config['retention'] }) {
  const { columns, rows } = view.t.about.privacy;
  return (
    <table class="stack">
      <TableHead columns={[columns.what, columns.why, columns.long]} />
      <tbody>
        {kept.map(([key, term]) => {
          const { what, why, long } = rows[key];
          return (
            <tr>
              <th scope="row">{what}</th>
              <td data-label={columns.why}>{why}</td>
              <td data-label={columns.long}>{typeof long === 'string' ? long : long(retention[term!])}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Who answers: the institution for what it gave, and who runs the service where they say how to reach them. */
function Who({ view, contact }: { view: View; contact: string | undefined }) {
  const { who } = view.t.about;
  return (
    <section aria-labelledby="who">
      <h2 id="who">{who.heading}</h2>
      <p>{who.institution}</p>
      {contact ? (
        <p>
          {who.service}{' '}
          <a href={contact.includes('@') ? `mailto:${contact}` : contact}>{contact.replace('https://', '')}</a>
        </p>
      ) : (
        <p>{who.unknown}</p>
      )}
    </section>
  );
}
