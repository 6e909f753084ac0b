import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { smtpMailer } from '../../src/platform/mail-node.ts';

export interface ReceivedMail {
  raw: string;
  mail: Email;
  from: string;
  to: string[];
}

/** What the server does with the next letters: a number is its answer, `hang` says nothing, `drop` cuts the line. */
export type Behaviour = 'take' | 'hang' | 'drop' | 'take-and-drop' | { at: 'from' | 'to' | 'data'; answer: number };

/** A real SMTP server on a free port, and the mailer that hands letters to it. It answers as it is told to. */
export async function startSmtp(limits = { connectMs: 2_000, silenceMs: 1_000, letterMs: 5_000 }) {
  const received: ReceivedMail[] = [];
  const script: Behaviour[] = [];
  const sockets = new Set<Socket>();
  const next = (at: 'from' | 'to' | 'data'): Error | undefined => {
    const behaviour = script[0];
    if (typeof behaviour !== 'object' || behaviour.at !== at) return undefined;
    script.shift();
    const words = `no mailbox for learner@example.org`;
    return Object.assign(new Error(words), { responseCode: behaviour.answer });
  };
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    logger: false,
    onMailFrom: (_address, _session, done) => done(next('from')),
    onRcptTo: (_address, _session, done) => done(next('to')),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      const behaviour = script[0];
      const cut = () => [...sockets].forEach(socket => socket.destroy());
      if (behaviour === 'drop') {
        script.shift();
        stream.once('data', cut);
        stream.resume();
        return;
      }
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (behaviour === 'hang') return void script.shift();
        const refusal = next('data');
        if (refusal) return done(refusal);
        const raw = Buffer.concat(chunks);
        received.push({
          raw: raw.toString('latin1'),
          mail: await PostalMime.parse(raw),
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(r => r.address),
        });
        if (behaviour === 'take-and-drop') {
          script.shift();
          return cut();
        }
        if (behaviour === 'take') script.shift();
        done();
      });
    },
  });
  // A connection that is cut is what these tests are about.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const mailer = smtpMailer(
    { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Waarmerk <noreply@waarmerk.example>' },
    limits,
  );
  return {
    mailer,
    port,
    received,
    /** What is done with the letters that come, in order; after that each is taken. */
    script,
    async stop() {
      mailer.close();
      sockets.forEach(socket => socket.destroy());
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
