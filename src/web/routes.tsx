import type { Context } from 'hono';
import { Hono } from 'hono';
import type { AppEnv } from '../platform/http.ts';
import type { Problem } from '../platform/problem.ts';
import { ErrorPage, errorWords } from './pages/error.tsx';
import { renderPage } from './render.tsx';
import { accountRoutes } from './routes-account.tsx';
import { askRoutes } from './routes-ask.tsx';
import { badgeRoutes } from './routes-badge.tsx';
import { beginRoutes } from './routes-begin.tsx';
import { claimRoutes } from './routes-claim.tsx';
import { catalogueRoutes } from './routes-catalogue.tsx';
import { connectionRoutes } from './routes-connections.tsx';
import { consoleRoutes } from './routes-console.tsx';
import { dataRoutes } from './routes-data.tsx';
import { embedRoutes } from './routes-embed.tsx';
import { decisionRoutes } from './routes-decisions.tsx';
import { recordingRoutes } from './routes-recordings.tsx';
import { emailRoutes } from './routes-email.tsx';
import { endorseRoutes } from './routes-endorse.tsx';
import { partnerRoutes } from './routes-partner.tsx';
import { signInRoutes } from './routes-people.tsx';
import { giveRoutes } from './routes-give.tsx';
import { interactionRoutes } from './routes-interaction.tsx';
import { joinRoutes } from './routes-join.tsx';
import { learnerRoutes } from './routes-learner.tsx';
import { notebookRoutes } from './routes-notebook.tsx';
import { packRoutes } from './routes-pack.tsx';
import { readerRoutes } from './routes-readers.tsx';
import { referenceRoutes } from './routes-references.tsx';
import { siteRoutes } from './routes-site.tsx';
import { manyRoutes } from './routes-many.tsx';
import { operatorPageRoutes } from './routes-operator.tsx';
import { standardRoutes } from './routes-standards.tsx';
import { teamRoutes } from './routes-teams.tsx';
import { validationRoutes } from './routes-validations.tsx';
import { verifyRoutes } from './routes-verify.tsx';
import { verifyOfflineRoutes } from './routes-verify-offline.tsx';
import { walletAsksRoutes } from './routes-wallet-asks.tsx';
import { walletRoutes } from './routes-wallet.tsx';

/** Every page, at its full path. */
export const webRoutes = new Hono<AppEnv>()
  .route('/', siteRoutes)
  .route('/', signInRoutes)
  .route('/', emailRoutes)
  .route('/', accountRoutes)
  .route('/', connectionRoutes)
  .route('/', dataRoutes)
  .route('/', verifyRoutes)
  .route('/', verifyOfflineRoutes)
  .route('/', manyRoutes)
  .route('/', embedRoutes)
  .route('/', operatorPageRoutes)
  .route('/', badgeRoutes)
  .route('/', claimRoutes)
  .route('/', learnerRoutes)
  .route('/', beginRoutes)
  .route('/', notebookRoutes)
  .route('/', referenceRoutes)
  .route('/', giveRoutes)
  .route('/', readerRoutes)
  .route('/', packRoutes)
  .route('/', walletRoutes)
  .route('/', walletAsksRoutes)
  .route('/', interactionRoutes)
  .route('/', askRoutes)
  .route('/', validationRoutes)
  .route('/', joinRoutes)
  .route('/', teamRoutes)
  .route('/', decisionRoutes)
  .route('/', recordingRoutes)
  .route('/', partnerRoutes)
  .route('/', standardRoutes)
  .route('/', endorseRoutes)
  .route('/', catalogueRoutes)
  .route('/', consoleRoutes);

/** A problem as a page, for people with a browser. */
export function errorPage(c: Context<AppEnv>, problem: Problem): Response | Promise<Response> {
  const wait = Number(c.res.headers.get('retry-after')) || undefined;
  return renderPage(c, view => ({
    title: errorWords(view.t, problem, wait).title,
    status: problem.status,
    noindex: true,
    cache: 'no-store',
    body: <ErrorPage view={view} problem={problem} retryAfter={wait} />,
  }));
}
