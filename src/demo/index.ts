export { type Demo, ensureDemo } from './demo.ts';
export { MAILBOX, openMailbox } from './mail.tsx';
