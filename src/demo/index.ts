export { type Demo, ensureDemo } from './demo.ts';
export { MAILBOX, mailbox, mayShowMail } from './mail.tsx';
