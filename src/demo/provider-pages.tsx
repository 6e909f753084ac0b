/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { stylePath } from '../web/index.ts';
import type { Account } from './provider-claims.ts';
import type { Linked } from './provider-people.ts';

export interface Page {
  html: string;
}

/** The pages of a provider that is plainly a trial one; in Dutch, as eduID's are by default. */
function page(title: string, service: string, children: Child): Page {
  const html = (
    <html lang="nl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · proef`}</title>
        <link rel="stylesheet" href={`${service}${stylePath}`} />
      </head>
      <body>
        <header class="bar">
          <span class="mark">eduID (proef)</span>
        </header>
        <main id="main">{children}</main>
        <footer>
          <p>
            Dit is een proef-inlog. Niemand hier bestaat echt en er zijn geen wachtwoorden. In productie staat deze
            pagina uit.
          </p>
        </footer>
      </body>
    </html>
  );
  return { html: `<!doctype html>${html}` };
}

function People({ heading, id, list }: { heading: string; id: string; list: Account[] }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <ul class="cards">
        {list.map(account => (
          <li>
            <button class="card" type="submit" form="who" name="who" value={account.id}>
              <span>
                <strong>{`${account.given} ${account.family}`}</strong>
                <span class="note">
                  {account.about}
                  {account.linked.length > 0 && !account.about.includes('gekoppeld') && ' · nu gekoppeld'}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who one is today. */
export function choosePage(accounts: Account[], service: string): Page {
  if (!accounts.length)
    return page(
      'Te lang gewacht',
      service,
      <section>
        <h1>Dit inloggen is verlopen</h1>
        <p class="lead">Ga terug naar de pagina waar je wilde inloggen en begin opnieuw.</p>
        <p class="actions">
          <a class="button" href={`${service}/login`}>
            Opnieuw inloggen
          </a>
        </p>
      </section>,
    );
  return page(
    'Wie ben je?',
    service,
    <>
      <form id="who" method="post">
        <h1>Wie ben je?</h1>
        <p class="lead">Kies iemand om als die persoon in te loggen. Dit is een proef: er is geen wachtwoord.</p>
      </form>
      <People heading="Lerenden" id="learners" list={accounts.filter(a => a.eduid)} />
      <People heading="Instellingsaccounts" id="staff" list={accounts.filter(a => !a.eduid)} />
      <p class="actions">
        <button class="button quiet" type="submit" form="who" name="cancel" value="1">
          Toch niet inloggen
        </button>
      </p>
    </>,
  );
}

const levelWords: Record<string, string> = {
  'linked-institution': 'dat je eduID gekoppeld is aan een instelling',
  'affiliation-student': 'dat je student bent bij een instelling',
  'validate-names': 'dat een instelling of bank je naam heeft bevestigd',
  'validate-names-external': 'dat een bank of de overheid je naam heeft bevestigd',
};

/** More is asked than the account has. */
export function stepUpPage(account: Account, asked: string[], linked: Linked, service: string): Page {
  const words = asked.map(level => levelWords[level.split('/').at(-1)!]).find(Boolean);
  return page(
    'Koppel een instelling',
    service,
    <form method="post">
      <input type="hidden" name="who" value={account.id} />
      <h1>Koppel een instelling</h1>
      <p class="lead">
        {`Hoi ${account.given}. De dienst waar je inlogt vraagt ${words ?? 'meer zekerheid over wie je bent'}.`}
      </p>
      <p class="apart">
        {'Koppel je account van Hogeschool Voorbeeld: '}
        <code>{linked.eppn}</code>. De hogeschool bevestigt dan dat je <strong>{linked.validatedName}</strong> heet.
      </p>
      <p class="actions">
        <button class="button" type="submit" name="link" value="1">
          Koppel Hogeschool Voorbeeld
        </button>
        <button class="button quiet" type="submit" name="later" value="1">
          Nu niet
        </button>
      </p>
    </form>,
  );
}

/** The library's form with its token, and the button that sends it. */
export function logoutPage(form: string, service: string): Page {
  return page(
    'Uitloggen',
    service,
    <section>
      <h1>Ook uitloggen bij eduID (proef)?</h1>
      <p class="lead">Je moet dan opnieuw kiezen wie je bent.</p>
      {raw(form)}
      <p class="actions">
        <button class="button" type="submit" form="op.logoutForm" name="logout" value="yes">
          Uitloggen
        </button>
        <button class="button quiet" type="submit" form="op.logoutForm">
          Ingelogd blijven
        </button>
      </p>
    </section>,
  );
}
