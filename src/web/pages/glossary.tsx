import { productTerms, verdictTerms } from '../glossary-product.ts';
import { conceptTerms, type Term } from '../glossary-words.ts';
import { otherLanguage } from '../messages.ts';
import type { View } from '../view.ts';
import { OutLink } from './badge-facts.tsx';

/** What the words mean; badges point to the anchors of this page, so an anchor never goes. */
export function GlossaryPage({ view }: { view: View }) {
  const { glossary } = view.t;
  const parts = [
    ['verdicts', glossary.verdicts, verdictTerms],
    ['words', glossary.words, productTerms],
    ['assessment', glossary.assessment, conceptTerms.assessment],
    ['participation', glossary.participation, conceptTerms.participation],
    ['supervision', glossary.supervision, conceptTerms.supervision],
    ['measures', glossary.measures, conceptTerms.measures],
  ] as const;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{glossary.title}</h1>
        <p class="lead">{glossary.lead}</p>
      </section>
      {parts.map(([key, heading, terms]) => (
        <section aria-labelledby={`part-${key}`}>
          <h2 id={`part-${key}`}>{heading}</h2>
          <dl class="terms">
            {terms.map(term => (
              <TermEntry term={term} view={view} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

function TermEntry({ term, view }: { term: Term; view: View }) {
  const { t, language } = view;
  const other = otherLanguage(language);
  const translated = term.name[other] !== term.name[language];
  return (
    <div id={term.key}>
      <dt>
        {term.name[language]}
        {translated && (
          <span class="translation">
            {' '}
            {t.glossary.inOther}: <span lang={other}>{term.name[other]}</span>
          </span>
        )}
      </dt>
      <dd>
        {term.meaning[language]} {term.eu && <OutLink href={term.eu}>{t.glossary.same}</OutLink>}
      </dd>
    </div>
  );
}
