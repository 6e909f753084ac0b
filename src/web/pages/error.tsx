import type { ErrorCode } from '../../platform/errors.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Messages } from '../messages.ts';
import type { View } from '../view.ts';

interface Words {
  title: string;
  means: string;
  todo: string;
  /** Where to go on, when that is not the front page. */
  to?: { href: string; label: string };
}

/** What an error means for whoever looks at a page. */
export function errorWords(t: Messages, problem: Problem, retryAfter?: number): Words {
  const { error } = t;
  const { errors: signIn } = t.people.signIn;
  const { errors } = t.people.account;
  const toLogin = { href: '/login', label: signIn.toLogin };
  const reasons = { again: signIn.again, declined: signIn.declined, level: signIn.level, provider: signIn.provider };
  const reason = reasons[problem.reason as keyof typeof reasons] ?? signIn.lost;
  const byCode: Partial<Record<ErrorCode, Words>> = {
    'sign-in-failed': { ...reason, to: toLogin },
    'sign-in-untrusted': { ...signIn.untrusted, to: toLogin },
    'sign-in-incomplete': signIn.incomplete,
    'provider-unreachable': { ...signIn.unreachable, to: toLogin },
    'proof-needed': { ...signIn.proof, to: { href: '/login?fresh=1', label: signIn.toLogin } },
    'link-spent': { ...errors.linkSpent, to: toLogin },
    'last-way-in': { ...errors.lastWayIn, to: { href: '/account/add', label: t.people.account.ties.add } },
    'identity-taken': { ...signIn.taken, to: { href: '/account', label: signIn.toAccount } },
    'not-signed-in': { ...signIn.nobody, to: toLogin },
    'not-found': error.notFound,
    'endorsement-withdrawn': error.notFound,
    'body-too-large': error.tooLarge,
    'rate-limited': { ...error.wait, todo: error.wait.todo(retryAfter) },
    'cross-site': error.crossSite,
    'method-not-allowed': error.method,
    internal: error.internal,
    configuration: error.internal,
  };
  return byCode[problem.code] ?? (problem.status >= 500 ? error.busy : error.request);
}

/** What happened, what it means for you, what to do, and the number under which it can be found. */
export function ErrorPage({ view, problem, retryAfter }: { view: View; problem: Problem; retryAfter?: number }) {
  const { error } = view.t;
  const { title, means, todo, to } = errorWords(view.t, problem, retryAfter);
  const told = !to && problem.status < 500 && problem.code !== 'not-found' && problem.code !== 'rate-limited';
  return (
    <section aria-labelledby="title">
      <p class="kicker">{problem.status}</p>
      <h1 id="title">{title}</h1>
      <p class="lead">{means}</p>
      <p class="apart">{todo}</p>
      {told && (
        <p class="note">
          {error.detail}: <span lang="en">{problem.detail}</span>
        </p>
      )}
      <p class="actions">
        {to && (
          <a class="button" href={to.href}>
            {to.label}
          </a>
        )}
        <a class={to ? undefined : 'button'} href="/">
          {error.toHome}
        </a>
        {!to && <a href="/verify">{error.toCheck}</a>}
      </p>
      <p class="note apart">
        {error.requestId}: <code>{problem.requestId}</code>
      </p>
    </section>
  );
}
