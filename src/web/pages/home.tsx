import type { Institution } from '../../institutions/index.ts';
import { Emblem } from '../art.tsx';
import type { View } from '../view.ts';
import { VerifyForm } from './verify-form.tsx';

export interface HomeProps {
  view: View;
  institutions: { institution: Institution; offers: number }[];
}

/** The front door: one question, one handle, what is looked at, and who issues here. */
export function Home({ view, institutions }: HomeProps) {
  const { home } = view.t;
  const { begin } = view.t.portfolio;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{home.title}</h1>
        <p class="lead">{home.lead}</p>
        <VerifyForm view={view} />
      </section>
      <section aria-labelledby="learners">
        <h2 id="learners">{begin.front}</h2>
        <p>{begin.frontLead}</p>
        <p class="actions">
          {view.signedIn ? (
            <a href="/portfolio">{view.t.portfolio.nav}</a>
          ) : (
            <>
              <a href="/begin">{begin.title}</a>
              <a href="/login">{begin.own}</a>
            </>
          )}
        </p>
      </section>
      <CheckedPoints view={view} />
      <section aria-labelledby="institutions">
        <h2 id="institutions">{home.institutions}</h2>
        {institutions.length === 0 && <p class="empty">{home.noInstitutions}</p>}
        {institutions.length > 0 && (
          <ul class="cards">
            {institutions.map(({ institution, offers }) => (
              <li class="card">
                <Emblem seed={institution.slug} issuer={institution.profile.name} title={institution.slug} />
                <div>
                  <a href={`/i/${institution.slug}`}>{institution.profile.name}</a>
                  <span class="note">{describe(view, institution)}</span>
                  <span class="note">{home.offers(offers)}</span>
                </div>
              </li>
            ))}
          </ul>
        )}
        <p class="actions">
          <a href="/catalogue">{view.t.shop.all}</a>
        </p>
      </section>
    </>
  );
}

const describe = ({ t }: View, { profile }: Institution) =>
  [t.institution.kinds[profile.kind], profile.address.locality].filter(Boolean).join(' · ');

/** What a check looks at, and what it cannot see. */
export function CheckedPoints({ view }: { view: View }) {
  const { home } = view.t;
  return (
    <section aria-labelledby="checked">
      <h2 id="checked">{home.checked}</h2>
      <ul class="points">
        {home.points.map(({ name, text }) => (
          <li>
            <h3>{name}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      <p class="soft">{home.notChecked}</p>
    </section>
  );
}
