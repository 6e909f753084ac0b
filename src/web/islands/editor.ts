/**
 * The editor of an achievement tells as one types what is missing and which outcomes are found: it sends the form as the
 * button "look" does, and puts the parts of the answer in their places. Without this script that button does it.
 */
const form = document.querySelector<HTMLFormElement>('form[data-look]')!;
const parts = ['found', 'completeness'];
let waiting: ReturnType<typeof setTimeout> | undefined;
let asked: AbortController | undefined;

async function look(): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  fields.set('step', 'look');
  try {
    const answer = await fetch(form.action, { method: 'POST', body: fields, signal, headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of parts) {
      const [now, next] = [document.getElementById(id), page.getElementById(id)];
      if (now && next && now.innerHTML !== next.innerHTML) now.replaceChildren(...next.childNodes);
    }
  } catch {
    // Superseded, or offline: the page stays as it is, and its buttons work.
  }
}

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => void look(), 150);
});
