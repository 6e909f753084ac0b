/**
 * Checks the QR code on paper with what this device keeps. Keeps it when someone presses the button for it, renews it
 * when the page is opened with a network, and lets go of it again.
 */
import { checkFromKnowledge, type Knowledge } from '../../verifier/in-browser.ts';
import { age, moment } from '../format.ts';
import type { PageWords } from '../without-network.ts';
import { canKeep, keep, letGo, readKept, renew } from './parts/kept.ts';
import { createScan, readPhoto } from './parts/scan.ts';
import { tell } from './parts/tell.ts';

const root = document.querySelector<HTMLElement>('[data-brings]')!;
const words = JSON.parse(root.dataset.words!) as PageWords;
const find = <E extends HTMLElement>(name: string) => root.querySelector<E>(`[data-${name}]`)!;
const [told, install, answer, box, photo] = [
  find('told'),
  find<HTMLButtonElement>('install'),
  find('told-of'),
  find('camera'),
  find<HTMLFormElement>('photo'),
];
let knowledge: Knowledge | undefined;
let busy = false;
/** What was judged last. */
let judged: string | undefined;

/** Shows what there is to do in this state, and says what state it is. */
function show(sentence: string) {
  told.textContent = sentence;
  told.closest('section')!.setAttribute('aria-busy', String(busy));
  install.hidden = busy || knowledge !== undefined || !canKeep;
  for (const name of ['ready', 'device']) find(name).hidden = knowledge === undefined;
  for (const name of ['renew', 'remove']) find<HTMLButtonElement>(name).disabled = busy;
  if (!knowledge) return;
  const { at, until } = knowledge;
  find('since').textContent = words.since.replace('{when}', moment(at, words.language));
  find('lasts').textContent = until ? words.until.replace('{when}', moment(until, words.language)) : words.nothing;
}

/** How what is kept stands: good, good and all there is, or too old to call any badge good. */
function state(): string {
  if (!canKeep) return words.told.unable;
  if (!knowledge) return words.told.off;
  const isOld = knowledge.until !== null && Date.parse(knowledge.until) < Date.now();
  const sentence = isOld ? words.told.old : navigator.onLine ? words.told.ready : words.told.cut;
  return sentence.replace('{age}', age(knowledge.at, new Date(), words.language)!);
}

/** Does what takes a while, and says so; that it failed is said too. */
async function work(meanwhile: string, failed: string, step: () => Promise<Knowledge>) {
  busy = true;
  show(meanwhile);
  let after = '';
  try {
    knowledge = await step();
  } catch {
    after = failed;
  }
  busy = false;
  show(knowledge ? `${after} ${state()}`.trim() : after);
  // An answer that stands on the page says what is known now.
  if (!after && judged && !answer.hidden) await judge(judged);
}

async function judge(text: string | undefined) {
  scan.halt();
  judged = text;
  const report = text === undefined ? undefined : knowledge && (await checkFromKnowledge(text, knowledge, new Date()));
  if (report) return tell(answer, report, words, knowledge!.at);
  answer.hidden = true;
  scan.halt(text === undefined ? words.noCode : words.noShort);
}
const scan = createScan(box, text => void judge(text));

install.addEventListener('click', async () => {
  await work(words.told.preparing, words.told.failed, keep);
  // The button that was pressed is gone once it has done its work.
  (knowledge ? box.querySelector<HTMLButtonElement>('[data-start]')! : install).focus();
});
find('renew').addEventListener('click', () => work(words.told.renewing, words.told.notRenewed, renew));
find('remove').addEventListener('click', async () => {
  await letGo();
  knowledge = undefined;
  answer.hidden = true;
  scan.halt();
  show(words.told.removed);
  install.focus();
});
find('again').addEventListener('click', () => {
  answer.hidden = true;
  void scan.open();
  box.querySelector<HTMLElement>('[role=status]')!.scrollIntoView({ block: 'center' });
});
photo.addEventListener('submit', async event => {
  event.preventDefault();
  const [file] = photo.querySelector<HTMLInputElement>('[type=file]')!.files ?? [];
  if (!file) return;
  scan.halt(words.reading);
  await judge(await readPhoto(file));
});
for (const kind of ['online', 'offline']) addEventListener(kind, () => busy || show(state()));

/** What a camera opened: the short form stands behind the `#`, which no server gets to see. */
async function judgeAddress() {
  const digits = location.hash.slice(1);
  if (!knowledge || !/^\d{200,}$/.test(digits)) return;
  history.replaceState(null, '', location.pathname + location.search);
  await judge(digits);
}

async function begin() {
  knowledge = canKeep ? await readKept() : undefined;
  show(state());
  await judgeAddress();
  if (knowledge && navigator.onLine) await work(words.told.renewing, words.told.notRenewed, renew);
}
addEventListener('hashchange', judgeAddress);
void begin();
