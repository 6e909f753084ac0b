export { type Demo, ensureDemo } from './demo.ts';
