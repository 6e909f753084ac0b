export { startSender } from './sender.ts';
export { runHourlyJobs, runJobs } from './run.ts';
export { sendLetters, type SentLetters } from './send-letters.ts';
