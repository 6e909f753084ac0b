export { acrFor, type Assurance, assurances, levelsOf, type Proof, reachesLevel, strongest } from './assurance.ts';
