export {
  clearSessionCookie,
  endSession,
  listSessions,
  openSession,
  readSession,
  SESSION_COOKIE,
  sessionOf,
  setSessionCookie,
  signedIn,
  sweepSessions,
} from './sessions.ts';
export { acrFor, type Assurance, assurances, levelsOf, type Proof, reachesLevel, strongest } from './assurance.ts';
