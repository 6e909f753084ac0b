import type { PublishedVersion } from '../../catalogue/index.ts';
import type { Endorsement } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { Emblem } from '../art.tsx';
import { domainOf } from '../../vc/domain.ts';
import { country } from '../format.ts';
import type { View } from '../view.ts';
import { hostOf, Visible } from '../visible.tsx';
import { Fact, OutLink } from './badge-facts.tsx';
import { ShopCard } from './catalogue.tsx';
import { Endorsements } from './endorsements.tsx';

export interface InstitutionProps {
  view: View;
  institution: Institution;
  published: (PublishedVersion & { id: string })[];
  endorsements: Endorsement[];
}

/** A shop window: who this is, by the address that badges name, and what can be earned. */
export function InstitutionPage({ view, institution, published, endorsements }: InstitutionProps) {
  const { t } = view;
  const { profile, slug } = institution;
  return (
    <>
      <section class="certificate institution" aria-labelledby="title">
        <Emblem seed={slug} issuer={profile.name} title={slug} />
        <div>
          <p class="kicker">
            {[t.institution.kinds[profile.kind], profile.address.locality].filter(Boolean).join(' · ')}
          </p>
          <h1 id="title">{profile.name}</h1>
          {profile.description && <p class="soft">{profile.description}</p>}
        </div>
      </section>
      <section aria-labelledby="earn">
        <h2 id="earn">{t.institution.earn}</h2>
        {published.length === 0 && <p class="empty">{t.institution.empty}</p>}
        {published.length > 0 && (
          <ul class="cards">
            {published.map(item => (
              <ShopCard view={view} institution={institution} item={item} />
            ))}
          </ul>
        )}
        <p class="actions">
          <a href="/catalogue">{t.shop.all}</a>
        </p>
        <p class="note apart">
          {t.shop.data} <a href={`/api/v1/catalogue?institution=${slug}`}>JSON</a>
        </p>
      </section>
      <Endorsements
        view={view}
        endorsements={endorsements}
        path={`/i/${slug}`}
        data={`/api/v1/catalogue/endorsements?institution=${slug}`}
      />
      <InstitutionFacts view={view} institution={institution} />
    </>
  );
}

function InstitutionFacts({ view, institution }: { view: View; institution: Institution }) {
  const { t } = view;
  const { profile, did } = institution;
  const { address, qualityAssurance } = profile;
  const lines = [
    address.street,
    [address.postalCode, address.locality].filter(Boolean).join(' '),
    country(address.countryCode, view.language),
  ];
  return (
    <section aria-labelledby="who">
      <h2 id="who">{t.institution.who}</h2>
      <dl class="facts">
        <Fact label={t.institution.did} wide>
          <strong class="domain">{domainOf(did)}</strong>
          <br />
          <code>{did}</code> <span class="note">{t.institution.didHint}</span>
        </Fact>
        <Fact label={t.institution.address}>
          {lines.filter(Boolean).map((line, i) => (
            <>
              {i > 0 && <br />}
              {line}
            </>
          ))}
        </Fact>
        <Fact label={t.institution.codes}>
          {profile.identifiers.map(i => `${i.type.replace(/^ext:/, '')} ${i.identifier}`).join(', ')}
        </Fact>
        <Fact label={t.institution.site}>
          {profile.url && <OutLink href={profile.url}>{hostOf(profile.url)}</OutLink>}
        </Fact>
        <Fact label={t.institution.mail}>
          {profile.email && <a href={`mailto:${profile.email}`}>{profile.email}</a>}
        </Fact>
        <Fact label={t.institution.quality} wide>
          {qualityAssurance && (
            <>
              <OutLink href={qualityAssurance.url}>
                <Visible text={qualityAssurance.name} t={t} />
              </OutLink>
              {qualityAssurance.description && <span class="note">{qualityAssurance.description}</span>}
            </>
          )}
        </Fact>
      </dl>
      <p class="note apart">{t.institution.self}</p>
    </section>
  );
}
