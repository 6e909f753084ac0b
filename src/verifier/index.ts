export { type CheckInput, checkCredential } from './check.ts';
export { type Code, codes } from './codes.ts';
export { type Check, type CheckId, checkIds, type Outcome, type Report, type Verdict } from './report.ts';
export { verifierRoutes } from './routes.ts';
