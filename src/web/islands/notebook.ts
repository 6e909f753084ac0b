/**
 * The notebook talks and listens: it reads the page aloud, records what someone tells, prints, and says that it is at
 * work. Without this script a recording is chosen as a file, and all else works.
 */
const MINUTES = 5;

/** Recordings of the kinds that the service keeps, the smallest first. */
const kinds = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

function readAloud(button: HTMLButtonElement) {
  if (!('speechSynthesis' in window)) return;
  const words = { start: button.textContent ?? '', stop: button.dataset.stop! };
  const ended = () => {
    button.textContent = words.start;
    button.setAttribute('aria-pressed', 'false');
  };
  button.hidden = false;
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (speaking) return ended();
    const texts = [...document.querySelectorAll<HTMLElement>('main :is(h1, h2, h3, p, label, legend, .hint, li)')]
      .filter(element => element.checkVisibility?.() !== false && !element.querySelector('p, label, legend'))
      .map(element => element.innerText.trim())
      .filter(Boolean);
    texts.forEach((text, at) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = document.documentElement.lang === 'nl' ? 'nl-NL' : 'en-GB';
      said.rate = 0.9;
      if (at === texts.length - 1) said.onend = ended;
      speechSynthesis.speak(said);
    });
    button.textContent = words.stop;
    button.setAttribute('aria-pressed', 'true');
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
}

function recorder(box: HTMLElement) {
  const kind = 'MediaRecorder' in window && kinds.find(type => MediaRecorder.isTypeSupported(type));
  if (!kind || !navigator.mediaDevices) return;
  const field = document.getElementById(box.dataset.record!) as HTMLInputElement;
  const [start, stop] = ['start', 'stop'].map(name => box.querySelector<HTMLButtonElement>(`[data-${name}]`)!) as [
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const told = box.querySelector<HTMLElement>('[role=status]')!;
  const player = box.querySelector('audio')!;
  let recording: MediaRecorder | undefined;
  let address: string | undefined;

  const show = (live: boolean) => {
    start.hidden = live;
    stop.hidden = !live;
    box.classList.toggle('live', live);
  };
  const keep = (pieces: Blob[], type: string) => {
    const name = `${box.dataset.name}.${type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm'}`;
    const file = new File(pieces, name, { type });
    const given = new DataTransfer();
    given.items.add(file);
    field.files = given.files;
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(file);
    player.src = address;
    player.hidden = false;
    start.textContent = box.dataset.again!;
  };

  async function record() {
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      told.textContent = box.dataset.none!;
      return;
    }
    const pieces: Blob[] = [];
    let ending = box.dataset.recorded!;
    recording = new MediaRecorder(stream, { mimeType: kind as string, audioBitsPerSecond: 32_000 });
    recording.ondataavailable = event => event.data.size && pieces.push(event.data);
    recording.onstop = () => {
      stream.getTracks().forEach(track => track.stop());
      keep(pieces, (kind as string).split(';')[0]!);
      told.textContent = ending;
      show(false);
      start.focus();
    };
    recording.start();
    told.textContent = box.dataset.recording!;
    show(true);
    stop.focus();
    setTimeout(() => {
      if (recording?.state !== 'recording') return;
      ending = box.dataset.full!;
      recording.stop();
    }, MINUTES * 60_000);
  }

  start.addEventListener('click', record);
  stop.addEventListener('click', () => recording?.state === 'recording' && recording.stop());
  box.hidden = false;
}

function printer(button: HTMLButtonElement) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

/** A form that brings a file takes its time, and is sent once. */
function sender(form: HTMLFormElement) {
  const told = form.querySelector<HTMLElement>('[data-sent]')!;
  form.addEventListener('submit', event => {
    if (form.getAttribute('aria-busy')) return event.preventDefault();
    form.setAttribute('aria-busy', 'true');
    told.textContent = form.dataset.busy!;
  });
  addEventListener('pageshow', () => {
    form.removeAttribute('aria-busy');
    told.textContent = '';
  });
}

document.querySelectorAll<HTMLButtonElement>('button[data-aloud]').forEach(readAloud);
document.querySelectorAll<HTMLElement>('[data-record]').forEach(recorder);
document.querySelectorAll<HTMLButtonElement>('button[data-print]').forEach(printer);
document.querySelectorAll<HTMLFormElement>('form[data-busy]').forEach(sender);
