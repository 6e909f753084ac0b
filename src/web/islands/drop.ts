/**
 * The form of the check takes what is dropped or pasted on it, says that it is at work, and fills itself in from what
 * stands behind the `#` of its address, which no server gets to see. Without this script it is a plain form.
 */
import { goWithout } from './parts/go-without.ts';

const form = document.querySelector<HTMLFormElement>('form[data-drop]')!;
const [text, file, send, told] = ['textarea', '[type=file]', '[type=submit]', '[role=status]'].map(selector =>
  form.querySelector(selector)!,
) as [HTMLTextAreaElement, HTMLInputElement, HTMLButtonElement, HTMLElement];
const words = form.dataset;

/** One thing is checked: what was typed before makes way. */
function give(given: DataTransfer | null): boolean {
  if (!given?.files.length) return false;
  file.files = given.files;
  text.value = '';
  form.requestSubmit(send);
  return true;
}

for (const kind of ['dragenter', 'dragover'])
  form.addEventListener(kind, event => {
    event.preventDefault();
    form.classList.add('over');
  });
for (const kind of ['dragleave', 'drop']) form.addEventListener(kind, () => form.classList.remove('over'));
form.addEventListener('drop', event => {
  event.preventDefault();
  const dropped = event.dataTransfer;
  if (give(dropped)) return;
  const words = dropped?.getData('text/uri-list') || dropped?.getData('text/plain');
  if (!words) return;
  text.value = words;
  form.requestSubmit(send);
});
// A file that misses the form would take the place of the page.
for (const kind of ['dragover', 'drop']) document.addEventListener(kind, event => event.preventDefault());
text.addEventListener('paste', event => {
  if (give(event.clipboardData)) event.preventDefault();
});

form.addEventListener('submit', event => {
  if (!navigator.onLine) {
    event.preventDefault();
    if (!goWithout(text.value)) told.textContent = words.offline!;
    return;
  }
  told.textContent = words.busy!;
  form.setAttribute('aria-busy', 'true');
});
// Whoever comes back finds the form ready.
addEventListener('pageshow', () => {
  form.removeAttribute('aria-busy');
  told.textContent = '';
});

const prefill = () => {
  const given = decodeURIComponent(location.hash.slice(1)).replace(/^url=/, '');
  if (!/^(https?:\/\/|eyJ|\{|\d{200})/.test(given)) return;
  text.value = given;
  history.replaceState(null, '', location.pathname + location.search);
  send.focus();
};
addEventListener('hashchange', prefill);
prefill();
