export { greet } from './arrive.ts';
export { type Demo, ensureDemo } from './demo.ts';
export { MAILBOX, openMailbox } from './mail.tsx';
export { type LocalProvider, localProvider } from './provider.ts';
export { signInHints } from './staff.ts';
