/** Reads the QR code before the camera and sends what it says to the check. No picture leaves the browser. */
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';

declare const QR_READER: string;
/** Milliseconds between two looks: quick to the eye, and a phone stays cool. */
const PAUSE = 120;

const form = document.querySelector<HTMLFormElement>('form[data-camera]')!;
const video = form.querySelector('video')!;
const told = form.querySelector<HTMLElement>('[role=status]')!;
const start = form.querySelector<HTMLButtonElement>('button[data-start]')!;
const stop = form.querySelector<HTMLButtonElement>('button[data-stop]')!;
const field = form.querySelector<HTMLInputElement>('input[name=text]')!;
const words = form.dataset;

// From our own origin: by itself the library would ask a host of others.
prepareZXingModule({ overrides: { locateFile: () => QR_READER } });
const reader = new BarcodeDetector({ formats: ['qr_code'] });
let camera: MediaStream | undefined;

function halt(why: string | undefined) {
  camera?.getTracks().forEach(track => track.stop());
  camera = undefined;
  video.srcObject = null;
  form.classList.remove('live');
  start.hidden = false;
  stop.hidden = true;
  told.textContent = why ?? '';
}

async function open() {
  start.hidden = true;
  told.textContent = words.asking!;
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    video.srcObject = camera;
    await video.play();
  } catch (error) {
    const name = (error as Error).name;
    return halt(name === 'NotAllowedError' ? words.refused : words.none);
  }
  form.classList.add('live');
  stop.hidden = false;
  told.textContent = words.looking!;
  void look();
}

async function look(): Promise<void> {
  if (!camera) return;
  try {
    const [code] = video.readyState >= 2 ? await reader.detect(video) : [];
    if (code?.rawValue && camera) {
      halt(words.found);
      field.value = code.rawValue;
      form.requestSubmit();
      return;
    }
  } catch {
    return halt(words.unable);
  }
  setTimeout(look, PAUSE);
}

/** A photo is read here too, so that a large one need not travel; what cannot be read here, the service looks at. */
const photo = document.querySelector<HTMLFormElement>('form[data-photo]')!;
photo.addEventListener('submit', async event => {
  const [file] = photo.querySelector<HTMLInputElement>('[type=file]')!.files ?? [];
  if (!file) return;
  event.preventDefault();
  halt(words.reading);
  const [code] = await reader.detect(file).catch(() => []);
  if (!code) return photo.submit();
  field.value = code.rawValue;
  told.textContent = words.found!;
  form.requestSubmit();
});

start.addEventListener('click', open);
stop.addEventListener('click', () => halt(words.stopped));
addEventListener('pagehide', () => halt(undefined));
if ('mediaDevices' in navigator) void open();
else halt(words.none);
